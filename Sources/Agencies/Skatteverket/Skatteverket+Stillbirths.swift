import AgencyKit
import LifeEvents

/// A child that was stillborn after week 22 is a case with the mother, and no person: nothing is said of it, but for the
/// burial certificate that she asks for (B21, FOL 24 §).
extension Skatteverket {
    var stillbirths: [River<Self>] {
        [
            River(
                "note a stillbirth", hears: StillbirthNotice.self, as: Self.register, under: [BirthRules.stillborn]
            ) { state, event, _ in
                state.stillbirths.append(.init(bornAt: event.data.bornAt))
            },
            River(
                "take a request for a stillborn child's certificate", hears: BurialCertificateFiling.self,
                as: Self.register, under: [BirthRules.stillborn, DeathRules.burialCertificate.legal],
                mine: [
                    Condition("has a stillborn child without a certificate") { state, _ in
                        state.stillbirths.contains { $0.bureau == nil }
                    }
                ],
                whole: [Condition("is filed by the mother") { _, event in event.data.filedBy == event.subject }],
                handle: { state, event, effects in
                    guard let place = state.stillbirths.firstIndex(where: { $0.bureau == nil }) else { return }
                    state.stillbirths[place].bureau = event.data.addressee
                    state.stillbirths[place].kind = event.data.kind
                    effects.setTimer(
                        .stillbirthCertificate,
                        at: SkatteverketRules.morning(
                            effects.value(of: DeathRules.burialCertificate), after: effects.today))
                }),
        ]
    }

    /// The certificate goes to the bureau alone; its subject is the mother, for the child has no key.
    static func certifyStillbirths(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        for place in state.stillbirths.indices where !state.stillbirths[place].certificate.holds {
            guard let bureau = state.stillbirths[place].bureau else { continue }
            try effects.publish(
                BurialCertificate(
                    kind: state.stillbirths[place].kind, validFrom: effects.today, addressee: bureau),
                in: &state.stillbirths[place].certificate)
        }
    }
}

extension SkatteverketCase {
    /// A child that was stillborn.
    struct Stillbirth: Codable, Equatable, Sendable {
        var bornAt: Instant
        /// Which bureau is to have the certificate; nil: nobody has asked for one.
        var bureau: AgencyID?
        var kind = BurialKind.burial
        var certificate = ChainHead()
    }
}
