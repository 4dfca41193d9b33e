public import JSON
public import LifeEvents

/// One line of a citizen's status, as it stood or stands.
///
/// Rows with the same holder, journey, tile, agency and `about` are states of one line; the newest is current.
public struct TileRow: Hashable, Sendable {
    /// Whose page the tile is on.
    public var holder: Subject
    /// The journey it belongs to.
    public var journey: EventID
    /// Which tile, such as `parental-benefit`.
    public var tile: String
    /// Who set it.
    public var agency: AgencyID
    /// Whom it is about, if not the holder.
    public var about: Subject?
    /// 1 to 11; see ``status``.
    public var code: Int
    /// What it says, in Swedish.
    public var text: String
    /// The case number the agency gives.
    public var caseReference: String?
    /// The last day to act.
    public var deadline: Day?
    /// The day an answer is expected.
    public var expectedDate: Day?
    /// The day of the next payment or visit.
    public var nextDate: Day?
    /// The last day to ask for review.
    public var reviewDeadline: Day?
    /// Which agency is waited for, or took over.
    public var otherAgency: String?
    /// The message that set it.
    public var message: EventID
    /// When it holds from: the message's `occurredat`, else its `time`.
    public var validFrom: Instant
    /// When it became known: the message's `time`; for a message from outside the instant of its admission.
    public var knownFrom: Instant
    /// The case of the run; -1 for none.
    public var world: Int32

    /// The code as what it means.
    public var status: TileCode { TileCode(number: code) ?? .informed }

    /// Appends the row as one JSON object without a line end; the order of members is fixed, absent ones are left out.
    public func write(into writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("holder", holder)
        writer.member("journey", journey)
        writer.member("tile", tile)
        writer.member("agency", agency)
        writer.member("about", about)
        writer.member("code", status.rawValue)
        writer.member("text", text)
        writer.member("caseRef", caseReference)
        writer.member("deadline", deadline)
        writer.member("expectedDate", expectedDate)
        writer.member("nextDate", nextDate)
        writer.member("reviewDeadline", reviewDeadline)
        writer.member("otherAgency", otherAgency)
        writer.member("message", message)
        writer.member("validFrom", validFrom)
        writer.member("knownFrom", knownFrom)
        writer.endObject()
    }

    /// By holder, tile, agency, about (none first), and then journey: the order of the digest.
    static func inDigestOrder(_ left: TileRow, _ right: TileRow) -> Bool {
        if left.world != right.world { return left.world < right.world }
        if left.holder != right.holder { return left.holder < right.holder }
        return inPageOrder(left, right)
    }

    /// By tile, agency, about and journey.
    private static func inPageOrder(_ left: TileRow, _ right: TileRow) -> Bool {
        if left.tile != right.tile { return left.tile.utf8.lexicographicallyPrecedes(right.tile.utf8) }
        if left.agency != right.agency { return left.agency < right.agency }
        if left.about != right.about {
            guard let earlier = left.about else { return true }
            guard let later = right.about else { return false }
            return earlier < later
        }
        return left.journey < right.journey
    }

    /// As a page shows the rows: of rows with one tile name those that wait for the citizen stand first.
    static func onPage(_ left: TileRow, _ right: TileRow) -> Bool {
        if left.tile == right.tile, (left.code == 3) != (right.code == 3) { return left.code == 3 }
        return inPageOrder(left, right)
    }
}

extension JSONWriter {
    fileprivate mutating func member(_ name: StaticString, _ value: (some CanonicalText)?) {
        guard let value else { return }
        key(JSONKey(name))
        string(value.description)
    }

    fileprivate mutating func member(_ name: StaticString, _ value: String?) {
        guard let value else { return }
        key(JSONKey(name))
        string(value)
    }
}
