import AgencyKit
import LifeEvents

/// The rules by which programmes and other funds bear on a claim.
enum FundContacts {
    static let programme = LegalRule(
        "UN70", "no benefit for a day in a programme, which is a day of the period all the same", source: "AFF 2:3-7")
    static let other = LegalRule(
        "UN71", "what is left of a period, its level and its ladder follow a member to another fund", source: "ALF 9:3")
    static let gap = DatedRule(
        "fund-gap", "UN72", "between two funds membership goes on where the gap is shorter than", .months,
        [.since(1998, 1, 1, 1)], source: "lag (1997:239) 34 b §")
    static let reclaim = LegalRule(
        "UN73",
        "claimed back is what was paid by wrong facts, by silence about a change, or where the member ought to have seen it",
        source: "ALF 8:1, 10:5")
    static let all: [LegalRule] = [programme, other, gap.legal, reclaim]
}

/// Who is in a programme is paid by Försäkringskassan, which is told what the fund would pay.
extension Akassa {
    var programmes: [River<Self>] {
        [
            River(
                "pay no day in a programme", hears: LabourProgramme.self, under: [FundContacts.programme],
                concerns: { $0.data.concerns.filter { $0.owner == .akassa } },
                mine: [Condition("has a claim") { state, _ in state.claim.stage != .none }],
                handle: Self.followProgramme),
            River(
                "tell Försäkringskassan what the fund would pay", hears: UnemploymentInsuranceNeed.self,
                under: [GrantRules.asked], concerns: { $0.data.asked }, handle: Self.answerInsurance),
        ]
    }

    private static func followProgramme(
        _ state: inout Case, _ event: Event<LabourProgramme>, _ effects: inout Effects<Timer>
    ) throws {
        let data = event.data
        state.claim.programmes.removeAll { $0.from == data.from }
        if data.state != .revoked { state.claim.programmes.append(.init(from: data.from, to: data.to)) }
        _ = try settle(&state, &effects)
        guard state.claim.isRunning, !state.death.holds else { return }
        switch data.state {
        case .assigned:
            let last = data.from.adding(days: -1)
            try effects.set(
                Tile(
                    .unemploymentBenefit, .stopped,
                    "Du är i ett program från \(SwedishText.day(data.from)). Vi betalar till och med "
                        + "\(SwedishText.day(last)), sedan betalar Försäkringskassan efter din ansökan dit",
                    other: AgencyID(.forsakringskassan)))
        case .ended, .revoked:
            guard state.claim.stage != .ending else { return }
            guard state.claim.left(after: data.to) > 0 else {
                guard state.claim.take(.exhausted) else { return }
                return try tellExhausted(Month(of: data.to), &effects)
            }
            let month = Month(of: data.to)
            try effects.set(
                Tile(
                    .unemploymentBenefit, .ongoing,
                    "Programmet är slut. Nästa steg: månadsansökan för \(named(month)) från "
                        + SwedishText.day(month.next.firstDay), next: month.next.firstDay))
        case .changed: break
        }
    }

    private static func answerInsurance(
        _ state: inout Case, _ event: Event<UnemploymentInsuranceNeed>, _ effects: inout Effects<Timer>
    ) throws {
        guard let asker = event.source else { return }
        let ref = event.data.caseRef
        let known = state.claim.programmes.contains { $0.from == event.data.from }
        if let refusal = event.refusal(purpose: GrantRules.purpose, hasCase: known) {
            try effects.publish(
                UnemploymentInsuranceAnswer(caseRef: ref, asker: asker, status: .refused, refusal: refusal),
                purpose: event.purpose)
            return
        }
        guard state.claim.base > 0 else {
            try effects.publish(
                UnemploymentInsuranceAnswer(caseRef: ref, asker: asker, status: .answered, couldQualify: false),
                purpose: event.purpose)
            return
        }
        try effects.publish(
            UnemploymentInsuranceAnswer(
                caseRef: ref, asker: asker, status: .answered, from: state.claim.start,
                usedDays: used(before: event.data.from, state, effects.rules), baseIncome: (state.claim.base + 6) / 12,
                level: state.claim.level, couldQualify: true), purpose: event.purpose)
    }

    /// Days of the period that are used before a day: what is paid, and what months that are not paid yet will take.
    static func used(before day: Day, _ state: Case, _ rules: RuleValues) -> Int {
        let claim = state.claim
        var month = claim.months.last { $0.amount != nil }?.month.next ?? Month(of: claim.start)
        var (used, waiting, withheld) = (claim.used, claim.waitingLeft, claim.withheld)
        while month.firstDay < day {
            let filed =
                claim.months.first { $0.month == month }
                ?? Case.Claim.FiledMonth(month: month, income: 0, hindrances: [])
            let anew = reckon(filed, state, used: used, waiting: waiting, withheld: withheld, owed: 0, rules)
            (used, waiting, withheld) = (used + anew.days, waiting - anew.waiting, withheld - anew.withheld)
            month = month.next
        }
        return used
    }
}
