import CommandLineTool
import Terminal
import Testing

@Suite struct UsageErrorTests {
    private static let cases: KeyValuePairs = [
        "run --sed 7": "Unknown option '--sed'. Did you mean '--seed'?",
        "run --sede=7": "Unknown option '--sede'. Did you mean '--seed'?",
        "run --xyzzy 7": "Unknown option '--xyzzy'.",
        "run -seed 7": "Unknown option '-seed'. Did you mean '--seed'?",
        "run -Q": "Unknown option '-Q'. Did you mean '-q'?",
        "run -S 7": "Unknown option '-S'. Did you mean '-s'?",
        "run -qz": "Unknown option '-z'.",
        "run --trac": "Unknown option '--trac'.",
        "run ---seed": "Unknown option '---seed'. Did you mean '--seed'?",
        "run --seed": "--seed needs a value: --seed <number>.",
        "run --seed -q": "--seed needs a value: --seed <number>.",
        "run --store -- a": "--store needs a value: --store <dir>.",
        "run -s": "--seed needs a value: --seed <number>.",
        "run -s 1 -s 2": "--seed is given more than once.",
        "run --quiet=yes": "--quiet takes no value, but is given 'yes'.",
        "run --seed abc": "--seed: 'abc' is not a whole number.",
        "run --seed=": "--seed: '' is not a whole number.",
        "run --seed 1.5": "--seed: '1.5' is not a whole number.",
        "run --seed -1": "--seed: -1 is not between 0 and 18446744073709551615.",
        "run --perturb 9223372036854775808":
            "--perturb: 9223372036854775808 is not between -9223372036854775808 and 9223372036854775807.",
        "run --format jsn": "--format: 'jsn' is not json, table or text. Did you mean 'json'?",
        "run --format xml": "--format: 'xml' is not json, table or text.",
        "run -X size": "--property: 'size' has no equals sign: write key=value.",
        "run -q --trace": "--quiet and --trace do not go together.",
        "send åsa 1": "--topic is missing.",
        "send -t x": "<person> is missing.\nerror: <level> is missing.",
        "send -t x åsa 3": "<level>: '3' is not 1 or 2.",
        "send -t x åsa 1 n more words": "Unexpected argument 'more'.\nerror: Unexpected argument 'words'.",
        "send -t x åsa 1 --share nan": "--share: 'nan' is not a number.",
        "send -t x åsa 1 --urgent maybe": "--urgent: 'maybe' is neither true nor false.",
        "send -t": "--topic needs a value: --topic <text>.\nerror: <person> is missing.\nerror: <level> is missing.",
        "topics copy": "<topic> is given 0 of at least 2 times.",
        "topics copy a": "<topic> is given 1 of at least 2 times.",
    ]

    @Test(arguments: cases.map { ($0.key, $0.value) })
    func `each mistake has its sentence, a hint and exit code 64`(line: String, sentence: String) {
        let command = line.hasPrefix("topics") ? "topics copy" : String(line.prefix { $0 != " " })
        let result = buss(line: line)
        #expect(result.errors == "error: \(sentence)\nRun 'buss \(command) --help' to see how it is used.\n")
        #expect(result.output == "")
        #expect(result.code == 64)
    }

    @Test func `all mistakes are told at once`() {
        #expect(
            buss(line: "run --sed 7 --quiet=1 -f jsn --perturb x").errors == """
                error: Unknown option '--sed'. Did you mean '--seed'?
                error: --quiet takes no value, but is given '1'.
                error: --format: 'jsn' is not json, table or text. Did you mean 'json'?
                error: --perturb: 'x' is not a whole number.
                Run 'buss run --help' to see how it is used.

                """)
    }

    @Test(arguments: [
        ("rnu", "Unknown command 'rnu'. Did you mean 'run'?", "buss"),
        ("topcis list", "Unknown command 'topcis'. Did you mean 'topics'?", "buss"),
        ("RUN", "Unknown command 'RUN'. Did you mean 'run'?", "buss"),
        ("comp", "Unknown command 'comp'. Did you mean 'completion'?", "buss"),
        ("slep", "Unknown command 'slep'.", "buss"),
        ("topics lst", "Unknown command 'lst'. Did you mean 'list'?", "buss topics"),
        ("help rum", "Unknown command 'rum'. Did you mean 'run'?", "buss"),
        ("help run seed", "Unexpected argument 'seed'.", "buss run"),
        ("--versoin", "Unknown option '--versoin'. Did you mean '--version'?", "buss"),
        ("--seed 1 run", "Unknown option '--seed'. Options of a command stand behind its name.", "buss"),
        ("topics --version", "Unknown option '--version'. Options of a command stand behind its name.", "buss topics"),
        ("completion zhs", "<shell>: 'zhs' is not bash, zsh or fish. Did you mean 'zsh'?", "buss completion"),
    ])
    func `a misspelt command is guessed`(line: String, sentence: String, command: String) {
        let result = buss(line: line)
        #expect(result.errors == "error: \(sentence)\nRun '\(command) --help' to see how it is used.\n")
        #expect(result.code == 64)
    }

    @Test(arguments: [("", "buss"), ("topics", "buss topics")])
    func `without a command its help comes with the error`(line: String, command: String) {
        let result = buss(line: line)
        let help = buss(line: line.isEmpty ? "--help" : "\(line) --help").output
        #expect(
            result.errors == "\(help)\nerror: A command is missing.\nRun '\(command) --help' to see how it is used.\n")
        #expect(result.code == 64 && result.output == "")
    }

    @Test func `a command never runs after a mistake`() {
        let result = buss(line: "crash --knwon")
        #expect(result.code == 64)
        #expect(!result.errors.contains("odd"))
    }

    @Test func `a mistake is red on a terminal that shows colours`() {
        let errors = TerminalOutput.captured(isTTY: true, usesColour: true)
        _ = sampleTool.run(["rnu"], output: .captured(), errorOutput: errors)
        #expect(errors.capturedText.hasPrefix("\u{1B}[31;1merror:\u{1B}[22;39m Unknown command"))
    }
}
