import AgencyKit
import LifeEvents

/// Deaths (dödsfall): a certificate whose signer is known, a registration, and what an officer corrects.
extension Skatteverket {
    var deaths: [River<Self>] {
        [
            River(
                "take a death certificate", hears: DeathCertificate.self, as: Self.register,
                mine: [
                    Self.isNew(), Self.isOpen(),
                    Condition("is the first from a listed signer") { state, event in
                        state.death.stage.after(Self.trigger(event.data)) != nil && state.death.stage != .reported
                    },
                ],
                whole: [
                    Self.isRegistered(),
                    Condition("has a day") { _, event in event.data.deathDate ?? event.data.foundDate != nil },
                ], handle: Self.takeCertificate),
            River(
                "correct a death certificate", hears: DeathCertificate.self, as: Self.register,
                mine: [
                    Self.corrects(\.death.certificate),
                    Condition("is not registered yet") { state, _ in state.death.stage != .dead },
                ],
                whole: [Condition("has a day") { _, event in event.data.deathDate ?? event.data.foundDate != nil }],
                handle: Self.takeCertificate),
            River(
                "withdraw a death certificate", hears: Annulled<DeathCertificate>.self, as: Self.register,
                mine: [
                    Self.annuls(\.death.certificate),
                    Condition("is not registered yet") { state, _ in state.death.stage != .dead },
                ],
                handle: { state, event, effects in
                    state.death.take(.certificateAnnulled)
                    try state.death.certificate.take(event)
                    effects.cancelTimer(.death)
                }),
            River(
                "correct a registered death by its certificate", hears: DeathCertificate.self, as: Self.register,
                mine: [
                    Self.corrects(\.death.certificate),
                    Condition("is registered") { state, _ in state.death.stage == .dead },
                ],
                whole: [Condition("has a day") { _, event in event.data.deathDate ?? event.data.foundDate != nil }],
                handle: Self.correctRegistered),
            River(
                "annul a registered death by its certificate", hears: Annulled<DeathCertificate>.self,
                as: Self.register,
                mine: [
                    Self.annuls(\.death.certificate),
                    Condition("is registered") { state, _ in state.death.stage == .dead },
                ], handle: Self.annulRegistered),
            River(
                "adopt a death", hears: Death.self, as: Self.register,
                mine: [
                    Self.isNew(),
                    Condition("is not a death we hold") { state, _ in state.death.stage.after(.registered) != nil },
                ], handle: Self.adopt),
            River(
                "correct a death", hears: Death.self, as: Self.register,
                mine: [Self.corrects(\.death.chain)], handle: Self.correctDeath),
            River(
                "annul a death", hears: Annulled<Death>.self, as: Self.register,
                mine: [Self.annuls(\.death.chain)], handle: Self.annulDeath),
        ]
    }

    private static func trigger(_ certificate: DeathCertificate) -> Case.DeathRecord.Trigger {
        SkatteverketRules.isListed(signer: certificate.signer) ? .certified : .certifiedByUnknown
    }

    private static func takeCertificate(
        _ state: inout Case, _ event: Event<DeathCertificate>, _ effects: inout Effects<Timer>
    ) throws {
        state.death.take(trigger(event.data))
        if event.isNew {
            state.death.certificate.adopt(event)
        } else {
            try state.death.certificate.take(event)
        }
        state.death.date = event.data.deathDate ?? event.data.foundDate
        state.death.certainty = event.data.certainty
        guard state.death.stage == .reported else { return effects.cancelTimer(.death) }
        guard event.isNew || !effects.hasTimer(.death) else { return }
        effects.setTimer(
            .death, at: SkatteverketRules.morning(SkatteverketRules.deathHandlingDays, after: event.knownOn))
    }

    /// Registers the death, and the spouse as widowed: who they are stays here.
    static func registerDeath(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let date = state.death.date, let municipality = state.register.municipality,
            state.death.take(.registered)
        else { return }
        try effects.publish(
            fact(state, date, state.death.certainty, municipality), in: &state.death.chain, occurredOn: date)
        if let spouse = state.register.livingSpouse {
            state.death.spouse = spouse
            try effects.publish(
                CivilStatusChange(status: state.register.survivorStatus, date: date, spouse: effects.subject),
                in: &state.death.spouseChange, about: spouse, occurredOn: date)
        }
        try endCustody(of: effects.subject, on: date, &state, &effects)
        try tellNextOfKin(
            state, .informed, "Dödsfallet är registrerat. Myndigheterna vet. Läs Efterlevandeguiden", &effects)
        try stopOpenCases(state, &effects)
    }

    private static func fact(
        _ state: Case, _ date: Day, _ certainty: DeathCertainty, _ municipality: String
    ) -> Death {
        let hasMinors = state.register.children.contains {
            SkatteverketRules.isMinor(born: $0.birthDate, on: date)
        }
        return Death(
            deathDate: date, certainty: certainty, municipality: municipality,
            hasSpouse: state.register.livingSpouse != nil, hasMinorChildren: hasMinors)
    }

