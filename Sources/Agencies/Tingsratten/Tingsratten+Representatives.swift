import AgencyKit
import LifeEvents

/// A god man or an administrator is asked for: who may apply, what the principal says, what the chief guardian and social
/// services say, and the order (FB 11 kap., G1 to G6, G16).
extension Tingsratten {
    var representatives: [River<Self>] {
        [
            River(
                "take an application for a representative", hears: GuardianApplication.self,
                under: [GuardianRules.applicant, GuardianRules.reform, GuardianRules.view.legal],
                mine: [Condition("has no application in hand") { state, _ in !state.order.isOpen }],
                whole: [
                    Condition("is filed by the principal, or by who is near as the certificate says (FB 11:15)") {
                        _, event in
                        event.data.filedBy == event.subject
                            || event.data.relation != nil && event.data.relation != .oneself
                    },
                    Condition("is one that the court decides, not the chief guardian") { _, event in
                        event.knownOn < GuardianRules.reformDay || event.data.kind == .forvaltare
                    },
                ], handle: Self.takeApplication),
            River(
                "take the principal's statement", hears: GuardianStatement.self, under: [GuardianRules.consent],
                mine: [
                    Condition("is waited for") { state, event in
                        state.order.stage == .filed || state.order.stage == .completing
                    }
                ],
                whole: [
                    Condition("is filed by the principal") { _, event in event.data.filedBy == event.subject }
                ], handle: Self.takeStatement),
            River(
                "take a certificate", hears: CertificateAnswer.self, under: [GuardianRules.consent],
                handle: { state, event, effects in
                    guard case .complete = state.order.inquiry.take(event), event.data.contentRef != nil else { return }
                    state.order.hasCertificate = true
                    effects.cancelTimer(.certificate)
                    try Self.askOpinions(&state, &effects)
                }),
            River(
                "take an opinion", hears: GuardianOpinionAnswer.self, under: [GuardianRules.opinions],
                mine: [
                    Condition("is of what we have asked") { state, event in
                        state.order.stage == .asked && state.order.caseRef == event.data.caseRef
                            && !state.order.opinions.contains { $0.branch == event.data.branch }
                    }
                ], handle: Self.takeOpinion),
            River(
                "take an appeal of an order", hears: CourtAppeal.self, under: [GuardianRules.appeal.legal],
                mine: [
                    Condition("is of the decision we have told") { state, event in
                        state.order.stage == .decided && state.order.reference == event.data.decisionRef
                    }
                ],
                whole: [
                    Condition("is filed by the principal, who applied, or who was appointed") { state, event in
                        event.data.filedBy == event.subject || event.data.filedBy == state.order.applicant
                            || event.data.filedBy == state.order.proposed
                    },
                    Condition("is in time") { state, event in
                        state.order.appealBy.map { event.knownOn <= $0 } ?? false
                    },
                ],
                handle: { state, _, effects in
                    try Self.tell(
                        state, .guardianDecision, .underReview,
                        "Beslutet är överklagat \(SwedishText.day(effects.today)). Det gäller medan hovrätten prövar det.",
                        &effects)
                }),
        ]
    }

    private static func takeApplication(
        _ state: inout Case, _ event: Event<GuardianApplication>, _ effects: inout Effects<Timer>
    ) throws {
        state.order = Case.Order()
        state.order.stage = .filed
        state.order.caseRef = "\(event.data.kind.rawValue)-\(effects.today)"
        state.order.applicant = event.data.filedBy
        state.order.kind = event.data.kind
        state.order.scope = event.data.scope
        state.order.proposed = event.data.proposed
        state.order.municipality = event.data.municipality
        state.order.hasCertificate = event.data.certificateRef != nil
        let decision = SwedishCalendar.lastDayMoved(effects.today.adding(days: effects.value(of: GuardianRules.court)))
        state.order.decidesOn = decision
        effects.setTimer(.decide, at: Stockholm.instant(decision, hour: 8))
        let what = event.data.kind == .forvaltare ? "förvaltare" : "god man"
        let view = GuardianRules.last(effects.value(of: GuardianRules.view), from: effects.today)
        let received =
            "Ansökan om \(what) kom in till tingsrätten \(SwedishText.day(effects.today)). Beslut väntas omkring "
            + "\(SwedishText.day(decision))."
        guard event.data.filedBy != effects.subject else {
            try effects.set(Tile(.guardianApplication, .received, received, expected: decision))
            return try consent(&state, &effects)
        }
        effects.setTimer(.statement, at: Stockholm.instant(view.adding(days: 1)))
        try effects.set(
            Tile(.guardianApplication, .received, received, about: effects.subject, expected: decision),
            for: event.data.filedBy)
        try effects.set(
            Tile(
                .guardianApplication, .awaitingCitizen,
                "En anhörig har ansökt om \(what) för dig. Säg vad du tycker senast \(SwedishText.day(view)). Annars ringer "
                    + "tingsrätten dig.", deadline: view))
    }

