import AgencyKit
import JSON
import LifeEvents

/// Writes the questions that a program is put: the members of a JSON object but the first, its number.
struct ProgramQuestion {
    private static let now = JSONKey("now")
    private static let today = JSONKey("today")
    private static let agency = JSONKey("agency")
    private static let subject = JSONKey("subject")
    private static let caseKey = JSONKey("case")
    private static let named = JSONKey("named")
    private static let timers = JSONKey("timers")
    private static let event = JSONKey("event")
    private static let timer = JSONKey("timer")

    /// Whose case is asked about, and what is known of it.
    struct About {
        var agency: AgencyID
        var subject: Subject
        var now: Instant
        var state: ProgramCase
        var timers: [TimerRecord]
    }

    private var writer = JSONWriter(capacity: 2_048)

    /// What the program is told when it begins.
    static func greeting(_ player: ProgramPlayer, played: [AgencyID], hears: [EventType]) -> [UInt8] {
        body { writer in
            writer.key("hello")
            writer.beginObject()
            writer.key("protocol")
            writer.int(1)
            writer.key("owner")
            writer.string("\(player.owner)")
            if let branch = player.branch {
                writer.key("branch")
                writer.string(branch.name)
            }
            writer.key("agencies")
            writer.beginArray()
            for agency in played { writer.string("\(agency)") }
            writer.endArray()
            writer.key("hears")
            writer.beginArray()
            for type in hears { writer.string(type.name) }
            writer.endArray()
            writer.endObject()
        }
    }

    /// An object without its opening brace, to be written behind `{"n":1,`.
    private static func body(_ members: (inout JSONWriter) -> Void) -> [UInt8] {
        var writer = JSONWriter(capacity: 512)
        writer.beginObject()
        members(&writer)
        writer.endObject()
        return Array(writer.bytes.dropFirst())
    }

    /// What to do with an event.
    mutating func event(_ type: EventType, _ event: IncomingEvent, _ about: About) -> [UInt8] {
        begin(about)
        writer.key(Self.event)
        let data = event.data
        event.envelope.write(type: type, into: &writer) { writer in
            guard let data else { return writer.null() }
            // What others wrote may have line breaks, and a question is one line.
            if data.rawBytes.contains(UInt8(ascii: "\n")) { writer.compact(data) } else { writer.raw(data) }
        }
        return end()
    }

    /// What to do now that a timer has fallen due.
    mutating func timer(_ name: String, _ about: About) -> [UInt8] {
        begin(about)
        writer.key(Self.timer)
        writer.string(name)
        return end()
    }

    private mutating func begin(_ about: About) {
        writer.removeAll()
        writer.beginObject()
        writer.key(Self.now)
        about.now.write(jsonString: &writer)
        writer.key(Self.today)
        Stockholm.day(of: about.now).write(jsonString: &writer)
        writer.key(Self.agency)
        about.agency.write(jsonString: &writer)
        writer.key(Self.subject)
        about.subject.write(jsonString: &writer)
        writer.key(Self.caseKey)
        if about.state.text.isEmpty {
            writer.null()
        } else {
            var text = about.state.text
            text.withUTF8 { writer.raw(UnsafeRawBufferPointer($0)) }
        }
        if !about.state.ids.isEmpty {
            writer.key(Self.named)
            writer.beginObject()
            for named in about.state.ids {
                writer.key(named.name)
                named.id.write(jsonString: &writer)
            }
            writer.endObject()
        }
        guard !about.timers.isEmpty else { return }
        writer.key(Self.timers)
        writer.beginObject()
        for timer in about.timers.sorted(by: { $0.name < $1.name }) {
            writer.key(timer.name)
            timer.due.write(jsonString: &writer)
        }
        writer.endObject()
    }

    private mutating func end() -> [UInt8] {
        writer.endObject()
        return Array(writer.bytes.dropFirst())
    }
}
