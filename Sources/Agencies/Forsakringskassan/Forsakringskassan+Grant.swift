import AgencyKit
import LifeEvents

/// Activity grant: told with the programme, applied for month by month, reckoned on what the fund answers, paid on the 26th.
extension Forsakringskassan {
    var grants: [River<Self>] {
        [
            River(
                "follow a programme", hears: LabourProgramme.self, under: [GrantRules.appliedBy.legal],
                mine: [Self.isAlive(LabourProgramme.self)], handle: Self.followLabourProgramme),
            River(
                "take an application for activity grant", hears: BenefitApplication.self,
                under: [GrantRules.appliedBy.legal, GrantRules.asked],
                mine: [
                    Self.isAlive(BenefitApplication.self),
                    Condition("is for activity grant") { _, event in event.data.benefit == .activityGrant },
                ],
                whole: [
                    Condition("is filed by who takes part") { _, event in event.data.filedBy == event.subject },
                    Condition("is of days of one month in a programme") { state, event in
                        let to = event.data.to ?? event.data.from
                        return state.grant.covers(event.data.from) && state.grant.covers(to)
                            && Month(of: event.data.from) == Month(of: to)
                    },
                    Condition("is of days that are over") { _, event in
                        (event.data.to ?? event.data.from) < event.knownOn
                    },
                    Condition("is not applied for already") { state, event in
                        !state.grant.periods.contains {
                            $0.from <= event.data.to ?? event.data.from && event.data.from <= $0.to
                        }
                    },
                ], handle: Self.applyForGrant),
            River(
                "hear what a fund would pay", hears: UnemploymentInsuranceAnswer.self,
                under: [GrantRules.asked, GrantRules.deciding.legal],
                handle: { state, event, effects in
                    guard state.grant.inquiry.take(event) != .notAsked else { return }
                    if event.data.couldQualify ?? false {
                        state.grant.income = event.data.baseIncome ?? 0
                        state.grant.level = event.data.level ?? 0
                        state.grant.used = event.data.usedDays ?? 0
                    }
                    try Self.completeGrant(&state, &effects)
                }),
            River(
                "withhold what a sanction takes", hears: ProgrammeSanction.self, under: [ProgrammeRules.ladder],
                mine: [Condition("takes days in a programme") { $1.data.days > 0 && $0.grant.stage != .none }],
                handle: { state, event, _ in state.grant.withheld += event.data.days }),
            River(
                "note days without a grant", hears: ProgrammeAbsence.self, under: [ProgrammeRules.waiting.legal],
                mine: [Condition("is of who is in a programme") { state, _ in state.grant.stage != .none }],
                handle: { state, event, _ in
                    state.grant.away.append(.init(month: event.data.month, days: event.data.days))
                }),
        ]
    }

    private static func followLabourProgramme(
        _ state: inout Case, _ event: Event<LabourProgramme>, _ effects: inout Effects<Timer>
    ) throws {
        guard event.data.state == .assigned else {
            guard state.grant.stage != .none else { return }
            state.grant.to = event.data.state == .revoked ? event.data.from.adding(days: -1) : event.data.to
            guard event.data.state != .changed else { return }
            let by = grantAppliedBy(Month(of: state.grant.to), effects)
            return try effects.set(
                Tile(
                    .activityGrant, .done,
                    "Programmet slutade \(SwedishText.day(event.data.to)). Ansök om dagar som är kvar senast "
                        + SwedishText.day(by)))
        }
        guard state.grant.take(.assigned) else { return }
        state.grant = .init()
        state.grant.stage = .informed
        (state.grant.from, state.grant.to) = (event.data.from, event.data.to)
        state.grant.fund = event.data.concerns.first { $0.owner == .akassa }
        let by = grantAppliedBy(Month(of: event.data.from), effects)
        try effects.set(
            Tile(
                .activityGrant, .awaitingCitizen,
                "Ansök om aktivitetsstöd för varje månad senast den \(effects.value(of: GrantRules.appliedBy)):e i nästa "
                    + "månad, första gången senast \(SwedishText.day(by)). Annars kommer pengarna en månad senare",
                deadline: by))
    }

    /// Until when a month is applied for.
    private static func grantAppliedBy(_ month: Month, _ effects: Effects<Timer>) -> Day {
        month.next.firstDay.adding(days: effects.value(of: GrantRules.appliedBy) - 1)
    }

    private static func applyForGrant(
        _ state: inout Case, _ event: Event<BenefitApplication>, _ effects: inout Effects<Timer>
    ) throws {
        state.grant.periods.append(
            .init(from: event.data.from, to: event.data.to ?? event.data.from, appliedOn: effects.today))
        setGrantPayday(state, &effects)
        guard state.grant.take(.applied) else { return }
        guard let fund = state.grant.fund else { return try completeGrant(&state, &effects) }
        let by = SwedishCalendar.adding(workingDays: effects.value(of: GrantRules.answer), to: effects.today)
        try effects.ask(
            UnemploymentInsuranceNeed(
                caseRef: state.grant.caseRef, facts: ["usedDays", "baseIncome", "level", "couldQualify"], asked: [fund],
                by: by, from: state.grant.from), for: GrantRules.purpose, in: &state.grant.inquiry)
        effects.setTimer(.grant, at: Stockholm.instant(by, hour: 8))
        try effects.set(
            Tile(
                .activityGrant, .awaitingAgency,
                "Vi har din ansökan om aktivitetsstöd och väntar på uppgifter från a-kassan till \(SwedishText.day(by))",
                other: fund))
    }