    private static func takeStatement(
        _ state: inout Case, _ event: Event<GuardianStatement>, _ effects: inout Effects<Timer>
    ) throws {
        guard event.data.stance == .opposes else { return try consent(&state, &effects) }
        if state.order.kind == .forvaltare { return try needCertificate(&state, &effects) }
        // Against the principal's will there is no god man (FB 11:4).
        try refuse("för att du inte samtycker", "för att den som ansökan gäller inte samtycker", &state, &effects)
    }

    private static func consent(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        effects.cancelTimer(.statement)
        if state.order.kind == .forvaltare { return try needCertificate(&state, &effects) }
        try askOpinions(&state, &effects)
    }

    /// The principal has said nothing: the state may be why, which a certificate has to say.
    static func needCertificate(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        effects.cancelTimer(.statement)
        if state.order.hasCertificate { return try askOpinions(&state, &effects) }
        state.order.stage = .completing
        let last = SwedishCalendar.lastDayMoved(effects.today.adding(days: effects.value(of: GuardianRules.missing)))
        effects.setTimer(.certificate, at: Stockholm.instant(last.adding(days: 1)))
        let region = state.order.municipality.flatMap { Regions.agency(municipality: $0) }
        try effects.ask(
            GuardianOpinionNeed(
                caseRef: state.order.caseRef, facts: ["contentRef"], asked: region.map { [$0] } ?? [], by: last,
                scope: state.order.scope), for: GuardianRules.guardianship, in: &state.order.inquiry)
        guard let applicant = state.order.applicant else { return }
        try effects.set(
            Tile(
                .guardianApplication, .awaitingCitizen,
                "Läkarintyg saknas. Lämna in det senast \(SwedishText.day(last)). Annars avvisas ansökan.",
                about: applicant == effects.subject ? nil : effects.subject, deadline: last), for: applicant)
    }

    static func dismiss(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.order.stage == .completing else { return }
        try refuse("för att läkarintyg saknas", "för att läkarintyg saknas", &state, &effects)
    }

    private static func askOpinions(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        state.order.stage = .asked
        let by = SwedishCalendar.lastDayMoved(effects.today.adding(months: 1))
        let place = state.order.municipality.map { Municipalities.name(code: $0) } ?? ""
        try effects.publish(
            GuardianOpinionNeed(
                caseRef: state.order.caseRef, facts: ["needed", "scope", "suitable"],
                asked: Kommun.named(state.order.municipality), by: by, scope: state.order.scope,
                proposed: state.order.proposed), purpose: GuardianRules.guardianship)
        try tell(
            state, .guardianApplication, .awaitingAgency,
            "Tingsrätten väntar på överförmyndaren och socialtjänsten i \(place) sedan \(SwedishText.day(effects.today)). De "
                + "ska svara senast \(SwedishText.day(by)).", &effects)
    }

    private static func takeOpinion(
        _ state: inout Case, _ event: Event<GuardianOpinionAnswer>, _ effects: inout Effects<Timer>
    ) throws {
        state.order.opinions.append(
            .init(
                branch: event.data.branch, isNeeded: event.data.needed ?? true, isSuitable: event.data.suitable ?? true)
        )
        guard state.order.opinions.count == OpinionBranch.allCases.count, let decision = state.order.decidesOn else {
            return
        }
        try tell(
            state, .guardianApplication, .investigating,
            "Alla har svarat \(SwedishText.day(effects.today)). Tingsrättens beslut väntas omkring "
                + "\(SwedishText.day(decision)).", &effects)
    }

