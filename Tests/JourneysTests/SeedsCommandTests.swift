import Foundation
import Testing

@testable import livsbuss

/// `livsbuss run --seeds`.
@Suite struct SeedsCommandTests {
    @Test(
        arguments: [
            ("1..3", [1, 2, 3]), ("7", [7]), ("4,1..2,9", [4, 1, 2, 9]), ("5..5", [5]),
        ] as [(String, [UInt64])])
    func `seeds are a range or a list`(text: String, seeds: [UInt64]) throws {
        #expect(try #require(SeedList(text)).seeds == seeds)
    }

    @Test(arguments: [
        "", "a", "3..1", "1.3", "1...3", "1,,2", "1,1", "-1", "1..2..3", "1..99999", "1..18446744073709551615",
    ])
    func `what are no seeds is refused`(text: String) {
        #expect(SeedList(text) == nil)
    }

    @Test(
        arguments: [
            ([1, 2, 3, 4], "1..4"), ([1, 2, 4], "1, 2, 4"), ([9], "9"), ([1, 3, 5, 6, 7], "1, 3, 5..7"),
        ] as [([UInt64], String)])
    func `seeds are told in few words`(seeds: [UInt64], text: String) {
        #expect(SeedList.text(seeds) == text)
    }

    /// Two agencies answer one event at one instant; which comes first is the seed's to say.
    private static func scenario(_ expectation: String) -> String {
        """
        scenario: tie
        version: 1
        start: 2026-03-02T08:00
        until: +10d
        given:
          agencies: [skatteverket, forsakringskassan]
          citizens: {anna: {born: 1990-01-01, municipality: "1780"}}
        steps:
          - {id: name, at: +0d 09:00, citizen: anna, action: file, form: name, to: skatteverket, data: {given: A, family: B}}
          - expect: \(expectation)

        """
    }

    @Test func `all seeds that fail are told with the expectation, and the exit code is 1`() throws {
        let folder = try Folder()
        try folder.write("bad.yaml", Self.scenario("{message: skatteverket.birth.v1, within: 2d}"))
        let run = try livsbuss(["run", "bad.yaml", "--seeds", "1..3,8"], in: folder)
        #expect(run.exitCode == 1)
        #expect(run.stdout.contains("failed  tie  with all 4 seeds"), "\(run.stdout)\(run.stderr)")
        #expect(run.stdout.contains("failed[A001]: bad.yaml:10:13 (step-2)"))
        #expect(run.stdout.contains("repro: livsbuss run bad.yaml --seed 1"))
        #expect(run.stdout.contains("passed  0 of 1 cases with all of 4 seeds: 1..3, 8"))
    }

    @Test func `a case's digest with a seed is that of a run with it alone`() throws {
        let folder = try Folder()
        try folder.write("good.yaml", Self.scenario("{message: skatteverket.filing.name.v1, within: 2d}"))
        let many = try livsbuss(["run", "good.yaml", "--seeds", "5,6", "--json"], in: folder)
        #expect(many.exitCode == 0)
        for seed in ["5", "6"] {
            let one = try livsbuss(["run", "good.yaml", "-q", "--seed", seed], in: folder)
            let digest = try #require(one.stdout.split(separator: "digest ").last?.prefix(64))
            #expect(many.stdout.contains("\"\(digest)\""))
        }
    }

    @Test func `cases with faults and draws have the digests of each seed alone, however many share a pass`() throws {
        struct Report: Decodable {
            struct Case: Decodable { var digests: [String] }
            var cases: [Case]
        }
        let paths = ["faults", "unemployment"].map { "\(RealBinary.repository)/Scenarios/\($0)" }
        let many = try livsbuss(["run", "--seeds", "5..8", "--json"] + paths)
        #expect(many.exitCode == 0, "\(many.stderr)")
        let cases = try JSONDecoder().decode(Report.self, from: Data(many.stdout.utf8)).cases
        for (place, seed) in ["5", "7"].enumerated() {
            let one = try livsbuss(["run", "--seeds", seed, "--json"] + paths)
            let alone = try JSONDecoder().decode(Report.self, from: Data(one.stdout.utf8)).cases
            #expect(alone.count > 20)
            #expect(alone.map(\.digests) == cases.map { [$0.digests[place * 2]] })
        }
    }

    @Test(arguments: [["--seed", "3"], ["--approve"], ["--log", "x"], ["--store", "s"], ["--watch"]])
    func `what cannot be had of many seeds is refused`(more: [String]) throws {
        let folder = try Folder()
        try folder.write("good.yaml", Self.scenario("{message: skatteverket.filing.name.v1, within: 2d}"))
        #expect(try livsbuss(["run", "good.yaml", "--seeds", "1..2"] + more, in: folder).exitCode == 64)
    }
}
