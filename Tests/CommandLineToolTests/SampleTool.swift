import CommandLineTool
import Terminal

enum Format: String, CaseIterable, ArgumentValue {
    case json, table, text
}

enum Level: Int, CaseIterable, ArgumentValue {
    case low = 1
    case high = 2
}

/// A type of the caller's own, with its own sentence.
struct Property: ArgumentValue, Equatable {
    let key: String
    let value: String

    init(argument: String) throws(ArgumentError) {
        let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { throw ArgumentError("'\(argument)' has no equals sign: write key=value.") }
        (key, value) = (parts[0], parts[1])
    }

    static var argumentPlaceholder: Property { Property(key: "", value: "") }

    private init(key: String, value: String) {
        (self.key, self.value) = (key, value)
    }
}

struct BrokerAway: Error {}

/// A small bus company: each command prints what it was given.
let sampleTool = Tool(
    name: "buss", summary: "Drive life events around.", version: "1.2", commands: [run, send, sleep, crash, topics]
) { error in
    error is BrokerAway ? ("The broker is away.", 69) : ("\(error)", 1)
}

private let run = Command(
    "run", "Run scenario files.",
    discussion: """
        A scenario says what happens to whom; the same seed gives the same run, on any machine
        and with any number of partitions.

            birth:
              person: Åsa

        Second paragraph.
        """,
    examples: ["buss run Scenarios": "Run every scenario of the folder.", "buss run -s 7 birth.yaml": ""]
) { args in
    let files: [String] = args.rest("path", "Scenario files or folders.", complete: .files)
    let seed: UInt64 = args.option("seed", short: "s", value: "number", default: 1, "Seed of all ids and draws.")
    let store: String? = args.option(
        "store", value: "dir",
        "Where the event log and the databases of all agencies are kept; in memory if not given.",
        complete: .directories)
    let format: Format = args.option("format", short: "f", value: "form", default: .table, "Form of the report.")
    let perturb: Int? = args.option("perturb", "Shift the order of deliveries.")
    let properties: [Property] = args.options("property", short: "X", value: "key=value", "Setting of librdkafka.")
    let quiet = args.flag("quiet", short: "q", "Say only what failed.")
    let trace = args.flag("trace", "Not for daily use.", hidden: true)
    args.require(!(quiet && trace), "--quiet and --trace do not go together.")
    let output = args.output
    return {
        output.writeLine("files \(files)")
        output.writeLine("seed \(seed) store \(store ?? "nil") format \(format) perturb \(perturb ?? 0)")
        output.writeLine("properties \(properties.map { "\($0.key)→\($0.value)" }) quiet \(quiet) trace \(trace)")
        return 0
    }
}

private let send = Command("send", "Send one event.") { args in
    let person: String = args.positional("person", "Whom it is about.", complete: .words(["åsa", "bo lund", "$(x)"]))
    let level: Level = args.positional("level", "How bad it is.")
    let note: String? = args.optionalPositional("note", "What to add.")
    let topic: String = args.requiredOption("topic", short: "t", "Where to.")
    let share: Double = args.option("share", default: 0.5, "Part of the people.")
    let isUrgent: Bool = args.option("urgent", default: false, "Whether it is urgent.")
    let output = args.output
    return {
        output.writeLine("\(person) \(level) \(note ?? "nil") \(topic) \(share) \(isUrgent)")
        return 3
    }
}

private let sleep = Command("sleep", "Sleep.", hidden: true) { _ in { 0 } }

private let crash = Command("crash", "Fail.") { args in
    let known = args.flag("known", "With a known error.")
    return {
        if known { throw BrokerAway() }
        throw ArgumentError("odd")
    }
}

private let topics = Command.group(
    "topics", "Look after topics.",
    [
        Command("list", "List the topics.") { args in
            let output = args.output
            return {
                output.writeLine("listed")
                return 0
            }
        },
        Command("copy", "Copy topics.") { args in
            let names: [String] = args.rest("topic", "From, and to.", atLeast: 2)
            let output = args.output
            return {
                output.writeLine("copied \(names)")
                return 0
            }
        },
    ])

/// What a run of the sample tool said and gave.
func buss(_ arguments: String..., width: Int = 80) -> (output: String, errors: String, code: Int32) {
    let (output, errors) = (TerminalOutput.captured(width: width), TerminalOutput.captured(width: width))
    let code = sampleTool.run(arguments, output: output, errorOutput: errors)
    return (output.capturedText, errors.capturedText, code)
}

/// As above, of one line whose words are parted by single spaces.
func buss(line: String) -> (output: String, errors: String, code: Int32) {
    let (output, errors) = (TerminalOutput.captured(), TerminalOutput.captured())
    let words = line.isEmpty ? [] : line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    let code = sampleTool.run(words, output: output, errorOutput: errors)
    return (output.capturedText, errors.capturedText, code)
}
