import AgencyKit
import LifeEvents

/// A certificate is sent where the patient wants it, and the region joins the way back to work (S22, S33).
extension Region {
    var releases: [River<Self>] {
        [
            River(
                "send a certificate where the patient wants it", hears: CertificateRelease.self,
                under: [SicknessRules.release], concerns: { [$0.data.region] },
                mine: [
                    Condition("is of a certificate that is not sent there") { state, event in
                        event.isNew
                            && !state.certificates.sent.contains {
                                $0.contentRef == event.data.contentRef && $0.addressee == event.data.addressee
                            }
                    }
                ],
                whole: [
                    Condition("is filed by the patient") { state, event in
                        event.data.filedBy == event.subject
                            || state.godMan.mayAct(event.data.filedBy, .guardRights)
                                && state.godMan.mayAct(event.data.filedBy, .careForPerson)
                    }
                ],
                handle: Self.send),
            River(
                "know of the way back of a patient", hears: RehabilitationStep.self, under: [ChainRules.consent],
                concerns: { $0.data.concerns.filter { $0.owner == .region } },
                handle: { state, event, _ in state.certificates.wayBack = event.data.state }),
        ]
    }

    private static func send(
        _ state: inout RegionCase, _ event: Event<CertificateRelease>, _ effects: inout Effects<Timer>
    ) throws {
        guard isOnStaff(event.data.signer, of: effects.agency) else {
            return try effects.set(
                Tile(
                    .certificate, .awaitingCitizen,
                    "Vi kan inte skicka intyget: läkaren finns inte hos oss. Ring mottagningen")
            )
        }
        try effects.publish(
            MedicalCertificate(
                certificateType: event.data.certificateType, from: event.data.from, to: event.data.to,
                degree: event.data.degree, contentRef: event.data.contentRef, addressee: event.data.addressee,
                replaces: event.data.replaces))
        state.certificates.sent.append(.init(contentRef: event.data.contentRef, addressee: event.data.addressee))
        // What would say the same again is not sent.
        guard !state.certificates.isTold else { return }
        state.certificates.isTold = true
        try effects.set(
            Tile(
                .certificate, .done,
                "Intyget är skickat till Försäkringskassan. Ge själv arbetsgivaren en kopia"))
    }

    /// Whether a signer is in the region's list of staff: its HSA ids have the region's number before the hyphen [A].
    private static func isOnStaff(_ signer: String, of region: AgencyID) -> Bool {
        guard let code = region.code, let prefix = signer.split(separator: "-").first else { return false }
        return prefix.hasPrefix("SE") && prefix.hasSuffix(code)
    }
}

extension RegionCase {
    /// Certificates that were sent where the patient wanted them.
    struct Certificates: CasePart {
        struct Sent: Codable, Equatable, Sendable {
            var contentRef: String
            var addressee: AgencyID
        }

        struct Asked: Codable, Equatable, Sendable {
            var caseRef: String
            var asker: AgencyID
        }

        var sent: [Sent] = []
        var isTold = false
        /// Who has asked what a certificate lacks, in which case.
        var asked: Asked?
        /// Where the way back to work of the patient stands, as far as the patient lets it be told.
        var wayBack: RehabilitationState?
    }
}
