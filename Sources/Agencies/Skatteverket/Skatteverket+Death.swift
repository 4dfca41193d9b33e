import AgencyKit
import LifeEvents

/// Deaths: a physician certifies, Skatteverket registers, the surviving spouse becomes a widow.
extension Skatteverket {
    var deathRivers: [River<Skatteverket>] {
        [
            River(
                "take in the death certificate", hears: DeathCertificate.self, as: Self.register,
                mine: [
                    Condition("the death is not reported already") { state, _ in
                        state.death == nil || state.death?.state == .annulled || state.death?.state == .held
                    }
                ],
                whole: [
                    Condition("the person is registered") { state, _ in state.register != nil },
                    Condition("a day of death or of finding is given") { _, event in
                        event.data.deathDate != nil || event.data.foundDate != nil
                    },
                ]
            ) { state, event, effects in
                let certificate = event.data
                guard let date = certificate.deathDate ?? certificate.foundDate else { return }
                let isTrusted = RegisterRules.isTrusted(certificate)
                state.death = SkatteverketCase.Death(
                    state: isTrusted ? .reported : .held, date: date, certainty: certificate.certainty)
                guard isTrusted else { return }
                effects.setTimer(
                    .registerDeath, at: RegisterRules.decision(RegisterRules.deathHandlingDays, after: event.knownOn))
            },
            River(
                "follow a death registered by an officer", hears: Death.self, as: Self.register,
                mine: [Condition("it is news") { state, event in state.death?.head != event.id }]
            ) { state, event, effects in
                effects.cancelTimer(.registerDeath)
                let spouseHead = state.death?.civilStatusOfSpouse
                state.death = SkatteverketCase.Death(
                    state: .registered, date: event.data.deathDate, certainty: event.data.certainty, head: event.id,
                    civilStatusOfSpouse: spouseHead)
            },
            River(
                "undo a death that never was", hears: Annulled<Death>.self, as: Self.register,
                mine: [
                    Condition("it annuls the head of the chain") { state, event in
                        state.death.map { $0.head == event.previous && $0.state == .registered } ?? false
                    }
                ]
            ) { state, event, effects in
                try undoDeath(event.data.reasonCode, &state, &effects)
            },
            River(
                "keep the new civil status", hears: CivilStatusChange.self, as: Self.register,
                mine: [Condition("it is news") { state, event in state.register?.civilStatusHead != event.id }]
            ) { state, event, _ in
                guard var register = state.register else { return }
                register.formerStatus = register.civilStatus
                register.civilStatus = event.data.status
                register.civilStatusHead = event.id
                state.register = register
            },
            River(
                "restore the civil status", hears: Annulled<CivilStatusChange>.self, as: Self.register,
                mine: [
                    Condition("it annuls the head of the chain") { state, event in
                        state.register.map { $0.civilStatusHead != nil && $0.civilStatusHead == event.previous } ?? false
                    }
                ]
            ) { state, _, _ in
                guard var register = state.register else { return }
                register.civilStatus = register.formerStatus ?? register.civilStatus
                register.civilStatusHead = nil
                state.register = register
            },
        ]
    }

    func registerDeath(_ state: inout SkatteverketCase, _ effects: inout Effects<SkatteverketTimer>) throws {
        guard let register = state.register, var death = state.death, death.state == .reported else { return }
        let spouse = survivingSpouse(register)
        let minors = (register.children ?? []).contains { RegisterRules.isMinor(born: $0.birthDate, on: death.date) }
        death.state = .registered
        death.head = try effects.publish(
            Death(
                deathDate: death.date, certainty: death.certainty, municipality: register.municipality,
                hasSpouse: spouse != nil, hasMinorChildren: minors),
            occurredOn: death.date)
        if let spouse {
            death.civilStatusOfSpouse = try effects.publish(
                CivilStatusChange(
                    status: register.civilStatus == .partnership ? .survivingPartner : .widowed, date: death.date,
                    spouse: effects.subject),
                about: spouse, occurredOn: death.date)
        }
        try effects.tile(
            .deathRegistered, .informed,
            "Dödsfallet är registrerat. Myndigheterna vet. Läs Efterlevandeguiden", to: spouse,
            about: effects.subject)
        state.death = death
        effects.cancelTimer(.registerBirth)
        effects.cancelTimer(.decideMove)
        state.move = nil
    }

    /// The spouse, where the marriage lasted until death.
    func survivingSpouse(_ register: SkatteverketCase.Register) -> PersonKey? {
        register.civilStatus == .married || register.civilStatus == .partnership ? register.spouse : nil
    }

    private func undoDeath(
        _ reason: String, _ state: inout SkatteverketCase, _ effects: inout Effects<SkatteverketTimer>
    ) throws {
        guard let register = state.register, let death = state.death else { return }
        let spouse = survivingSpouse(register)
        state.death?.state = .annulled
        if let spouse, let head = death.civilStatusOfSpouse {
            try effects.publish(
                Annulled<CivilStatusChange>(reasonCode: reason), about: spouse, change: .annulled, previous: head)
        }
        try effects.tile(
            .deathRegistered, .corrected, "Rättat: dödsfallet registrerades av misstag", to: spouse,
            about: effects.subject)
        guard state.estate != nil else { return }
        effects.cancelTimer(.inventory)
        effects.cancelTimer(.registerInventory)
        state.estate = nil
        try effects.tile(
            .estateInventory, .corrected, "Rättat: ingen bouppteckning behövs", to: spouse, about: effects.subject)
    }
}
