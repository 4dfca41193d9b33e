import CommandLineTool
import Foundation
import LifeEvents
import Terminal

/// `livsbuss dlq …`
enum DeadLetterCommand {
    static var group: Command {
        .group(
            "dlq", "Dead letters: what could not be handled, and what is done about it.",
            discussion: """
                Nothing that could not be handled vanishes: it stands as a dead letter on the topic \
                <owner>.dead-letter.v1 and in the store of the run. What is done about a letter is noted beside it; no \
                letter is ever removed.
                """,
            [list, show, redrive, discard])
    }

    /// The ways a command of the group ends, as its help tells them.
    static let exitCodes = """
        Exit codes: 0 done, 1 a letter stands so that it is refused, 2 there is no such letter or file, 3 the store or \
        the cluster failed, 64 usage.
        """

    /// Who acts: the name of the user, as the system has it.
    static var user: String {
        let name = NSUserName()
        return name.isEmpty ? "unknown" : name
    }

    /// The time of the machine, RFC 3339 in UTC. It stands in notes of operators only, never in a run.
    static func now() -> String {
        "\(Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000)))"
    }

    /// `livsbuss dlq list`
    static var list: Command {
        Command(
            "list", "Lists dead letters, a line each.",
            discussion: """
                A letter is named by its id, the beginning of it where that is enough, or, on a cluster, its place \
                topic/partition/offset.

                \(exitCodes)
                """,
            examples: [
                "livsbuss dlq list": "of the last run",
                "livsbuss dlq list --brokers localhost:9092 --state open": "of a cluster",
            ]
        ) { args in
            let source = LetterSource(&args)
            let filter = LetterFilter(&args, withState: true)
            let json = args.flag("json", "Print JSON.")
            let output = args.output
            return {
                let letters = try source.open().letters.filter { filter.takes($0) }
                output.write(json ? LetterText.json(letters) : LetterText.table(letters, output.paint))
                return 0
            }
        }
    }

    /// `livsbuss dlq show ID`
    static var show: Command {
        Command(
            "show", "Shows all of a dead letter: the reason, where the original stood, its headers and bytes.",
            discussion: exitCodes,
            examples: ["livsbuss dlq show 019cb9df-4be0-7000-8d25-f35a8ae4f1c2": ""]
        ) { args in
            let ids: [String] = args.rest("id", "Dead letters, each by its id.", atLeast: 1)
            let source = LetterSource(&args)
            let json = args.flag("json", "Print JSON.")
            let output = args.output
            return {
                let letters = try source.open().named(ids)
                output.write(
                    json
                        ? LetterText.json(letters, whole: true)
                        : letters.map { LetterText.page($0, output.paint) }.joined(separator: "\n"))
                return 0
            }
        }
    }

    /// `livsbuss dlq discard ID… --why TEXT`
    static var discard: Command {
        Command(
            "discard", "Notes that nothing is to be done about dead letters; nothing is deleted.",
            discussion: exitCodes,
            examples: ["livsbuss dlq discard 019cb9df --why 'sent by a test system'": ""]
        ) { args in
            let ids: [String] = args.rest("id", "Dead letters, each by its id.", atLeast: 1)
            let why: String = args.requiredOption("why", value: "text", "The reason, kept with the note.")
            let source = LetterSource(&args)
            args.require(1...1_000 ~= why.utf8.count, "--why is a text of 1 to 1,000 bytes")
            let output = args.output
            return {
                let book = try source.open()
                let letters = try book.named(ids)
                let refused = letters.filter { $0.state == .discarded }
                guard refused.isEmpty else {
                    throw Failure(
                        .expectation,
                        refused.map { "\($0.id): it is discarded already".escapedLine }.joined(separator: "\n"))
                }
                try book.note(letters.map { ($0, LetterNote(.discarded, who: user, why: why, when: now())) })
                output.writeLine("\(letters.count) discarded")
                return 0
            }
        }
    }
}
