import LifeEvents

/// Deadlines and handling times of estates of the dead. `[A]` marks an assumption; the rest has its source.
enum EstateRules {
    /// Months after a death in which the inventory is held (D7, ärvdabalken 20 kap. 1 §).
    static let inventoryMonths = 3
    /// Months after that in which it is filed (D7, ärvdabalken 20 kap. 8 §).
    static let filingMonths = 1
    /// Months that are left at least where a death is registered late (D7) [A].
    static let lateMonths = 1
    /// How many certify an inventory (D8, ärvdabalken 20 kap. 2 §).
    static let certifiers = 2
    /// Calendar days from one request to the next: reminder, order (D9) [A].
    static let reminderDays = 30
    /// Calendar days in which to complete an inventory (D9) [A].
    static let completionDays = 30
    /// Working days from a filed inventory to its registration: about four weeks (D10).
    static let handlingDays = 25
    /// Calendar days in which a partner has to act before the municipality is told (D14) [A].
    static let unattendedDays = 30

    /// The last day to hold the inventory, and the last to file it: counted from the death, and none before a month has
    /// passed since it was registered.
    static func dates(died: Day, registered: Day) -> (heldBy: Day, dueDate: Day) {
        let byLaw = died.adding(months: inventoryMonths)
        let atLeast = registered.adding(months: lateMonths)
        return dates(heldBy: SwedishCalendar.lastDayMoved(max(byLaw, atLeast)))
    }

    /// The same where more time was given.
    static func dates(heldBy: Day) -> (heldBy: Day, dueDate: Day) {
        (heldBy, SwedishCalendar.lastDayMoved(heldBy.adding(months: filingMonths)))
    }

    /// The last day of the next request: counted from the last day of the one before.
    static func next(after lastDay: Day) -> Day { SwedishCalendar.lastDayMoved(lastDay.adding(days: reminderDays)) }
}
