import Foundation
import Testing

/// The examples of docs/adapter-protocol.md: programs on standard input play agencies of shipped scenarios.
@Suite(.waits) struct ProgramAgencyTests {
    /// A program that plays an agency, and scenarios in which it has something to say.
    struct Example: CustomTestStringConvertible, Sendable {
        var owner: String
        var path: String
        var interpreter: String
        var scenarios: [String]

        var testDescription: String { path }
        var command: String { "\(RealBinary.repository)/examples/\(path)" }
        var exec: [String] { ["--exec", "\(owner)=\(command)"] }
        var files: [String] { scenarios.map(RealBinary.scenario) }
    }

    static let python = Example(
        owner: "kammarkollegiet", path: "python-agency/kammarkollegiet.py", interpreter: "python3",
        scenarios: ["death/no-heir", "death/heard-before"])
    static let node = Example(
        owner: "hyresvard", path: "node-agency/hyresvard.js", interpreter: "node",
        scenarios: ["move/control", "move/moved-to-your-address", "move/refused-filings", "first-child"])
    private static let isDemanded = ProcessInfo.processInfo.environment["CI"] == "true"

    /// The examples whose interpreter is here; where `CI=true` one that is missing fails the test that runs it.
    static let runnable = [python, node].filter { isDemanded || $0.interpreter == "python3" || has($0.interpreter) }

