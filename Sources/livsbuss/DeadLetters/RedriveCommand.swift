import CommandLineTool
import Files
import LifeEvents
import Terminal

extension DeadLetterCommand {
    /// `livsbuss dlq redrive ID…`
    static var redrive: Command {
        Command(
            "redrive", "Sends the original records of dead letters again, to a run that goes on.",
            discussion: """
                The original goes to its topic with its bytes, key and headers, and one header more, \
                livsbuss-redriven, that names the letter. What an agency could not handle is given to that agency \
                only; what the bus refused is judged anew. Needs --brokers: a run on an embedded broker of its own \
                cannot be spoken to.

                All letters are looked at before the first is sent; if one is refused, none is. --all means the open \
                letters that fit the options.

                \(exitCodes)
                """,
            examples: [
                "livsbuss dlq redrive --brokers localhost:9092 --all --reason not-handled --dry-run": "shows them",
                "livsbuss dlq redrive --brokers localhost:9092 019cb9df --edit mended.json": "with another value",
            ]
        ) { args in
            var order = RedriveOrder()
            order.ids = args.rest("id", "Dead letters, each by its id.")
            order.all = args.flag("all", "All open letters that fit the options.")
            order.again = args.flag("again", "Also those that were sent again, or discarded, before.")
            order.isDry = args.flag("dry-run", "Show what would be sent, and send nothing.")
            order.edit = args.option(
                "edit", value: "file", "Send this file's bytes instead of the original value.", complete: .files)
            let filter = LetterFilter(&args, withState: false)
            let source = LetterSource(&args)
            args.require(order.all != !order.ids.isEmpty, "name letters, or give --all")
            args.require(order.all || filter.isEmpty, "--reason, --topic and --agency go with --all")
            args.require(order.edit == nil || order.ids.count == 1, "--edit goes with one letter")
            let output = args.output
            let settled = order
            return { try perform(settled, filter, source, output) }
        }
    }

    private struct RedriveOrder: Sendable {
        var ids: [String] = []
        var all = false
        var again = false
        var isDry = false
        var edit: String?
    }

    /// The largest value that is read from a file: no topic takes a larger one.
    private static let longestValue = 16 << 20

    private static func perform(
        _ order: RedriveOrder, _ filter: LetterFilter, _ source: LetterSource, _ output: TerminalOutput
    ) throws -> Int32 {
        let book = try source.open()
        if let refusal = book.redriveRefusal { throw Failure(.environment, refusal) }
        let letters =
            order.all
            ? book.letters.filter { filter.takes($0) && $0.topic != nil && ($0.state == .open || order.again) }
            : try book.named(order.ids)
        let records = try records(of: letters, order)
        if order.isDry {
            output.write(records.map { LetterText.record($0, output.paint) }.joined(separator: "\n"))
            output.writeLine("\(records.count) would be sent")
            return 0
        }
        // First the record, then the note: a process that dies between the two leaves a letter that is sent once more,
        // which the run tells from a new one, and never one that is noted and was not sent.
        for record in records {
            try book.send([record])
            let note = LetterNote(
                .redriven, who: user, why: nil, when: now(), attempt: record.attempt, isEdited: record.isEdited)
            try book.note([(record.letter, note)])
        }
        output.writeLine("\(records.count) sent again")
        return 0
    }

    private static func records(of letters: [OperatorLetter], _ order: RedriveOrder) throws -> [RedrivenRecord] {
        let edited = try order.edit.map { path in
            do {
                return try InputFile.bytes(of: path, limit: longestValue)
            } catch {
                throw Failure(.invalidFile, "\(path): the file cannot be read: \(error)")
            }
        }
        var records: [RedrivenRecord] = []
        var refusals: [String] = []
        for letter in letters {
            if letter.state != .open, !order.again {
                let when = letter.notes.last.map { " by \($0.who) at \($0.when)" } ?? ""
                let what = letter.state == .redriven ? "sent again" : "discarded"
                refusals.append("\(letter.id): it was \(what)\(when); --again sends it all the same".escapedLine)
                continue
            }
            do {
                records.append(try RedrivenRecord(letter, edited: edited))
            } catch {
                refusals.append("\(error)")
            }
        }
        guard refusals.isEmpty else { throw Failure(.expectation, refusals.joined(separator: "\n")) }
        return records
    }
}
