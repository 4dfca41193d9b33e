import AgencyKit
import LifeEvents

extension Forsakringskassan {
    /// Parental benefit on the mother's own case: what a certificate tells before there is a child.
    var pregnancy: [River<Self>] {
        [
            River(
                "tell the mother what she may get", hears: MedicalCertificate.self,
                under: [ChildRules.beforeBirth.legal],
                mine: [
                    Self.isAlive(MedicalCertificate.self),
                    Condition("certifies a pregnancy") { _, event in event.data.certificateType == .pregnancy },
                    Condition("is a new certificate") { _, event in event.isNew },
                    Condition("is not a pregnancy we know") { state, event in
                        state.pregnancy.head == nil || state.pregnancy.head?.value != event.data.expectedDate
                    },
                ],
                whole: [Condition("says when the birth is expected") { $1.data.expectedDate != nil }],
                handle: Self.inform),
            River(
                "follow a corrected certificate", hears: MedicalCertificate.self,
                mine: [
                    Condition("follows the certificate we know") { state, event in
                        !event.isNew && event.follows(state.pregnancy)
                    }
                ],
                handle: { state, event, effects in
                    guard event.change != .ceased else { return try Self.forget(&state, &effects) }
                    guard let expected = event.data.expectedDate else { return }
                    try state.pregnancy.take(event, expected)
                }),
            River(
                "forget an annulled certificate", hears: Annulled<MedicalCertificate>.self,
                mine: [
                    Condition("is the certificate we know") { state, event in event.annuls(state.pregnancy) }
                ],
                handle: { state, _, effects in try Self.forget(&state, &effects) }),
        ]
    }

    private static func inform(
        _ state: inout Case, _ event: Event<MedicalCertificate>, _ effects: inout Effects<Timer>
    ) throws {
        guard let expected = event.data.expectedDate else { return }
        state.pregnancy.adopt(event, expected)
        state.days.born = nil
        let first = SwedishText.day(expected.adding(days: -effects.value(of: ChildRules.beforeBirth)))
        try effects.set(
            Tile(
                .parentalBenefit, .informed,
                "Vi vet att du väntar barn. Föräldrapenning kan betalas från den \(first). Du ansöker när du vill börja"
            ))
    }

    /// Says no more than that the case is closed: why is nobody's concern. Days before a birth that is not expected never
    /// were.
    private static func forget(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        state.pregnancy = FactChain()
        if state.days.born == nil { try annulDays(of: effects.subject, "notValid", &state, &effects) }
        try effects.set(Tile(.parentalBenefit, .stopped, "Ärendet om föräldrapenning är avslutat"))
    }

    /// A mother in grief turns to the agency, and somebody calls (B21); a counsellor who files for her needs a mandate.
    var contact: [River<Self>] {
        [
            River(
                "keep a power of attorney", hears: GrantedMandate.self, under: [ChildRules.call.legal],
                mine: [
                    Condition("is for all, to a person, or changes one we know") { state, event in
                        state.mandates.concerns(event, for: .all)
                    }
                ],
                whole: [
                    Condition("is given by the principal, or declared in force by its holder") { state, event in
                        state.mandates.mayFile(event)
                    }
                ],
                handle: { state, event, _ in try state.mandates.take(event, for: .all) }),
            River(
                "forget a power of attorney", hears: Annulled<GrantedMandate>.self,
                mine: [Condition("is one we know") { state, event in state.mandates.knows(event) }],
                handle: { state, event, _ in try state.mandates.take(event) }),
            River(
                "call back", hears: InsuranceContact.self, under: [ChildRules.call.legal],
                whole: [
                    Condition("is filed by oneself, or by who may act") { state, event in
                        event.data.filedBy == event.subject
                            || state.mandates.mayAct(event.data.filedBy, on: event.knownOn)
                    }
                ],
                handle: { state, event, effects in
                    state.grief = event.data.reason
                    state.grievesSince = state.grievesSince ?? effects.today
                    let day = SwedishCalendar.adding(workingDays: effects.value(of: ChildRules.call), to: effects.today)
                    try effects.set(
                        Tile(
                            .parentalBenefit, .informed,
                            "Försäkringskassan ringer dig, senast den \(SwedishText.day(day))"))
                }),
        ]
    }
}
