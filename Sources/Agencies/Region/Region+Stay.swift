import AgencyKit
import LifeEvents

/// Stays in hospital and discharge (lag 2017:612): what the staff say, what is planned with the patient's consent, and what a
/// municipality owes that did not receive a ready patient (E1 to E5). The patient alone sees this region's lines.
extension Region {
    static let sip = DatedRule(
        "sip-call", "E2", "a joint plan is called for within so many days of \"ready\"", .days, [.since(2018, 1, 1, 3)],
        source: "lag (2017:612) 4 kap. 1-3 §§")
    static let noClaim = LegalRule(
        "E4", "nothing is claimed without a notice in time, a notice of ready and, where it is due, a call",
        source: "lag (2017:612) 5 kap. 3 and 5 §§")
    static let dayRate = DatedRule(
        "care-day-rate", "E5", "a municipality pays for a day in hospital", .kronor,
        [.since(2019, 1, 1, 7_800), .since(2022, 1, 1, 9_300)],
        source: "HSLF-FS 2018:67; vårdsamverkanskåne.se; 2026 not found", mark: .assumption)
    /// Hours from the admission to the notice.
    static let noticeHours: Int64 = 24

    var stays: [River<Region>] {
        [
            River(
                "follow a stay", hears: Discharge.self,
                under: [
                    Self.sip.legal, Self.noClaim, Self.dayRate.legal, ElderCareRules.payFrom.legal,
                    ElderCareRules.payFromLate.legal,
                ],
                concerns: { [$0.source].compactMap(\.self) },
                mine: [
                    Condition("is the next step of a stay") { state, event in
                        event.isNew && state.stay.stage.after(event.data.state) != nil
                    }
                ], handle: Self.followStay),
            River(
                "take back a notice", hears: Annulled<Discharge>.self,
                mine: [Condition("annuls what was told last") { $1.annuls($0.stay.chain) }],
                handle: { state, _, _ in state.stay = RegionCase.Stay() }),
            River(
                "hear from when the municipality can receive", hears: CareReadiness.self,
                concerns: { [$0.data.addressee] },
                mine: [
                    Condition("is of the stay that we know") { state, event in state.stay.caseRef == event.data.caseRef
                    }
                ],
                handle: { state, event, _ in
                    state.stay.receivedFrom = Stockholm.day(of: event.data.from)
                    state.stay.take(.planningCalled)
                }),
            River(
                "keep a consent", hears: Consent.self, under: [ElderCareRules.plan],
                concerns: { ([$0.data.holder] + $0.data.recipients).filter { $0.owner == .region } },
                mine: [
                    Condition("is new, or changes one we know") { state, event in state.stay.consents.concerns(event) }
                ],
                whole: [Condition("is given by the patient") { _, event in event.data.filedBy == event.subject }],
                handle: { state, event, effects in
                    try state.stay.consents.take(event)
                    guard event.change == .ceased else { return }
                    try effects.set(
                        Tile(
                            .planningMeeting, .informed,
                            "Samtycket är återkallat \(SwedishText.day(effects.today)). Inget mer lämnas till kommunen. Det "
                                + "som redan har lämnats finns kvar där."))
                }),
            River(
                "forget a consent", hears: Annulled<Consent>.self,
                mine: [Condition("is one we know") { state, event in state.stay.consents.concerns(event) }],
                handle: { state, event, _ in state.stay.consents.take(event) }),
            River(
                "tell what was planned", hears: CarePlan.self, under: [ElderCareRules.plan],
                concerns: { [$0.source].compactMap(\.self) },
                mine: [Condition("is an agreed plan") { _, event in event.isNew && event.data.state == .agreed }],
                whole: [
                    Condition("is sent with the patient's consent") { state, event in
                        guard let region = event.source else { return false }
                        return Kommun.named(event.data.municipality).allSatisfy {
                            state.stay.consents.lets(region, to: $0, .careNeeds, on: event.knownOn)
                        }
                    }
                ],
                handle: { _, event, effects in
                    let next = event.data.followUpOn.map {
                        " Vårdcentralen följer upp den \(SwedishText.day($0))."
                    }
                    try effects.set(
                        Tile(
                            .planningMeeting, .done,
                            "Planen blev klar \(SwedishText.day(effects.today)).\(next ?? "")",
                            next: event.data.followUpOn))
                }),
        ]
    }