    private static func has(_ program: String) -> Bool {
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
            FileManager.default.isExecutableFile(atPath: "\($0)/\(program)")
        }
    }

    private func digests(_ arguments: [String], in folder: Folder? = nil) throws -> [String: String] {
        let (code, output, error) = try livsbuss(["run", "--json"] + arguments, in: folder)
        try #require(code == 0, "\(output)\(error); scripts/setup test installs python3 and node")
        return try RunReport(output).digests
    }

    @Test(arguments: runnable)
    func `an example says to the byte what the built-in agency says`(_ example: Example) throws {
        let folder = try Folder()
        for seed in ["1", "7"] {
            let builtIn = try digests(example.files + ["--seed", seed, "--log", "built-in.jsonl"], in: folder)
            let program = try digests(
                example.files + example.exec + ["--seed", seed, "--log", "program.jsonl"], in: folder)
            #expect(builtIn == program)
            let difference = try livsbuss(["diff", "built-in.jsonl", "program.jsonl"], in: folder)
            #expect(difference.exitCode == 0 && difference.stdout == "the runs are alike\n")
        }
        // The log must hold something that the program has said.
        #expect(folder.read("program.jsonl").contains("\"source\":\"\(example.owner)"))
    }

    @Test(arguments: runnable)
    func `an example is short and needs no library`(_ example: Example) throws {
        let text = try String(contentsOfFile: example.command, encoding: .utf8)
        #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count < 80)
        let imports = text.split(separator: "\n").filter { $0.hasPrefix("import ") || $0.contains("require(") }
        #expect(imports.allSatisfy { ["import json", "import sys"].contains($0) || $0.contains("\"node:") })
    }

    @Test func `one digest: many at once, permuted, in jobs, with a program of the scenario's own`() throws {
        let example = Self.python
        let options = ["--copies", "40"]
        let once = try digests(example.files + example.exec + options)
        #expect(try digests(example.files + options) == once)
        for more in [["--perturb", "3"], ["--jobs", "3"], ["--partitions", "4"]] {
            #expect(try digests(example.files + example.exec + options + more) == once)
        }
        let folder = try Folder()
        var text = try String(contentsOfFile: example.files[0], encoding: .utf8)
        try FileManager.default.copyItem(
            atPath: "\(RealBinary.repository)/Scenarios/shared", toPath: "\(folder.path)/shared")
        text = text.replacing("../shared", with: "shared")
        let own = text.replacing(
            "[kammarkollegiet]", with: "{kammarkollegiet: {exec: \"\(example.command)\"}}")
        try #require(own != text)
        let file = try folder.write("own.yaml", own)
        #expect(try digests([file], in: folder) == (try digests([example.files[0]])))
        // What others in the same run mean by the agency must be the same.
        let both = try livsbuss(["run", file, example.files[1], "-q"], in: folder)
        #expect(both.exitCode == 2 && both.stderr.contains("run them apart"))
    }

    /// The example, which notes its process before each answer and takes its time.
    private static let slow = """
        import os, runpy, sys, time
        import json
        dumps = json.dumps
        def noted(value, **options):
            if value["n"]:
                with open("pid.new", "w") as file: file.write(f"{os.getpid()} {value['n']}")
                os.rename("pid.new", "pid")
                time.sleep(float(sys.argv[2]))
            return dumps(value, **options)
        json.dumps = noted
        runpy.run_path(sys.argv[1])
        """

    @Test func `ten kills of the program leave the digest as it is`() throws {
        let folder = try Folder()
        try folder.write("slow.py", Self.slow)
        let line = ["run", Self.python.files[0], "--copies", "60", "--json"]
        let exec = ["--exec", "kammarkollegiet=python3 slow.py \(Self.python.command) 0.01"]
        let run = try RealBinary.start(line + exec, in: folder)
        var killed: Set<String> = []
        var lastQuestion = 0
        while run.isRunning, killed.count < 10 {
            let note = folder.read("pid").split(separator: " ").map(String.init)
            // Another question each time: one on which the program ends three times is a dead letter.
            if note.count == 2, let pid = pid_t(note[0]), let question = Int(note[1]), !killed.contains(note[0]),
                question > lastQuestion + 3
            {
                killed.insert(note[0])
                lastQuestion = question
                kill(pid, SIGKILL)
            }
            usleep(10_000)
        }
        #expect(run.wait() == 0, "\(run.standardError)")
        #expect(killed.count == 10)
        #expect(run.standardError.contains("ended (signal 9); it is begun anew"))
        #expect(try RunReport(run.standardOutput).digests == (try digests(Array(line.dropFirst().dropLast()))))
    }

    @Test func `a run with a program that is killed goes on from its store, and its program ends with it`() throws {
        let folder = try Folder()
        try folder.write("slow.py", Self.slow)
        let line = [Self.python.files[0], "--copies", "600"]
        let exec = ["--exec", "kammarkollegiet=python3 slow.py \(Self.python.command) 0.002", "--store", "kept"]
        var (resumed, pids): (Int, Set<String>) = (0, [])
        for life in 0..<3 {
            try? FileManager.default.removeItem(atPath: "\(folder.path)/pid")
            let run = try RealBinary.start(["run", "--json"] + line + exec, in: folder)
            // Until the program has been asked by this process and something is kept, and then a little.
            while run.isRunning, folder.read("pid").isEmpty { usleep(10_000) }
            LiveStore(folder, "kept").waitForCheckpoint(of: run)
            while life > 0, run.isRunning, !run.standardError.contains("resumed from") { usleep(10_000) }
            usleep(.random(in: 0...600_000))
            run.kill(SIGKILL)
            _ = run.wait()
            pids.insert(String(folder.read("pid").prefix { $0 != " " }))
            if run.standardError.contains("resumed from") { resumed += 1 }
        }
        let last = try RealBinary.start(["run", "--json"] + line + exec, in: folder)
        #expect(last.wait() == 0, "\(last.standardError)")
        #expect(resumed == 2 && last.standardError.contains("resumed from"))
        #expect(try RunReport(last.standardOutput).digests == (try digests(line)))
        for _ in 0..<6_000 where pids.contains(where: Self.isAlive) { usleep(10_000) }
        #expect(!pids.contains(where: Self.isAlive))
    }

    private static func isAlive(_ pid: String) -> Bool {
        guard let status = try? String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8) else { return false }
        return !status.contains("State:\tZ")
    }

    @Test(arguments: [
        ("kammarkollegiet=./not-there", 4, "`./not-there`, which cannot be started"),
        ("kammarkollegiet=sh -c 'exit 3'", 4, "does not begin: ended (exit code 3)"),
        ("kammarkollegiet=echo hej", 4, "has not answered \"n\":0"),
        ("kammarkollegiet", 64, "write its owner and the program"),
        ("kammarkollegiet=", 64, "write its owner and the program"),
        ("csn=true", 2, "no agency of csn is simulated in this run"),
        ("skatteverket=true", 4, "has nothing to hear"),
        ("kommun/nothing=true", 2, "no code of kommun plays a branch of this name"),
    ])
    func `a program that cannot play is told with its own exit code`(exec: String, code: Int, text: String) throws {
        let folder = try Folder()
        let (exitCode, _, error) = try livsbuss(
            ["run", Self.python.files[0], "-q", "--exec", exec, "--store", "kept"], in: folder)
        #expect(Int(exitCode) == code && error.contains(text), "\(exitCode): \(error)")
        // Nothing half-done: the same store takes a run without the program, which begins anew.
        let again = try livsbuss(["run", Self.python.files[0], "-q", "--store", "fresh"], in: folder)
        #expect(again.exitCode == 0)
    }

    @Test func `what a program writes on standard error does no harm to a terminal`() throws {
        let folder = try Folder()
        let script =
            "import sys; sys.stderr.write('\\x1b[2J::error::x\\n')\nfor l in sys.stdin:\n  print('{\"n\":0}', flush=True)\n"
        try folder.write("loud.py", script)
        let (code, _, error) = try livsbuss(
            ["run", Self.python.files[0], "-q", "--exec", "kammarkollegiet=python3 loud.py"], in: folder)
        #expect(code == 1)
        #expect(error.contains("kammarkollegiet: \\u001B[2J") && !error.contains("\u{1B}[2J"))
    }
}
