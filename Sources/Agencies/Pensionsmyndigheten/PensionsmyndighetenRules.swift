import AgencyKit
import LifeEvents

/// Pensionsmyndigheten's amounts, deadlines and handling times. `[A]` marks an assumption; the rest has its source.
enum PensionRules {
    /// From what is known of the survivors to the decision.
    static let handling = DatedRule(
        "survivor-handling", "D15", "survivors' pension is decided without an application", .workingDays,
        [.since(2010, 1, 1, 5)], source: "pensionsmyndigheten.se; SFB 77 kap. 13 §", mark: .likely)
    /// Months back that a survivor is paid at most when the death is known late.
    static let monthsBack = DatedRule(
        "survivor-months-back", "D16", "a survivor is paid for at most so many months back", .months,
        [.since(2011, 1, 1, 3)], source: "SFB 77 kap. 14 and 16 §§")
    /// The same for child's pension.
    static let childMonthsBack = DatedRule(
        "child-pension-months-back", "D16", "child's pension is paid for at most so many months back", .months,
        [.since(2011, 1, 1, 24)], source: "SFB 77 kap. 16 §")
    /// The same for the survivor's support.
    static let supportMonthsBack = DatedRule(
        "survivor-support-months-back", "D16", "survivor's support is paid for at most so many months back", .months,
        [.since(2011, 1, 1, 1)], source: "SFB 77 kap. 16 §")
    /// The age limit for benefits of those below it (riktålder); a limit once reached is kept.
    static let guideAge = DatedRule(
        "guide-age", "D17", "adjustment pension is for who has not reached the guide age", .years,
        [.since(1990, 1, 1, 65), .since(2023, 1, 1, 66), .since(2026, 1, 1, 67)],
        source: "SFB 2 kap. 10 a–c §§, 77 kap. 18 §, 80 kap. 3 and 4 §§")
    /// Years of living together that give adjustment pension without a child.
    static let yearsTogether = DatedRule(
        "years-together", "D17", "who has no child must have lived with the dead for so long", .years,
        [.since(2003, 1, 1, 5)], source: "SFB 80 kap. 4 §")
    /// Months of adjustment pension, and of its extension.
    static let adjustmentMonths = DatedRule(
        "adjustment-months", "D18", "adjustment pension lasts so long, and as long again with a child", .months,
        [.since(2003, 1, 1, 12)], source: "SFB 80 kap. 5 and 6 §§")
    /// The age of the youngest until which the extension lasts.
    static let extensionAge = DatedRule(
        "adjustment-extension-age", "D18", "the extension lasts until the youngest child is so old", .years,
        [.since(2003, 1, 1, 12)], source: "SFB 80 kap. 6 §")
    /// Share of the survivor's base.
    static let adjustmentPercent = DatedRule(
        "adjustment-share", "D19", "adjustment pension is so much of the base", .percent, [.since(2003, 1, 1, 55)],
        source: "SFB 80 kap. 10 §")
    /// Guarantee, a year.
    static let guarantee = DatedRule(
        "adjustment-guarantee", "D19", "adjustment pension is filled up to a guarantee", .hundredthsOfPriceBase,
        [.since(2003, 1, 1, 213)], source: "SFB 81 kap. 10 §")
    /// Kronor a year.
    static let priceBase = DatedRule(
        "pension-price-base-amount", "D19", "price base amount", .kronor,
        [.since(2025, 1, 1, 58_800), .since(2026, 1, 1, 59_200)], source: "SFS 2025:872")
    /// Share of the base for a first child, and each further: younger than twelve, or some child is.
    static let childShare = DatedRule(
        "child-pension-share", "D20", "child's pension for a first child", .percent, [.since(2003, 1, 1, 35)],
        source: "SFB 78 kap. 4 and 5 §§")
    static let furtherChildShare = DatedRule(
        "child-pension-further-share", "D20", "and for a further child, shared by all", .percent,
        [.since(2003, 1, 1, 25)], source: "SFB 78 kap. 4 and 5 §§")
    static let olderChildShare = DatedRule(
        "older-child-pension-share", "D20", "child's pension for a first child of twelve or more", .percent,
        [.since(2003, 1, 1, 30)], source: "SFB 78 kap. 4 and 5 §§")
    static let olderFurtherShare = DatedRule(
        "older-child-pension-further-share", "D20", "and for a further one of twelve or more", .percent,
        [.since(2003, 1, 1, 20)], source: "SFB 78 kap. 4 and 5 §§")
    /// The year of age in which a child that studies has its pension for the last time, to June.
    static let studies = DatedRule(
        "child-pension-studies", "D20", "a child that studies has its pension to June of the year in which it is",
        .years,
        [.since(2003, 1, 1, 20)], source: "SFB 78 kap. 3 §; pensionsmyndigheten.se", mark: .likely)
    /// Survivor's support, a year for a child.
    static let support = DatedRule(
        "survivor-support", "D21", "survivor's support fills up to so much of a price base amount", .percent,
        [.since(2016, 1, 1, 40)], source: "SFB 79 kap. 3 and 4 §§")
    /// The law on widow's pension; its numbers are of a day that has passed.
    static let widowRule = LegalRule(
        "D22", "widow's pension to women who were married at the end of 1989", source: "SFB 83 kap. 4 and 5 §§, 84 kap."
    )
    /// The law on who has no right.
    static let noRightRule = LegalRule(
        "D23", "who lived together alone, or had divorced, is refused on application", source: "SFB 80 kap. 4 §")
    /// Who lives with somebody anew.
    static let cohabiting = LegalRule(
        "D18", "adjustment pension ends where the survivor lives with one whom she was married to or has a child with",
        source: "SFB 80 kap. 5–8 §§", mark: .likely)
    /// Days in which to answer a claim back.
    static let statement = DatedRule(
        "pension-statement-days", "D25", "the estate may answer before it is claimed from", .days,
        [.since(2018, 7, 1, 14)], source: "SFB 108 kap. 2, 9 and 11 §§; förvaltningslagen 25 §", mark: .assumption)
    /// Days in which to pay what is claimed back.
    static let payBy = DatedRule(
        "pension-pay-back-days", "D25", "what is claimed back is paid within", .days, [.since(2018, 7, 1, 30)],
        source: "SFB 108 kap. 9 §", mark: .assumption)
    /// The payday.
    static let paydayRule = LegalRule(
        "D28", "pensions are paid on the 18th or 19th, moved from weekends and red days",
        source: "pensionsmyndigheten.se, table of 2019", mark: .likely)
    /// In which owed pensions are paid after an annulled death.
    static let owed = DatedRule(
        "owed-pension-days", "D29", "what an annulled death kept back is paid within", .workingDays,
        [.since(2010, 1, 1, 2)], source: "JK 805-18", mark: .assumption)
    /// In which to ask for a review.
    static let review = DatedRule(
        "pension-review", "D31", "a review is asked for within", .months, [.since(2011, 1, 1, 2)],
        source: "SFB 113 kap. 7 and 19 §§")

