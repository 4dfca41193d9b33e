import Foundation
import Testing

/// What a run does with the folder of its store.
@Suite struct StoreFolderRunTests {
    private static let death = RealBinary.scenario("death")

    @Test(arguments: [(false, 0), (true, 1)] as [(Bool, Int32)])
    func `a run that has ended is told again with its exit code, by run and by status`(
        fails: Bool, exitCode: Int32
    ) throws {
        let folder = try Folder()
        let scenario = try fails ? folder.write("small.yaml", Self.failing) : Self.death
        let run = ["run", scenario, "-q", "--store", "kept"]
        let first = try livsbuss(run, in: folder)
        #expect(first.exitCode == exitCode && !first.stdout.isEmpty)
        let second = try livsbuss(run, in: folder)
        #expect(second.exitCode == exitCode && second.stdout == first.stdout)
        #expect(second.stderr.contains("this run has ended"))
        let status = try livsbuss(["status", "--store", "kept"], in: folder)
        #expect(status.exitCode == exitCode && status.stdout == first.stdout)
        let json = try livsbuss(["status", "--store", "kept", "--json"], in: folder)
        #expect(try json.exitCode == exitCode && RunReport(json.stdout).scenarios.count == 1)
        let other = try livsbuss(run + ["--seed", "2"], in: folder)
        #expect(other.exitCode == 3 && other.stderr.contains("a run with other inputs"))
        let restarted = try livsbuss(run + ["--seed", "2", "--restart"], in: folder)
        #expect(restarted.exitCode == exitCode)
    }

    /// A scenario whose only expectation fails.
    private static let failing = """
        scenario: small
        version: 1
        start: 2026-03-02T08:00
        given: {citizens: {anna: {number: "19968505-2384"}}, agencies: [skatteverket, region-17]}
        steps:
        - {at: +1d, publish: region.medical-certificate.v1, from: region-17, for: anna, data: {certificateType: sickness, contentRef: c-1, addressee: forsakringskassan}}
        - expect: {status: {for: anna, tile: health-care, code: U7}, within: 1d}
        until: 2026-03-06
        """

    @Test func `a folder with somebody's files of a store's names is refused, and they stay`() throws {
        let folder = try Folder()
        try FileManager.default.createDirectory(
            atPath: "\(folder.path)/mine/job-1/thesis", withIntermediateDirectories: true)
        try folder.write("mine/run.jsonl", "measurements")
        try folder.write("mine/job-1/thesis/1.tex", "text")
        for more in [[], ["--restart"]] {
            let run = try livsbuss(["run", Self.death, "-q", "--store", "mine"] + more, in: folder)
            #expect(run.exitCode == 3 && run.stderr.contains("mine/run.jsonl: Livsbuss did not make this"))
        }
        #expect(folder.read("mine/run.jsonl") == "measurements" && folder.read("mine/job-1/thesis/1.tex") == "text")
        #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/mine/status.sqlite"))
    }

    @Test func `a store that another process writes is refused with its number, and the default one gets a number`()
        throws
    {
        let folder = try Folder()
        #expect(try livsbuss(["run", Self.death, "-q"], in: folder).exitCode == 0)
        let marker = open("\(folder.path)/.livsbuss/last/livsbuss-store", O_RDWR)
        try #require(marker >= 0 && flock(marker, LOCK_EX | LOCK_NB) == 0)
        defer { close(marker) }
        let named = try livsbuss(["run", Self.death, "-q", "--store", ".livsbuss/last"], in: folder)
        #expect(named.exitCode == 3)
        #expect(named.stderr.contains(/the process \d+ is writing this store/))
        let move = try livsbuss(["run", RealBinary.scenario("move"), "-q"], in: folder)
        #expect(move.exitCode == 0 && move.stderr.contains("this run's store is .livsbuss/last-2"))
        // Both are whole, and questions go to the newest.
        #expect(try livsbuss(["status"], in: folder).stdout == move.stdout)
        let first = try livsbuss(["status", "--store", ".livsbuss/last"], in: folder)
        #expect(first.exitCode == 0 && first.stdout.contains("death"))
    }

