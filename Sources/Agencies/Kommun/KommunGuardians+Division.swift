import AgencyKit
import LifeEvents

/// What who acts for a minor or a principal may not do alone: the division of an estate and what is paid of it need the
/// chief guardian's consent (D12, föräldrabalken 15 kap. 5 § and 16 kap. 11 §), and the task ends with an account (D30).
extension KommunGuardians {
    /// Until a request for consent is decided.
    static let consent = DatedRule(
        "guardian-consent-handling", "D12", "the chief guardian decides on a division in", .workingDays,
        [.since(1995, 7, 1, 10)], source: "FB 15 kap. 5 §; days assumed", mark: .assumption)
    /// Until an estate that is not divided is reported on.
    static let undivided = DatedRule(
        "undivided-estate-months", "D12",
        "an estate in which a god man acts and that is not divided is reported on after",
        .months, [.since(1995, 7, 1, 6)], source: "FB 15 kap. 3–5 §§", mark: .likely)
    /// In which to report.
    static let report = DatedRule(
        "undivided-estate-report", "D12", "such a report is handed in within", .days, [.since(1995, 7, 1, 30)],
        source: "none found", mark: .assumption)

    var divisions: [River<Self>] {
        [
            River(
                "keep the guardians of a minor", hears: FamilyRelation.self,
                concerns: { Kommun.concerned(by: $0.data) },
                mine: [Condition("is custody that we follow") { state, event in state.guardians.follows(event) }],
                handle: { state, event, _ in try state.guardians.take(event) }),
            River(
                "correct the guardians of a minor", hears: Annulled<FamilyRelation>.self,
                mine: [Condition("annuls custody that we follow") { state, event in state.guardians.follows(event) }],
                handle: { state, event, _ in try state.guardians.take(event) }),
            River(
                "end the god man of a child alone who has a custodian", hears: FamilyRelation.self,
                under: [ArrivalRules.alone], concerns: { Kommun.concerned(by: $0.data) },
                mine: [
                    Condition("gives custody of a child alone") { state, event in
                        event.data.kind == .custody && event.change != .ceased && state.chain.holds
                            && state.fact?.kind == .unaccompanied
                    }
                ],
                handle: { state, _, effects in
                    effects.cancelTimer(.grownUp)
                    try Self.end(.ended, &state, &effects)
                }),
            River(
                "take a request for consent", hears: ConsentRequest.self, under: [Self.consent.legal],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is of a minor heir, or of a principal") { state, _ in
                        !state.notices.isEmpty || state.chain.holds
                    },
                    Condition("has no request in hand") { state, _ in state.division.stage != .asked },
                ],
                whole: [
                    Condition("is filed by who acts for the minor or the principal") { state, event in
                        // A god man acts instead of the guardian.
                        state.chain.holds
                            ? state.holder == event.data.filedBy : state.guardians.mayAct(event.data.filedBy)
                    },
                    Condition("says how much") { _, event in event.data.amount != nil },
                ], handle: Self.takeRequest),
            River(
                "close with the final account", hears: FinalAccount.self, under: [Self.account.legal],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [Condition("is waited for") { state, _ in state.awaitsAccount }],
                whole: [
                    Condition("is filed by who had the task") { state, event in state.holder == event.data.filedBy },
                    Condition("adds up") { _, event in
                        event.data.opening + event.data.income - event.data.expenses == event.data.closing
                    },
                ],
                handle: { state, event, effects in
                    state.awaitsAccount = false
                    try effects.set(
                        Tile(
                            .yearlyAccount, .done, "Sluträkningen är granskad. Uppdraget är avslutat",
                            about: effects.subject), for: event.data.filedBy)
                }),
        ]
    }

    private static func takeRequest(
        _ state: inout Case, _ event: Event<ConsentRequest>, _ effects: inout Effects<Timer>
    ) throws {
        guard let amount = event.data.amount, state.division.take(.asked) else { return }
        state.division.request = .init(
            filedBy: event.data.filedBy, act: event.data.act, amount: amount, addressee: event.data.addressee)
        let day = SwedishCalendar.adding(workingDays: effects.value(of: consent), to: effects.today)
        effects.setTimer(.consent, at: KommunRules.morning(day))
        if state.chain.holds, !state.isForEstate {
            return try hearPrincipal(event.data.act, amount, filedBy: event.data.filedBy, decided: day, &effects)
        }
        try effects.set(
            Tile(
                .guardianConsent, .investigating,
                "Begäran om samtycke kom in \(SwedishText.day(effects.today)). Beslut väntas \(SwedishText.day(day))",
                about: effects.subject, expected: day), for: event.data.filedBy)
    }

    /// In weighty matters the principal is heard (FB 16 kap. 9 §).
    private static func hearPrincipal(
        _ act: GuardianAct, _ amount: Int, filedBy holder: Subject, decided day: Day, _ effects: inout Effects<Timer>
    ) throws {
        let last = effects.today.adding(days: effects.value(of: GuardianRules.viewHere))
        try effects.set(
            Tile(
                .guardianConsent, .investigating,
                "Begäran om \(act.word) kom in \(SwedishText.day(effects.today)). Beslut väntas \(SwedishText.day(day)).",
                about: effects.subject, expected: day), for: holder)
        let what =
            act == .withdrawal
            ? "ta ut \(PensionRules.kronor(amount)) kr" : "göra \(act.word) för \(PensionRules.kronor(amount)) kr"
        try effects.set(
            Tile(
                .guardianConsent, .awaitingCitizen,
                "Din gode man vill \(what). Säg vad du tycker senast \(SwedishText.day(last)). Annars beslutar "
                    + "överförmyndaren ändå.", deadline: last))
    }

    /// Consents. With the division a god man's task for the share is done.
    static func consent(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let request = state.division.request, state.division.take(.consented) else { return }
        try effects.publish(
            GuardianConsent(
                addressee: request.addressee, act: request.act, amount: request.amount, outcome: .granted))
        if state.chain.holds, !state.isForEstate {
            let text =
                "Överförmyndaren samtyckte \(SwedishText.day(effects.today)) till uttaget på "
                + "\(PensionRules.kronor(request.amount)) kr. Banken vet och kan betala ut."
            try effects.set(Tile(.guardianConsent, .decided, text, about: effects.subject), for: request.filedBy)
            return try effects.set(Tile(.guardianConsent, .decided, text))
        }
        let what = request.act == .estateDivision ? "arvskiftet" : "uttaget"
        try effects.set(
            Tile(
                .guardianConsent, .decided,
                "Överförmyndaren samtyckte \(SwedishText.day(effects.today)) till \(what). Banken vet",
                about: effects.subject), for: request.filedBy)
        guard request.act == .estateDivision else { return }
        effects.cancelTimer(.undivided)
        guard state.isForEstate, state.chain.holds, var fact = state.fact, let holder = state.holder else { return }
        fact.reason = .ended
        try effects.cease(fact, in: &state.chain, occurredOn: effects.today)
        try askForAccount(of: holder, &state, &effects)
    }

    /// Of a child alone it ends by itself when the child is 18 (lag 2005:429).
    static func awaitMajority(_ fact: Guardianship, _ effects: inout Effects<Timer>) {
        guard fact.kind == .unaccompanied, let last = fact.until else { return }
        effects.setTimer(.grownUp, at: Stockholm.instant(last.adding(days: 1)))
    }

    static func askForAccount(
        of holder: Subject, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        state.awaitsAccount = true
        let lastDay = SwedishCalendar.lastDayMoved(effects.today.adding(months: effects.value(of: account)))
        try effects.set(
            Tile(
                .yearlyAccount, .awaitingCitizen,
                "Uppdraget som god man är slut. Lämna sluträkning till överförmyndaren senast den "
                    + "\(SwedishText.day(lastDay)), annars kan den krävas in med vite", about: effects.subject,
                deadline: lastDay), for: holder)
    }

    static func awaitDivision(_ effects: inout Effects<Timer>) {
        effects.setTimer(
            .undivided, at: KommunRules.morning(effects.today.adding(months: effects.value(of: undivided))))
    }

    /// The estate is not divided: who acts for the share reports on it.
    static func askForReport(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.isForEstate, state.chain.holds, let holder = state.holder else { return }
        let lastDay = SwedishCalendar.lastDayMoved(effects.today.adding(days: effects.value(of: report)))
        try effects.set(
            Tile(
                .yearlyAccount, .awaitingCitizen,
                "Dödsboet är inte skiftat. Redogör för boet till överförmyndaren senast den \(SwedishText.day(lastDay)), "
                    + "annars kan redogörelsen krävas in med vite", about: effects.subject, deadline: lastDay),
            for: holder)
    }

    /// Nobody died: there is nothing to divide.
    static func stopDivision(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        for timer in [Timer.consent, .undivided] { effects.cancelTimer(timer) }
        if let request = state.division.request {
            try effects.set(
                Tile(
                    .guardianConsent, .corrected, "Det var fel: dödsfallet har inte inträffat. Inget ska skiftas",
                    about: effects.subject), for: request.filedBy)
        }
        state.division = Case.Division()
        state.awaitsAccount = false
    }
}

