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
                    Condition("is beside the one that we hold, and has a day") { state, event in
                        state.death.certificate.holds && state.death.certificate.head?.id != event.id
                            && (event.data.deathDate ?? event.data.foundDate) != nil
                    },
                ],
                handle: { state, event, _ in
                    guard let other = Self.other(event.data), state.death.others.count < Self.mostOthers else { return }
                    state.death.others.append(FactChain(event, other))
                }),
            River(
                "correct another certificate of the death", hears: DeathCertificate.self, as: Self.register,
                mine: [
                    Condition("corrects one beside the one that we hold") { state, event in
                        state.death.others.contains { event.corrects($0) }
                    }
                ],
                handle: { state, event, _ in
                    guard let place = state.death.others.firstIndex(where: { event.corrects($0) }) else { return }
                    guard let other = Self.other(event.data) else {
                        state.death.others.remove(at: place)
                        return
                    }
                    try state.death.others[place].take(event, other)
                }),
            River(
                "withdraw another certificate of the death", hears: Annulled<DeathCertificate>.self,
                as: Self.register,
                handle: { state, event, _ in state.death.others.removeAll { event.annuls($0) } }),
        ]
    }

    /// A death has one certificate, and seldom a copy on paper.
    private static let mostOthers = 8

    private static func other(_ certificate: DeathCertificate) -> Case.OtherCertificate? {
        (certificate.deathDate ?? certificate.foundDate).map {
            .init(
                date: $0, certainty: certificate.certainty,
                isListed: DeathRules.isListed(signer: certificate.signer))
        }
    }

    /// Takes the next certificate in place of the one that is withdrawn.
    static func nextCertificate(_ state: inout Case) -> Case.OtherCertificate? {
        guard let place = state.death.others.firstIndex(where: { $0.head?.value.isListed == true }),
            let head = state.death.others[place].head
        else { return nil }
        state.death.others.remove(at: place)
        state.death.certificate = ChainHead(head.id)
        return head.value
    }

    /// The one that is withdrawn has not been registered: the next is handled anew.
    static func takeOther(_ state: inout Case, _ effects: inout Effects<Timer>) {
        guard let other = nextCertificate(&state), state.death.take(.certified) else { return }
        (state.death.date, state.death.certainty) = (other.date, other.certainty)
        effects.setTimer(
            .death, at: SkatteverketRules.morning(effects.value(of: DeathRules.registration), after: effects.today))
    }
}
