public import JSON
public import LifeEvents

/// A line of a citizen's page that goes by post, because the citizen has no digital mailbox (digital brevlåda), or is in
/// protected population registration: then Skatteverket forwards it (förmedlad post).
public struct Letter: Hashable, Sendable {
    /// Whose page the line is on.
    public let holder: Subject
    /// Who writes.
    public let agency: AgencyID?
    /// The line's name, such as `parental-benefit`.
    public let tile: String
    /// The message that set the line.
    public let message: EventID
    /// The day on which it is posted.
    public let posted: Day
    /// The day on which it is there.
    public let arrives: Day
    /// Whether Skatteverket forwards it, so that the sender need not know where.
    public let isForwarded: Bool
}

/// Follows who has no digital mailbox and who is protected, and which lines of their pages go as letters.
///
/// It takes what it knows and passes over all else, so that a whole journal can be poured in.
public struct LetterBook: Sendable {
    /// Days that a letter takes: the usual value of 2 to 4 [A].
    public static let postDays = 3
    /// Days more where Skatteverket forwards it: the usual value of 1 to 4 [A].
    public static let forwardingDays = 2

    private var withoutMailbox: Set<Subject> = []
    private var protected = ProtectedPeople()
    private var book: [Letter] = []

    /// Everybody has a digital mailbox, and nobody is protected.
    public init() {}

    /// The letters to a person, in the order in which they were written.
    public func letters(to person: Subject) -> [Letter] { book.filter { $0.holder == person } }

    /// Takes a message of the bus.
    /// - Throws: `JSONDecodingError` for data that is not of its type.
    public mutating func take(_ event: ReadEvent) throws {
        guard let data = event.data, let type = event.type.string else { return }
        try take(event.envelope, type: type, data)
    }

    /// The same, by its parts.
    /// - Throws: `JSONDecodingError` for data that is not of its type.
    public mutating func take(_ envelope: EventEnvelope, type: String, _ data: JSONValue) throws {
        guard envelope.change != .annulled else { return }
        try protected.take(envelope, type: type, data)
        switch type {
        case Household.type.name:
            for member in try Household(json: JSONSource(data)).members {
                if member.mailbox { withoutMailbox.remove(member.person) } else { withoutMailbox.insert(member.person) }
            }
        case StatusTile.type.name: write(envelope, try StatusTile(json: JSONSource(data)))
        default: return
        }
    }

    private mutating func write(_ envelope: EventEnvelope, _ tile: StatusTile) {
        let isForwarded = protected.contains(envelope.subject)
        guard isForwarded || withoutMailbox.contains(envelope.subject) else { return }
        let posted = SwedishCalendar.adding(workingDays: 1, to: Stockholm.day(of: envelope.time))
        let days = Self.postDays + (isForwarded ? Self.forwardingDays : 0)
        book.append(
            Letter(
                holder: envelope.subject, agency: envelope.source, tile: tile.tile.rawValue, message: envelope.id,
                posted: posted, arrives: posted.adding(days: days), isForwarded: isForwarded))
    }
}
