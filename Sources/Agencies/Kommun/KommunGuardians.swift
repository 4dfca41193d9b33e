public import AgencyKit
public import LifeEvents

/// The chief guardian (överförmyndaren): a god man for a minor who shares an estate with its guardian, and the end of a
/// guardianship when the principal dies (föräldrabalken 11, 12 and 15 kap.).
public struct KommunGuardians: Agency {
    /// What is remembered of one minor or principal.
    public typealias Case = KommunGuardianCase

    /// What the branch waits for.
    public enum Timer: String, CaseIterable, Sendable {
        /// A god man is found.
        case appoint = "appoint-god-man"
        /// The other municipality has not answered.
        case transfer = "guardianship-transfer"
        /// A guardianship that is offered is taken over.
        case takeOver = "guardianship-taken-over"
        /// A request for consent is decided.
        case consent
        /// An estate is not divided in time.
        case undivided = "undivided-estate"
        /// The court's question is answered.
        case opinion = "guardian-opinion"
        /// Banks are asked for balances.
        case assets = "guardian-assets"
        /// What has been handed in is looked through.
        case review = "guardian-review"
        /// A year begins.
        case year = "guardian-year"
        /// What is waited for is late.
        case late = "guardian-late"
        /// A child alone is 18.
        case grownUp = "guardianship-grown-up"
    }

    /// Writes `kommun.*`.
    public static var owner: Owner { .kommun }
    /// The branch.
    public static var branch: Branch? { Branch("overformyndare") }
    /// What it publishes.
    public static let publications = [
        Publication(Guardianship.self), Publication(CaseTransfer.self), Publication(GuardianConsent.self),
        Publication(StatusTile.self),
        Publication(GuardianExtract.self), Publication(GuardianFee.self), Publication(MunicipalCaseStatus.self),
        Publication(SuitabilityNeed.self), Publication(AssetsNeed.self), Publication(GuardianOpinionAnswer.self),
        Publication(CandidateChecked.self), Publication(ChiefGuardianTurn.self),
    ]
    /// Until a god man is appointed.
    static let appointing = DatedRule(
        "estate-god-man", "D12", "a god man for a share in an estate is appointed in", .workingDays,
        [.since(1989, 1, 1, 15)], source: "föräldrabalken 11 kap. 2 §", mark: .assumption)
    /// After the principal's death in which a god man accounts.
    static let account = DatedRule(
        "god-man-account", "D30", "a god man accounts after the principal's death within", .months,
        [.since(1995, 7, 1, 1)], source: "föräldrabalken 14 kap. 18 §")
    /// The rules that it goes by.
    public static let rules =
        [
            appointing.legal, capacity.legal, consent.legal, undivided.legal, report.legal, account.legal, moving,
            transferring.legal, EstateRules.unknownHeirs,
            takingOver.legal, ElderCareRules.report, GuardianRules.opinions, GodManConsumer.knows,
        ] + GuardianRules.ofChiefGuardian + [ArrivalRules.alone]

    /// The branch.
    public init() {}

    /// What it hears: minors who inherit, guardianships, deaths of principals.
    public var rivers: [River<Self>] {
        transfers + guardianships + desk + divisions + orders + candidates + accounts
    }

