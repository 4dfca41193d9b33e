import Contracts
public import LifeEvents

/// What people are like, and when they see what is set on their pages.
extension Plane {
    /// Whether people must be played: they carry what no channel brings, or they err and ask.
    public var asksPeople: Bool {
        people.hasBehaviour
            || rows.contains { row in
                [row.channel, row.otherwise].contains { if case .citizen? = $0 { true } else { false } }
            }
    }

    /// What somebody does with a message that only she carries to a reader; nil: no row says so.
    func errand(_ type: String, to reader: Party, of agency: AgencyID) -> ErrandRule? {
        guard let row = row(type, for: reader, of: agency) else { return nil }
        for channel in [row.channel, row.otherwise] {
            if case .citizen(let rule)? = channel { return rule }
        }
        if case .phone(_, _, .citizen(let rule)) = row.channel { return rule }
        return nil
    }

    /// Whether somebody has what a share of people has: the same in every plane.
    public func has(_ what: String, _ share: Double, _ person: Subject, seed: UInt64) -> Bool {
        var stream = RandomStream(
            seed: seed, agency: .citizen, subject: person, purpose: what,
            occasion: Occasion(correlation: nil, subject: person, type: what, change: nil, occurredAt: nil))
        return stream.unit() < share
    }

    /// The way of a tile to people: who has joined the bus tells of each with a notice; nil: no row says so.
    private func tileChannel(code: String, from agency: AgencyID?, at now: Instant) -> Channel? {
        if let agency, joining.has(agency, on: Stockholm.day(of: now)) { return .post }
        return tileRow(StatusTile.type.name, code: code)?.channel
    }

    /// When somebody sees a tile that is set; nil: never.
    public func seen(
        _ tile: String, code: String, from agency: AgencyID?, by holder: Subject, in journey: EventID?,
        at now: Instant, seed: UInt64
    ) -> Instant? {
        guard people.hasBehaviour, let channel = tileChannel(code: code, from: agency, at: now) else { return now }
        func stream(_ what: String) -> RandomStream {
            RandomStream(
                seed: seed, agency: .citizen, subject: holder, purpose: "citizen/tile/\(what)",
                occasion: Occasion(
                    correlation: journey, subject: holder, type: "\(tile)/\(code)", change: nil, occurredAt: nil))
        }
        switch channel {
        case .none: return nil
        case .pull(let looks):
            var days = stream("looks")
            return PeopleRule.evening.on(Stockholm.day(of: now).adding(days: looks.draw(&days)))
        default:
            if has("mailbox", people.mailbox, holder, seed: seed) { return now }
            var days = stream("letter")
            return PeopleRule.noon.on(Stockholm.day(of: now).adding(days: PeopleRule.letterDays.draw(&days)))
        }
    }

    /// The channel by which a tile comes to somebody, for counting letters: `mailbox`, `letter`, `looks` or `none`.
    public func tileWay(code: String, from agency: AgencyID?, at now: Instant, of holder: Subject, seed: UInt64)
        -> String
    {
        guard people.hasBehaviour, let channel = tileChannel(code: code, from: agency, at: now) else {
            return "mailbox"
        }
        switch channel {
        case .none: return "none"
        case .pull: return "looks"
        default: return has("mailbox", people.mailbox, holder, seed: seed) ? "mailbox" : "letter"
        }
    }
}

extension PeopleRule {
    /// When people look at their mailboxes and do their errands.
    static let evening = TimeOfDay(19)
    /// When post comes.
    static let noon = TimeOfDay(12)
    /// When people are at a desk, or call.
    static let officeHour = TimeOfDay(10)
    /// Days that a letter takes.
    static let letterDays = Spread(2, 3, 4)
}
