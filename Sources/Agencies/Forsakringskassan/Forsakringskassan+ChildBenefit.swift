import AgencyKit
import LifeEvents

extension Forsakringskassan {
    /// Child benefit (barnbidrag): comes by itself with the birth, is shared with custody.
    var childBenefit: [River<Self>] {
        [
            River(
                "grant child benefit", hears: Birth.self,
                mine: [
                    Self.isAlive(Birth.self),
                    Condition("is a new birth") { _, event in event.isNew },
                    Condition("has no child benefit") { state, _ in state.child == nil },
                ], handle: Self.grant),
            River(
                "recompute after a corrected birth", hears: Birth.self,
                mine: [
                    Self.isAlive(Birth.self),
                    Condition("corrects the birth we know") { state, event in event.corrects(state.child?.birth) },
                ], handle: Self.recompute),
            River(
                "withdraw what an annulled birth gave", hears: Annulled<Birth>.self,
                mine: [
                    Condition("is the birth we know") { state, event in event.annuls(state.child?.birth) }
                ], handle: Self.withdraw),
            River(
                "share with the other guardian", hears: FamilyRelation.self,
                mine: [
                    Self.isAlive(FamilyRelation.self),
                    Condition("is custody") { _, event in event.data.kind == .custody },
                    Condition("is paid to the mother") { state, _ in state.child != nil },
                    Condition("is not the mother's") { state, event in event.data.holder != state.child?.mother },
                    Condition("holds") { _, event in event.isNew || event.change == .corrected },
                    Condition("follows the custody we know") { state, event in
                        event.follows(state.child?.custody?.chain)
                    },
                ], handle: Self.share),
            River(
                "pay the mother again", hears: Annulled<FamilyRelation>.self,
                mine: [
                    Self.isAlive(Annulled<FamilyRelation>.self),
                    Condition("is the custody we know") { state, event in event.annuls(state.child?.custody?.chain) },
                ], handle: Self.unshare),
        ]
    }

    private static func grant(_ state: inout Case, _ event: Event<Birth>, _ effects: inout Effects<Timer>) throws {
        var child = Case.ChildBenefit(
            mother: event.data.mother, secondParent: event.data.secondParent,
            start: InsuranceRules.monthAfter(event.data.birthDate), birth: ChainHead(event), since: effects.today)
        try effects.publish(child.decision, in: &child.chain)
        state.child = child
        try tell(child, .ongoing, &effects)
    }

    private static func recompute(_ state: inout Case, _ event: Event<Birth>, _ effects: inout Effects<Timer>) throws {
        guard var child = state.child else { return }
        let former = child
        try child.birth.take(event)
        child.mother = event.data.mother
        child.secondParent = event.data.secondParent
        child.start = InsuranceRules.monthAfter(event.data.birthDate)
        if try correct(&child, from: former, since: former.since, &effects) {
            try tell(child, .ongoing, &effects)
            try tellDropped(former, child, &effects)
        }
        state.child = child
    }

    private static func share(
        _ state: inout Case, _ event: Event<FamilyRelation>, _ effects: inout Effects<Timer>
    ) throws {
        guard var child = state.child else { return }
        let former = child
        var chain = child.custody?.chain ?? ChainHead()
        try chain.take(event)
        child.custody = .init(chain: chain, holder: event.data.holder, from: event.data.from)
        if try correct(&child, from: former, since: event.data.from, &effects) {
            try tell(child, .ongoing, &effects)
            try tellDropped(former, child, &effects)
        }
        state.child = child
    }

    private static func unshare(
        _ state: inout Case, _ event: Event<Annulled<FamilyRelation>>, _ effects: inout Effects<Timer>
    ) throws {
        guard var child = state.child else { return }
        let former = child
        child.custody = nil
        // The same day as the sharing: it was wrong from the start.
        if try correct(&child, from: former, since: former.since, &effects) {
            try tell(child, .corrected, &effects)
            try tellDropped(former, child, &effects)
        }
        state.child = child
    }

    /// Corrects the decision if it says something else than before.
    static func correct(
        _ child: inout Case.ChildBenefit, from former: Case.ChildBenefit, since: Day, _ effects: inout Effects<Timer>
    ) throws -> Bool {
        guard child.decision != former.decision, !child.payees.isEmpty else { return false }
        child.since = since
        // What has ended is not corrected: a guardian after nobody gets a decision of their own.
        try effects.publish(child.decision, in: &child.chain, occurredOn: since)
        return true
    }

    static func tell(
        _ child: Case.ChildBenefit, _ code: TileCode, _ effects: inout Effects<Timer>
    ) throws {
        let payees = child.payees
        let month = SwedishText.month(Month(of: child.from))
        let amount = InsuranceRules.kronor(InsuranceRules.childBenefit / payees.count)
        let text =
            payees.count == 1
            ? "Barnbidrag \(amount) i månaden från \(month), den \(InsuranceRules.childBenefitDay):e"
            : "Barnbidrag \(amount) var i månaden från \(month)"
        let next = InsuranceRules.nextChildBenefit(from: child.from, today: effects.today)
        for payee in payees {
            try effects.set(
                Tile(
                    .childBenefit, code, code == .corrected ? "Rättat: \(text)" : text, about: effects.subject,
                    next: next), for: payee.person)
        }
    }

    /// Tells those who were paid and are no longer.
    private static func tellDropped(
        _ former: Case.ChildBenefit, _ child: Case.ChildBenefit?, _ effects: inout Effects<Timer>
    ) throws {
        let payees = child?.payees ?? []
        for payee in former.payees where !payees.contains(where: { $0.person == payee.person }) {
            try effects.set(
                Tile(.childBenefit, .corrected, "Rättat: du får inte barnbidrag för barnet", about: effects.subject),
                for: payee.person)
        }
    }

    private static func withdraw(
        _ state: inout Case, _ event: Event<Annulled<Birth>>, _ effects: inout Effects<Timer>
    ) throws {
        guard var child = state.child else { return }
        let reason = event.data.reasonCode
        try effects.annul(BenefitDecision.self, in: &child.chain, reason: reason)
        try tellDropped(child, nil, &effects)
        try withdrawParental(&state, reason, &effects)
        state.child = nil
    }
}
