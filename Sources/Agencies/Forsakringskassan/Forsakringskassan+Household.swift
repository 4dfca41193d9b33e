import AgencyKit
import LifeEvents

/// Which children count in a housing allowance: those of whom the insured has custody and who are registered where the
/// insured is, so where custody is joint with the parent where they are registered (M12). Each child's own case hears where
/// it is and who its guardians are; the insured's case asks it, and is told whenever it is another.
extension Forsakringskassan {
    var households: [River<Self>] {
        [
            River(
                "adopt where somebody is registered", hears: RegisteredHome.self, under: [HousingRules.whoMayGet],
                handle: { state, event, effects in
                    state.residence.start = .init(
                        municipality: event.data.municipality, addressRef: event.data.addressRef)
                    try Self.tellHouseholds(state, left: nil, &effects)
                }),
            River(
                "keep where somebody is registered", hears: Move.self, under: [HousingRules.whoMayGet],
                handle: { state, event, effects in
                    let home = Case.Residence.Home(
                        municipality: event.data.toMunicipality, addressRef: event.data.addressRef,
                        left: event.occurredOn, since: event.data.effectiveDate)
                    guard try state.residence.take(event, home) else { return }
                    try Self.tellHouseholds(
                        state, left: state.residence.home?.left, isCorrection: !event.isNew, &effects)
                }),
            River(
                "keep where somebody is who never moved", hears: Annulled<Move>.self, under: [HousingRules.whoMayGet],
                mine: [Condition("is a move we know") { $0.residence.place(of: $1) != nil }],
                handle: { state, event, effects in
                    try state.residence.take(event)
                    try Self.tellHouseholds(state, left: state.residence.home?.left, isCorrection: true, &effects)
                }),
            River(
                "keep who has left the country, or come back", hears: Deregistration.self,
                under: [HousingRules.whoMayGet],
                handle: { state, event, effects in
                    // Who comes back lives where the entry that is made anew says.
                    let isBack = event.change == .ceased
                    let day = isBack ? event.occurredOn : event.data.from
                    let home = Case.Residence.Home(
                        municipality: event.data.municipality, left: day, since: day, isAbroad: !isBack)
                    guard try state.residence.take(event, home) else { return }
                    try Self.tellHouseholds(
                        state, left: day, isCorrection: event.change == .corrected, &effects)
                }),
            River(
                "keep where somebody is who never left", hears: Annulled<Deregistration>.self,
                under: [HousingRules.whoMayGet],
                mine: [Condition("is a departure we know") { $0.residence.place(of: $1) != nil }],
                handle: { state, event, effects in
                    try state.residence.take(event)
                    try Self.tellHouseholds(state, left: state.residence.home?.left, isCorrection: true, &effects)
                }),
            River(
                "tell whose home a child's is", hears: HouseholdAsked.self, under: [HousingRules.whoMayGet],
                handle: { state, event, effects in
                    if !state.toldHome.contains(event.data.insured) { state.toldHome.append(event.data.insured) }
                    try Self.tellHome(event.data.insured, state, left: nil, isCorrection: false, &effects)
                }),
            River(
                "look anew at an allowance when a child's home is another", hears: HouseholdChild.self,
                under: [HousingRules.whoMayGet],
                handle: Self.hearChild),
        ]
    }

    /// Asks the cases of children that are not known yet.
    static func ask(
        for children: [Subject], _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        for child in children where !state.household.asked.contains(child) {
            state.household.asked.append(child)
            try effects.publish(HouseholdAsked(insured: effects.subject), about: child)
        }
    }

    /// Tells those who have asked for this child.
    static func tellHouseholds(
        _ state: Case, left: Day?, isCorrection: Bool = false, _ effects: inout Effects<Timer>
    ) throws {
        for insured in state.toldHome {
            try tellHome(insured, state, left: left, isCorrection: isCorrection, &effects)
        }
    }

    /// Tells who has asked that custody of this child is another's.
    static func tellHouseholds(
        _ state: Case, ofCustody change: Guardians.Change?, isCorrection: Bool, _ effects: inout Effects<Timer>
    ) throws {
        switch change {
        case .lost(_, let day): try tellHouseholds(state, left: day, isCorrection: isCorrection, &effects)
        case .gained(_, let day):
            // A child that lives elsewhere left when it moved, whoever has custody since.
            let left = state.residence.home?.left.map { max($0, day) }
            try tellHouseholds(state, left: left, isCorrection: isCorrection, &effects)
        case .annulled: try tellHouseholds(state, left: effects.today, isCorrection: isCorrection, &effects)
        case .corrected, nil: break
        }
    }

    private static func tellHome(
        _ insured: Subject, _ state: Case, left: Day?, isCorrection: Bool, _ effects: inout Effects<Timer>
    ) throws {
        let home = state.residence.home
        // Custody is from the birth where nothing else is known [A].
        let born = state.child.birthDate ?? state.guardians.custodies.map(\.from).min()
        try effects.publish(
            HouseholdChild(
                child: effects.subject, hasCustody: state.guardians.mayAct(insured),
                isRegistered: !state.death.holds && home?.isAbroad != true, municipality: home?.municipality,
                addressRef: home?.addressRef, since: home?.since, left: left, isCorrection: isCorrection,
                adultOn: born.map { $0.adding(months: 12 * effects.value(of: HousingRules.adult)) }),
            about: insured)
    }