    /// The housing supplement after a move.
    static let supplement = LegalRule(
        "M16", "housing supplement is for the permanent home; a change counts from the month after",
        source: "SFB 101 kap. 7 and 10 §§")
    /// Until a changed housing cost is decided on.
    static let supplementHandling = DatedRule(
        "supplement-handling", "M16", "a changed housing cost is decided on in", .workingDays, [.since(2026, 1, 1, 10)],
        source: "none", mark: .assumption)
    /// How far back a change counts.
    static let supplementMonths = DatedRule(
        "supplement-months-back", "M16", "a changed housing cost counts for at most so many months back", .months,
        [.since(2011, 1, 1, 3)], source: "SFB 103 kap. 4 §")

    /// The months are ``review``.
    static let supplementReview = LegalRule(
        "M17", "a decision is reviewed on request within two months from when it was received",
        source: "SFB 113 kap. 7 and 19 §§")

    /// In the order of their numbers.
    static let all = [
        handling.legal, monthsBack.legal, childMonthsBack.legal, supportMonthsBack.legal, guideAge.legal,
        yearsTogether.legal, adjustmentMonths.legal, extensionAge.legal, adjustmentPercent.legal, guarantee.legal,
        priceBase.legal, childShare.legal, furtherChildShare.legal, olderChildShare.legal, olderFurtherShare.legal,
        studies.legal, cohabiting, support.legal, widowRule, noRightRule, statement.legal, payBy.legal, paydayRule,
        owed.legal, review.legal,
        supplement, supplementHandling.legal, supplementMonths.legal, supplementReview, lateChild,
    ]

