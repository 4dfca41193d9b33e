public import AgencyKit
public import LifeEvents

/// Pensionsmyndigheten: stops the pension of the dead and finds the survivor, who need not apply.
public struct Pensionsmyndigheten: Agency {
    /// What is remembered of one person.
    public typealias Case = PensionsmyndighetenCase

    /// What the agency waits for.
    public enum Timer: String, CaseIterable, Sendable {
        /// The survivor's pension is decided.
        case decide
        /// The survivor's pension begins to be paid.
        case pay
    }

    /// Whose topics it writes.
    public static let owner = Owner.pensionsmyndigheten

    /// What it publishes.
    public static let publications = [
        Publication(PensionDecision.self), Publication(StatusTile.self),
    ]

    /// The agency.
    public init() {}

    /// What it hears, in the order of a life.
    public var rivers: [River<Self>] {
        [
            River(
                "adopt a pension", hears: PensionDecision.self,
                mine: [
                    Condition("is a new decision") { _, event in event.isNew },
                    Condition("is not one we hold") { state, event in !state.hasPension(event.data.kind) },
                ], handle: Self.adopt),
            River(
                "stop at death", hears: Death.self,
                mine: [
                    Condition("has a pension or may get one") { state, _ in state.isOpen },
                    Condition("follows what we know of the death") { state, event in event.belongs(to: state.death) },
                ], handle: Self.follow),
            River(
                "resume when nobody died", hears: Annulled<Death>.self,
                mine: [
                    Condition("is the death we know") { state, event in
                        event.annuls(state.death) || state.isOpen && event.belongs(to: state.death)
                    }
                ],
                handle: Self.followAnnulment),
            River(
                "find the survivor", hears: CivilStatusChange.self,
                mine: [
                    Condition("is widowed") { _, event in PensionRules.survives(event.data.status) },
                    Condition("is alive") { state, _ in !state.death.holds },
                    Condition("follows what we know of the loss") { state, event in
                        event.follows(state.survivor?.loss)
                    },
                ], handle: Self.findSurvivor),
            River(
                "drop a survivor who is none", hears: CivilStatusChange.self,
                mine: [
                    Condition("is not widowed") { _, event in !PensionRules.survives(event.data.status) },
                    Condition("corrects the loss we know") { state, event in
                        event.corrects(state.survivor?.loss)
                    },
                ],
                handle: { state, _, effects in try Self.drop(&state, "civilStatusCorrected", &effects) }),
            River(
                "drop a survivor of nobody", hears: Annulled<CivilStatusChange>.self,
                mine: [
                    Condition("is the loss we know") { state, event in event.annuls(state.survivor?.loss) }
                ],
                handle: { state, event, effects in try Self.drop(&state, event.data.reasonCode, &effects) }),
        ]
    }

    /// The survivor's pension is decided, and then paid.
    public func due(_ timer: Timer, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        switch timer {
        case .decide: try Self.decide(&state, &effects)
        case .pay: try Self.pay(&state, &effects)
        }
    }
}

// MARK: - Handlers

extension Pensionsmyndigheten {
    static func adopt(_ state: inout Case, _ event: Event<PensionDecision>, _ effects: inout Effects<Timer>) {
        state.pensions.append(Case.Pension(kind: event.data.kind, share: event.data.share, chain: ChainHead(event)))
    }

    /// Acts on what became of the death; an annulment that was here before what it annuls is acted on with that.
    static func follow(_ state: inout Case, _ event: Event<Death>, _ effects: inout Effects<Timer>) throws {
        let former = state.death.head?.value
        switch try state.death.take(event, Month(of: event.data.deathDate)) {
        case .became(let death): try stop(&state, death.value, former, &effects)
        case .annulled: try resume(&state, "deathAnnulled", &effects)
        case .ended, .restored, .collapsed, .superseded, .awaitsPredecessor, .repeated, .notOfChain: break
        }
    }

    static func followAnnulment(
        _ state: inout Case, _ event: Event<Annulled<Death>>, _ effects: inout Effects<Timer>
    ) throws {
        guard case .annulled = try state.death.take(event) else { return }
        try resume(&state, event.data.reasonCode, &effects)
    }

