import AgencyKit
import LifeEvents

/// The rules of moves in the population register. FOL is folkbokföringslagen (1991:481).
enum MoveRules {
    static let notice = DatedRule(
        "move-notice", "M1", "a move is notified within a week, the day of the move not counted", .days,
        [.since(1991, 7, 1, 8)], source: "FOL 25, 28 §§")
    static let effective = LegalRule(
        "M2", "in time: from the move; late: from the notice; without one: from the decision", source: "FOL 35 §")
    static let filer = LegalRule(
        "M3", "filed by who moves, the guardians of a child, or with a mandate",
        source: "FOL 30 §; FL 14 §; SKV-RV 330369; JO 6436-2011")
    static let ownAge = DatedRule(
        "move-own-age", "M3", "a child may file itself from the age of", .years, [.since(1991, 7, 1, 16)],
        source: "FOL 30 §")
    static let consent = DatedRule(
        "move-consent", "M4", "the other guardian answers within", .days, [.since(2026, 1, 1, 14)],
        source: "FOL 7 a, 30 §§; SKV-RV 330377; JO 3667-2011; days assumed", mark: .assumption)
    static let handling = DatedRule(
        "move-handling", "M5", "a notice is decided in", .workingDays, [.since(2026, 1, 1, 5)], source: "none",
        mark: .assumption)
    static let dwelling = DatedRule(
        "move-dwelling", "M6", "a missing dwelling number is told within", .days, [.since(2026, 1, 1, 14)],
        source: "FOL 31 §; days assumed", mark: .assumption)
    static let control = LegalRule(
        "M6",
        "a doubt is inquired into; who lives wrongly on another's dwelling is registered in the municipality alone",
        source: "FOL 13 a, 31-34, 37, 42 §§")
    static let order = DatedRule(
        "control-order", "M6", "the person and the landlord answer within", .days, [.since(2026, 1, 1, 14)],
        source: "FOL 31-32 §§; days assumed", mark: .assumption)
    static let visit = DatedRule(
        "control-visit", "M6", "a visit is made, and decided on, within", .workingDays, [.since(2026, 1, 1, 10)],
        source: "FOL 33 §; days assumed", mark: .assumption)
    static let appeal = DatedRule(
        "move-appeal", "M7", "appealed within, from when it was told", .weeks, [.since(1991, 7, 1, 3)],
        source: "FOL 38-40 §§")
    static let abroad = LegalRule(
        "M8", "deregistered from the departure, or from a late notice, where the stay is a year or more",
        source: "FOL 20-21, 27, 36 §§")
    static let abroadYears = DatedRule(
        "move-abroad", "M8", "a stay abroad of so long is an emigration", .years, [.since(1991, 7, 1, 1)],
        source: "FOL 20 §")
    static let missing = DatedRule(
        "move-missing", "M8", "who has had no known home for so long is deregistered as missing", .years,
        [.since(1991, 7, 1, 2)], source: "FOL 21 §")
    static let unchanged = LegalRule(
        "M9",
        "a stay in a shelter, a care home, a hospital, a prison or barracks, or at school under 18, changes nothing",
        source: "FOL 8-9, 11, 15 §§")
    static let stayYears = DatedRule(
        "move-stay", "M9", "a stay fixed to at most so long changes nothing", .years, [.since(1991, 7, 1, 1)],
        source: "FOL 8-9 §§")
    /// Of a marked person an event with no address might go to named functions. No contract can name a function, and the
    /// event alone tells that there is a move: the stricter reading is that there is none, as of protected registration.
    static let protected = LegalRule(
        "M10", "of a protected person there is no move event; named functions see to it by hand",
        source: "FOL 16-17 §§; domain 6")
    static let tax = LegalRule(
        "M11", "municipal tax goes where one was registered on 1 November the year before", source: "IL 65:3")
    static let block = LegalRule(
        "M24", "with a block only a notice with the person's own e-identification counts", source: "skatteverket.se")

    /// All of the population register.
    static let all: [LegalRule] = [
        notice.legal, effective, filer, ownAge.legal, consent.legal, handling.legal, dwelling.legal, control,
        order.legal, visit.legal, appeal.legal, abroad, abroadYears.legal, missing.legal, unchanged, stayYears.legal,
        protected, block,
    ]

    /// M6: whether an address is a house of many dwellings, so that a notice needs the dwelling's number. The register
    /// resolves its own references; in a run those of such houses begin with `building-` [A].
    static func hasManyDwellings(_ addressRef: String) -> Bool { addressRef.hasPrefix("building-") }

    /// M9: whether an address is one where a stay leaves the registration as it is, which the register knows by its
    /// references [A]: a shelter, a home by a care decision, a hospital, a prison, barracks; a pupil's while under 18.
    static func isStay(_ addressRef: String, ofChild: Bool) -> Bool {
        ["shelter-", "care-home-", "hospital-", "prison-", "barracks-"].contains { addressRef.hasPrefix($0) }
            || ofChild && addressRef.hasPrefix("pupil-")
    }
}

extension Effects<Skatteverket.Timer> {
    /// M1: whether a notice came too late.
    func isLate(moved: Day, notified: Day) -> Bool {
        notified > SwedishCalendar.lastDayMoved(moved.adding(days: value(of: MoveRules.notice, on: moved)))
    }

    /// M2: from when the registration holds.
    func effectiveDate(moved: Day, notified: Day) -> Day {
        isLate(moved: moved, notified: notified) ? notified : moved
    }

    /// M5: the day on which a notice is decided; what is notified ahead is not registered before the move [A].
    func decisionDay(moved: Day, notified: Day) -> Day {
        max(SwedishCalendar.adding(workingDays: value(of: MoveRules.handling), to: notified), moved)
    }

    /// A last day, so many days from today by a rule.
    func lastDay(by rule: DatedRule) -> Day { SwedishCalendar.lastDayMoved(today.adding(days: value(of: rule))) }

    /// M7: the last day to appeal what is told today.
    var appealBy: Day { appealBy(toldOn: today) }

    /// M7: the last day to appeal what was told on a day.
    func appealBy(toldOn day: Day) -> Day {
        SwedishCalendar.lastDayMoved(day.adding(days: 7 * value(of: MoveRules.appeal)))
    }
}