extension KommunGuardianCase {
    /// The minor's share in an estate, from a request for consent to the decision.
    struct Division: CasePart {
        enum Stage: String, Codable, Sendable {
            case none, asked, consented

            /// Where a trigger leads; nil: it does nothing here.
            func after(_ trigger: Trigger) -> Stage? {
                switch (self, trigger) {
                case (.none, .asked), (.consented, .asked): .asked
                case (.asked, .consented): .consented
                default: nil
                }
            }
        }

        enum Trigger { case asked, consented }

        struct Request: Codable, Equatable, Sendable {
            var filedBy: Subject
            var act: GuardianAct
            /// SEK.
            var amount: Int
            var addressee: AgencyID
            /// What the principal has said.
            var agrees: Bool?
        }

        private(set) var stage = Stage.none
        var request: Request?

        init() {}

        /// Moves if the trigger leads anywhere.
        @discardableResult
        mutating func take(_ trigger: Trigger) -> Bool {
            guard let next = stage.after(trigger) else { return false }
            stage = next
            return true
        }
    }
}

extension GuardianAct {
    /// What it is called in a sentence.
    fileprivate var word: String {
        switch self {
        case .withdrawal: "uttag"
        case .realEstate: "fastighetsaffär"
        case .loan: "lån"
        case .support: "stöd till anhörig"
        case .estateDivision: "arvskifte"
        }
    }
}
