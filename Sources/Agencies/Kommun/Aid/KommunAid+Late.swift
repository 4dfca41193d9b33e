import AgencyKit
import LifeEvents

/// What a later question brings to light: a wage that nobody told, a benefit that was other than it was, and whether
/// adults take part in activity (A12, A15).
extension KommunAid {
    /// A wage that the household has not told is counted; it may explain it first.
    static func askAboutWage(_ place: Int, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        let month = state.months[place]
        let wages = month.facts.filter { $0.fact.fact == .wage }.reduce(0) { $0 + ($1.fact.amount ?? 0) }
        guard wages > 0, month.found(effects.rules, aidMonths: 0) > month.declared, !month.isLate else { return }
        state.months[place].isLate = true
        let last = effects.today.adding(days: effects.value(of: AidRules.hearing))
        try tell(
            month.adults, .aidLateIncome, .awaitingCitizen,
            "Skatteverket uppger en lön på \(InsuranceRules.kronor(wages)) som inte står i ansökan. Förklara senast "
                + "\(SwedishText.day(last)). Vi räknar med den för \(month.name).", state, &effects, deadline: last)
    }

    /// What sources said of the months before is held against what they say now.
    static func compareWithMonthBefore(
        _ place: Int, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        let new = state.months[place]
        let first = new.month.adding(months: -3).firstDay
        for older in state.months.indices where state.months[older].month < new.month {
            guard state.months[older].decided ?? 0 > 0 else { continue }
            var less = 0
            var source: AgencyID?
            var isGone = false
            for index in state.months[older].facts.indices.reversed() {
                let old = state.months[older].facts[index]
                guard old.fact.fact == .paid, let amount = old.fact.amount, let day = old.fact.paidOn, day >= first,
                    new.answered.contains(old.fact.source)
                else { continue }
                let now = new.facts.first {
                    $0.person == old.person && $0.fact.source == old.fact.source && $0.fact.fact == .paid
                        && $0.fact.benefit == old.fact.benefit && $0.fact.paidOn == day
                }
                guard now?.fact.amount ?? 0 < amount else { continue }
                less += amount - (now?.fact.amount ?? 0)
                source = old.fact.source
                if let now {
                    state.months[older].facts[index] = now
                } else {
                    isGone = true
                    state.months[older].facts.remove(at: index)
                }
            }
            guard less > 0, let source else { continue }
            state.months[older].declared = max(0, state.months[older].declared - less)
            let month = state.months[older]
            if isGone {
                try tell(
                    month.adults, .aidCalculation, .corrected,
                    "Rättat: \(AidRules.name(source)) har tagit bort en ersättning på \(InsuranceRules.kronor(less)). "
                        + "\(AidRules.capital(month.name)) räknas om utan den.", state, &effects)
            }
            try reckonAgain(older, "rättade uppgifter från \(AidRules.name(source))", &state, &effects)
        }
    }

    /// Who can work takes part: registered, ill, or with a plan.
    static func demandActivity(_ place: Int, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        let month = state.months[place]
        guard effects.value(of: AidRules.activity, on: month.month.firstDay) == 1, !month.hasPlan else { return }
        let without = month.household.adults.filter { adult in
            adult.birthDate.adding(months: 67 * 12) > month.month.firstDay
                && !month.facts.contains {
                    $0.person == adult.person
                        && ($0.fact.fact == .registered || $0.fact.benefit == .sicknessBenefit
                            || $0.fact.benefit == .studyAid || $0.fact.benefit == .parentalBenefit)
                }
        }.map(\.person)
        guard !without.isEmpty else { return }
        state.months[place].waitsForPlan = true
        let day = month.expected ?? effects.today
        try tell(
            without, .aidApplication, .awaitingCitizen,
            "Du behöver en planering för aktivitet. Gör den med oss senast \(SwedishText.day(day)). Annars kan ni bli utan "
                + "bistånd för \(month.name).", state, &effects, deadline: day)
    }
}
