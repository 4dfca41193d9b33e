import Foundation
import Terminal
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

    @Test(arguments: [
        (cases: 347, seeds: 50, workers: 2, worlds: 4_096), (3, 50, 2, 4_096), (1, 1, 2, 4_096), (347, 1, 2, 4_096),
        (5, 10_000, 2, 4_096), (9, 7, 4, 10), (10, 7, 1, 7), (2, 3, 8, 1), (0, 5, 2, 10),
    ])
    func `each case is dealt once with each seed, no pass has too many worlds, and workers have alike much`(
        cases: Int, seeds: Int, workers: Int, worlds: Int
    ) {
        let turns = SeedTurn.dealt(cases: 0..<cases, seeds: seeds, workers: workers, worlds: worlds)
        var played: [[Int]] = Array(repeating: Array(repeating: 0, count: seeds), count: cases)
        for turn in turns {
            #expect(turn.cases.count * turn.seeds.count <= worlds)
            for number in turn.cases { for seed in turn.seeds { played[number][seed] += 1 } }
        }
        #expect(played.allSatisfy { $0.allSatisfy { $0 == 1 } })
        let sizes = turns.map { $0.cases.count }
        #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
        // As many passes as workers, or a multiple, where there are cases enough.
        if cases >= max(worlds, workers) { #expect(Set(turns.map(\.cases)).count % workers == 0) }
    }

    @Test func `a case is played with all seeds in one pass where that is not too many worlds`() {
        let turns = SeedTurn.dealt(cases: 0..<347, seeds: 50, workers: 2, worlds: 4_096)
        #expect(turns.allSatisfy { $0.seeds == 0..<50 })
        #expect(turns.count == 6)
    }

    @Test func `notes that differ in ids of messages only are told once, with how many there were`() {
        let notes = SeedNotes()
        for id in ["019baf49-ad80-7000-868b-252f8f71536d", "019baf49-ad80-7000-b333-4f7af6d448fb"] {
            notes.add("death: an event waits at kommun-1780 for its predecessor \(id), which has not come")
            notes.add("death: an event waits at kommun-0180 for its predecessor \(id), which has not come")
        }
        notes.add(
            "death: an event waits at kommun-0180 for its predecessor 019baf49-ad80-7000-9fb0-a7d060e42d7e, which has not come"
        )
        notes.add("another note")
        #expect(
            notes.told == [
                "another note",
                "death: an event waits at kommun-0180 for its predecessor 019baf49-ad80-7000-868b-252f8f71536d, which "
                    + "has not come; 2 like it with other seeds",
                "death: an event waits at kommun-1780 for its predecessor 019baf49-ad80-7000-868b-252f8f71536d, which "
                    + "has not come; one like it with another seed",
            ])
    }

    @Test func `many worlds are played in passes, so that memory does not grow with them`() {
        var options = RunOptions()
        func parts(_ worlds: Int) -> Int {
            Run(options, output: .standardError).partCount(worlds: worlds)
        }
        #expect([1, Run.mostWorlds, Run.mostWorlds + 1, 10 * Run.mostWorlds].map(parts) == [1, 1, 2, 10])
        options.jobs = 3
        #expect([1, 2, 100, 10 * Run.mostWorlds].map(parts) == [1, 2, 3, 10])
        // What shares a cluster or a clock with others is one pass.
        options.jobs = 1
        options.brokers = "localhost:9092"
        #expect(parts(10 * Run.mostWorlds) == 1)
        (options.brokers, options.speed) = (nil, 60)
        #expect(parts(10 * Run.mostWorlds) == 1)
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
        #expect(run.stdout.contains("passed  0 of 1 case with all of 4 seeds: 1..3, 8"))
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

    @Test func `a failure that holds keys and ids is the same with every seed`() throws {
        let folder = try Folder()
        try folder.write(
            "born.yaml",
            """
            scenario: born
            version: 1
            start: 2026-03-02T08:00
            until: +1mo
            given:
              agencies: [skatteverket, forsakringskassan, region-17]
              citizens: {anna: {template: adult, municipality: "1780", spouse: bo}, bo: {template: adult, municipality: "1780"}, liv: {unborn: true}}
            steps:
              - id: notice
                at: +1d 06:30
                publish: region.birth-notice.v1
                from: region-17
                for: anna
                data: {child: $liv, sex: female, bornAt: notice 03:14, birthOrder: 1}
              - expect: {message: forsakringskassan.benefit-decision.v1, for: liv, data: {payees: {length: 3}}, within: 1w}
              - expect: {message: forsakringskassan.benefit-decision.v1, for: liv, data: {payees: {each: {person: $liv}}}, within: 1w}

            """)
        let run = try livsbuss(["run", "born.yaml", "--seeds", "1..4"], in: folder)
        #expect(run.exitCode == 1)
        #expect(run.stdout.contains("`payees` is [{\"person\":\"$"), "\(run.stdout)\(run.stderr)")
        // One sentence of each expectation: none is told with some of the seeds.
        #expect(!run.stdout.contains("with 1: "), "\(run.stdout)")
        #expect(!run.stdout.contains(/p[b-t]{15}/) && !run.stdout.contains(/[0-9a-f]{8}-[0-9a-f]{4}-7/))
    }

    @Test func `of a run with several seeds nothing is kept to ask, and whoever asks is told`() throws {
        let folder = try Folder()
        try folder.write("good.yaml", Self.scenario("{message: skatteverket.filing.name.v1, within: 2d}"))
        let run = try livsbuss(["run", "good.yaml", "--seeds", "1..3"], in: folder)
        #expect(run.exitCode == 0)
        let status = try livsbuss(["status"], in: folder)
        #expect(status.exitCode == 0 && status.stdout == run.stdout)
        for question in [
            ["status", "anna"], ["trace", "anna"], ["explain", "anna"], ["dlq", "list"], ["ledger", "anna"],
        ] {
            let asked = try livsbuss(question, in: folder)
            #expect(asked.exitCode == 3 && asked.stderr.contains("played several seeds"), "\(question) \(asked.stderr)")
        }
        let again = try livsbuss(["run", "good.yaml", "--rerun-failed"], in: folder)
        #expect(again.exitCode == 5 && again.stderr.contains("nothing failed in the last run"))
    }

    @Test(arguments: [["--seed", "3"], ["--approve"], ["--log", "x"], ["--store", "s"], ["--watch"]])
    func `what cannot be had of many seeds is refused`(more: [String]) throws {
        let folder = try Folder()
        try folder.write("good.yaml", Self.scenario("{message: skatteverket.filing.name.v1, within: 2d}"))
        #expect(try livsbuss(["run", "good.yaml", "--seeds", "1..2"] + more, in: folder).exitCode == 64)
    }
}
