import Foundation
import Testing

@testable import LifeEvents

@Suite struct MunicipalitiesTests {
    @Test func `the table says what the seed file says`() throws {
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let text = try String(contentsOfFile: "/\(root)/seeds/municipalities.csv", encoding: .utf8)
        let rows = text.split(whereSeparator: \.isNewline).dropFirst().map { $0.split(separator: ",") }
        #expect(rows.count == 290)
        #expect(Municipalities.all.map(\.number) == rows.map { Int($0[0])! })
        #expect(Municipalities.all.map(\.name) == rows.map { String($0[1]) })
        #expect(Municipalities.all.map(\.population) == rows.map { Int($0[3])! })
    }

    @Test func `every municipality is found by its code and lies in a region of the table`() {
        #expect(Municipalities.all.map(\.number) == Municipalities.all.map(\.number).sorted())
        for row in Municipalities.all {
            let code = row.agency.code ?? ""
            #expect(Municipalities.municipality(row.number) == row)
            #expect(Municipalities.agency(code: code) == row.agency)
            #expect(Municipalities.name(code: code) == row.name)
            #expect(Regions.agencies.contains { $0 == Regions.agency(municipality: code) })
        }
        #expect(Regions.all.count == 21 && Set(Regions.all).count == 21)
    }

    @Test(arguments: ["", "178", "17800", "abcd", "+178", "-178"])
    func `a text that is no code names nobody`(text: String) {
        #expect(Municipalities.agency(code: text) == nil)
    }

    @Test func `an unknown code is its own name`() {
        #expect(Municipalities.name(code: "9999") == "9999")
        #expect(Municipalities.municipality(0) == nil)
    }
}
