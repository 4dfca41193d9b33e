import JSON
import LifeEvents
import Terminal

/// One thing that an expectation names, beside what the message or row that came nearest has there.
public struct ComparedValue: Codable, Sendable, Equatable {
    /// What is compared: a key of the payload as `payees[0].share`, or `for`, `from`, `change`, `caused_by`, `code`, `about`.
    public let name: String
    /// What is expected, in words.
    public let expected: String
    /// What is there.
    public let actual: String
    /// Whether the two differ.
    public let differs: Bool

    /// A comparison by its parts; what they quote of messages is escaped, so that it is harmless wherever it is shown.
    public init(_ name: String, expected: String, actual: String, differs: Bool) {
        self.name = name.escapedLine
        self.expected = expected.escapedLine
        self.actual = actual.escapedLine
        self.differs = differs
    }

    /// The most of one expectation that are told.
    static let most = 40
}

extension WorldContext {
    /// All that a pattern names, beside what a message of its type says; empty where nobody reads it.
    func compared(_ pattern: MessagePattern, _ message: MatchedMessage) -> [ComparedValue] {
        guard plan.keepsLooks, message.type == pattern.type.value else { return [] }
        let envelope = message.envelope
        var all: [ComparedValue] = []
        func add(_ name: String, _ expected: String, _ actual: String, _ differs: Bool) {
            all.append(ComparedValue(name, expected: expected, actual: actual, differs: differs))
        }
        if let subject = pattern.subject {
            let differs = instance.key(of: subject.value) != envelope.subject
            add("for", subject.value, name(envelope.subject), differs)
        }
        if let source = pattern.source {
            let found = envelope.source.map { "\($0)" } ?? "outside"
            add("from", "\(source.value)", found, envelope.source != source.value)
        }
        if let change = pattern.change {
            let found = MessagePattern.Change(envelope.change).rawValue
            add("change", change.value.rawValue, found, envelope.change != change.value.type)
        }
        if let cause = pattern.causedBy {
            let isCaused = isCaused(envelope, by: cause.value)
            let found = isCaused ? cause.value : step(behind: envelope.causationID) ?? "nothing"
            add("caused_by", cause.value, found, !isCaused)
        }
        return all + compared(pattern.data, message.data, isExact: pattern.isExact)
    }

    /// All that a pattern of a tile names, beside what a tile says; empty where nobody reads it.
    func compared(_ pattern: TilePattern, _ message: MatchedMessage) -> [ComparedValue] {
        guard plan.keepsLooks else { return [] }
        let envelope = message.envelope
        var all: [ComparedValue] = []
        func add(_ name: String, _ expected: String, _ actual: String, _ differs: Bool) {
            all.append(ComparedValue(name, expected: expected, actual: actual, differs: differs))
        }
        let isHolder = instance.key(of: pattern.holder.value) == envelope.subject
        add("for", pattern.holder.value, name(envelope.subject), !isHolder)
        if let agency = pattern.agency {
            let found = envelope.source.map { "\($0)" } ?? "outside"
            add("agency", "\(agency.value)", found, envelope.source != agency.value)
        }
        let code = message.data?["code"]?.string ?? "absent"
        if let wanted = pattern.code { add("code", wanted.codeInWords, code, !wanted.admits(code: code)) }
        if let about = pattern.about {
            let found = message.data?["about"]?.string.flatMap { Subject(text: $0) } ?? envelope.subject
            add("about", about.value, name(found), instance.key(of: about.value) != found)
        }
        return all + compared(pattern.data, message.data, isExact: false)
    }

    /// A window, beside an instant outside; empty for one inside.
    func compared(_ time: Instant, _ opening: Instant, _ deadline: Instant) -> [ComparedValue] {
        guard plan.keepsLooks, time < opening || time > deadline else { return [] }
        let window = "\(opening.asWritten) to \(deadline.asWritten)"
        return [ComparedValue("at", expected: window, actual: time.asWritten, differs: true)]
    }

    private func compared(_ wanted: DataNode?, _ found: JSONValue?, isExact: Bool) -> [ComparedValue] {
        guard let wanted else { return [] }
        var comparison = DataComparison(instance, isExact: isExact, keepsAll: true, names: names)
        comparison.compare(wanted, found)
        return comparison.all
    }
}
