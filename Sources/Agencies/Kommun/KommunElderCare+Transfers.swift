import AgencyKit
import LifeEvents

/// A case of elder care is handed over between municipalities with the person's consent (M20, SoL 2025:400 29 kap. 10-11 §§).
extension KommunElderCare {
    var transfers: [River<Self>] {
        [
            River(
                "keep a consent to hand over a case", hears: Consent.self, under: [CareRules.transfer],
                concerns: { ([$0.data.holder] + $0.data.recipients).filter { $0.owner == .kommun } },
                mine: [
                    Condition("lets a case of care be handed over") { _, event in
                        event.data.scope == .careTransfer
                    },
                    Condition("is new, or changes one we know") { state, event in
                        event.isNew || state.consents.contains { event.follows($0.chain) }
                    },
                ],
                whole: [
                    Condition("is given by the person") { _, event in event.data.filedBy == event.subject }
                ], handle: Self.keepConsent),
            River(
                "forget a consent", hears: Annulled<Consent>.self,
                mine: [
                    Condition("is one we know") { state, event in state.consents.contains { event.annuls($0.chain) } }
                ],
                handle: { state, event, effects in
                    state.consents.removeAll { event.annuls($0.chain) }
                    try Self.withdraw(&state, &effects)
                }),
            River(
                "take over a case that is offered", hears: CaseTransfer.self,
                under: [CareRules.transfer, CareRules.deciding.legal],
                concerns: { $0.data.state == .offered ? Kommun.named($0.data.toMunicipality) : [] },
                mine: [
                    Condition("has no application here") { state, _ in state.application == nil && !state.isOpen }
                ],
                handle: { state, event, effects in
                    guard let old = event.data.fromMunicipality else { return }
                    guard state.consents.contains(where: { $0.lets(old, to: effects.municipality, on: effects.today) })
                    else {
                        try effects.publish(
                            CaseTransfer(
                                service: .elderCare, state: .refused, fromMunicipality: old,
                                toMunicipality: effects.municipality))
                        return
                    }
                    try Self.inquire(
                        into: [.homeHelp], from: effects.today, offeredBy: old,
                        "Vi har fått ditt ärende från \(Municipalities.name(code: old)).", &state, &effects)
                }),
            River(
                "keep an offer of a case for whom care is asked for here", hears: CaseTransfer.self,
                under: [CareRules.transfer, ElderCareRules.move],
                concerns: { $0.data.state == .offered ? Kommun.named($0.data.toMunicipality) : [] },
                mine: [
                    Condition("waits for care here") { state, _ in state.care.requests.contains(where: \.isOpen) }
                ],
                handle: { state, event, _ in state.care.offeredBy = event.data.fromMunicipality }),
            River(
                "end the old help when the new begins", hears: CaseTransfer.self,
                under: [CareRules.transfer, CareRules.oldHelp.legal],
                concerns: { $0.data.state == .offered ? [] : Kommun.named($0.data.fromMunicipality) },
                mine: [
                    Condition("has offered the case") { state, event in
                        state.offeredTo != nil && state.offeredTo == event.data.toMunicipality
                    }
                ],
                handle: { state, event, effects in
                    state.offeredTo = nil
                    guard event.data.state == .accepted, let last = state.helpUntil else { return }
                    state.helpUntil = min(last, effects.today)
                    state.isTakenOver = true
                    effects.cancelTimer(.help)
                    try Self.endOldHelp(&state, &effects)
                }),
        ]
    }

    private static func keepConsent(
        _ state: inout Case, _ event: Event<Consent>, _ effects: inout Effects<Timer>
    ) throws {
        let consent = Case.KnownConsent(
            chain: ChainHead(event), holder: event.data.holder, recipients: event.data.recipients,
            until: event.data.until)
        guard let place = state.consents.firstIndex(where: { event.follows($0.chain) && !event.isNew }) else {
            state.consents.append(consent)
            return try offer(&state, &effects)
        }
        try state.consents[place].chain.take(event)
        state.consents[place].recipients = event.data.recipients
        state.consents[place].until = event.data.until
        if event.change == .ceased { try withdraw(&state, &effects) }
    }

    /// Offers the case where the help goes on after a move, and a consent names the new municipality.
    static func offer(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let new = state.movedTo, state.helpUntil != nil, state.offeredTo == nil,
            let consent = state.consents.first(where: { $0.lets(effects.municipality, to: new, on: effects.today) })
        else { return }
        state.offeredTo = new
        try effects.publish(
            CaseTransfer(
                service: .elderCare, state: .offered, fromMunicipality: effects.municipality, toMunicipality: new,
                contentRef: "care-file", consentRef: consent.chain.head.map { "consent-\($0.id)" }))
    }

    /// Without consent nothing that has been handed over is used: the person may apply.
    private static func withdraw(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        state.offeredTo = nil
        guard state.application?.offeredBy != nil else { return }
        state.application = nil
        for timer in [Timer.decide, .start] { effects.cancelTimer(timer) }
        try effects.set(
            Tile(
                .homeHelp, .stopped,
                "Ditt samtycke är återkallat och ärendet avslutat. Ansök i \(effects.place) om du vill ha hjälp hemma"))
    }
}

extension KommunElderCareCase {
    /// A consent of the person's to hand over a case.
    struct KnownConsent: Codable, Equatable, Sendable {
        var chain: ChainHead
        var holder: AgencyID
        var recipients: [AgencyID]
        /// The last day.
        var until: Day?

        /// Whether a case may go from a municipality to another on a day.
        func lets(_ old: String, to new: String, on day: Day) -> Bool {
            chain.holds && [holder] == Kommun.named(old) && Kommun.named(new).allSatisfy(recipients.contains)
                && until.map { day <= $0 } ?? true
        }
    }
}
