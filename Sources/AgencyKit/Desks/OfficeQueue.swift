public import LifeEvents

/// When an office is open, and how much it takes up.
public struct OfficeTerms: Hashable, Sendable {
    /// The hour in which it opens and the one at which it closes, 0 to 24 local time, on working days.
    public let opens: Int
    /// See ``opens``.
    public let closes: Int
    /// How many matters it takes up a working day; 0: the office has no queue, and takes up everything at once.
    public let capacity: Int

    /// Terms of an office.
    ///
    /// Hours outside of the day or in the wrong order, and a capacity below 0, are programming errors and trap.
    public init(capacity: Int, opens: Int = 8, closes: Int = 16) {
        precondition(0 <= opens && opens < closes && closes <= 24, "an office opens before it closes")
        precondition(capacity >= 0, "nobody takes up less than nothing")
        (self.opens, self.closes, self.capacity) = (opens, closes, capacity)
    }

    /// Whether the office has a queue.
    public var hasQueue: Bool { capacity > 0 }
}

/// The queue of an office (*handläggarkapacitet*): each matter has a turn, the day on which it is taken up, in the order in
/// which matters come, so many a working day. What is left is given to the next who comes.
///
/// It is a part of the case of the office's desk (`Subject(deskOf:office:)`), which the cases of persons reach by messages
/// of their owner's internal topic:
///
/// ```swift
/// let day = state.queue.turn(for: event.data.person, "birth", at: effects.now, terms)
/// ```
///
/// Handling time is waiting and work: the queue says when work begins, the page's rule how long it takes. There is no
/// chance in it, so the same matters at the same instants have the same turns.
public struct OfficeQueue: CasePart, Sendable {
    /// A matter's place in the queue.
    struct Turn: Codable, Equatable, Sendable {
        var person: Subject
        var matter: String
        var day: Day
    }

    /// By their days, those of one day in the order in which they were given; what is over is forgotten.
    private(set) var turns: [Turn] = []

    /// An empty queue.
    public init() {}

    /// So many turns are kept at most; past it the queue is full, and who comes has a turn after all of them.
    static let mostTurns = 50_000

    /// Gives a matter its turn. Who asks again for the same is told the same day.
    /// - Parameter matter: what it is, as the agency calls it.
    /// - Returns: the working day on which it is taken up: today where the office is open and has time, else a later one.
    public mutating func turn(for person: Subject, _ matter: String, at instant: Instant, _ terms: OfficeTerms) -> Day {
        let today = Stockholm.day(of: instant)
        if let known = turns.first(where: { $0.person == person && $0.matter == matter }) { return known.day }
        turns.removeAll { $0.day < today }
        var day = Self.firstDay(at: instant, terms)
        guard terms.hasQueue else { return day }
        guard turns.count < Self.mostTurns else {
            return SwedishCalendar.adding(workingDays: 1, to: turns[turns.count - 1].day)
        }
        var place = turns.firstIndex { $0.day >= day } ?? turns.count
        while true {
            let end = turns[place...].firstIndex { $0.day > day } ?? turns.count
            if end - place < terms.capacity {
                turns.insert(Turn(person: person, matter: matter, day: day), at: end)
                return day
            }
            (day, place) = (SwedishCalendar.adding(workingDays: 1, to: day), end)
        }
    }

    /// A matter needs its turn no more: who comes next may have it. Turns that have been told stay as they are.
    public mutating func leave(_ person: Subject, _ matter: String) {
        turns.removeAll { $0.person == person && $0.matter == matter }
    }

    /// How many matters have a turn on a day or later.
    public func waiting(from day: Day) -> Int { turns.count { $0.day >= day } }

    /// The first working day on which the office is open after an instant, or at it.
    private static func firstDay(at instant: Instant, _ terms: OfficeTerms) -> Day {
        let local = Stockholm.local(instant)
        let today = Stockholm.day(of: instant)
        let isOpenYet = SwedishCalendar.isWorkingDay(today) && local.hour < terms.closes
        return isOpenYet ? today : SwedishCalendar.adding(workingDays: 1, to: today)
    }
}
