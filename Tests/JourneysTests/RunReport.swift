import Foundation
import Testing

/// What `livsbuss run --json` prints.
struct RunReport: Decodable {
    struct Scenario: Decodable {
        var name: String
        var file: String
        var passed: Bool
        var digest: String
        var messages: Int
        var tiles: Int
        var people: [String: String]
        var failures: [Failure]
    }

    struct Failure: Decodable {
        var place: String
        var message: String
    }

    var scenarios: [Scenario]
    var deterministic: Bool
    var outside: Int
    var refused: Int
    var redelivered: Int
    var deadLetters: Int
    var pendingCount: Int
    var instants: Int

    var digests: [String: String] {
        Dictionary(scenarios.map { ($0.name, $0.digest) }, uniquingKeysWith: { $0 + " and " + $1 })
    }

    init(_ text: String) throws {
        self = try JSONDecoder().decode(RunReport.self, from: Data(text.utf8))
    }
}

/// Runs scenarios with `--json`. A failed expectation is in the report and no error.
func report(_ arguments: [String], in folder: Folder? = nil) throws -> RunReport {
    let run = try livsbuss(["run", "--json"] + arguments, in: folder)
    try #require(run.exitCode <= 1, "\(run.stderr)")
    let report = try RunReport(run.stdout)
    #expect((run.exitCode == 0) == report.scenarios.allSatisfy(\.passed))
    return report
}
