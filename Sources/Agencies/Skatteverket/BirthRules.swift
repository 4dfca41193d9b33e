import AgencyKit
import LifeEvents

/// The rules of births, parenthood, custody and names in the population register. FB is föräldrabalken, FOL
/// folkbokföringslagen (1991:481), PNL lagen (2016:1013) om personnamn.
///
/// What a hospital corrects or withdraws of what is registered has no handling time: the register follows at once [A].
enum BirthRules {
    static let notice = LegalRule(
        "B1", "the hospital or midwife notifies a birth as soon as possible, else a guardian within a month",
        source: "FOL 24 §")
    static let handling = DatedRule(
        "birth-handling", "B1", "a birth is registered in", .workingDays, [.since(2026, 1, 1, 2)],
        source: "FOL 24 §; the usual value of 1 to 3", mark: .assumption)
    static let capacity = DatedRule(
        "birth-desk-capacity", "B1", "births that the register takes up a working day; 0: no queue", .count,
        [.since(2026, 1, 1, 0)], source: "none", mark: .assumption)
    static let place = LegalRule(
        "B2", "a child is registered where its mother is; else where the other parent is, if that one has custody",
        source: "FOL 2 §")
    static let spouse = LegalRule(
        "B3",
        "the spouse of who gives birth is parent, a woman too; undone by a court, or by the spouse's own and the "
            + "mother's approval of another's confirmation", source: "FB 1:1, 1:2, 1:9, 1:9 a")
    static let conception = DatedRule(
        "conception-days", "B3",
        "a child born so long after the spouse's death may have been conceived in the marriage",
        .days, [.since(2026, 1, 1, 300)], source: "FB 1:1; days assumed", mark: .assumption)
    static let eService = LegalRule(
        "B4", "parenthood is confirmed in the e-service by an own act of each, both of age and registered at the birth",
        source: "FB 1:4 a; socfamratt.se")
    static let confirmation = DatedRule(
        "parenthood-confirmation", "B4", "both confirm in the e-service within, from the birth", .days,
        [.since(2022, 1, 1, 14)], source: "FB 1:4 a")
    static let ofAge = DatedRule(
        "parenthood-age", "B4", "who confirms in the e-service has reached the age of", .years,
        [.since(2022, 1, 1, 18)], source: "FB 1:4 a; 9:1")
    static let board = LegalRule(
        "B5", "what the board has approved before the birth is registered with the child", source: "FB 1:4")
    static let expected = DatedRule(
        "parenthood-expected", "B5", "a child is the expected one when born within, of the expected day", .days,
        [.since(2026, 1, 1, 90)], source: "none", mark: .assumption)
    static let atOnce = LegalRule(
        "B6", "the board is told on day 15, at once of a mother under 18", source: "FB 2:1")
    static let custody = LegalRule(
        "B7",
        "custody: both where the parents are married, else the mother; both by their own notice, from the decision",
        source: "FB 6:3-4; SKV-RV 379794")
    static let registration = DatedRule(
        "parenthood-handling", "B7", "parenthood and custody are registered in", .workingDays, [.since(2026, 1, 1, 2)],
        source: "none", mark: .assumption)
    static let judgment = LegalRule(
        "B8", "an interim order holds the same day, a judgment from when it can no longer be appealed",
        source: "förordning (1949:661) 1, 3 §§")
    static let name = LegalRule(
        "B9", "all guardians notify the same name; without one a child has its mother's surname from birth",
        source: "PNL 4-5, 26, 28 §§; SKV-RV 330285")
    static let nameMonths = DatedRule(
        "name-months", "B9", "a name is notified within, from the birth", .months, [.since(2017, 7, 1, 3)],
        source: "PNL 28 §")
    static let nameTest = DatedRule(
        "name-test", "B9", "a name is tested in", .workingDays, [.since(2026, 1, 1, 2)], source: "none",
        mark: .assumption)
    static let nameReminder = DatedRule(
        "name-reminder", "B9", "from the reminder to a surname by law", .days, [.since(2026, 1, 1, 14)],
        source: "SKV-RV 330285; days assumed", mark: .assumption)
    static let stillborn = LegalRule(
        "B21", "a child that is stillborn after week 22 is a case with the mother, and no person",
        source: "FOL 24 §; SKV-RV 330303")
    static let sameBirth = LegalRule(
        "B26", "the same mother, day and order is the same birth; another order is a twin", source: "domain 3.16 F4",
        mark: .assumption)

    /// All of them.
    static let all: [LegalRule] = [
        notice, handling.legal, capacity.legal, place, spouse, conception.legal, eService, confirmation.legal,
        ofAge.legal, board,
        expected.legal, atOnce, custody, registration.legal, judgment, name, nameMonths.legal, nameTest.legal,
        nameReminder.legal, stillborn, sameBirth,
    ]
}

extension Effects<Skatteverket.Timer> {
    /// B4: the last day of the e-service; it does not move to a weekday [A].
    func lastConfirmationDay(born day: Day) -> Day { day.adding(days: value(of: BirthRules.confirmation, on: day)) }

    /// B9: the last day to notify a first name.
    func lastNameDay(born day: Day) -> Day {
        SwedishCalendar.lastDayMoved(day.adding(months: value(of: BirthRules.nameMonths, on: day)))
    }

    /// B7: the day on which parenthood or custody that is settled today is registered.
    var parenthoodRegistered: Day { SwedishCalendar.adding(workingDays: value(of: BirthRules.registration), to: today) }
}
