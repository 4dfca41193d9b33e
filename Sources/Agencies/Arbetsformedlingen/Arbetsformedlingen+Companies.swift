import AgencyKit
import LifeEvents

/// The rules of support to start a business (stöd till start av näringsverksamhet).
enum StartSupportRules {
    static let who = LegalRule(
        "C16", "no support to who has begun, or is owner, CEO, on the board or signatory",
        source: "arbetsformedlingen.se")
    static let months = DatedRule(
        "start-support", "C16", "support to start a business is given for", .months, [.since(2026, 1, 1, 6)],
        source: "arbetsformedlingen.se")
    static let handling = DatedRule(
        "start-support-handling", "C16", "an application for support is decided in", .workingDays,
        [.since(2026, 1, 1, 5)], source: "none", mark: .assumption)

    /// In the order of their numbers.
    static let all: [LegalRule] = [who, months.legal, handling.legal]
}

/// A job-seeker starts a company, ends the registration, or asks for support.
extension Arbetsformedlingen {
    var companies: [River<Self>] {
        [
            River(
                "tell a job-seeker with a company how to end", hears: CompanyRole.self,
                mine: [
                    Condition("is a new role") { _, event in event.isNew },
                    Condition("is a job-seeker") { state, _ in state.isActive },
                ],
                handle: { state, event, effects in
                    state.companies.append(ChainHead(event))
                    try effects.set(
                        Tile(
                            .employmentService, .informed,
                            "Vi vet att du är med i ett nytt aktiebolag. Slutar du söka arbete? Avsluta inskrivningen här"
                        ))
                }),
            River(
                "forget a company in error", hears: Annulled<CompanyRole>.self,
                mine: [
                    Condition("is one we told of") { state, event in
                        state.companies.contains { event.annuls($0) }
                    }
                ],
                handle: { state, event, effects in
                    state.companies.removeAll { event.annuls($0) }
                    try effects.set(
                        Tile(
                            .employmentService, .corrected,
                            "Rättat: Bolagsverket hade en felaktig uppgift om ett bolag. Din inskrivning är som förut"))
                }),
            River(
                "follow the fund's decision", hears: UnemploymentDecision.self,
                mine: [
                    Condition("decides a claim") { _, event in event.data.kind == .decision }
                ],
                handle: { state, event, _ in
                    try state.benefit.take(
                        event, .init(fund: event.data.fund, from: event.data.from, days: event.data.days))
                }),
            River(
                "know the step of a fund's sanction", hears: UnemploymentDecision.self,
                under: [UnemploymentRules.neglect],
                mine: [Condition("is a sanction") { _, event in event.data.kind == .sanction }],
                handle: { state, event, _ in
                    state.sanctions.removeAll { !event.isNew && event.follows($0) }
                    state.sanctions.append(ChainHead(event))
                }),
            River(
                "forget a sanction in error", hears: Annulled<UnemploymentDecision>.self,
                under: [UnemploymentRules.neglect],
                mine: [
                    Condition("annuls a sanction that we know") { state, event in
                        state.sanctions.contains { event.annuls($0) }
                    }
                ], handle: { state, event, _ in state.sanctions.removeAll { event.annuls($0) } }),
            River(
                "follow a fund's end in error", hears: Annulled<UnemploymentDecision>.self,
                handle: { state, event, _ in try state.benefit.take(event) }),
            River(
                "end at the job-seeker's own wish", hears: RegistrationExit.self,
                mine: [Condition("is a job-seeker") { state, _ in state.isActive }],
                whole: [
                    Condition("is filed by the job-seeker") { _, event in event.data.filedBy == event.subject }
                ], handle: Self.exit),
            River(
                "take an application for support", hears: StartSupportFiling.self,
                under: [StartSupportRules.who, StartSupportRules.handling.legal],
                mine: [Condition("is not handled already") { state, _ in state.supportFrom == nil }],
                whole: [
                    Condition("is filed by the job-seeker") { _, event in event.data.filedBy == event.subject },
                    Condition("is of somebody who is registered") { state, _ in state.isActive },
                ],
                handle: { state, event, effects in
                    state.supportFrom = event.data.from
                    let day = SwedishCalendar.adding(
                        workingDays: effects.value(of: StartSupportRules.handling), to: effects.today)
                    effects.setTimer(.support, at: Stockholm.instant(day, hour: 8))
                    try effects.set(
                        Tile(
                            .employmentService, .received,
                            "Vi har fått ansökan om stöd till start av näringsverksamhet. Besked väntas "
                                + SwedishText.day(day), expected: day))
                }),
        ]
    }

    private static func exit(
        _ state: inout Case, _ event: Event<RegistrationExit>, _ effects: inout Effects<Timer>
    ) throws {
        guard var registration = state.registration else { return }
        let reason: RegistrationReason? =
            switch event.data.reason {
            case .work: .work
            case .study: .study
            case .other: nil
            }
        try effects.cease(
            JobSeekerRegistration(
                from: registration.from, extent: registration.extent, reason: reason, concerns: state.funds),
            in: &registration.chain, occurredOn: event.data.from.adding(days: -1))
        state.registration = registration
        try endProgramme(&state, on: event.data.from.adding(days: -1), &effects)
        let why: String? =
            switch reason {
            case .work where state.companies.isEmpty: "börjar arbeta"
            case .study: "börjar studera"
            default: nil
            }
        if let why {
            return try effects.set(
                Tile(
                    .employmentService, .done,
                    "Du är utskriven från \(SwedishText.day(event.data.from)) eftersom du \(why). Blir du arbetslös igen: "
                        + "skriv in dig första dagen"))
        }
        try effects.set(
            Tile(
                .employmentService, .done,
                "Din inskrivning är avslutad från \(SwedishText.day(event.data.from)). Skriv in dig igen om du behöver söka "
                    + "arbete"))
    }

    static func decideSupport(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let from = state.supportFrom else { return }
        state.supportFrom = nil
        guard state.companies.isEmpty else {
            return try effects.set(
                Tile(
                    .employmentService, .decided,
                    "Stöd till start av näringsverksamhet är avslaget den \(SwedishText.day(effects.today)), för du är redan "
                        + "med i ett bolag. Skälen står i beslutet"))
        }
        let last = from.adding(months: effects.value(of: StartSupportRules.months)).adding(days: -1)
        try effects.set(
            Tile(
                .employmentService, .decided,
                "Du får stöd till start av näringsverksamhet från \(SwedishText.day(from)) till \(SwedishText.day(last))"
            ))
    }
}
