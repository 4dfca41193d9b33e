public import AgencyKit
public import LifeEvents

/// Funeral bureaus: they prove the death, order the funeral and wait for the Tax Agency's certificate.
public struct Begravningsbyra: Agency {
    /// What is remembered of one dead person.
    public typealias Case = FuneralCase

    /// What the bureau waits for.
    public enum Timer: String, CaseIterable, Sendable {
        /// The certificate should have come.
        case certificate
    }

    /// Whose topics it writes.
    public static let owner = Owner.begravningsbyra
    /// What it publishes.
    public static let publications = [
        Publication(Funeral.self), Publication(FuneralDeathProofNeed.self), Publication(StatusTile.self),
    ]

    /// The bureaus' code.
    public init() {}

    /// What it hears: who orders, the proof, the certificate, and that the funeral was held.
    public var rivers: [River<Self>] {
        [
            River(
                "take an order", hears: GrantedMandate.self, concerns: { [$0.data.agency].compactMap(\.self) },
                mine: [
                    Condition("is a new mandate for a funeral") { _, event in
                        event.isNew && event.data.scope.contains(.funeral)
                    },
                    Condition("has no funeral ordered") { state, _ in state.stage == .none },
                ],
                whole: [Condition("shows a token") { _, event in event.data.tokenRef != nil }],
                handle: { state, event, effects in
                    guard let token = event.data.tokenRef else { return }
                    state.orderer = event.data.filedBy
                    try effects.ask(
                        FuneralDeathProofNeed(
                            caseRef: "funeral", facts: ["deathDate", "mayAct"], asked: [AgencyID(.skatteverket)],
                            tokenRef: token), for: Skatteverket.estateAdministration, in: &state.inquiry)
                }),
            River(
                "order the funeral", hears: DeathProofAnswer.self, concerns: { [$0.data.asker] },
                handle: Self.order),
            River(
                "take the certificate", hears: BurialCertificate.self, concerns: { [$0.data.addressee] },
                mine: [Condition("is for a funeral we have ordered") { state, _ in state.stage == .ordered }],
                handle: Self.takeCertificate),
            River(
                "cancel the funeral of one who lives", hears: Annulled<BurialCertificate>.self,
                mine: [
                    Condition("is the certificate we have") { state, event in event.annuls(state.certificate) }
                ], handle: Self.cancel),
            River(
                "close after the funeral", hears: Funeral.self, concerns: { [$0.source].compactMap(\.self) },
                mine: [
                    Condition("was held") { _, event in event.data.state == .held },
                    Condition("was ordered here") { state, _ in state.stage == .ordered },
                ],
                handle: { state, _, effects in
                    state.stage = .held
                    effects.cancelTimer(.certificate)
                    try Self.tell(state, .done, "Begravningen är genomförd", &effects)
                }),
        ]
    }

    /// The certificate has not come: somebody else has to act first, and why is not ours to say.
    public func due(_ timer: Timer, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.stage == .ordered, !state.certificate.holds else { return }
        try Self.tell(
            state, .awaitingAgency,
            "Begravningen väntar på intyget från Skatteverket. Byrån hör av sig när det har kommit",
            other: AgencyID(.skatteverket), &effects)
    }

    private static func tell(
        _ state: Case, _ code: TileCode, _ text: String, other: AgencyID? = nil, _ effects: inout Effects<Timer>
    ) throws {
        guard let orderer = state.orderer else { return }
        try effects.set(Tile(.funeral, code, text, about: effects.subject, other: other), for: orderer)
    }

    private static func order(
        _ state: inout Case, _ event: Event<DeathProofAnswer>, _ effects: inout Effects<Timer>
    ) throws {
        guard case .complete = state.inquiry.take(event) else { return }
        guard event.data.status == .answered, event.data.mayAct == true else {
            guard let orderer = state.orderer else { return }
            // Who has shown no right to the dead's affairs is told nothing of them, but what to do.
            return try effects.set(
                Tile(
                    .funeral, .awaitingCitizen,
                    "Byrån kunde inte kontrollera att du sköter dödsboet. Visa ett nytt intyg från efterlevandeguiden.se, annars "
                        + "kan byrån inte beställa begravningen"), for: orderer)
        }
        let day = SwedishCalendar.lastDayMoved(effects.today.adding(days: FuneralRules.daysToFuneral))
        state.stage = .ordered
        state.on = day
        try effects.publish(Funeral(state: .ordered, kind: FuneralRules.usualKind, on: day))
        effects.setTimer(
            .certificate,
            at: Stockholm.instant(
                SwedishCalendar.adding(workingDays: FuneralRules.certificateDays, to: effects.today), hour: 9))
        try tell(state, .investigating, orderedText(day), &effects)
    }

    private static func orderedText(_ day: Day) -> String {
        "Begravningen är beställd till den \(SwedishText.day(day)). Byrån ordnar intyget från Skatteverket"
    }

    private static func takeCertificate(
        _ state: inout Case, _ event: Event<BurialCertificate>, _ effects: inout Effects<Timer>
    ) throws {
        if event.isNew { state.certificate.adopt(event) } else { try state.certificate.take(event) }
        guard effects.hasTimer(.certificate) else {
            // Told before that it was waited for.
            guard let day = state.on else { return }
            let later =
                day > effects.today
                ? day : SwedishCalendar.lastDayMoved(effects.today.adding(days: FuneralRules.daysToFuneral))
            state.on = later
            return try tell(
                state, .investigating,
                "Intyget har kommit. Begravningen är beställd till den \(SwedishText.day(later))",
                &effects)
        }
        effects.cancelTimer(.certificate)
    }

    private static func cancel(
        _ state: inout Case, _ event: Event<Annulled<BurialCertificate>>, _ effects: inout Effects<Timer>
    ) throws {
        try state.certificate.take(event)
        guard state.stage == .ordered else { return }
        effects.cancelTimer(.certificate)
        try tell(state, .corrected, "Det var fel: dödsfallet har inte inträffat. Begravningen är avbeställd", &effects)
        state.stage = .none
    }
}

/// What a funeral bureau remembers of one dead person.
public struct FuneralCase: AgencyCase {
    enum Stage: String, Codable, Sendable { case none, ordered, held }

    var stage = Stage.none
    /// Who orders.
    var orderer: Subject?
    @Part var inquiry: Inquiry
    var certificate = ChainHead()
    var on: Day?

    /// Nobody has ordered anything.
    public init() {}
}

/// What a bureau goes by. `[A]` marks an assumption.
enum FuneralRules {
    /// Days from the order to the funeral [A].
    static let daysToFuneral = 14
    /// What is ordered, where nothing else is said: most are cremated [A].
    static let usualKind = BurialKind.cremation
    /// Working days after which a certificate that has not come is told of [A].
    static let certificateDays = 2
}
