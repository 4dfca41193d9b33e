import AgencyKit
import LifeEvents

/// The rules of the preschool queue (skollagen 8 kap.).
enum PreschoolQueueRules {
    static let months = DatedRule(
        "preschool-months", "B22", "a place is offered within, from the application", .months, [.since(2011, 7, 1, 4)],
        source: "skollagen 8:5, 8:14")
    static let ahead = DatedRule(
        "preschool-ahead", "B22", "an application is taken ahead of the wished day, at most", .months,
        [.since(2025, 1, 1, 6)], source: "karlstad.se")
    static let offer = DatedRule(
        "preschool-offer", "B22", "a place is offered before its first day", .workingDays, [.since(2026, 1, 1, 40)],
        source: "none", mark: .assumption)
    static let answer = DatedRule(
        "preschool-answer", "B22", "an offer is answered within", .days, [.since(2026, 1, 1, 14)], source: "none",
        mark: .assumption)
    static let next = DatedRule(
        "preschool-next", "B22", "after an unanswered offer the next comes in", .workingDays, [.since(2026, 1, 1, 20)],
        source: "none", mark: .assumption)
    static let both = LegalRule(
        "B23", "an application of one guardian opens a case, the answer to a place needs both",
        source: "FB 6:13; practice",
        mark: .likely)

    /// All of them.
    static let all: [LegalRule] = [months.legal, ahead.legal, offer.legal, answer.legal, next.legal, both]

    /// B22: whether an application for a place from a day comes too early.
    static func isEarly(_ event: Event<MunicipalApplication>) -> Bool {
        event.knownOn < event.data.wantedFrom.adding(months: -event.value(of: ahead))
    }
}

extension Effects<KommunPreschool.Timer> {
    /// B22: the last day to offer a place: months from today's application, or the day wanted, the later [A].
    func placeBy(wanted: Day) -> Day {
        max(SwedishCalendar.lastDayMoved(today.adding(months: value(of: PreschoolQueueRules.months))), wanted)
    }

    /// B22: when a place from a day is offered: some weeks before, and not before the next working day.
    func offerDay(from day: Day) -> Day {
        max(
            SwedishCalendar.adding(workingDays: -value(of: PreschoolQueueRules.offer), to: day),
            SwedishCalendar.adding(workingDays: 1, to: today))
    }
}
