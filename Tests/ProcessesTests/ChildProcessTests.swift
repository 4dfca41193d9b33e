import Processes
import Testing

/// Programs that are asked in lines.
@Suite struct ChildProcessTests {
    private static let environment = ["PATH=/usr/bin:/bin", "GREETING=hej"]

    private static func shell(_ script: String, memory: UInt = 1 << 30) throws -> ChildProcess {
        try ChildProcess(["sh", "-c", script], folder: "/", environment: environment, memory: memory)
    }

    private static func ask(
        _ child: ChildProcess, _ text: String, lines: Int, silence: Int32 = 20_000, longest: Int = 1_000
    ) throws -> [String] {
        var found: [String] = []
        try child.exchange(Array(text.utf8), lines: lines, silence: silence, longest: longest) {
            found.append(String(decoding: $0, as: UTF8.self))
        }
        return found
    }

    @Test func `lines are answered in their order, and what comes early waits for the next question`() throws {
        let child = try Self.shell("while read -r line; do echo \"<$line>\"; done")
        #expect(try Self.ask(child, "a\nb\nc\n", lines: 2) == ["<a>", "<b>"])
        #expect(try Self.ask(child, "d\n", lines: 2) == ["<c>", "<d>"])
    }

    @Test func `more than the pipes hold goes through in both directions`() throws {
        let child = try Self.shell("exec cat")
        let line = String(repeating: "x", count: 999)
        let found = try Self.ask(child, String(repeating: line + "\n", count: 5_000), lines: 5_000)
        #expect(found.count == 5_000 && found.allSatisfy { $0 == line })
    }

    @Test func `it runs in its folder, with its environment and nothing else`() throws {
        let child = try Self.shell("pwd; echo $GREETING; echo ${HOME:-none}; ls /proc/self/fd | wc -l")
        #expect(try Self.ask(child, "", lines: 3) == ["/", "hej", "none"])
        // Its three, and the one that lists them.
        #expect(try Self.ask(child, "", lines: 1) == ["4"])
    }

    @Test(arguments: [
        ("exit 3", ExchangeFailure.ended(.exited(3))), ("kill -9 $$", .ended(.killed(signal: 9))),
        ("echo one; exec >&-; sleep 60", .ended(.killed(signal: 9))),
        ("head -c 3000 /dev/zero; sleep 60", .lineTooLong),
    ])
    func `how it ends is told`(script: String, failure: ExchangeFailure) throws {
        let child = try Self.shell(script)
        #expect(throws: failure) { try Self.ask(child, "question\n", lines: 2) }
    }

    @Test func `one that writes nothing is given up`() throws {
        let child = try Self.shell("sleep 60")
        #expect(throws: ExchangeFailure.silent) { try Self.ask(child, "", lines: 1, silence: 50) }
        child.kill()
        #expect(throws: ExchangeFailure.ended(.killed(signal: 9))) { try Self.ask(child, "", lines: 1) }
    }

    @Test func `what it writes on standard error is told line by line, a long one in parts`() throws {
        let child = try Self.shell("echo first >&2; printf '%01500d' 0 >&2; exit 0")
        var lines: [Int] = []
        child.errorLine = { lines.append($0.count) }
        #expect(throws: ExchangeFailure.ended(.exited(0))) { try Self.ask(child, "", lines: 1) }
        #expect(lines == [5, ChildProcess.longestErrorLine, 1_500 - ChildProcess.longestErrorLine])
    }

    @Test func `what it has started itself ends with it`() throws {
        let child = try Self.shell("sleep 1000 & echo $!; wait")
        let other = try #require(try Self.ask(child, "", lines: 1).first)
        child.kill()
        let look = try Self.shell(
            "for i in $(seq 150); do grep -qs 'State:.[^Z]' /proc/\(other)/status || break; sleep 0.1; done; "
                + "grep -s State /proc/\(other)/status || echo gone")
        let state = try #require(try Self.ask(look, "", lines: 1).first)
        #expect(state == "gone" || state.contains("Z"))
    }

    @Test func `it takes no more memory than it may`() throws {
        let child = try Self.shell("x=0123456789; while :; do x=$x$x; done; echo survived", memory: 64 << 20)
        #expect(throws: ExchangeFailure.self) { try Self.ask(child, "", lines: 1) }
    }

    @Test(arguments: [["/no/such/program"], ["no-such-program-anywhere"]])
    func `one that is not there is told`(words: [String]) {
        #expect(throws: ProcessStartFailure.self) {
            try ChildProcess(words, folder: "/", environment: Self.environment, memory: 1 << 30)
        }
    }

    @Test(arguments: [
        ("./a.py", ["./a.py"]), ("  python3  'my agency.py' --x ", ["python3", "my agency.py", "--x"]),
        ("a \"\" b", ["a", "", "b"]), ("a'b c'd", ["ab cd"]), ("a 'b", nil), ("", nil), ("  ", nil), ("'' a", nil),
    ])
    func `a command is parted into words, and no shell reads it`(text: String, words: [String]?) {
        #expect(CommandWords.split(text) == words)
    }
}