    /// All is in, or is no longer waited for.
    private static func completeGrant(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.grant.take(.complete) else { return }
        let day = SwedishCalendar.adding(workingDays: effects.value(of: GrantRules.deciding), to: effects.today)
        effects.setTimer(.grant, at: Stockholm.instant(day, hour: 8))
        try effects.set(
            Tile(
                .activityGrant, .investigating,
                "Alla uppgifter har kommit in. Beslut om aktivitetsstöd väntas \(SwedishText.day(day))", expected: day))
    }

    /// The fund's time has passed, or the grant is decided.
    static func grantDue(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.grant.stage == .complete else {
            state.grant.inquiry.close()
            return try completeGrant(&state, &effects)
        }
        guard !state.death.holds, state.grant.take(.granted) else { return }
        try effects.publish(
            BenefitDecision(
                benefit: .activityGrant, outcome: .granted, from: state.grant.from,
                payees: [Payee(person: effects.subject, share: 100)]), in: &state.grant.decision)
        setGrantPayday(state, &effects)
        let day = grantDay(1, state, on: state.grant.from, effects.rules)
        let by = effects.rules.reviewDeadline(decided: effects.today)
        try effects.set(
            Tile(
                .activityGrant, .decided,
                "Aktivitetsstöd är beviljat: \(InsuranceRules.kronor(day)) per dag från "
                    + "\(SwedishText.day(state.grant.from)). Begär omprövning senast \(SwedishText.day(by))",
                reviewBy: by))
    }

    /// SEK of a day, by its number from the programme's first on.
    private static func grantDay(_ number: Int, _ state: Case, on day: Day, _ rules: RuleValues) -> Int {
        GrantRules.day(
            state.grant.used + number, income: state.grant.income, level: state.grant.level, on: day, rules)
    }

    /// The 26th of the next month where a period was applied for in time, else a month later.
    private static func grantPayday(_ period: Case.ActivityGrant.Period, _ rules: RuleValues) -> Day {
        var month = Month(of: period.to).next
        let last = rules.value(of: GrantRules.appliedBy, on: period.to)
        while period.appliedOn > month.firstDay.adding(days: last - 1) { month = month.next }
        return PayoutDay.nearest.day(rules.value(of: GrantRules.payday, on: period.to), in: month)
    }

    private static func setGrantPayday(_ state: Case, _ effects: inout Effects<Timer>) {
        guard state.grant.stage == .granted,
            let next = state.grant.periods.filter({ !$0.isPaid }).map({ grantPayday($0, effects.rules) }).min()
        else { return }
        effects.setTimer(.grantPayday, at: Stockholm.instant(max(next, effects.today.adding(days: 1))))
    }

    /// A day of payment.
    static func payGrant(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.grant.stage == .granted, !state.death.holds else { return }
        for place in state.grant.periods.indices
        where !state.grant.periods[place].isPaid
            && grantPayday(state.grant.periods[place], effects.rules) <= effects.today
        {
            state.grant.periods[place].isPaid = true
            try payGrant(state.grant.periods[place], &state, &effects)
        }
        setGrantPayday(state, &effects)
    }

    private static func payGrant(
        _ period: Case.ActivityGrant.Period, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        let month = Month(of: period.from)
        let last = min(period.to, state.grant.to)
        let weekdays = period.from <= last ? IntroductionDays.weekdays(period.from, last) : 0
        let away = min(weekdays, state.grant.away.filter { $0.month == month }.reduce(0) { $0 + $1.days })
        state.grant.away.removeAll { $0.month == month }
        let withheld = min(weekdays - away, state.grant.withheld)
        state.grant.withheld -= withheld
        let days = weekdays - away - withheld
        var sum = 0
        for number in 0..<days {
            sum += grantDay(state.grant.paid + number + 1, state, on: period.to, effects.rules)
        }
        state.grant.paid += days
        if sum > 0 {
            try effects.publish(
                InsurancePayment(
                    benefit: .activityGrant, month: month, amount: sum, kind: .paid, payee: effects.subject,
                    paidOn: effects.today))
        }
        var less: [String] = []
        if away > 0 { less.append("\(ProgrammeRules.counted(away)) som du var borta") }
        if withheld > 0 { less.append("\(ProgrammeRules.counted(withheld)) efter Arbetsförmedlingens beslut") }
        let minus = less.isEmpty ? "" : ", minskat med \(Amounts.list(less))"
        let isWhole = period.from == month.firstDay && period.to == month.lastDay
        let name =
            isWhole ? InsuranceRules.monthName(month) : InsuranceRules.period(period.from, period.to)
        guard month < Month(of: state.grant.to) else {
            return try effects.set(
                Tile(
                    .activityGrant, .done,
                    "\(InsuranceRules.kronor(sum)) för \(name) betalas ut \(SwedishText.day(effects.today))\(minus). "
                        + "Programmet är slut och ärendet klart"))
        }
        let by = grantAppliedBy(month.next, effects)
        let next = PayoutDay.nearest.day(effects.value(of: GrantRules.payday), in: month.next.next)
        try effects.set(
            Tile(
                .activityGrant, .ongoing,
                "\(InsuranceRules.kronor(sum)) för \(name) betalas ut \(SwedishText.day(effects.today))\(minus). Ansök om "
                    + "\(InsuranceRules.monthName(month.next)) senast \(SwedishText.day(by))", next: next))
    }
}
