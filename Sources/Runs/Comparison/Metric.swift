/// One number of a life that planes are compared by.
public struct Metric: Hashable, Sendable {
    /// Its key in JSON and CSV.
    public let key: String
    /// As a table shows it; two leading spaces: a part of the one above.
    public let title: String
    /// Its unit.
    public let unit: String
    /// The least difference that is worth anything.
    public let worth: Double
    /// What a reader must know of it whatever comes out; nil: nothing.
    public let caution: String?

    init(_ key: String, _ title: String, _ unit: String, worth: Double, caution: String? = nil) {
        self.key = key
        self.title = title
        self.unit = unit
        self.worth = worth
        self.caution = caution
    }

    static let contactsPublic = Metric("contacts-public", "contacts, public", "n", worth: 0.5)
    static let chasing = Metric(
        "chasing", "  chasing, repeating", "n", worth: 0.5, caution: "depends on patience and chase")
    static let again = Metric("facts-again", "facts given again", "n", worth: 2, caution: "depends on forms.yaml")
    static let daysMean = Metric("days-mean", "  mean of the lines", "d", worth: 1)
    static let floor = Metric("days-floor", "  least: all told at once, nobody errs", "d", worth: 1)
    static let reclaims = Metric("reclaims", "  claimed back", "n", worth: 0.5)
    static let harm = Metric("harm-letters", "letters about the dead", "n", worth: 0.0001)
    static let cold = Metric("cold-letters", "  stops within 14 d of a child's death", "n", worth: 0.0001)
    static let lateAgencies = Metric("deadlines-agency", "deadlines broken, agencies", "n", worth: 0.05)
    static let lateCitizens = Metric("deadlines-citizen", "deadlines broken, people", "n", worth: 0.05)
    static let breakages = Metric("breakages", "messages that a mapping broke", "n", worth: 0.05)
    static let proxy = Metric(
        "satisfaction-proxy", "satisfaction proxy, of 10", "points", worth: 1,
        caution: "proxy: order and direction only")
    static let contactsPrivate = Metric("contacts-private", "contacts, private", "n", worth: 0.5)
    static let bodies = Metric("bodies", "bodies", "n", worth: 0.5)
    static let days = Metric("days-to-done", "days to done", "d", worth: 1)
    static func days(of tile: String) -> Metric { Metric("days-\(tile)", "  \(tile)", "d", worth: 1) }
    static let known50 = Metric("known-p50", "time-to-know, median", "d", worth: 1)
    static let known95 = Metric("known-p95", "time-to-know, 95th", "d", worth: 1)
    static let plane95 = Metric("known-plane-p95", "  of it the plane's", "d", worth: 1)
    static let never = Metric("never-told", "  never told", "%", worth: 1)
    static let over = Metric("wrong-over", "wrong payments, over", "SEK", worth: 100)
    static let under = Metric("wrong-under", "wrong payments, under", "SEK", worth: 100)
    static let wronglyDead = Metric("wrongly-dead", "wrongly dead", "h", worth: 24)
    static let audit = Metric("audit-coverage", "audit coverage", "%", worth: 1, caution: "by construction")
    static let desk = Metric("desk-minutes", "desk minutes", "min", worth: 10, caution: "depends on measures.yaml")
    static let lettersHome = Metric("letters-citizens", "letters to people", "n", worth: 0.5)
    static let lettersBetween = Metric("letters-bodies", "letters between bodies", "n", worth: 0.5)
    static let messages = Metric("messages", "messages", "n", worth: 0.5)

    /// In the order of a table, those of single tiles after ``days``.
    static func all(tiles: [String]) -> [Metric] {
        [contactsPublic, chasing, contactsPrivate, again, bodies, days, floor, daysMean]
            + tiles.map { days(of: $0) } + [
                known50, known95, plane95, never, over, under, reclaims, harm, cold, wronglyDead, lateAgencies,
                lateCitizens, audit, desk, lettersHome, lettersBetween, messages, breakages, proxy,
            ]
    }
}
