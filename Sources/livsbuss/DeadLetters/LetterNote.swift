import CommandLineTool
import Hosting
import JSON

/// How a dead letter stands.
enum LetterState: String, CaseIterable, ArgumentValue {
    /// Nobody has dealt with it.
    case open
    /// Its original was sent again.
    case redriven
    /// Somebody has said that nothing is to be done.
    case discarded
}

/// What somebody has done about a dead letter: nothing is ever deleted, so this is added beside it.
struct LetterNote: Equatable {
    /// How the letter stands from here on.
    var state: LetterState
    /// Who did it.
    var who: String
    /// Why, in their words; nil where nobody asked.
    var why: String?
    /// When, by the clock of the machine: RFC 3339 in UTC.
    var when: String
    /// Which redrive of the letter it was, from 1; nil for a discard.
    var attempt: Int?
    /// Whether the value was replaced.
    var isEdited = false

    /// A note by its parts.
    init(_ state: LetterState, who: String, why: String?, when: String, attempt: Int? = nil, isEdited: Bool = false) {
        self.state = state
        self.who = who
        self.why = why
        self.when = when
        self.attempt = attempt
        self.isEdited = isEdited
    }

    /// Reads a note; nil if the value is none.
    init?(_ value: JSONValue) {
        guard let state = value["state"]?.string.flatMap(LetterState.init(rawValue:)), state != .open else {
            return nil
        }
        self.init(
            state, who: value["who"]?.string ?? "", why: value["why"]?.string, when: value["when"]?.string ?? "",
            attempt: value["attempt"]?.int.map { Int(clamping: $0) }, isEdited: value["edited"]?.bool ?? false)
    }

    /// Reads a note from its text.
    init?(text: String) {
        var tape = JSONTape()
        var text = text
        let note = text.withUTF8 { bytes in
            (try? tape.parse(UnsafeRawBufferPointer(bytes))) == nil ? nil : LetterNote(tape.root)
        }
        guard let note else { return nil }
        self = note
    }

    /// Writes the members of the note's object.
    func writeMembers(into writer: inout JSONWriter) {
        func field(_ name: String, _ text: String) {
            writer.key(name)
            writer.string(text)
        }
        field("state", state.rawValue)
        field("who", who)
        if let why { field("why", why) }
        field("when", when)
        if let attempt {
            writer.key("attempt")
            writer.int(Int64(attempt))
        }
        if isEdited {
            writer.key("edited")
            writer.bool(true)
        }
    }

    /// The note as one JSON object.
    var text: String {
        var writer = JSONWriter()
        writer.beginObject()
        writeMembers(into: &writer)
        writer.endObject()
        return writer.text
    }

    /// The note as an event on the letter's topic, of the type `<owner>.dead-letter.state.v1`.
    ///
    /// It stands beside the letter and not on a topic of its own: it lives exactly as long, and whoever may read the one
    /// may read the other.
    /// - Parameter number: which note about the letter it is, from 1.
    func event(about letter: OperatorLetter, number: Int) -> [UInt8] {
        var writer = JSONWriter()
        func field(_ name: String, _ text: String) {
            writer.key(name)
            writer.string(text)
        }
        writer.beginObject()
        field("specversion", "1.0")
        field("id", "\(letter.id)-\(number)")
        field("type", DeadLetter.noteType(on: letter.deadLetterTopic))
        field("source", "/operator")
        field("subject", letter.letterSubject)
        field("time", when)
        writer.key("data")
        writer.beginObject()
        field("letter", letter.id)
        writeMembers(into: &writer)
        writer.endObject()
        writer.endObject()
        return writer.bytes
    }
}
