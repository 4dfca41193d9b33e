import LifeEvents

/// Pensionsmyndigheten's amounts, deadlines and handling times. `[A]` marks an assumption; the rest has its source.
enum PensionRules {
    /// Working days from what is known of the survivors to the decision: "about a week" (D15).
    static let handlingDays = 5
    /// Months in which to ask for a review (D31, SFB 113 kap. 7 and 19 §§).
    static let reviewMonths = 2
    /// Days in which to answer a claim back (D25) [A].
    static let statementDays = 14
    /// Days in which to pay what is claimed back (D25) [A].
    static let payByDays = 30
    /// Working days in which owed pensions are paid after an annulled death (D29) [A].
    static let owedDays = 2
    /// Months back that a survivor is paid at most when the death is known late (D16, SFB 77 kap. 16 §).
    static let monthsBack = 3
    /// The same for child's pension: two years.
    static let childMonthsBack = 24
    /// The same for the survivor's support.
    static let supportMonthsBack = 1
    /// Price base amount, kronor a year (2026: SFS 2025:872).
    static let priceBaseAmount = 59_200
    /// Years of living together that give adjustment pension without a child (D17, SFB 80 kap. 4 §).
    static let yearsTogether = 5
    /// Months of adjustment pension, and of its extension (D18, SFB 80 kap. 5 and 6 §§).
    static let adjustmentMonths = 12
    /// The age of the youngest until which the extension lasts (D18).
    static let extensionAge = 12
    /// Share of the survivor's base, percent (D19, SFB 80 kap. 10 §).
    static let adjustmentPercent = 55
    /// Guarantee, hundredths of a price base amount a year (D19, SFB 81 kap. 10 §).
    static let guaranteeHundredths = 213
    /// Shares of the base, percent: first child and each further (D20, SFB 78 kap. 4 and 5 §§).
    static let childPercent = (first: 35, further: 25)
    /// The same where the youngest is twelve or more.
    static let olderChildPercent = (first: 30, further: 20)
    /// Survivor's support, percent of a price base amount a year for a child (D21, SFB 79 kap. 3 §).
    static let supportPercent = 40
    /// The age until which child's pension is paid to one who does not study (D20).
    static let childAge = 18
    /// The last year born in of those who have widow's pension by the older rule (D22, SFB 83 kap. 4 §).
    static let lastOlderWidowYear = 1944
    /// The day on which a marriage had to exist (D22).
    static let widowDay = Day(year: 1989, month: 12, dayOfMonth: 31) ?? .earliest
    /// The age of the husband before which they had to marry (D22).
    static let widowAge = 60

    /// The age limit for benefits of those below it (riktålder, SFB 2 kap. 10 a–c §§; D17): a limit once reached is kept.
    private static let limits: [(since: Int, years: Int)] = [(1900, 65), (2023, 66), (2026, 67)]

    /// Whether somebody has reached the age limit of the day, or an older one while that held.
    static func hasReachedLimit(born: Day, on day: Day) -> Bool {
        for (place, limit) in limits.enumerated() {
            let begins = Day(year: limit.since, month: 1, dayOfMonth: 1) ?? .earliest
            let ends =
                place + 1 < limits.count
                ? Day(year: limits[place + 1].since, month: 1, dayOfMonth: 1) ?? .latest : .latest
            let reached = max(born.adding(months: limit.years * 12), begins)
            if reached < ends && reached <= day { return true }
        }
        return false
    }

    /// The last month before the one in which the limit is reached, searched from a month on.
    static func lastMonthBeforeLimit(born: Day, from first: Month, at most: Month) -> Month? {
        var last: Month?
        var month = first
        while month <= most {
            if hasReachedLimit(born: born, on: month.lastDay) { break }
            last = month
            month = month.next
        }
        return last
    }

    /// The day of the decision.
    static func decisionDay(foundOn day: Day) -> Day { SwedishCalendar.adding(workingDays: handlingDays, to: day) }

    /// Last day to ask for a review (omprövning).
    static func reviewDeadline(decided day: Day) -> Day {
        SwedishCalendar.lastDayMoved(day.adding(months: reviewMonths))
    }

    /// The payday of a month (D28): the 18th for those born on the 1st to the 15th, else the 19th; Saturday to Friday,
    /// Sunday to Monday, a red day or an Eve to the working day before.
    static func payday(of month: Month, born: Day?) -> Day {
        let number = born.map { $0.dayOfMonth <= 15 ? 18 : 19 } ?? 18
        var day = month.firstDay.adding(days: number - 1)
        switch day.weekday {
        case .saturday: day = day.adding(days: -1)
        case .sunday: day = day.adding(days: 1)
        case .monday, .tuesday, .wednesday, .thursday, .friday: break
        }
        while !SwedishCalendar.isWorkingDay(day) { day = day.adding(days: -1) }
        return day
    }

    /// `januari 2026`.
    static func text(_ month: Month) -> String { "\(SwedishText.month(month)) \(month.year)" }

    /// `16 500`.
    static func kronor(_ amount: Int) -> String {
        var digits = String(amount)
        var groups: [String] = []
        while digits.count > 3 {
            groups.insert(String(digits.suffix(3)), at: 0)
            digits.removeLast(3)
        }
        return ([digits] + groups).joined(separator: " ")
    }
}

/// A right of a survivor, as the law gives it.
struct SurvivorRight: Equatable {
    var kind: SurvivorKind
    /// Kronor a month.
    var monthly: Int
    var first: Month
    /// Last month, where the law says it.
    var last: Month?
}

