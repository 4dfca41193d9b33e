public import LifeEvents

/// A line of a citizen's status page, as an agency sets it: which need it is about, how it stands, what the citizen
/// reads.
///
/// ```swift
/// try effects.set(Tile(.childBenefit, .ongoing, "Barnbidrag betalas ut", about: child, next: payday), for: mother)
/// ```
public struct Tile: Hashable, Sendable {
    /// Which line.
    public var name: TileName
    /// How it stands.
    public var code: TileCode
    /// What the citizen reads, in Swedish.
    public var text: String
    /// Whom it is about, where that is not the one who sees it.
    public var about: Subject?
    /// The last day to act, with ``TileCode/awaitingCitizen``.
    public var deadline: Day?
    /// When an answer is expected, with ``TileCode/received`` and ``TileCode/investigating``.
    public var expected: Day?
    /// The next payment or visit, with ``TileCode/ongoing``.
    public var next: Day?
    /// The last day to ask for a review, with ``TileCode/decided``.
    public var reviewBy: Day?
    /// The agency that acts now, with ``TileCode/awaitingAgency`` and ``TileCode/stopped``.
    public var other: AgencyID?

    /// A line; the dates are last days in Stockholm.
    public init(
        _ name: TileName, _ code: TileCode, _ text: String, about: Subject? = nil, deadline: Day? = nil,
        expected: Day? = nil, next: Day? = nil, reviewBy: Day? = nil, other: AgencyID? = nil
    ) {
        self.name = name
        self.code = code
        self.text = text
        self.about = about
        self.deadline = deadline
        self.expected = expected
        self.next = next
        self.reviewBy = reviewBy
        self.other = other
    }

    /// The event that sets the line on a person's page.
    func event(for holder: Subject) -> StatusTile {
        StatusTile(
            tile: name, code: code, text: text, about: about == holder ? nil : about, deadline: deadline,
            expectedDate: expected, nextDate: next, reviewDeadline: reviewBy, otherAgency: other)
    }
}
