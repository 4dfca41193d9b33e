import CommandLineTool
import Terminal
import Testing

@Suite struct HelpTests {
    @Test func `the tool's help lists its commands`() {
        #expect(
            buss("--help").output == """
                Drive life events around.

                Usage: buss <command>

                Commands:
                  run         Run scenario files.
                  send        Send one event.
                  crash       Fail.
                  topics      Look after topics.
                  completion  Print a script that completes this tool's command lines.
                  help        Show the help of a command.

                Options:
                  -h, --help     Show this help.
                      --version  Show the version.

                Run 'buss help <command>' for the help of a command.

                """)
    }

    @Test func `a command's help shows all it declares`() {
        #expect(
            buss("run", "--help").output == """
                Run scenario files.

                Usage: buss run [options] [<path>...]

                A scenario says what happens to whom; the same seed gives the same run, on any
                machine and with any number of partitions.

                    birth:
                      person: Åsa

                Second paragraph.

                Arguments:
                  <path>  Scenario files or folders.

                Options:
                  -s, --seed <number>         Seed of all ids and draws. (default: 1)
                      --store <dir>           Where the event log and the databases of all
                                              agencies are kept; in memory if not given.
                  -f, --format <form>         Form of the report. (json, table or text; default:
                                              table)
                      --perturb <number>      Shift the order of deliveries.
                  -X, --property <key=value>  Setting of librdkafka. (may be repeated)
                  -q, --quiet                 Say only what failed.
                  -h, --help                  Show this help.

                Examples:
                  buss run Scenarios
                      Run every scenario of the folder.
                  buss run -s 7 birth.yaml

                """)
    }

    @Test func `required things stand in the usage line`() {
        #expect(
            buss("send", "-h").output == """
                Send one event.

                Usage: buss send [options] --topic <text> <person> <level> [<note>]

                Arguments:
                  <person>  Whom it is about.
                  <level>   How bad it is. (1 or 2)
                  <note>    What to add.

                Options:
                  -t, --topic <text>    Where to. (required)
                      --share <number>  Part of the people. (default: 0.5)
                      --urgent <value>  Whether it is urgent. (true or false; default: false)
                  -h, --help            Show this help.

                """)
    }

    @Test func `a group's help lists its commands`() {
        #expect(
            buss("topics", "--help").output == """
                Look after topics.

                Usage: buss topics <command>

                Commands:
                  list  List the topics.
                  copy  Copy topics.

                Options:
                  -h, --help  Show this help.

                Run 'buss help topics <command>' for the help of a command.

                """)
    }

    @Test(arguments: [
        ("help", "--help"), ("help run", "run --help"), ("help topics", "topics --help"),
        ("help topics copy", "topics copy -h"), ("-h", "--help"), ("run -qh", "run --help"),
        ("run --sed x --format y --help", "run --help"), ("run --seed -h", "run --help"),
        ("send --help a b c d e", "send --help"), ("help help", "help --help"),
    ])
    func `help is the same however it is asked for`(line: String, other: String) {
        let result = buss(line: line)
        #expect(result.output == buss(line: other).output)
        #expect(result.output != "" && result.errors == "" && result.code == 0)
    }

    @Test func `help behind two dashes is an argument`() {
        #expect(buss("run", "--", "--help").output.hasPrefix(#"files ["--help"]"#))
    }

    @Test func `the version follows the name`() {
        #expect(buss("--version").output == "buss 1.2\n")
    }

    @Test(arguments: [(200, 80), (80, 80), (60, 60), (10, 40)])
    func `help takes the width of the terminal, from 40 to 80 columns`(width: Int, expected: Int) {
        let help = buss("run", "--help", width: width).output + buss("send", "--help", width: width).output
        let widest = help.split(separator: "\n").map(\.displayWidth).max()!
        #expect(widest <= expected && widest > expected - 10)
    }

    @Test func `headings and terms are coloured on a terminal`() {
        let output = TerminalOutput.captured(isTTY: true, usesColour: true)
        _ = sampleTool.run(["topics", "list", "-h"], output: output, errorOutput: .captured())
        #expect(
            output.capturedText == """
                List the topics.

                \u{1B}[1mUsage:\u{1B}[22m buss topics list

                \u{1B}[1mOptions:\u{1B}[22m
                  \u{1B}[36m-h, --help\u{1B}[39m  Show this help.

                """)
    }

    @Test func `a long term stands on a line of its own`() {
        let tool = Tool(
            name: "t", summary: "T.", version: "1",
            commands: [
                Command("c", "C.") { args in
                    let _: String? = args.option("a-very-long-name", value: "with-a-long-value", "Explained below.")
                    return { 0 }
                }
            ])
        let output = TerminalOutput.captured()
        _ = tool.run(["help", "c"], output: output, errorOutput: .captured())
        #expect(
            output.capturedText.hasSuffix(
                """
                Options:
                      --a-very-long-name <with-a-long-value>
                              Explained below.
                  -h, --help  Show this help.

                """))
    }
}