extension PensionRules {
    /// What a survivor has a right to (D16–D22); empty: nothing.
    static func rights(_ notice: SurvivorNotice) -> [SurvivorRight] {
        switch notice.facts.role {
        case .child: childRights(notice)
        case .spouse, .cohabitant: [adjustment(notice), widow(notice)].compactMap(\.self)
        }
    }

    /// The first month (D16): the month of death, the next where the dead drew a pension; known late, some months back.
    private static func first(_ notice: SurvivorNotice, back: Int) -> Month {
        let death = Month(of: notice.deathDate)
        let byLaw = notice.deadDrewPension ? death.next : death
        return max(byLaw, Month(of: notice.registeredOn).adding(months: -back))
    }

    /// Adjustment pension (omställningspension, D17 to D19).
    private static func adjustment(_ notice: SurvivorNotice) -> SurvivorRight? {
        let person = notice.facts
        guard person.sameAddress, person.role == .spouse || person.commonChild else { return nil }
        let hasChild = !(notice.childrenAtHome ?? []).isEmpty
        let isLong = person.since.map { $0.adding(months: yearsTogether * 12) <= notice.deathDate } ?? false
        guard hasChild || isLong, !hasReachedLimit(born: person.birthDate, on: notice.deathDate) else { return nil }
        let first = first(notice, back: monthsBack)
        let most = Month(of: notice.deathDate).adding(months: adjustmentMonths)
        guard
            let last = lastMonthBeforeLimit(
                born: person.birthDate, from: first, at: min(first.adding(months: adjustmentMonths - 1), most))
        else { return nil }
        return SurvivorRight(kind: .adjustment, monthly: adjustmentMonthly(notice), first: first, last: last)
    }

    /// The longer adjustment pension after the first twelve months (D18); nil: no child under 18 at home.
    static func laterRight(of notice: SurvivorNotice, after last: Month) -> SurvivorRight? {
        let first = last.next
        let youngest = (notice.childrenAtHome ?? []).map(\.birthDate).max()
        guard let youngest, youngest.adding(months: childAge * 12) > first.firstDay else { return nil }
        let twelve = Month(of: youngest.adding(months: extensionAge * 12))
        let most = max(first.adding(months: adjustmentMonths - 1), twelve)
        guard let last = lastMonthBeforeLimit(born: notice.facts.birthDate, from: first, at: most) else { return nil }
        return SurvivorRight(
            kind: .adjustmentExtended, monthly: adjustmentMonthly(notice), first: first, last: last)
    }

    /// 55 percent of the base, filled up to the guarantee.
    private static func adjustmentMonthly(_ notice: SurvivorNotice) -> Int {
        let own = (notice.survivorBase ?? 0) * adjustmentPercent / 100 / 12
        return max(own, priceBaseAmount * guaranteeHundredths / 100 / 12)
    }

    /// Widow's pension (änkepension, D22).
    private static func widow(_ notice: SurvivorNotice) -> SurvivorRight? {
        let person = notice.facts
        guard let amount = notice.widowMonthly, amount > 0, person.role == .spouse, let since = person.since,
            since <= widowDay
        else { return nil }
        let isEarly = notice.deadBorn.map { since < $0.adding(months: widowAge * 12) } ?? false
        let isOlder = person.birthDate.year <= lastOlderWidowYear
        // The older rule looks at the death, the younger at the end of 1989 and at the death.
        let measured = isOlder ? notice.deathDate : widowDay
        let isLong = since.adding(months: yearsTogether * 12) <= measured
        guard person.commonChild || isLong && isEarly else { return nil }
        return SurvivorRight(kind: .widow, monthly: amount, first: first(notice, back: monthsBack), last: nil)
    }

    /// Child's pension (barnpension, D20), and the support that fills it up (efterlevandestöd, D21).
    private static func childRights(_ notice: SurvivorNotice) -> [SurvivorRight] {
        let born = notice.facts.birthDate
        let last = Month(of: born.adding(months: childAge * 12))
        let count = max(notice.children ?? 1, 1)
        let youngest = notice.youngestBorn ?? born
        let isYoung = youngest.adding(months: extensionAge * 12) > notice.deathDate
        let percent = isYoung ? childPercent : olderChildPercent
        let shares = percent.first + (count - 1) * percent.further
        let pension = (notice.survivorBase ?? 0) * shares / 100 / 12 / count
        let support = priceBaseAmount * supportPercent / 100 / 12 - pension
        var rights: [SurvivorRight] = []
        let first = first(notice, back: childMonthsBack)
        guard first <= last else { return [] }
        if pension > 0 { rights.append(.init(kind: .child, monthly: pension, first: first, last: last)) }
        if support > 0 {
            rights.append(
                .init(
                    kind: .childSupport, monthly: support, first: self.first(notice, back: supportMonthsBack),
                    last: last))
        }
        return rights
    }
}

extension SurvivorKind {
    /// What the citizen calls it.
    var text: String {
        switch self {
        case .widow: "änkepension"
        case .adjustment: "omställningspension"
        case .adjustmentExtended: "förlängd omställningspension"
        case .child: "barnpension"
        case .childSupport: "efterlevandestöd"
        }
    }

    /// The same with an article, as the first word of a sentence.
    var definiteText: String {
        switch self {
        case .widow: "Änkepensionen"
        case .adjustment: "Omställningspensionen"
        case .adjustmentExtended: "Den förlängda omställningspensionen"
        case .child: "Barnpensionen"
        case .childSupport: "Efterlevandestödet"
        }
    }
}