    private static func hearChild(
        _ state: inout Case, _ event: Event<HouseholdChild>, _ effects: inout Effects<Timer>
    ) throws {
        let child = event.data.child
        state.household.take(event.data)
        // With the end of a death that was none custody comes back, and is told.
        guard !state.death.holds else { return }
        let isTogether = state.livesWith(child)
        if let place = state.household.leavings.lastIndex(where: { $0.child == child }) {
            let leaving = state.household.leavings[place]
            guard isTogether || event.data.isCorrection && event.data.left != leaving.day else { return }
            state.household.leavings.remove(at: place)
            // Who has come back counts again when it is applied for.
            if event.data.isCorrection { try undo(leaving, isMoved: !isTogether, &state, &effects) }
        }
        if !isTogether, let day = event.data.left { try leave(child, on: day, &state, &effects) }
        setHousingTimers(state, &effects)
    }

    /// A child has left the household: the allowance is without it after the month, and ends without any (M12, M14).
    private static func leave(
        _ child: Subject, on day: Day, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        let last = HousingRules.lastDay(left: day)
        guard let place = state.housing.grants.indices.last, let basis = state.housing.grants[place].basis,
            basis.family.contains(child), state.housing.grants[place].last.map({ $0 > last }) ?? true
        else { return }
        state.household.count += 1
        let number = state.household.count
        state.household.leavings.append(
            .init(child: child, number: number, day: day, stage: state.housing.stage))
        try reckon(without: [child], from: Month(of: last).next, by: -number, &state, &effects)
        try considerClaim(
            &state, "men barnet är inte folkbokfört hos dig från den \(SwedishText.day(day)). ",
            ground: .child(number), &effects)
        let review = effects.rules.reviewDeadline(decided: effects.today)
        let appeal = "Begär omprövning senast den \(SwedishText.day(review))"
        let why = "för att barnet inte är folkbokfört hos dig. \(appeal)"
        guard state.housing.stage == .paying, let grant = state.housing.grants.last, grant.chain.holds else {
            guard state.housing.stage == .paying, state.housing.take(.ceased) else { return }
            return try effects.set(
                Tile(
                    .housingAllowance, .decided, "Bostadsbidraget upphör efter \(text(Month(of: last))) \(why)",
                    reviewBy: review))
        }
        try effects.set(
            Tile(
                .housingAllowance, .decided,
                "Bostadsbidraget är \(InsuranceRules.kronor(grant.amount ?? 0)) i månaden från "
                    + "\(text(Month(of: last).next)), \(why)", reviewBy: review))
    }

    /// Ends what is paid and, where children are left, decides it anew without some from a month on.
    /// - Parameter number: what the old decisions have been ended by.
    static func reckon(
        without children: [Subject], fewer: Int = 0, from first: Month, by number: Int, _ state: inout Case,
        _ effects: inout Effects<Timer>
    ) throws {
        guard let place = state.housing.grants.indices.last, var basis = state.housing.grants[place].basis else {
            return
        }
        let former = state.housing.grants[place]
        let left = basis.family.filter { children.contains($0) }
        basis.family.removeAll { children.contains($0) }
        basis.children = max(0, basis.children - left.count - fewer)
        try endGrants(&state, on: first.firstDay.adding(days: -1), by: number, &effects)
        guard basis.children > 0 else { return }
        let start = max(former.from, first.firstDay)
        var grant = Case.HousingAllowance.Grant(
            chain: ChainHead(), from: start, to: former.to, basis: basis, appliedIn: former.appliedIn,
            decidedAfter: state.housing.moves, decidedBy: number,
            amount: effects.housingAllowance(basis, in: Month(of: start)))
        try effects.publish(decision(grant, for: effects.subject), in: &grant.chain)
        state.housing.grants.append(grant)
    }

    /// What a child's move, or the end of custody, has ended holds again.
    private static func undo(
        _ leaving: Case.Household.Leaving, isMoved: Bool, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        let reason = "moveCorrected"
        for place in state.housing.grants.indices where state.housing.grants[place].decidedBy == -leaving.number {
            try effects.annul(BenefitDecision.self, in: &state.housing.grants[place].chain, reason: reason)
        }
        state.housing.grants.removeAll { $0.decidedBy == -leaving.number }
        for place in state.housing.grants.indices where state.housing.grants[place].endedBy == -leaving.number {
            try reopen(&state.housing.grants[place], reason, &effects)
        }
        try withdrawClaims(&state, reason, &effects) { $0.ground == .child(leaving.number) }
        if state.housing.stage == .ended { _ = state.housing.take(.restored(leaving.stage)) }
        guard !isMoved, state.housing.stage == .paying else { return }
        try effects.set(
            Tile(
                .housingAllowance, .corrected,
                "Rättat: barnet är folkbokfört hos dig. Bostadsbidraget betalas ut som förut"))
    }
}