    private static func followStay(
        _ state: inout RegionCase, _ event: Event<Discharge>, _ effects: inout Effects<Timer>
    ) throws {
        guard state.stay.take(event.data.state) else { return }
        state.stay.chain = ChainHead(event)
        switch event.data.state {
        case .admitted:
            state.stay.caseRef = event.data.caseRef
            state.stay.isNoticedInTime = event.envelope.time <= event.data.at + .hours(noticeHours)
            (state.stay.payFrom, state.stay.readyOn, state.stay.receivedFrom) = (nil, nil, nil)
            (state.stay.isPlanDue, state.stay.calledOn) = (false, nil)
        case .planningCalled:
            state.stay.calledOn = effects.today
            guard let meeting = event.data.meetingAt else { return }
            let local = Stockholm.local(meeting)
            let minute = local.minute < 10 ? "0\(local.minute)" : "\(local.minute)"
            try effects.set(
                Tile(
                    .planningMeeting, .investigating,
                    "Möte om din hemgång \(SwedishText.day(local.day)) kl. \(local.hour).\(minute). Du bestämmer vilka fler "
                        + "som får vara med.", expected: local.day))
        case .ready:
            state.stay.readyOn = effects.today
            state.stay.payFrom = ElderCareRules.firstPaidDay(readyAt: event.envelope.time, effects.rules)
            state.stay.isPlanDue = event.data.sipNeeded == true
        case .withdrawn:
            (state.stay.payFrom, state.stay.readyOn, state.stay.receivedFrom) = (nil, nil, nil)
        case .discharged: try comeHome(&state, event, &effects)
        }
    }

    private static func comeHome(
        _ state: inout RegionCase, _ event: Event<Discharge>, _ effects: inout Effects<Timer>
    ) throws {
        try claim(state, event.data.municipality, &effects)
        guard !state.death.holds else { return }
        try effects.set(
            Tile(
                .aids, .done,
                "Du fick en rollator \(SwedishText.day(effects.today)). Kontakta vårdcentralen om du behöver fler hjälpmedel."
            ))
    }

    /// For each day from the one that the law names to the day before the patient came home (E3, E4).
    private static func claim(
        _ state: RegionCase, _ municipality: String?, _ effects: inout Effects<Timer>
    ) throws {
        let stay = state.stay
        guard stay.isNoticedInTime, let ref = stay.caseRef, let ready = stay.readyOn, let first = stay.payFrom else {
            return
        }
        if stay.isPlanDue {
            let last = ready.adding(days: effects.value(of: sip, on: ready))
            guard let called = stay.calledOn, called <= last else { return }
        }
        // From the day on which it can receive the patient it owes nothing.
        let end = min(stay.receivedFrom ?? .latest, effects.today).adding(days: -1)
        guard first <= end else { return }
        let days = first.distance(to: end) + 1
        try effects.publish(
            CareDayClaim(
                municipality: municipality, caseRef: ref, from: first, to: end, days: days,
                amount: days * effects.value(of: dayRate)))
    }
}

extension RegionCase {
    /// A stay in hospital: ADMITTED → PLANNED → READY → DISCHARGED.
    struct Stay: CasePart {
        enum Stage: String, Codable, Sendable {
            case none, admitted, planned, ready, discharged

            /// Where a step leads; nil: it does nothing here. A call for a meeting moves nothing once the patient is ready.
            func after(_ state: DischargeState) -> Stage? {
                switch (self, state) {
                case (.none, .admitted), (.discharged, .admitted): .admitted
                case (.admitted, .planningCalled): .planned
                case (.ready, .planningCalled): .ready
                case (.admitted, .ready), (.planned, .ready): .ready
                case (.ready, .withdrawn): .admitted
                case (.admitted, .discharged), (.planned, .discharged), (.ready, .discharged): .discharged
                default: nil
                }
            }
        }

        private(set) var stage = Stage.none
        var chain = ChainHead()
        var caseRef: String?
        /// Whether the municipality was told within the hours that the law gives.
        var isNoticedInTime = false
        var readyOn: Day?
        /// From when the municipality pays.
        var payFrom: Day?
        /// Whether a plan has to be called for, and when it was.
        var isPlanDue = false
        var calledOn: Day?
        /// From when the municipality can receive the patient.
        var receivedFrom: Day?
        var consents = KnownConsents()

        init() {}

        /// Moves if the step leads anywhere.
        @discardableResult
        mutating func take(_ state: DischargeState) -> Bool {
            guard let next = stage.after(state) else { return false }
            stage = next
            return true
        }
    }
}