    /// The order, which holds at once, also under appeal (FB 20:8).
    static func decide(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.order.stage == .asked, let kind = state.order.kind else { return }
        if state.order.opinions.contains(where: { !$0.isNeeded }) {
            return try refuse(
                "för att behovet tillgodoses på annat sätt", "för att behovet tillgodoses på annat sätt", &state,
                &effects)
        }
        let today = effects.today
        let last = GuardianRules.last(effects.value(of: GuardianRules.appeal), from: today)
        let holder = state.order.opinions.contains { !$0.isSuitable } ? nil : state.order.proposed
        state.order.stage = .decided
        state.order.appealBy = last
        state.order.reference = "\(kind.rawValue)-\(today)"
        try effects.publish(
            GuardianOrder(
                change: .ordered, kind: kind, scope: state.order.scope, holder: holder, from: today, appealBy: last,
                capacity: kind == .forvaltare ? .limited : .full, municipality: state.order.municipality),
            in: &state.order.chain)
        if kind == .forvaltare {
            try effects.publish(
                PublicNotice(kind: .forvaltare, change: .ordered, from: today, limits: state.order.scope))
        }
        try effects.publish(CourtCaseStatus(caseRef: state.order.caseRef, matter: .guardianship, state: .decided))
        let what = kind == .forvaltare ? "förvaltare" : "god man"
        try tell(
            state, .guardianDecision, .decided,
            "Tingsrätten beslutade om \(what) \(SwedishText.day(today)). Beslutet gäller genast. Överklaga senast "
                + "\(SwedishText.day(last)) om du inte är nöjd.", &effects)
    }

    private static func refuse(
        _ why: String, _ whyToOthers: String, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        for timer in [Timer.statement, .certificate, .decide] { effects.cancelTimer(timer) }
        let last = GuardianRules.last(effects.value(of: GuardianRules.appeal), from: effects.today)
        state.order.stage = .refused
        try effects.publish(CourtCaseStatus(caseRef: state.order.caseRef, matter: .guardianship, state: .closed))
        let day = SwedishText.day(effects.today)
        func text(_ why: String) -> String {
            "Tingsrätten avslog ansökan \(day), \(why). Överklaga senast \(SwedishText.day(last)) om du inte är nöjd."
        }
        try effects.set(Tile(.guardianDecision, .decided, text(why), reviewBy: last))
        guard let applicant = state.order.applicant, applicant != effects.subject else { return }
        try effects.set(
            Tile(.guardianDecision, .decided, text(whyToOthers), about: effects.subject, reviewBy: last), for: applicant
        )
    }

    /// A line on the principal's page and on that of who applied.
    private static func tell(
        _ state: Case, _ name: TileName, _ code: TileCode, _ text: String, _ effects: inout Effects<Timer>
    ) throws {
        let day = name == .guardianDecision ? state.order.appealBy : nil
        let reviewBy = code == .decided ? day : nil
        try effects.set(Tile(name, code, text, reviewBy: reviewBy))
        guard let applicant = state.order.applicant, applicant != effects.subject else { return }
        try effects.set(Tile(name, code, text, about: effects.subject, reviewBy: reviewBy), for: applicant)
    }
}

extension Tingsratten.Case {
    /// A case of a representative: FILED ⇄ COMPLETING → ASKED → DECIDED or refused.
    struct Order: CasePart {
        enum Stage: String, Codable, Sendable {
            case none, filed, completing, asked, decided, refused
        }

        struct Opinion: Codable, Equatable, Sendable {
            var branch: OpinionBranch
            var isNeeded: Bool
            var isSuitable: Bool
        }

        var stage = Stage.none
        var caseRef = ""
        var applicant: Subject?
        var kind: GuardianshipKind?
        var scope: [GuardianshipScope] = []
        var proposed: Subject?
        var municipality: String?
        var hasCertificate = false
        var decidesOn: Day?
        var opinions: [Opinion] = []
        var inquiry = Inquiry()
        var chain = ChainHead()
        /// What a decision is appealed by.
        var reference: String?
        var appealBy: Day?

        init() {}

        /// Whether a decision is waited for.
        var isOpen: Bool { stage == .filed || stage == .completing || stage == .asked }
    }
}
