import AgencyKit
import LifeEvents

/// Deaths (dödsfall): a certificate whose signer is known, a registration, and what an officer corrects.
extension Skatteverket {
    var deaths: [River<Self>] {
        [
            River(
                "take a death certificate", hears: DeathCertificate.self, as: Self.register,
                under: [DeathRules.registration.legal, DeathRules.signer, DeathRules.paper.legal],
                mine: [
                    Self.isOpen(),
                    Condition("is new, or corrects one that was not whole") { state, event in
                        event.isNew || event.change == .corrected && state.death.certificate.state == .unknown
                    },
                    Condition("is the first from a listed signer") { state, event in
                        state.death.stage.after(Self.trigger(event.data)) != nil && state.death.stage != .reported
                    },
                ],
                whole: [
                    Self.isRegistered(),
                    Condition("has a day") { _, event in event.data.deathDate ?? event.data.foundDate != nil },
                ], handle: Self.takeCertificate),
            River(
                "register a death that the police tell of", hears: PoliceDeathNotice.self, as: Self.register,
                under: [DeathRules.police],
                mine: [
                    Self.isNew(),
                    Condition("is not a death we hold") { state, _ in state.death.stage.after(.registered) != nil },
                ],
                whole: [Self.isRegistered()], handle: Self.registerPoliceNotice),
            River(
                "correct a death that the police told of", hears: PoliceDeathNotice.self, as: Self.register,
                mine: [Self.corrects(\.death.notice)],
                handle: { state, event, effects in
                    try state.death.notice.take(event)
                    try Self.correct(&state, event.data.deathDate, event.data.certainty, &effects)
                }),
            River(
                "withdraw a death that the police told of", hears: Annulled<PoliceDeathNotice>.self,
                as: Self.register, mine: [Self.annuls(\.death.notice)],
                handle: { state, event, effects in
                    try state.death.notice.take(event)
                    try Self.annulByItsSource(state, &effects)
                }),
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
                    Self.takeOther(&state, &effects)
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
                "end the custody of one who died", hears: Death.self, as: Self.register,
                under: [DeathRules.guardianMissing],
                mine: [
                    Self.isNew(),
                    Condition("is the death we hold") { state, event in state.death.chain.head?.id == event.id },
                ],
                handle: { state, event, effects in
                    try Self.endCustody(of: effects.subject, on: event.data.deathDate, &state, &effects)
                }),
            River(
                "correct a death", hears: Death.self, as: Self.register,
                mine: [Self.corrects(\.death.chain)], handle: Self.correctDeath),
            River(
                "annul a death", hears: Annulled<Death>.self, as: Self.register, under: [DeathRules.annulled],
                mine: [Self.annuls(\.death.chain)], handle: Self.annulDeath),
        ]
    }

    /// What everybody is told of why a death is annulled: whether it was a mistake or a fraud is nobody's but the
    /// register's.
    private static let noMoreThanError = "error"

    private static func trigger(_ certificate: DeathCertificate) -> Case.DeathRecord.Trigger {
        DeathRules.isListed(signer: certificate.signer) ? .certified : .certifiedByUnknown
    }

    private static func takeCertificate(
        _ state: inout Case, _ event: Event<DeathCertificate>, _ effects: inout Effects<Timer>
    ) throws {
        state.death.take(trigger(event.data))
        if event.isNew || state.death.certificate.state == .unknown {
            state.death.certificate.adopt(event)
        } else {
            try state.death.certificate.take(event)
        }
        state.death.date = event.data.deathDate ?? event.data.foundDate
        state.death.certainty = event.data.certainty
        guard state.death.stage == .reported else { return effects.cancelTimer(.death) }
        guard event.isNew || !effects.hasTimer(.death) else { return }
        // A signer on paper is called back first.
        let days = effects.value(of: event.data.channel == .paper ? DeathRules.paper : DeathRules.registration)
        effects.setTimer(.death, at: SkatteverketRules.morning(days, after: event.knownOn))
    }

    /// The police's inquiry needs the body, not the certificate: the death is registered at once.
    private static func registerPoliceNotice(
        _ state: inout Case, _ event: Event<PoliceDeathNotice>, _ effects: inout Effects<Timer>
    ) throws {
        state.death.notice.adopt(event)
        state.death.date = event.data.deathDate
        state.death.certainty = event.data.certainty
        state.death.burial.needsPermit = true
        effects.cancelTimer(.death)
        try registerDeath(&state, &effects)
    }

    /// Registers the death, tells banks of it, the spouse's civil status, and those who settle the estate.
    static func registerDeath(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let date = state.death.date, let municipality = state.register.municipality,
            state.death.take(.registered)
        else { return }
        // Children born since the entry was told, and a parent registered since the birth was, are unknown to the estates'
        // branch.
        let isOtherThanBorn = state.child.isParentLater || !state.child.undone.isEmpty
        let laterParents = isOtherThanBorn ? [state.child.mother, state.child.secondParent] : []
        if state.register.children.map(\.person) != state.register.childrenOfEntry || !laterParents.isEmpty {
            try effects.publish(
                EstateHeirs(
                    parents: laterParents.isEmpty ? nil : laterParents.compactMap(\.self),
                    children: state.register.children.map {
                        RegisteredChild(person: $0.person, birthDate: $0.birthDate, otherParent: $0.otherParent)
                    }))
        }
        try effects.publish(
            fact(state, date, state.death.certainty, municipality), in: &state.death.chain, occurredOn: date)
        try effects.publish(PublicDeath(deathDate: date), in: &state.death.publicChain, occurredOn: date)
        if let spouse = state.register.livingSpouse {
            state.death.spouse = spouse
            try effects.publish(
                statusChange(of: spouse, state, date, effects.subject),
                in: &state.death.spouseChange, about: spouse, occurredOn: date)
        }
        try giveTokens(&state, &effects)
        try tellNextOfKin(state, .informed, registeredText, &effects)
        awaitBurial(&state, died: date, &effects)
        try stopOpenCases(&state, &effects)
    }

    /// The spouse's new status; of who has protected data it tells no relation.
    private static func statusChange(
        of spouse: Subject, _ state: Case, _ date: Day, _ dead: Subject
    ) -> CivilStatusChange {
        CivilStatusChange(
            status: state.register.survivorStatus, date: date,
            spouse: state.register.isProtected(spouse) ? nil : dead)
    }

    private static func fact(
        _ state: Case, _ date: Day, _ certainty: DeathCertainty, _ municipality: String
    ) -> Death {
        let hasMinors = state.register.children.contains {
            SkatteverketRules.isMinor(born: $0.birthDate, on: date)
        }
        // Where the person lived before a move that is decided, something may still go on.
        var concerned: [AgencyID] = []
        for code in [municipality, state.move.decided?.from].compactMap(\.self) {
            guard let kommun = Municipalities.agency(code: code) else { continue }
            for agency in [kommun, kommun.surroundingRegion].compactMap(\.self) where !concerned.contains(agency) {
                concerned.append(agency)
            }
        }
        return Death(
            deathDate: date, certainty: certainty, municipality: municipality,
            hasSpouse: state.register.livingSpouse != nil, hasMinorChildren: hasMinors, concerns: concerned)
    }

    /// The hospital was wrong about what is registered: the register follows at once, and hears itself do so.
    private static func correctRegistered(
        _ state: inout Case, _ event: Event<DeathCertificate>, _ effects: inout Effects<Timer>
    ) throws {
        try state.death.certificate.take(event)
        guard let date = event.data.deathDate ?? event.data.foundDate else { return }
        try correct(&state, date, event.data.certainty, &effects)
    }

    /// Says a registered death anew, where it is another than it was.
    static func correct(
        _ state: inout Case, _ date: Day, _ certainty: DeathCertainty, _ effects: inout Effects<Timer>
    ) throws {
        // What was corrected within this minute is said, and not heard yet.
        let known = state.death.correction
        guard let last = known?.event ?? state.death.chain.head?.id, let municipality = state.register.municipality,
            date != known?.date ?? state.death.date || certainty != known?.certainty ?? state.death.certainty
        else { return }
        let event = try effects.publish(
            fact(state, date, certainty, municipality), occurredOn: date, change: .corrected, previous: last)
        state.death.correction = Case.DeathRecord.Correction(event: event, date: date, certainty: certainty)
    }

    private static func annulRegistered(
        _ state: inout Case, _ event: Event<Annulled<DeathCertificate>>, _ effects: inout Effects<Timer>
    ) throws {
        guard state.death.chain.head != nil else { return }
        try state.death.certificate.take(event)
        if let other = nextCertificate(&state) { return try correct(&state, other.date, other.certainty, &effects) }
        try annulByItsSource(state, &effects)
    }

    /// Annuls the registered death because who told it takes it back.
    private static func annulByItsSource(_ state: Case, _ effects: inout Effects<Timer>) throws {
        guard let last = state.death.correction?.event ?? state.death.chain.head?.id else { return }
        try effects.publish(Annulled<Death>(reasonCode: noMoreThanError), change: .annulled, previous: last)
    }

    private static func tellNextOfKin(
        _ state: Case, _ code: TileCode, _ text: String, _ effects: inout Effects<Timer>
    ) throws {
        // Who was told at the death, and may have died since, is told what becomes of it.
        let kin = state.nextOfKin(of: effects.subject, on: effects.today)
        let told = state.death.told
        for holder in told + kin.filter({ !told.contains($0) }) {
            try effects.set(Tile(.deathRegistered, code, text, about: effects.subject), for: holder)
        }
    }

    /// Nothing goes on that was only for the living; the case keeps it, for the death may be an error.
    private static func stopOpenCases(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        for timer in [Timer.death, .move, .emigration, .control, .missing] { effects.cancelTimer(timer) }
        try closeChildAtDeath(&state, &effects)
    }

    /// A death that an officer registers, or that was before the run: the register's other facts are published beside it.
    private static func adopt(_ state: inout Case, _ event: Event<Death>, _ effects: inout Effects<Timer>) throws {
        state.death.take(.registered)
        state.death.chain.adopt(event)
        state.death.date = event.data.deathDate
        state.death.certainty = event.data.certainty
        try stopOpenCases(&state, &effects)
    }

    private static func correctDeath(
        _ state: inout Case, _ event: Event<Death>, _ effects: inout Effects<Timer>
    ) throws {
        let former = state.death.date
        let date = event.data.deathDate
        try state.death.chain.take(event)
        if state.death.correction?.event == event.id { state.death.correction = nil }
        state.death.date = date
        state.death.certainty = event.data.certainty
        guard former != date else { return }
        if let spouse = state.death.spouse {
            try effects.publish(
                statusChange(of: spouse, state, date, effects.subject),
                in: &state.death.spouseChange, about: spouse, occurredOn: date)
        }
        try effects.publish(PublicDeath(deathDate: date), in: &state.death.publicChain, occurredOn: date)
        try correctCustody(of: effects.subject, on: date, &state, &effects)
        try tellNextOfKin(
            state, .corrected,
            "Dödsdagen är rättad till den \(SwedishText.day(date)). Myndigheterna har fått veta det", &effects)
        if !state.death.burial.isHeld { awaitBurial(&state, died: date, &effects) }
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
        try annulCompanions(&state, reason, &effects)
        try tellNextOfKin(
            state, .corrected,
            "Det var fel: personen är inte längre registrerad som avliden. Myndigheterna har fått veta det", &effects)
        try effects.set(
            Tile(
                .deathRegistered, .corrected,
                "Du är inte längre registrerad som avliden hos Skatteverket. Myndigheterna har fått veta det. "
                    + "Kontrollera bank, e-legitimation och försäkringar"))
        state.death = Case.DeathRecord()
        try resumeOpenCases(&state, &effects)
    }

    /// What was said because of the death was said in error: it is annulled with it.
    private static func annulCompanions(
        _ state: inout Case, _ reason: String, _ effects: inout Effects<Timer>
    ) throws {
        try effects.annul(PublicDeath.self, in: &state.death.publicChain, reason: reason)
        for index in state.death.tokens.indices {
            try effects.annul(GuideToken.self, in: &state.death.tokens[index].chain, reason: reason)
        }
        try restoreCustody(of: effects.subject, reason, &state, &effects)
        try effects.annul(BurialCertificate.self, in: &state.death.burial.certificate, reason: reason)
        if state.death.burial.overdue.holds {
            for holder in state.nextOfKin(of: effects.subject, on: effects.today) {
                try effects.set(
                    Tile(
                        .funeral, .corrected, "Det var fel: ingen begravning behöver ordnas",
                        about: effects.subject), for: holder)
            }
        }
        try effects.annul(BurialOverdue.self, in: &state.death.burial.overdue, reason: reason)
        for timer in [Timer.burial, .overdue] { effects.cancelTimer(timer) }
    }

    private static func resumeOpenCases(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        if let notice = state.move.notice { effects.setTimer(.move, at: notice.decidesOn) }
        if let departure = state.abroad.departure { effects.setTimer(.emigration, at: departure.decidesOn) }
        if let dueOn = state.control.dueOn { effects.setTimer(.control, at: dueOn) }
        if let missingOn = state.control.missingOn { effects.setTimer(.missing, at: missingOn) }
        try resumeChild(&state, &effects)
    }
}