    static let lateChild = LegalRule(
        "D20", "a child that is known after the others has its pension too, from its birth if that was after the death",
        source: "SFB 77:14, 77:16, 78:2", mark: .likely)

    /// The age until which child's pension is paid to one who does not study (D20).
    static let childAge = 18
    /// The last year born in of those who have widow's pension by the older rule (D22).
    static let lastOlderWidowYear = 1944
    /// The day on which a marriage had to exist (D22).
    static let widowDay = Day(year: 1989, month: 12, dayOfMonth: 31) ?? .earliest
    /// The age of the husband before which they had to marry, and the years that the marriage had to last (D22).
    static let widowAge = 60
    static let widowYears = 5

    /// Whether somebody has reached the age limit of the day, or an older one while that held.
    static func hasReachedLimit(born: Day, on day: Day, _ rules: RuleValues) -> Bool {
        let rows = guideAge.value.rows
        for (place, row) in rows.enumerated() {
            let ends = place + 1 < rows.count ? rows[place + 1].since : .latest
            let years = rules.value(of: guideAge, on: row.since)
            let reached = max(born.adding(months: years * 12), row.since)
            if reached < ends && reached <= day { return true }
        }
        return false
    }

    /// The last month before the one in which the limit is reached, searched from a month on.
    static func lastMonthBeforeLimit(
        born: Day, from first: Month, at most: Month, _ rules: RuleValues
    ) -> Month? {
        var last: Month?
        var month = first
        while month <= most {
            if hasReachedLimit(born: born, on: month.lastDay, rules) { break }
            last = month
            month = month.next
        }
        return last
    }

    /// The day of the decision.
    static func decisionDay(foundOn day: Day, _ rules: RuleValues) -> Day {
        SwedishCalendar.adding(workingDays: rules.value(of: handling, on: day), to: day)
    }

