import AgencyKit
import LifeEvents

/// Deadlines and handling times of estates of the dead, each with its source or as an assumption.
enum EstateRules {
    /// Who the partners are.
    static let partners = LegalRule(
        "D6", "a spouse before common children, a child by another at once, then children, then parents",
        source: "ärvdabalken 2 kap. 1 and 2 §§, 3 kap. 1, 9 and 10 §§, 5 kap. 1 §, 18 kap. 1 §")
    /// After a death in which the inventory is held.
    static let inventory = DatedRule(
        "inventory-months", "D7", "an estate inventory is held within", .months, [.since(1959, 1, 1, 3)],
        source: "ärvdabalken 20 kap. 1 §")
    /// After that in which it is filed.
    static let filing = DatedRule(
        "inventory-filing-months", "D7", "an inventory is filed within so long of the meeting", .months,
        [.since(2001, 7, 1, 1)], source: "ärvdabalken 20 kap. 8 §")
    /// What is left at least where a death is registered late.
    static let late = DatedRule(
        "late-inventory-months", "D7", "a death that is registered late leaves so long for the inventory", .months,
        [.since(2001, 7, 1, 1)], source: "none found", mark: .assumption)
    /// How many certify an inventory.
    static let certifiers = DatedRule(
        "inventory-certifiers", "D8", "an inventory is certified by", .count, [.since(1959, 1, 1, 2)],
        source: "ärvdabalken 20 kap. 2 §")
    /// From one request to the next: reminder, order.
    static let reminder = DatedRule(
        "inventory-reminder-days", "D9", "from a reminder to an order, and on", .days, [.since(2001, 7, 1, 30)],
        source: "ärvdabalken 20 kap. 9 §", mark: .assumption)
    /// In which to complete an inventory.
    static let completion = DatedRule(
        "inventory-completion-days", "D9", "an inventory that is not whole is completed within", .days,
        [.since(2001, 7, 1, 30)], source: "ärvdabalken 20 kap. 9 §", mark: .assumption)
    /// From a filed inventory to its registration.
    static let handling = DatedRule(
        "inventory-handling", "D10", "an inventory is registered in about four weeks", .workingDays,
        [.since(2024, 1, 1, 25)], source: "skatteverket.se", mark: .likely)
    /// The notice instead of an inventory.
    static let smallEstate = LegalRule(
        "D11", "what pays the funeral and no more needs no inventory", source: "ärvdabalken 20 kap. 8 a and 10 §§")
    /// Who acts for minors and principals.
    static let wards = LegalRule(
        "D12", "a minor or a principal who is partner acts through guardian or god man, and the chief guardian is told",
        source: "föräldrabalken 11 kap. 2 §, 15 kap. 3–5 §§; ärvdabalken 18 kap. 2 §", mark: .likely)
    /// Who acts for heirs whom nobody knows.
    static let unknownHeirs = LegalRule(
        "D8", "a god man acts for heirs who are not known, and is at the inventory",
        source: "föräldrabalken 11 kap. 3 §; ärvdabalken 20 kap. 2 §", mark: .likely)
    /// What a registered inventory proves.
    static let proof = LegalRule(
        "D13", "a registered inventory is proof, and a sole partner needs no division",
        source: "ärvdabalken 23 kap. 1–5 §§")
    /// In which a partner has to act before the municipality is told.
    static let unattended = DatedRule(
        "unattended-estate-days", "D14", "an estate in which nobody acts is told of after", .days,
        [.since(2002, 1, 1, 30)], source: "ärvdabalken 18 kap. 2 §", mark: .assumption)

    /// In the order of their numbers.
    static let all = [
        partners, inventory.legal, filing.legal, late.legal, certifiers.legal, reminder.legal, completion.legal,
        handling.legal, smallEstate, wards, unknownHeirs, proof, unattended.legal,
    ]

    /// The last day to hold the inventory, and the last to file it: counted from the death, and none before a month has
    /// passed since it was registered.
    static func dates(died: Day, registered: Day, _ rules: RuleValues) -> (heldBy: Day, dueDate: Day) {
        let byLaw = died.adding(months: rules.value(of: inventory, on: died))
        let atLeast = registered.adding(months: rules.value(of: late, on: registered))
        return dates(heldBy: SwedishCalendar.lastDayMoved(max(byLaw, atLeast)), rules)
    }

    /// The same where more time was given.
    static func dates(heldBy: Day, _ rules: RuleValues) -> (heldBy: Day, dueDate: Day) {
        (heldBy, SwedishCalendar.lastDayMoved(heldBy.adding(months: rules.value(of: filing, on: heldBy))))
    }

    /// The last day of the next request: counted from the last day of the one before.
    static func next(after lastDay: Day, _ rules: RuleValues) -> Day {
        SwedishCalendar.lastDayMoved(lastDay.adding(days: rules.value(of: reminder, on: lastDay)))
    }
}
