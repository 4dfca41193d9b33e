import AgencyKit
import JSON
import LifeEvents

/// Reads what a program has answered, and does what it says: the case as it is from now on, and effects in their order.
struct ProgramAnswer {
    /// What became of the event.
    enum Outcome: String {
        case handled, ignored, refused
        /// Handled, and kept until its predecessor is here.
        case waits
    }

    let outcome: Outcome
    /// Why it is ignored or refused, to follow the words "the event".
    let reason: String?
    private let state: JSONValue?
    private let effects: JSONValue?

    /// Reads an answer, valid as long as the tape.
    init(_ root: JSONValue) throws {
        var members = Members(root, "the answer")
        _ = members.take("n")
        let word = try members.text("outcome")
        guard let word else { throw ProgramFault("the answer has no `outcome`") }
        guard let outcome = Outcome(rawValue: word) else {
            throw ProgramFault("the outcome is handled, ignored, refused or waits, not \(Self.quoted(word))")
        }
        self.outcome = outcome
        reason = try members.text("reason")
        state = members.take("case")
        effects = members.take("effects")
        try members.finish()
        guard effects == nil || effects?.kind == .array else { throw ProgramFault("`effects` is a list") }
        guard outcome == .handled || outcome == .waits || (effects?.count ?? 0) == 0 else {
            throw ProgramFault("an event that is \(word) has no effects")
        }
        guard outcome != .refused || reason?.isEmpty == false else {
            throw ProgramFault("what is refused has a `reason`")
        }
    }

    /// Puts the case and the effects where they are kept until the handling is done.
    func apply(
        to kept: inout ProgramCase, _ sink: EffectSink, _ limits: ProgramLimits, mayPublish: (EventType) -> String?
    ) throws {
        if let state {
            var writer = JSONWriter(capacity: 512)
            if state.kind != .null { writer.compact(state) }
            guard writer.bytes.count <= limits.mostCaseBytes else {
                throw ProgramFault(
                    "the case has \(writer.bytes.count) bytes, and at most \(limits.mostCaseBytes) are kept")
            }
            kept.text = String(decoding: writer.bytes, as: UTF8.self)
        }
        guard let effects else { return }
        for (place, effect) in effects.elements.enumerated() {
            do {
                try ProgramEffect(effect).apply(to: &kept, sink, mayPublish)
            } catch {
                throw ProgramFault("effect \(place + 1): \(error)")
            }
        }
        guard kept.ids.count <= limits.mostNames, kept.causes.count <= limits.mostNames else {
            throw ProgramFault("a case keeps at most \(limits.mostNames) names")
        }
    }

    /// Another's word in a sentence of ours: short, and in quotes.
    static func quoted(_ text: String) -> String { "\"\(text.prefix(60))\"" }
}

/// The members of an object, of which each may be taken once and none may be left.
struct Members {
    private let object: JSONValue
    private let what: String
    private var taken = 0

    init(_ object: JSONValue, _ what: String) {
        self.object = object
        self.what = what
    }

    /// A member; nil where it is absent or null.
    mutating func take(_ name: String) -> JSONValue? {
        guard let value = object[name] else { return nil }
        taken += 1
        known.append(name)
        return value.isNull && name != "case" ? nil : value
    }

    private var known: [String] = []

    mutating func text(_ name: String) throws -> String? {
        guard let value = take(name) else { return nil }
        guard let text = value.string else { throw ProgramFault("`\(name)` is a text") }
        return text
    }

    mutating func int(_ name: String, _ range: ClosedRange<Int>) throws -> Int? {
        guard let value = take(name) else { return nil }
        guard let number = value.int, range.contains(Int(number)) else {
            throw ProgramFault("`\(name)` is a whole number of \(range.lowerBound) to \(range.upperBound)")
        }
        return Int(number)
    }

    /// A member that has a text of a type's own.
    mutating func value<Value: CanonicalText>(_ name: String, as type: Value.Type) throws -> Value? {
        guard let text = try text(name) else { return nil }
        guard let value = Value(text) else { throw ProgramFault("`\(name)` is \(Value.textForm)") }
        return value
    }

    func finish() throws {
        guard object.kind == .object else { throw ProgramFault("\(what) is no object") }
        guard taken < object.count else { return }
        for member in object.members where !known.contains(member.keyString) {
            throw ProgramFault(
                "\(what) has a member \(ProgramAnswer.quoted(member.keyString)), which means nothing here")
        }
    }
}

extension JSONWriter {
    /// Writes a value of another text as this house writes it: without spaces, text with the fewest escapes.
    mutating func compact(_ value: JSONValue) {
        switch value.kind {
        case .object:
            beginObject()
            for member in value.members {
                key(member.keyString)
                compact(member.value)
            }
            endObject()
        case .array:
            beginArray()
            for element in value.elements { compact(element) }
            endArray()
        case .string:
            if let bytes = value.stringBytes { string(bytes: bytes) }
        case .number, .bool, .null: raw(value)
        }
    }
}