    /// Last day to ask for a review (omprövning).
    static func reviewDeadline(decided day: Day, _ rules: RuleValues) -> Day {
        SwedishCalendar.lastDayMoved(day.adding(months: rules.value(of: review, on: day)))
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

    /// How long the estate has to answer a claim back, and to pay (D25).
    static func recoveryTerms(on day: Day, _ rules: RuleValues) -> RecoveryTerms {
        RecoveryTerms(answerDays: rules.value(of: statement, on: day), payDays: rules.value(of: payBy, on: day))
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
    /// Another amount, from later months on.
    var steps: [PensionsmyndighetenCase.Pension.Step] = []
}

extension PensionRules {
    /// What a survivor has a right to (D16–D22); empty: nothing.
    /// - Parameters:
    ///   - other: of a child whose other parent has died too, what is known of that one.
    ///   - studies: the last month of a child's studies, as the school has certified.
    static func rights(
        _ notice: SurvivorNotice, _ rules: RuleValues = RuleValues(), beside other: SurvivorNotice? = nil,
        studies: Month? = nil
    ) -> [SurvivorRight] {
        switch notice.facts.role {
        case .child:
            other.map { childRights(notice, beside: $0, studies, rules) } ?? childRights(notice, studies, rules)
        case .spouse, .cohabitant: [adjustment(notice, rules), widow(notice, rules)].compactMap(\.self)
        }
    }

    /// The first month (D16): the month of death, the next where the dead drew a pension; known late, some months back.
    private static func first(_ notice: SurvivorNotice, back rule: DatedRule, _ rules: RuleValues) -> Month {
        let back = rules.value(of: rule, on: notice.registeredOn)
        let death = Month(of: notice.deathDate)
        let byLaw = notice.deadDrewPension ? death.next : death
        return max(byLaw, Month(of: notice.registeredOn).adding(months: -back))
    }

    /// Adjustment pension (omställningspension, D17 to D19).
    private static func adjustment(_ notice: SurvivorNotice, _ rules: RuleValues) -> SurvivorRight? {
        let months = rules.value(of: adjustmentMonths, on: notice.deathDate)
        let person = notice.facts
        guard person.sameAddress, person.role == .spouse || person.commonChild else { return nil }
        let hasChild = !(notice.childrenAtHome ?? []).isEmpty
        let isLong =
            person.since.map {
                $0.adding(months: rules.value(of: yearsTogether, on: notice.deathDate) * 12) <= notice.deathDate
            } ?? false
        guard hasChild || isLong, !hasReachedLimit(born: person.birthDate, on: notice.deathDate, rules) else {
            return nil
        }
        let first = first(notice, back: monthsBack, rules)
        let most = Month(of: notice.deathDate).adding(months: months)
        guard
            let last = lastMonthBeforeLimit(
                born: person.birthDate, from: first, at: min(first.adding(months: months - 1), most), rules)
        else { return nil }
        return SurvivorRight(kind: .adjustment, monthly: adjustmentMonthly(notice, rules), first: first, last: last)
    }

    /// The longer adjustment pension after the first twelve months (D18); nil: no child under 18 at home.
    static func laterRight(
        of notice: SurvivorNotice, after last: Month, _ rules: RuleValues = RuleValues()
    ) -> SurvivorRight? {
        let first = last.next
        let months = rules.value(of: adjustmentMonths, on: first.firstDay)
        let age = rules.value(of: extensionAge, on: first.firstDay)
        let youngest = (notice.childrenAtHome ?? []).map(\.birthDate).max()
        guard let youngest, youngest.adding(months: childAge * 12) > first.firstDay else { return nil }
        let twelve = Month(of: youngest.adding(months: age * 12))
        let most = max(first.adding(months: months - 1), twelve)
        guard let last = lastMonthBeforeLimit(born: notice.facts.birthDate, from: first, at: most, rules)
        else { return nil }
        return SurvivorRight(
            kind: .adjustmentExtended, monthly: adjustmentMonthly(notice, rules), first: first, last: last)
    }

    /// 55 percent of the base, filled up to the guarantee.
    private static func adjustmentMonthly(_ notice: SurvivorNotice, _ rules: RuleValues) -> Int {
        let day = notice.registeredOn
        let own = (notice.survivorBase ?? 0) * rules.value(of: adjustmentPercent, on: day) / 100 / 12
        return max(own, rules.value(of: priceBase, on: day) * rules.value(of: guarantee, on: day) / 100 / 12)
    }

    /// Widow's pension (änkepension, D22).
    private static func widow(_ notice: SurvivorNotice, _ rules: RuleValues) -> SurvivorRight? {
        let person = notice.facts
        guard let amount = notice.widowMonthly, amount > 0, person.role == .spouse, let since = person.since,
            since <= widowDay
        else { return nil }
        let isEarly = notice.deadBorn.map { since < $0.adding(months: widowAge * 12) } ?? false
        let isOlder = person.birthDate.year <= lastOlderWidowYear
        let childBorn = person.commonChildBorn
        func isMet(on day: Day) -> Bool {
            let isLong = since.adding(months: widowYears * 12) <= day
            // A child that is expected counts at the death alone.
            let hasChild = childBorn.map { $0 <= day } ?? (person.commonChild && day == notice.deathDate)
            return hasChild || isLong && isEarly
        }
        // The older rule looks at the death, the younger at the end of 1989 and at the death.
        guard isMet(on: notice.deathDate), isOlder || isMet(on: widowDay) else { return nil }
        return SurvivorRight(kind: .widow, monthly: amount, first: first(notice, back: monthsBack, rules), last: nil)
    }

    /// Child's pension (barnpension, D20), and the support that fills it up (efterlevandestöd, D21). From the month after
    /// the youngest is twelve the shares are lower.
    private static func childRights(
        _ notice: SurvivorNotice, _ studies: Month?, _ rules: RuleValues
    ) -> [SurvivorRight] {
        let (born, day) = (notice.facts.birthDate, notice.registeredOn)
        let count = max(notice.children ?? 1, 1)
        let twelve = Month(
            of: (notice.youngestBorn ?? born).adding(months: rules.value(of: extensionAge, on: day) * 12))
        func pension(in month: Month) -> Int {
            let isYoung = month <= twelve
            let percent = rules.value(of: isYoung ? childShare : olderChildShare, on: day)
            let further = rules.value(of: isYoung ? furtherChildShare : olderFurtherShare, on: day)
            return (notice.survivorBase ?? 0) * (percent + (count - 1) * further) / 100 / 12 / count
        }
        let full = fullSupport(on: day, rules)
        let last = lastChildMonth(notice, studies, rules)
        return [
            right(.child, notice, from: childMonthsBack, to: last, changing: twelve.next, rules) { pension(in: $0) },
            right(.childSupport, notice, from: supportMonthsBack, to: last, changing: twelve.next, rules) {
                full - pension(in: $0)
            },
        ].compactMap(\.self)
    }

    /// The same where both parents are dead: as much after each, shared with nobody, and the support fills up to twice as
    /// much in all.
    private static func childRights(
        _ notice: SurvivorNotice, beside other: SurvivorNotice, _ studies: Month?, _ rules: RuleValues
    ) -> [SurvivorRight] {
        let day = notice.registeredOn
        let share = rules.value(of: childShare, on: day)
        let pension = (notice.survivorBase ?? 0) * share / 100 / 12
        let inAll = pension + (other.survivorBase ?? 0) * share / 100 / 12
        let full = fullSupport(on: day, rules)
        let last = lastChildMonth(notice, studies, rules)
        return [
            right(.child, notice, from: childMonthsBack, to: last, rules) { _ in pension },
            right(.childSupport, notice, from: supportMonthsBack, to: last, rules) { _ in
                min(full - pension, 2 * full - inAll)
            },
        ].compactMap(\.self)
    }

    /// What a child is filled up to, kronor a month after a parent.
    private static func fullSupport(on day: Day, _ rules: RuleValues) -> Int {
        rules.value(of: priceBase, on: day) * rules.value(of: support, on: day) / 100 / 12
    }

    /// The month of the eighteenth birthday; the last of studies, no later than June of the year of the twentieth.
    private static func lastChildMonth(_ notice: SurvivorNotice, _ studies: Month?, _ rules: RuleValues) -> Month {
        let born = notice.facts.birthDate
        let eighteen = Month(of: born.adding(months: childAge * 12))
        guard let studies else { return eighteen }
        let years = rules.value(of: PensionRules.studies, on: notice.registeredOn)
        let june = Month(year: born.year + years, month: 6) ?? eighteen
        return max(eighteen, min(studies, june))
    }

    /// A child's right with its amount in each month; nil: none in any.
    private static func right(
        _ kind: SurvivorKind, _ notice: SurvivorNotice, from back: DatedRule, to last: Month,
        changing change: Month? = nil, _ rules: RuleValues, _ monthly: (Month) -> Int
    ) -> SurvivorRight? {
        // A child that was on its way at the death has its pension from its birth.
        let first = max(first(notice, back: back, rules), Month(of: notice.facts.birthDate))
        let changes = [first, change].compactMap(\.self).filter { $0 >= first && $0 <= last && monthly($0) > 0 }
        guard let begins = changes.min() else { return nil }
        let steps = changes.filter { $0 > begins && monthly($0) != monthly(begins) }
        return SurvivorRight(
            kind: kind, monthly: monthly(begins), first: begins, last: last,
            steps: steps.map { .init(from: $0, monthly: monthly($0)) })
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
