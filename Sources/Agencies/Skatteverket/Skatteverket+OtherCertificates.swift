import AgencyKit
import LifeEvents

/// Certificates of a death beside the one that the register goes by: where that one is withdrawn, as a duplicate, the death
/// rests on the next.
extension Skatteverket {
    var otherCertificates: [River<Self>] {
        [
            River(
                "keep another certificate of the death", hears: DeathCertificate.self, as: Self.register,
                under: [DeathRules.signer],
                mine: [
                    Self.isNew(),
                    Condition("is beside the one that we hold") { state, event in
                        state.death.certificate.holds && state.death.certificate.head?.id != event.id
                    },
                ],
                handle: { state, event, _ in
                    guard state.death.others.count < Self.mostOthers else { return }
                    state.death.others.append(FactChain(event, Self.other(event.data)))
                }),
            River(
                "correct another certificate of the death", hears: DeathCertificate.self, as: Self.register,
                mine: [
                    Condition("corrects one beside the one that we hold") { state, event in
                        state.death.others.contains { event.corrects($0) }
                    }
                ],
                handle: { state, event, effects in
                    guard let place = state.death.others.firstIndex(where: { event.corrects($0) }) else { return }
                    try state.death.others[place].take(event, Self.other(event.data))
                    // The one before it may be withdrawn by now.
                    if !state.death.certificate.holds { Self.takeOther(&state, &effects) }
                }),
            River(
                "withdraw another certificate of the death", hears: Annulled<DeathCertificate>.self,
                as: Self.register,
                handle: { state, event, _ in state.death.others.removeAll { event.annuls($0) } }),
        ]
    }

    /// A death has one certificate, and seldom a copy on paper.
    private static let mostOthers = 8

    private static func other(_ certificate: DeathCertificate) -> Case.OtherCertificate {
        .init(
            date: certificate.deathDate ?? certificate.foundDate, certainty: certificate.certainty,
            isListed: DeathRules.isListed(signer: certificate.signer))
    }

    /// Takes the next certificate in place of the one that is withdrawn.
    /// - Returns: what it says; nil: there is none that says a day.
    static func nextCertificate(_ state: inout Case) -> (date: Day, certainty: DeathCertainty)? {
        for place in state.death.others.indices {
            guard let head = state.death.others[place].head, head.value.isListed, let date = head.value.date else {
                continue
            }
            state.death.others.remove(at: place)
            state.death.certificate = ChainHead(head.id)
            return (date, head.value.certainty)
        }
        return nil
    }

    /// The one that is withdrawn has not been registered: the next is handled anew.
    static func takeOther(_ state: inout Case, _ effects: inout Effects<Timer>) {
        guard let other = nextCertificate(&state), state.death.take(.certified) else { return }
        (state.death.date, state.death.certainty) = (other.date, other.certainty)
        effects.setTimer(
            .death, at: SkatteverketRules.morning(effects.value(of: DeathRules.registration), after: effects.today))
    }
}
