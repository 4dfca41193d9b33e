import AgencyKit
import LifeEvents

/// Pensions are counted anew when another state answers, when income pension changes, and after a review (R12, R13).
extension Pensionsmyndigheten {
    /// Ten working days after another state has answered.
    static func recountGuarantee(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard !state.isDead,
            let place = state.pensions.firstIndex(where: { $0.kind == .guarantee && $0.chain.holds })
        else { return }
        let answered = state.retirement.foreign.filter { $0.stage == .answered }
        let guarantee = state.pensions[place]
        let from = max(answered.compactMap(\.from).max() ?? guarantee.first, guarantee.first)
        let (old, new) = (guarantee.amount(in: from) ?? 0, guaranteeAmount(state, effects))
        state.pensions[place].change(to: new, from: from)
        try effects.publish(
            PensionDecision(
                kind: .guarantee, outcome: .granted, month: from, share: guarantee.share,
                provisional: !state.retirement.pending.isEmpty, concerns: told(state, effects)),
            in: &state.pensions[place].chain, occurredOn: from.firstDay)
        state.retirement.awaitsPayment = true
        let review = PensionRules.reviewDeadline(decided: effects.today, effects.rules)
        let day = SwedishText.day(review)
        if new < old {
            let name = CountryText.name(answered.last?.country ?? "")
            let paid = state.pensions.first { $0.kind == .oldAge }?.paidTo
            var settled = ""
            if let paid, paid >= from, let abroad = state.retirement.foreign.lastIndex(where: { $0.stage == .answered })
            {
                let months = (paid.year - from.year) * 12 + paid.month - from.month + 1
                let country = state.retirement.foreign[abroad].country
                let amount = (old - new) * months
                state.retirement.foreign[abroad].offset = amount
                try effects.publish(
                    OffsetNeed(
                        caseRef: "offset-\(country)", facts: ["withheld"], asked: [AgencyID(.eessi)], country: country,
                        amount: amount), due: effects.next + .minutes(1), purpose: RetirementRules.purpose)
                settled = " Du betalar inte tillbaka: vi gör upp med \(name)."
            }
            try effects.set(
                Tile(
                    .pension, .corrected,
                    "Garantipensionen är rättad från \(PensionRules.text(from)) eftersom \(name) betalar pension.\(settled) "
                        + "Begär omprövning senast \(day)", reviewBy: review))
        } else {
            try effects.set(
                Tile(
                    .pension, .corrected,
                    "Garantipensionen är oförändrad från \(PensionRules.text(from)). Begär omprövning senast \(day)",
                    reviewBy: review))
        }
        let names = Amounts.list(answered.map { CountryText.name($0.country) })
        try recountSupplement(&state, "på grund av pensionen från \(names)", &effects)
        try tellSpouse(&state, &effects)
    }

    /// Somebody is married no longer, or is as before: the guarantee is another (SFB 67:21–24), and the supplement with it.
    static func recount(
        _ state: inout Case, _ code: TileCode, _ why: String, _ effects: inout Effects<Timer>
    ) throws {
        guard !state.isDead else { return }
        let next = Month(of: effects.today).next
        let review = PensionRules.reviewDeadline(decided: effects.today, effects.rules)
        let tail = "Begär omprövning senast \(SwedishText.day(review))"
        if let place = state.pensions.firstIndex(where: { $0.kind == .guarantee && $0.chain.holds }) {
            let from = max(next, state.pensions[place].first)
            let new = guaranteeAmount(state, effects)
            if new != state.pensions[place].amount(in: from) {
                state.pensions[place].change(to: new, from: from)
                try effects.publish(
                    PensionDecision(
                        kind: .guarantee, outcome: .granted, month: from, share: state.pensions[place].share,
                        provisional: !state.retirement.pending.isEmpty, concerns: told(state, effects)),
                    in: &state.pensions[place].chain, occurredOn: from.firstDay)
                state.retirement.awaitsPayment = true
                try effects.set(
                    Tile(
                        .pension, code, "Garantipensionen ändras från \(PensionRules.text(from)) \(why). \(tail)",
                        reviewBy: review))
            }
        } else if state.hasPension(.oldAge), isOfGuideAge(state, in: next, effects),
            try grantGuarantee(&state, from: next, &effects)
        {
            try effects.set(
                Tile(
                    .pension, code,
                    "Du får garantipension från \(PensionRules.text(next)) \(why). \(tail)", reviewBy: review))
        }
        try recountSupplement(&state, why, &effects)
    }

    private static func isOfGuideAge(_ state: Case, in month: Month, _ effects: Effects<Timer>) -> Bool {
        state.birthDate.map { RetirementRules.month(of: PensionRules.guideAge, born: $0, effects.rules) <= month }
            ?? false
    }

    /// A changed fact counts from the next month (E12).
    static func recountSupplement(
        _ state: inout Case, _ why: String, from month: Month? = nil, _ effects: inout Effects<Timer>
    ) throws {
        guard let place = state.pensions.firstIndex(where: { $0.kind == .housingSupplement && $0.chain.holds }) else {
            return
        }
        let from = max(Month(of: effects.today).next, month ?? Month(of: effects.today))
        let new = supplementAmount(state, in: from, effects)
        guard new != state.pensions[place].amount(in: from) else { return }
        state.pensions[place].change(to: new, from: from)
        try effects.publish(
            PensionDecision(
                kind: .housingSupplement, outcome: .granted, month: from, share: 100, concerns: told(state, effects)),
            in: &state.pensions[place].chain, occurredOn: from.firstDay)
        state.supplement.awaitsFirstPayment = true
        let review = PensionRules.reviewDeadline(decided: effects.today, effects.rules)
        try tellSupplement(
            state,
            Tile(
                .housingSupplement, .decided,
                "Bostadstillägget ändras från \(PensionRules.text(from)) \(why). Begär omprövning senast "
                    + "\(SwedishText.day(review))", reviewBy: review), &effects)
    }

    /// The supplement as all that is known makes it in a month, kronor a month.
    static func supplementAmount(_ state: Case, in month: Month, _ effects: Effects<Timer>) -> Int {
        func monthly(_ kind: PensionKind) -> Int {
            state.pensions.first { $0.kind == kind && $0.covers(month) }?.amount(in: month) ?? 0
        }
        return SupplementRules.monthly(
            rent: state.supplement.rent, pension: monthly(.oldAge), capital: state.supplement.capital,
            guarantee: monthly(.guarantee), others: state.supplement.occupational + state.retirement.paidAbroad,
            assets: state.supplement.assets, spouse: state.couple.spouseYearly, on: effects.today, effects.rules)
    }
}