    private static func stop(
        _ state: inout Case, _ last: Month, _ former: Month?, _ effects: inout Effects<Timer>
    ) throws {
        guard last != former else { return }
        for index in state.pensions.indices {
            var pension = state.pensions[index]
            // Another last month: the old end is annulled, so that the chain keeps one end.
            try effects.restore(PensionDecision.self, in: &pension.chain, reason: "deathCorrected")
            try effects.cease(
                PensionDecision(kind: pension.kind, outcome: .granted, month: last, share: pension.share),
                in: &pension.chain, occurredOn: last.lastDay)
            state.pensions[index] = pension
        }
        for timer in Timer.allCases { effects.cancelTimer(timer) }
        let text =
            state.pensions.isEmpty
            ? "Ärendet om efterlevandepension är avslutat" : "Pensionen upphör efter \(SwedishText.month(last))"
        try effects.set(Tile(.stopped, .stopped, text))
    }

    private static func resume(_ state: inout Case, _ reason: String, _ effects: inout Effects<Timer>) throws {
        for index in state.pensions.indices {
            try effects.restore(
                PensionDecision.self, in: &state.pensions[index].chain, reason: reason)
        }
        if let survivor = state.survivor { setTimer(of: survivor, &effects) }
        let what =
            state.pensions.isEmpty ? "ärendet om efterlevandepension fortsätter" : "pensionen betalas ut som förut"
        try effects.set(Tile(.stopped, .corrected, "Rättat: \(what)"))
    }

    static func findSurvivor(
        _ state: inout Case, _ event: Event<CivilStatusChange>, _ effects: inout Effects<Timer>
    ) throws {
        let first = PensionRules.firstMonth(death: event.data.date)
        if var known = state.survivor {
            // A corrected date: what is decided from it is decided anew, the rest only remembers it.
            let isDecidedAnew = known.state != .detected && known.firstMonth != first
            try known.loss.take(event)
            known.firstMonth = first
            state.survivor = known
            if isDecidedAnew { try decide(&state, &effects) }
            return
        }
        let decision = PensionRules.decisionDay(foundOn: effects.today)
        let survivor = Case.Survivor(
            loss: ChainHead(event), firstMonth: first, actsOn: Stockholm.instant(decision, hour: 8))
        state.survivor = survivor
        setTimer(of: survivor, &effects)
        try effects.set(
            Tile(
                .survivorsPension, .investigating,
                "Vi utreder din efterlevandepension. Du behöver inte ansöka. Besked omkring \(SwedishText.shortDay(decision))",
                expected: decision))
    }

    static func decide(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard var survivor = state.survivor else { return }
        var chain = state.pensions.first { $0.kind == .survivor }?.chain ?? ChainHead()
        try effects.publish(
            PensionDecision(kind: .survivor, outcome: .granted, month: survivor.firstMonth, share: 100), in: &chain)
        state.setPension(Case.Pension(kind: .survivor, share: 100, chain: chain))
        survivor.move(to: .decided, actsOn: PensionRules.payment(decided: effects.today, from: survivor.firstMonth))
        state.survivor = survivor
        setTimer(of: survivor, &effects)
        let review = PensionRules.reviewDeadline(decided: effects.today)
        let month = SwedishText.month(survivor.firstMonth)
        try effects.set(
            Tile(
                .survivorsPension, .decided,
                "Beviljad från \(month). Begär omprövning senast \(SwedishText.shortDay(review))", reviewBy: review))
    }

    static func pay(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        state.survivor?.move(to: .paying, actsOn: nil)
        try effects.set(Tile(.survivorsPension, .ongoing, "Efterlevandepensionen betalas ut"))
    }

    static func drop(_ state: inout Case, _ reason: String, _ effects: inout Effects<Timer>) throws {
        state.survivor = nil
        for timer in Timer.allCases { effects.cancelTimer(timer) }
        if var pension = state.removePension(.survivor) {
            try effects.annul(PensionDecision.self, in: &pension.chain, reason: reason)
        }
        try effects.set(
            Tile(
                .survivorsPension, .corrected,
                "Rättat: uppgiften om dödsfallet var fel. Ärendet om efterlevandepension är avslutat"))
    }

    private static func setTimer(of survivor: Case.Survivor, _ effects: inout Effects<Timer>) {
        guard let instant = survivor.actsOn else { return }
        effects.setTimer(survivor.state == .detected ? .decide : .pay, at: instant)
    }
}
