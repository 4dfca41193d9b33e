import AgencyKit
import LifeEvents

/// A pensioner draws more, less or nothing (R4), and tells what an application lacked (R14).
extension Pensionsmyndigheten {
    var changes: [River<Self>] {
        [
            River(
                "change what is drawn", hears: PensionChange.self, under: [RetirementRules.shares],
                mine: [Condition("has an old-age pension") { state, _ in state.hasPension(.oldAge) && !state.isDead }],
                whole: [
                    Self.filedByPensioner { $0.filedBy },
                    Condition("names a share that is one, and on the right side of what is drawn") { state, event in
                        guard let drawn = state.pensions.first(where: { $0.kind == .oldAge && $0.chain.holds }) else {
                            return false
                        }
                        let share = event.data.share ?? 0
                        switch event.data.kind {
                        case .raise: return [50, 75, 100].contains(share) && share > drawn.share
                        case .lower: return [25, 50, 75].contains(share) && share < drawn.share
                        case .withdraw: return true
                        }
                    },
                ], handle: Self.change),
            River(
                "take what an application lacked", hears: PensionCompletion.self,
                under: [RetirementRules.completion.legal],
                mine: [
                    Condition("has applied for a housing supplement") { state, _ in
                        state.supplement.stage != .none && !state.isDead
                    }
                ],
                whole: [
                    Self.filedByPensioner { $0.filedBy },
                    Condition("tells a sum") { _, event in event.data.amount != nil },
                ], handle: Self.complete),
        ]
    }

    private static func change(
        _ state: inout Case, _ event: Event<PensionChange>, _ effects: inout Effects<Timer>
    ) throws {
        let now = Month(of: effects.today)
        guard event.data.kind == .raise else {
            // Less, or none: the month after at the earliest.
            let from = max(event.data.month, now.next)
            guard event.data.kind == .lower, let share = event.data.share else {
                return try withdraw(from.adding(months: -1), &state, &effects)
            }
            try endSupplement(from.adding(months: -1), &state, &effects)
            return try draw(share, from, &state, &effects)
        }
        try draw(event.data.share ?? 100, max(event.data.month, now), &state, &effects)
    }

    /// Another share from a month on; the guarantee follows it.
    private static func draw(
        _ share: Int, _ from: Month, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        state.retirement.share = share
        for place in state.pensions.indices {
            let kind = state.pensions[place].kind
            guard kind == .oldAge || kind == .guarantee, state.pensions[place].chain.holds else { continue }
            let amount = kind == .oldAge ? oldAgeAmount(state, share: share) : guaranteeAmount(state, effects)
            state.pensions[place].share = share
            state.pensions[place].change(to: amount ?? 0, from: from)
            try effects.publish(
                PensionDecision(
                    kind: kind, outcome: .granted, month: from, share: share, concerns: told(state, effects)),
                in: &state.pensions[place].chain, occurredOn: from.firstDay)
        }
        state.retirement.awaitsPayment = true
        let review = PensionRules.reviewDeadline(decided: effects.today, effects.rules)
        try effects.set(
            Tile(
                .pension, .decided,
                "Du får \(RetirementRules.shareText(share)) allmän pension från \(PensionRules.text(from)). Begär omprövning "
                    + "senast \(SwedishText.day(review))", reviewBy: review))
    }

    /// Guarantee and supplement end with the pension; a new start is a new application.
    private static func withdraw(
        _ last: Month, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        for place in state.pensions.indices where state.pensions[place].kind != .survivor {
            try end(&state.pensions[place], after: last, &effects)
        }
        state.retirement.take(.ended)
        setPayday(state, &effects)
        try effects.set(
            Tile(
                .pension, .stopped,
                "Pensionen är återkallad och betalas till och med \(PensionRules.text(last)). Ansök igen när du vill börja"
            ))
    }

    /// Who draws less than the whole has no supplement.
    private static func endSupplement(
        _ last: Month, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        guard let place = state.pensions.firstIndex(where: { $0.kind == .housingSupplement && $0.chain.holds }) else {
            return
        }
        try end(&state.pensions[place], after: last, &effects)
        try tellSupplement(
            state,
            Tile(
                .housingSupplement, .stopped,
                "Bostadstillägget upphör efter \(PensionRules.text(last)), eftersom du inte tar ut hela pensionen"),
            &effects)
    }

    static func end(
        _ pension: inout Case.Pension, after last: Month, _ effects: inout Effects<Timer>
    ) throws {
        pension.last = last
        try effects.cease(
            PensionDecision(kind: pension.kind, outcome: .granted, month: last, share: pension.share),
            in: &pension.chain, occurredOn: last.lastDay)
    }

    private static func complete(
        _ state: inout Case, _ event: Event<PensionCompletion>, _ effects: inout Effects<Timer>
    ) throws {
        switch event.data.item {
        case .rent: state.supplement.rent = event.data.amount ?? 0
        case .assets: state.supplement.assets = event.data.amount ?? 0
        case .providers:
            guard state.supplement.stage == .decided else {
                state.supplement.own = event.data.amount
                return
            }
            state.supplement.later += event.data.amount ?? 0
            if let since = event.data.from, since.isSilent(until: event.knownOn, effects.rules) {
                return try claimSupplement(&state, since: since, &effects)
            }
            return try recountSupplement(&state, "efter din uppgift om tjänstepension", &effects)
        case .foreign, .payoutAccount: return
        }
        guard state.supplement.stage == .lacking, event.data.item == .rent else { return }
        try beginSupplement(&state, &effects)
    }
}