    @Test func `a run in several passes that was killed before it told its result goes on, and gives way to no other`()
        throws
    {
        let folder = try Folder()
        let run = ["run", Self.death, "-q", "--copies", "7", "--store", "kept"]
        let first = try livsbuss(run + ["--jobs", "3"], in: folder)
        #expect(first.exitCode == 0 && first.stdout.contains("passed"))
        let told = try livsbuss(run + ["--jobs", "3"], in: folder)
        #expect(told.stdout == first.stdout && told.stderr.contains("this run has ended"))
        // What is left of it is what the passes have.
        for end in ["", "-wal", "-shm"] { unlink("\(folder.path)/kept/status.sqlite\(end)") }
        for (options, sentence) in [
            (["--jobs", "2"], "kept: the store holds a run with other inputs or another number of passes"),
            (["--jobs", "3", "--seed", "2"], "kept: the store holds a run with other inputs or another number"),
            ([], "kept: the store holds a run of several passes, not finished"),
        ] {
            let other = try livsbuss(run + options, in: folder)
            #expect(other.exitCode == 3 && other.stderr.contains(sentence), "\(other.stderr)")
        }
        let again = try livsbuss(run + ["--jobs", "3"], in: folder)
        #expect(again.exitCode == 0 && again.stdout == first.stdout)
        #expect(again.stderr.contains("resumed: 3 of 3 passes had been begun"), "\(again.stderr)")
        let alone = try livsbuss(run + ["--restart"], in: folder)
        #expect(alone.exitCode == 0)
        #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/kept/job-1"))
    }

    @Test(arguments: [1, 4, 40, 200])
    func `a run whose store finds no room ends with a sentence, and starts cleanly when there is some`(
        kibibytes: Int
    ) throws {
        let folder = try Folder()
        let line = try [
            RealBinary.path.get(), "run", Self.death, "-q", "--store", "full", "--log", "/dev/null", "--topics",
            RealBinary.topics,
        ].map { "'\($0)'" }.joined(separator: " ")
        let limited = try Child(
            "/bin/bash", ["-c", "set -o pipefail; ulimit -f \(kibibytes); \(line) 2>&1 | cat"], in: folder)
        #expect(limited.wait() == 3, "\(limited.standardOutput)")
        #expect(limited.standardOutput.contains("error: "))
        let again = try Child("/bin/bash", ["-c", line], in: folder)
        #expect(again.wait() == 0, "\(again.standardError)")
        #expect(again.standardOutput.contains("passed  death"))
    }

    @Test func `a store that was rebuilt has the rows of the one it was made from`() throws {
        let folder = try Folder()
        let run = try livsbuss(["run", Self.death, RealBinary.scenario("move"), "-q", "--store", "kept"], in: folder)
        #expect(run.exitCode == 0)
        #expect(try livsbuss(["rebuild", "--store", "kept", "--into", "rebuilt"], in: folder).exitCode == 0)
        for question in [["status"], ["status", "widow"], ["status", "mother", "--json"]] {
            let (left, right) = try (
                livsbuss(question + ["--store", "kept"], in: folder),
                livsbuss(question + ["--store", "rebuilt"], in: folder)
            )
            #expect(left.exitCode == 0 && left == right)
        }
        let again = try livsbuss(["rebuild", "--store", "kept", "--into", "rebuilt"], in: folder)
        #expect(again.exitCode == 3 && again.stderr.contains("there is a store in this folder"))
    }

    @Test(arguments: [
        ("nowhere", "there is no such folder"), ("empty", "the folder is empty"), ("other", "which holds `x`"),
    ])
    func `a folder without a store is told for what it is`(name: String, sentence: String) throws {
        let folder = try Folder()
        for made in ["empty", "other"] {
            try FileManager.default.createDirectory(
                atPath: "\(folder.path)/\(made)", withIntermediateDirectories: false)
        }
        try folder.write("other/x", "")
        for question in [["status"], ["status", "widow"], ["trace", "widow"], ["rebuild", "--into", "new"]] {
            let answer = try livsbuss(question + ["--store", name], in: folder)
            #expect(answer.exitCode == 3 && answer.stderr.contains(sentence), "\(question): \(answer.stderr)")
        }
    }
}