    private var guardianships: [River<Self>] {
        [
            River(
                "find a god man for a minor heir", hears: HeirNotice.self,
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is of an estate that is not known, or corrects what we hold") { state, event in
                        event.isNew
                            ? !state.notices.contains { $0.dead == event.data.dead }
                            : state.notices.contains { event.corrects($0.chain) }
                    }
                ], handle: Self.takeNotice),
            River(
                "stop where nobody died", hears: Annulled<HeirNotice>.self,
                mine: [
                    Condition("annuls what we hold") { state, event in
                        state.notices.contains { event.annuls($0.chain) }
                    }
                ],
                handle: { state, event, effects in
                    state.notices.removeAll { event.annuls($0.chain) }
                    // In another estate the guardian may have a share beside the child all the same.
                    guard !state.notices.contains(where: \.guardianIsPartner) else { return }
                    effects.cancelTimer(.appoint)
                    try Self.leaveQueue(&state, &effects)
                    try Self.stopDivision(&state, &effects)
                    guard state.isForEstate else { return }
                    try effects.annul(Guardianship.self, in: &state.chain, reason: event.data.reasonCode)
                    state.holder = nil
                }),
            River(
                "adopt a guardianship", hears: Guardianship.self,
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is a new one that we have not said") { state, event in
                        event.isNew && !state.chain.holds
                    }
                ],
                handle: { state, event, effects in
                    state.chain.adopt(event)
                    state.fact = event.data
                    state.holder = event.data.holder
                    state.isForEstate = event.data.scope == [.estateShare]
                    effects.cancelTimer(.appoint)
                    if state.isForEstate { Self.awaitDivision(&effects) }
                    Self.awaitMajority(event.data, &effects)
                }),
            River(
                "note that somebody needs a representative", hears: GuardianReport.self,
                under: [ElderCareRules.report], concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is new, or ends what was reported") { state, event in event.follows(state.report) }
                ],
                handle: { state, event, _ in try state.report.take(event) }),
            // Nothing follows from other copies: which partner needs a god man is told by a notice of its own.
            River(
                "find a god man for heirs who are not known", hears: EstateInventory.self,
                under: [EstateRules.unknownHeirs],
                concerns: { ($0.data.concerns ?? []).filter { $0.owner == .kommun } },
                mine: [
                    Condition("has heirs who are not known, as we have not heard yet") { state, event in
                        event.isNew && event.data.unknownHeirs == true && !state.inventory.holds
                    }
                ],
                handle: { state, event, effects in
                    state.inventory.adopt(event)
                    if effects.value(of: Self.capacity) > 0 { return try Self.queue(&state, &effects) }
                    Self.find(from: effects.today, &effects)
                }),
            River(
                "find nobody for heirs of one who lives", hears: Annulled<EstateInventory>.self,
                mine: [Condition("annuls what we hold") { state, event in event.annuls(state.inventory) }],
                handle: { state, event, effects in
                    try state.inventory.take(event)
                    effects.cancelTimer(.appoint)
                    try Self.leaveQueue(&state, &effects)
                    try effects.annul(Guardianship.self, in: &state.chain, reason: event.data.reasonCode)
                    state.holder = nil
                }),
            River(
                "end a guardianship at death", hears: Death.self, concerns: { Kommun.concerned(by: $0.data) },
                handle: Self.end),
            River(
                "restore a guardianship when nobody died", hears: Annulled<Death>.self, handle: Self.restore),
        ]
    }

    private static func takeNotice(
        _ state: inout Case, _ event: Event<HeirNotice>, _ effects: inout Effects<Timer>
    ) throws {
        let isSought = event.isNew && state.notices.contains(where: \.guardianIsPartner)
        if let place = state.notices.firstIndex(where: { event.corrects($0.chain) }) {
            try state.notices[place].chain.take(event)
            state.notices[place].guardianIsPartner = event.data.guardianIsPartner
        } else {
            state.notices.append(
                .init(
                    dead: event.data.dead, guardianIsPartner: event.data.guardianIsPartner, chain: ChainHead(event)))
        }
        // A guardian who has no share of its own acts for the child. One god man is sought, for all the child's shares.
        guard event.data.guardianIsPartner, !state.chain.holds, !isSought else { return }
        if effects.value(of: Self.capacity) > 0 { return try queue(&state, &effects) }
        find(from: effects.today, &effects)
    }

    /// A god man is found some days after the office has begun to look for one.
    static func find(from day: Day, _ effects: inout Effects<Timer>) {
        effects.setTimer(
            .appoint,
            at: KommunRules.morning(
                SwedishCalendar.adding(workingDays: effects.value(of: Self.appointing), to: day)))
    }

    /// A god man is appointed, a request is decided, an estate is not divided in time, a guardianship is taken over or kept.
    public func due(_ timer: Timer, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        switch timer {
        case .appoint: try Self.appoint(&state, &effects)
        case .consent: try Self.consent(&state, &effects)
        case .undivided: try Self.askForReport(&state, &effects)
        case .transfer: try Self.keep(&state, &effects)
        case .opinion: try Self.giveOpinion(&state, &effects)
        case .assets: try Self.askBanks(&state, &effects)
        case .review: try Self.review(&state, &effects)
        case .year: try Self.beginYear(&state, &effects)
        case .late: try Self.remind(&state, &effects)
        case .grownUp: try Self.end(.ended, &state, &effects)
        case .takeOver: try Self.accept(&state, &effects)
        }
    }

    private static func appoint(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard !state.chain.holds else { return }
        let fact = Guardianship(
            holder: lawyer, kind: .special, scope: [.estateShare], capacity: .full, from: effects.today,
            municipality: effects.agency.code, caseRef: "estate-share", concerns: [AgencyID(.skatteverket)])
        try effects.publish(fact, in: &state.chain)
        state.fact = fact
        state.holder = fact.holder
        state.isForEstate = true
        awaitDivision(&effects)
    }

    /// Somebody on the chief guardian's list: no person of a scenario.
    private static let lawyer = Subject(seed: 0, scenario: "overformyndare", case: "", name: "god-man")

    private static func end(
        _ state: inout Case, _ event: Event<Death>, _ effects: inout Effects<Timer>
    ) throws {
        guard case .became(let death) = try state.death.take(event, event.data.deathDate), state.chain.holds,
            var fact = state.fact, let holder = state.holder
        else { return }
        fact.reason = .death
        try effects.cease(fact, in: &state.chain, occurredOn: death.value)
        for timer in [Timer.consent, .undivided] { effects.cancelTimer(timer) }
        try endExtracts(&state, &effects)
        stopSupervision(&state, &effects)
        try askForAccount(of: holder, &state, &effects)
    }

    private static func restore(
        _ state: inout Case, _ event: Event<Annulled<Death>>, _ effects: inout Effects<Timer>
    ) throws {
        guard case .annulled = try state.death.take(event) else { return }
        state.awaitsAccount = false
        guard try effects.restore(Guardianship.self, in: &state.chain, reason: event.data.reasonCode),
            let holder = state.holder
        else { return }
        try effects.set(
            Tile(
                .yearlyAccount, .corrected, "Det var fel: dödsfallet har inte inträffat. Uppdraget gäller som förut",
                about: effects.subject), for: holder)
    }
}

/// What the chief guardian remembers of one minor or principal.
public struct KommunGuardianCase: AgencyCase {
    /// What has been told of the child's share of an estate.
    struct Notice: Codable, Equatable, Sendable {
        var dead: Subject
        var guardianIsPartner: Bool
        var chain: ChainHead
    }

    /// One for each estate, in the order in which they came.
    var notices: [Notice] = []
    /// The inventory of the person's estate that told of heirs who are not known.
    var inventory = ChainHead()
    var chain = ChainHead()
    var fact: Guardianship?
    var holder: Subject?
    /// Whether the god man is for a share in an estate alone.
    var isForEstate = false
    @Part var death: FactChain<Day>
    @Part var transfer: Transfer
    /// Who has custody, of a minor.
    @Part var guardians: Guardians
    @Part var division: Division
    @Part var supervision: Supervision
    /// What social services have reported.
    @Part var report: ChainHead
    /// Whether a final account is asked for.
    var awaitsAccount = false
    /// Whether a turn at the office's desk is waited for.
    var isQueued = false
    /// Of the desk: for whom a god man is to be looked for.
    @Part var queue: OfficeQueue

    /// Nothing.
    public init() {}
}
