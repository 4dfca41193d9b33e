import Foundation
import Scenarios
import Testing
import YAML

/// A table that is not UTF-8 is refused with the place: read all the same, its letters would be others.
@Suite struct TableEncodingTests {
    /// `Åsa` in Latin-1, and other bytes that no letter has in UTF-8.
    @Test(arguments: [
        (Array("who\n".utf8) + [0xC5] + Array("sa\n".utf8), "2:1", "byte 5"),
        (Array("who,n\na,1\nbo".utf8) + [0xF6] + Array(",2\n".utf8), "3:3", "byte 13"),
        (Array("who\n\"å".utf8) + [0xE5, 0x22, 0x0A], "2:3", "byte 8"),
        ([0xFF, 0xFE, 0x77, 0x00], "1:1", "byte 1"), ([0xEF, 0xBB, 0xBF, 0x77, 0xC0, 0x80], "1:2", "byte 5"),
        (Array("who\na".utf8) + [0xED, 0xA0, 0x80], "2:2", "byte 6"), (Array("who\n".utf8) + [0xC3], "2:1", "byte 5"),
    ])
    func `a table that is not UTF-8 is refused where it is not`(bytes: [UInt8], place: String, words: String) throws {
        let folder = try LanguageFolder([
            "Scenarios/s.yaml": """
            scenario: s
            version: 1
            start: 2026-03-02T08:00
            matrix: {csv: t.csv}
            given: {citizens: {anna: {}}, agencies: [skatteverket]}
            steps:
              - {id: a, at: +1d, publish: skatteverket.birth.v1, for: anna, data: {name: $who}}
            """
        ])
        try Data(bytes).write(to: URL(fileURLWithPath: "\(folder.path)/Scenarios/t.csv"))
        let reading = folder.read("Scenarios/s.yaml")
        #expect(!reading.isValid)
        let found = try #require(reading.diagnostics.first { $0.code == .badTable })
        #expect("\(found.span)".hasSuffix("t.csv:\(place)"), "\(found)")
        #expect(found.message.contains("not UTF-8 here (\(words))"), "\(found.message)")
    }

    @Test(arguments: ["", "abc", "åäö\n€ 𝄞\n", "\u{FEFF}who\nÅsa\n"])
    func `a text that is UTF-8 has no such place`(text: String) {
        #expect(UTF8Check.firstOffence(in: Array(text.utf8)) == nil)
    }
}
