import CommandLineTool
import Terminal
import Testing

@Suite struct ParsingTests {
    @Test(arguments: [
        ("run", #"files []"#), ("run a b", #"files ["a", "b"]"#), ("run a -q b", #"files ["a", "b"]"#),
        ("run -- -q --seed", #"files ["-q", "--seed"]"#), ("run - -5 -.5", #"files ["-", "-5", "-.5"]"#),
        ("run a -- --", #"files ["a", "--"]"#),
    ])
    func `words without a dash are arguments, and all words behind two dashes`(line: String, expected: String) {
        let result = buss(line: line)
        #expect(result.output.split(separator: "\n").first.map(String.init) == expected)
        #expect(result.code == 0 && result.errors == "")
    }

    @Test(arguments: [
        ("", "seed 1 store nil format table perturb 0"),
        ("--seed 7 --store x", "seed 7 store x format table perturb 0"),
        ("--seed=7 --store=a=b", "seed 7 store a=b format table perturb 0"),
        ("-s 7 -f json", "seed 7 store nil format json perturb 0"),
        ("-s7 -fjson", "seed 7 store nil format json perturb 0"),
        ("-s=7 -f=json", "seed 7 store nil format json perturb 0"),
        ("-qs7", "seed 7 store nil format table perturb 0"),
        ("-qs 7", "seed 7 store nil format table perturb 0"),
        ("--perturb -5", "seed 1 store nil format table perturb -5"),
        ("--perturb=-5", "seed 1 store nil format table perturb -5"),
        ("--store -", "seed 1 store - format table perturb 0"),
        ("--store=--odd", "seed 1 store --odd format table perturb 0"),
        ("--store=", "seed 1 store  format table perturb 0"),
        ("--seed 18446744073709551615", "seed 18446744073709551615 store nil format table perturb 0"),
    ])
    func `options take values in every customary way`(options: String, expected: String) {
        let result = buss(line: options.isEmpty ? "run" : "run \(options)")
        #expect(result.output.split(separator: "\n").dropFirst().first.map(String.init) == expected)
        #expect(result.errors == "")
    }

    @Test(arguments: [
        ("run -X a=1 --property b=2 -Xc=3 -X=d=4 --property=e=5", #"["a→1", "b→2", "c→3", "d→4", "e→5"]"#),
        ("run", "[]"),
    ])
    func `repeated options keep their order`(line: String, expected: String) {
        #expect(buss(line: line).output.contains("properties \(expected) quiet false"))
    }

    @Test func `a flag may be given twice and a hidden one is understood`() {
        #expect(buss(line: "run -q -q").output.contains("quiet true trace false"))
        #expect(buss(line: "run --trace").output.contains("quiet false trace true"))
    }

    @Test(arguments: [
        ("send åsa 1 -t x", "åsa low nil x 0.5 false\n"),
        ("send åsa 2 note --topic x --share 1e-3 --urgent yes", "åsa high note x 0.001 true\n"),
        ("send --urgent=off -t x --share -2 -1 1", "-1 low nil x -2.0 false\n"),
    ])
    func `positional arguments and typed values are read in order`(line: String, expected: String) {
        let result = buss(line: line)
        #expect(result.output == expected)
        #expect(result.code == 3)
    }

    @Test func `a command of a group is found`() {
        #expect(buss(line: "topics list").output == "listed\n")
        #expect(buss(line: "topics copy a b c").output == #"copied ["a", "b", "c"]"# + "\n")
    }

    @Test func `a hidden command runs`() {
        #expect(buss(line: "sleep").code == 0)
    }

    @Test(arguments: [
        ("crash", "error: ArgumentError(message: \"odd\")\n", Int32(1)),
        ("crash --known", "error: The broker is away.\n", 69),
    ])
    func `what a command throws is worded by the tool's error handler`(line: String, message: String, code: Int32) {
        let result = buss(line: line)
        #expect(result.errors == message)
        #expect(result.code == code)
    }

    @Test func `an output that cannot be written is an error even if the command went well`() throws {
        let full = TerminalOutput(fileDescriptor: try #require(FullDisk()).descriptor)
        let errors = TerminalOutput.captured()
        #expect(sampleTool.run(["topics", "list"], output: full, errorOutput: errors) == Tool.outputExitCode)
        #expect(errors.capturedText == "error: The output cannot be written: No space left on device.\n")
    }
}
