import AgencyKit
import JSON
import LifeEvents

/// One effect of a program's answer: it publishes, sets a line of a page, sets or cancels a timer, or remembers a cause.
struct ProgramEffect {
    private let value: JSONValue

    init(_ value: JSONValue) { self.value = value }

    /// The words that say which effect it is.
    private static let kinds = ["publish", "tile", "timer", "cancel", "remember"]

    func apply(
        to kept: inout ProgramCase, _ sink: EffectSink, _ mayPublish: (EventType) -> String?
    ) throws {
        guard value.kind == .object else { throw ProgramFault("it is no object") }
        let named = Self.kinds.filter { value[$0] != nil }
        guard named.count == 1, let kind = named.first else {
            throw ProgramFault("it has one of \(Self.kinds.joined(separator: ", "))")
        }
        var members = Members(value, "it")
        switch kind {
        case "publish": try publish(&members, &kept, sink, mayPublish)
        case "tile": try tile(&members, kept, sink)
        case "timer": try timer(&members, sink)
        case "cancel":
            let name = try Self.name(members.text("cancel"), "cancel")
            sink.timers.removeAll { $0.name == name }
        default:
            let name = try Self.name(members.text("remember"), "remember")
            kept.remember(Cause(message: sink.cause, journey: sink.correlation), as: name)
        }
        try members.finish()
    }

    // MARK: - Kinds

    private func publish(
        _ members: inout Members, _ kept: inout ProgramCase, _ sink: EffectSink, _ mayPublish: (EventType) -> String?
    ) throws {
        let type = EventType(try members.text("publish") ?? "")
        guard type.owner != nil else { throw ProgramFault("\(ProgramAnswer.quoted(type.name)) is no type of event") }
        if let reason = mayPublish(type) { throw ProgramFault(reason) }
        let data = members.take("data")
        let change = try members.text("changetype").map { word in
            guard let change = ChangeType(rawValue: word) else {
                throw ProgramFault("`changetype` is CORRECTED, ANNULLED or CEASED, and absent for a new fact")
            }
            return change
        }
        let name = try members.text("as").map { try Self.name($0, "as") }
        let purpose = try members.text("purpose").map { word in
            guard let purpose = Purpose(word) else {
                throw ProgramFault("\(ProgramAnswer.quoted(word)) is no name of a purpose")
            }
            return purpose
        }
        let id = try sink.publish(
            type, about: try members.value("subject", as: Subject.self) ?? sink.subject,
            due: try due(&members, sink), occurredAt: try occurred(&members), change: change,
            previous: try previous(&members, kept), cause: try cause(&members, kept, sink), purpose: purpose
        ) { writer in
            if let data { writer.compact(data) } else { writer.null() }
        }
        if let name { kept.name(id, name) }
    }

    private func tile(_ members: inout Members, _ kept: ProgramCase, _ sink: EffectSink) throws {
        var tile = try StatusTile(json: JSONSource(value))
        for name in [
            "tile", "code", "text", "about", "caseRef", "deadline", "expectedDate", "nextDate", "reviewDeadline",
            "otherAgency",
        ] { _ = members.take(name) }
        let holder = try members.value("holder", as: Subject.self) ?? sink.subject
        if tile.about == holder { tile.about = nil }
        try sink.publish(
            tile, about: holder, due: try due(&members, sink), occurredAt: nil, change: nil, previous: nil,
            cause: try cause(&members, kept, sink), purpose: nil)
    }

    private func timer(_ members: inout Members, _ sink: EffectSink) throws {
        let name = try Self.name(members.text("timer"), "timer")
        guard let due = try due(&members, sink) else { throw ProgramFault("a timer has `due`") }
        sink.setTimer(name, at: due)
    }

    // MARK: - Parts

    /// A name that the program chooses: of a timer, a publication or a cause.
    private static func name(_ text: String?, _ member: String) throws -> String {
        guard let text, 1...40 ~= text.utf8.count,
            text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") })
        else { throw ProgramFault("`\(member)` is a name of 1 to 40 letters, digits and signs") }
        return text
    }

    /// An instant, or so many days or working days after today at an hour of Stockholm's.
    private func due(_ members: inout Members, _ sink: EffectSink) throws -> Instant? {
        guard let value = members.take("due") else { return nil }
        guard value.kind == .object else {
            guard let instant = value.string.flatMap({ Instant($0) }) else {
                throw ProgramFault("`due` is \(Instant.textForm), or {\"workingDays\": 10, \"hour\": 8}")
            }
            return instant
        }
        var parts = Members(value, "`due`")
        let today = Stockholm.day(of: sink.now)
        let working = try parts.int("workingDays", 0...10_000)
        let days = try parts.int("days", 0...40_000)
        let hour = try parts.int("hour", 0...23) ?? 0
        try parts.finish()
        switch (working, days) {
        case (let count?, nil):
            return Stockholm.instant(SwedishCalendar.adding(workingDays: count, to: today), hour: hour)
        case (nil, let count?): return Stockholm.instant(today.adding(days: count), hour: hour)
        default: throw ProgramFault("`due` has `days` or `workingDays`")
        }
    }

    /// A day, which begins in Stockholm, or an instant.
    private func occurred(_ members: inout Members) throws -> Instant? {
        guard let text = try members.text("occurredat") else { return nil }
        if let day = Day(text) { return Stockholm.instant(day) }
        guard let instant = Instant(text) else {
            throw ProgramFault("`occurredat` is \(Day.textForm), or \(Instant.textForm)")
        }
        return instant
    }

    /// An id, or the name that a publication was given.
    private func previous(_ members: inout Members, _ kept: ProgramCase) throws -> EventID? {
        guard let text = try members.text("previousid") else { return nil }
        // An id is written as a UUID: another text would be a name that is misspelt.
        guard let id = kept.id(named: text) ?? (text.utf8.count == 36 ? EventID(text) : nil) else {
            throw ProgramFault(
                "`previousid` is an id or a name of a publication, and \(ProgramAnswer.quoted(text)) is none")
        }
        return id
    }

    /// What is handled, or what was remembered: nothing else can be said to be a cause.
    private func cause(_ members: inout Members, _ kept: ProgramCase, _ sink: EffectSink) throws -> Cause {
        guard let name = try members.text("cause") else { return Cause(message: sink.cause, journey: sink.correlation) }
        guard let cause = kept.cause(named: name) else {
            throw ProgramFault("it names the cause \(ProgramAnswer.quoted(name)), which was not remembered")
        }
        return cause
    }
}