    /// The hospital was wrong about what is registered: the register follows at once, and hears itself do so.
    private static func correctRegistered(
        _ state: inout Case, _ event: Event<DeathCertificate>, _ effects: inout Effects<Timer>
    ) throws {
        try state.death.certificate.take(event)
        guard let head = state.death.chain.head, let municipality = state.register.municipality,
            let date = event.data.deathDate ?? event.data.foundDate,
            date != state.death.date || event.data.certainty != state.death.certainty
        else { return }
        try effects.publish(
            fact(state, date, event.data.certainty, municipality), occurredOn: date, change: .corrected,
            previous: head.id)
    }

    private static func annulRegistered(
        _ state: inout Case, _ event: Event<Annulled<DeathCertificate>>, _ effects: inout Effects<Timer>
    ) throws {
        guard let head = state.death.chain.head else { return }
        try state.death.certificate.take(event)
        try effects.publish(
            Annulled<Death>(reasonCode: event.data.reasonCode), change: .annulled, previous: head.id)
    }

    private static func tellNextOfKin(
        _ state: Case, _ code: TileCode, _ text: String, _ effects: inout Effects<Timer>
    ) throws {
        for holder in state.nextOfKin(of: effects.subject, on: effects.today) {
            try effects.set(Tile(.deathRegistered, code, text, about: effects.subject), for: holder)
        }
    }

    /// Nothing goes on that was only for the living; the case keeps it, for the death may be an error.
    private static func stopOpenCases(_ state: Case, _ effects: inout Effects<Timer>) throws {
        for timer in [Timer.death, .parenthood, .move] { effects.cancelTimer(timer) }
        let waits = state.child.stage.after(.parentsKnown) != nil
        let isUnnamed = state.child.stage != .annulled && state.register.identity?.name == nil
        for parent in state.child.parents {
            if waits {
                try effects.set(
                    Tile(.parenthood, .stopped, "Du behöver inte bekräfta föräldraskapet", about: effects.subject),
                    for: parent)
            }
            if isUnnamed {
                try effects.set(
                    Tile(.name, .stopped, "Du behöver inte anmäla namn", about: effects.subject), for: parent)
            }
        }
    }

    /// A death that an officer registers, or that was before the run: the register's other facts are published beside it.
    private static func adopt(_ state: inout Case, _ event: Event<Death>, _ effects: inout Effects<Timer>) throws {
        state.death.take(.registered)
        state.death.chain.adopt(event)
        state.death.date = event.data.deathDate
        state.death.certainty = event.data.certainty
        try stopOpenCases(state, &effects)
    }

    private static func correctDeath(
        _ state: inout Case, _ event: Event<Death>, _ effects: inout Effects<Timer>
    ) throws {
        let former = state.death.date
        let date = event.data.deathDate
        try state.death.chain.take(event)
        state.death.date = date
        state.death.certainty = event.data.certainty
        guard former != date else { return }
        if let spouse = state.death.spouse {
            try effects.publish(
                CivilStatusChange(status: state.register.survivorStatus, date: date, spouse: effects.subject),
                in: &state.death.spouseChange, about: spouse, occurredOn: date)
        }
        try correctCustody(of: effects.subject, on: date, &state, &effects)
        try tellNextOfKin(state, .corrected, "Rättat: dödsdagen är \(SwedishText.day(date))", &effects)
        try correctEstate(&state, &effects)
    }

    private static func annulDeath(
        _ state: inout Case, _ event: Event<Annulled<Death>>, _ effects: inout Effects<Timer>
    ) throws {
        guard state.death.take(.annulled) else { return }
        let reason = event.data.reasonCode
        if let spouse = state.death.spouse {
            try effects.annul(
                CivilStatusChange.self, in: &state.death.spouseChange, about: spouse, reason: reason)
        }
        try restoreCustody(of: effects.subject, reason, &state, &effects)
        let text = "Rättat: dödsfallet var fel registrerat"
        try tellNextOfKin(state, .corrected, text, &effects)
        if !state.nextOfKin(of: effects.subject, on: effects.today).contains(effects.subject) {
            try effects.set(Tile(.deathRegistered, .corrected, text))
        }
        try annulEstate(&state, reason, &effects)
        state.death = Case.DeathRecord()
        try resumeOpenCases(&state, &effects)
    }

    private static func resumeOpenCases(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        if let notice = state.move.notice { effects.setTimer(.move, at: notice.decidesOn) }
        if state.child.stage == .pending { try askParents(&state, &effects) }
        guard state.child.birth.holds, state.register.identity?.name == nil else { return }
        for parent in state.child.parents { try askName(state, parent, &effects) }
    }
}
