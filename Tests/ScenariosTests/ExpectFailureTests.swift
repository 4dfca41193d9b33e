import Foundation
import JourneyTesting
import LifeEvents
import Scenarios
import Testing

/// Every file of `Failures` fails in exactly the words of the text beside it.
///
/// `LIVSBUSS_REWRITE_SNAPSHOTS=1 swift test --filter ExpectFailureTests` writes the texts anew.
@Suite struct ExpectFailureTests {
    static let folder = String(#filePath.prefix(upTo: #filePath.lastIndex(of: "/")!)) + "/Failures/"
    static let names = (try? FileManager.default.contentsOfDirectory(atPath: folder))!
        .filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()

    static func replay(_ name: String) throws -> [Journey] {
        let bug: ExpectFund.Bug =
            switch name {
            case "chain-broken": .forgetsPredecessor
            case "protected-data", "protected-data-named": .leaks
            default: .none
            }
        return try Journey.replayAll(
            "\(folder)\(name).yaml", playing: [ExpectFund(bug: bug)],
            events: [ExpectFund.Application.self, ExpectFund.Decision.self])
    }

    /// The reports, without the place of this folder and the lines of the fund's rules.
    static func text(_ journeys: [Journey]) -> String {
        journeys.map { journey in
            journey.report.replacing(folder, with: "").replacing(/ExpectFund\.swift:\d+/, with: "ExpectFund.swift:N")
        }.joined(separator: "\n") + "\n"
    }

    @Test func `there are files for all kinds of failures`() {
        #expect(Self.names.count >= 25)
    }

    @Test(arguments: names)
    func `a failed expectation is told in known words`(name: String) throws {
        let journeys = try Self.replay(name)
        #expect(journeys.contains { !$0.passed })
        let text = Self.text(journeys)
        let snapshot = "\(Self.folder)\(name).txt"
        if ProcessInfo.processInfo.environment["LIVSBUSS_REWRITE_SNAPSHOTS"] != nil {
            try text.write(toFile: snapshot, atomically: true, encoding: .utf8)
        }
        #expect(try String(contentsOfFile: snapshot, encoding: .utf8) == text)
    }

    @Test(arguments: FailureCode.allCases)
    func `a code is explained`(code: FailureCode) {
        #expect(code.text.hasPrefix("\(code.rawValue): \(code.title)\n"))
        #expect(code.text.split(separator: "\n").allSatisfy { $0.count <= 84 || $0.hasPrefix("    ") })
    }
}
