import AgencyKit
import LifeEvents

/// Others are asked (remiss), answer, are reminded; the case goes on without who is silent, never without the police
/// (P3, P4, P7).
extension KommunPermits {
    /// The application is complete: who is to be asked is asked, and the test is to be booked.
    static func refer(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.take(.complete), let complete = state.application.completeOn else { return }
        let last = complete.adding(months: effects.value(of: ServingRules.deciding))
        state.application.lastDay = last
        try tell(.referred, &state, &effects)
        let row = effects.row
        let asked = row.asked()
        state.referrals.queue = row.lane == .serial ? Array(asked.dropFirst()) : []
        try ask(row.lane == .serial ? Array(asked.prefix(1)) : asked, &state, &effects)
        effects.setTimer(
            .limit, at: Stockholm.instant(last.adding(days: -effects.value(of: ServingRules.delay)), hour: 8))
        try effects.set(
            Tile(
                .permitApplication, .investigating,
                "Ansökan är komplett sedan \(SwedishText.day(complete)). Beslut kommer senast \(SwedishText.day(last))",
                expected: last))
        try tellAsked(state, &effects)
        guard !state.knowsTheLaw(on: effects.today) else { return }
        let by = effects.lastDay(in: 7 * effects.value(of: ServingRules.referral))
        try effects.set(
            Tile(
                .permitTest, .awaitingCitizen,
                "Boka kunskapsprovet senast \(SwedishText.day(by)). \(ServingTexts.candidates(state)), annars kan ansökan "
                    + "avslås", deadline: by))
    }

    /// Asks some of those who are to be asked; who was asked before is asked anew.
    static func ask(
        _ parties: [AgencyID], _ state: inout Case, _ effects: inout Effects<Timer>, reminds: Bool = false,
        by given: Day? = nil
    ) throws {
        guard !parties.isEmpty, let filing = state.application.filing else { return }
        let by = given ?? effects.lastDay(in: 7 * effects.value(of: ServingRules.referral))
        for party in parties where !reminds {
            state.referrals.all.removeAll { $0.party == party }
            state.referrals.all.append(.init(party: party, by: by))
        }
        let need = ServingPermitNeed(
            caseRef: state.application.caseRef, facts: ["verdict"], asked: parties, by: by, placeRef: filing.placeRef,
            reminder: reminds ? true : nil)
        state.referrals.needs.append(try effects.publish(need, purpose: ServingRules.purpose))
        awaitAnswers(state, &effects)
    }

    /// Waits until the next last day of those who have not answered.
    private static func awaitAnswers(_ state: Case, _ effects: inout Effects<Timer>) {
        guard let by = state.referrals.nextBy else { return effects.cancelTimer(.answers) }
        effects.setTimer(.answers, at: effects.midnight(after: by))
    }

    /// Who is waited for, and until when.
    static func tellAsked(_ state: Case, _ effects: inout Effects<Timer>) throws {
        guard let by = state.referrals.nextBy else { return }
        let silent = state.referrals.silent
        try effects.set(
            Tile(
                .permitReferrals, .awaitingAgency,
                "Väntar på \(ServingTexts.names(silent)). De ska svara senast \(SwedishText.day(by))",
                expected: by, other: silent.first))
    }

    var answers: [River<Self>] {
        [
            Self.answer("take the answer of the police", PolicePermitAnswer.self),
            Self.answer("take the answer of the Tax Agency", TaxPermitAnswer.self),
            Self.answer("take the answer of Kronofogden", EnforcementPermitAnswer.self),
            Self.answer("take the answer of the rescue service", RescuePermitAnswer.self),
            Self.answer("take the answer of environment and health", FoodPermitAnswer.self),
        ]
    }

    private static func answer<Answer: ServingPermitAnswer>(_ name: String, _ type: Answer.Type) -> River<Self> {
        River(
            name, hears: Answer.self, under: [ServingRules.telling, ServingRules.police],
            concerns: { Kommun.concerned([$0.data.asker]) },
            mine: [
                Condition("is of a case that is tried") { state, event in
                    state.stage.isTried && event.data.caseRef == state.application.caseRef
                },
                Condition("is of one who was asked") { state, event in
                    state.referrals.place(of: event.source) != nil
                },
            ],
            handle: { state, event, effects in try Self.take(&state, event, &effects) })
    }

    private static func take<Answer: ServingPermitAnswer>(
        _ state: inout Case, _ event: Event<Answer>, _ effects: inout Effects<Timer>
    ) throws {
        guard let place = state.referrals.place(of: event.source) else { return }
        let party = state.referrals.all[place].party
        guard event.data.status == .answered, let verdict = event.data.verdict else {
            // Silence of a register is never a clean record: it is asked again.
            try ask([party], &state, &effects, reminds: true, by: state.referrals.all[place].by)
            return try effects.set(
                Tile(
                    .permitReferrals, .awaitingAgency,
                    "\(ServingTexts.capital(ServingMunicipality.name(party))) har inte kunnat svara sedan "
                        + "\(SwedishText.day(effects.today)). Kommunen har frågat igen", other: party))
        }
        state.referrals.all[place].answeredOn = effects.today
        state.referrals.all[place].verdict = verdict
        state.referrals.all[place].grounds = event.data.grounds ?? []
        state.referrals.all[place].answer = ChainHead(event)
        try askNext(&state, &effects)
        awaitAnswers(state, &effects)
        if state.referrals.silent.isEmpty && state.referrals.queue.isEmpty {
            try effects.set(
                Tile(
                    .permitReferrals, .done,
                    "Alla \(ServingTexts.count(state.referrals.all.count)) har svarat. Sista svaret kom "
                        + SwedishText.day(effects.today)))
        } else if state.referrals.nextBy != nil {
            try effects.set(
                Tile(
                    .permitReferrals, .awaitingAgency, ServingTexts.standing(state.referrals, latest: party),
                    expected: state.referrals.nextBy, other: state.referrals.silent.first))
        }
        if verdict == .objection { return try hear(&state, &effects) }
        if state.stage == .heard, !state.isObjectedTo { return try endHearing(&state, &effects) }
        try proposeIfReady(&state, &effects)
    }

    var withdrawnAnswers: [River<Self>] {
        [
            Self.withdrawal("take back the answer of the police", PolicePermitAnswer.self),
            Self.withdrawal("take back the answer of the Tax Agency", TaxPermitAnswer.self),
            Self.withdrawal("take back the answer of Kronofogden", EnforcementPermitAnswer.self),
            Self.withdrawal("take back the answer of the rescue service", RescuePermitAnswer.self),
            Self.withdrawal("take back the answer of environment and health", FoodPermitAnswer.self),
        ]
    }

    private static func withdrawal<Answer: ServingPermitAnswer>(_ name: String, _ type: Answer.Type) -> River<Self> {
        River(
            name, hears: Annulled<Answer>.self, under: [ServingRules.telling],
            mine: [
                Condition("annuls an answer that we have") { state, event in
                    state.referrals.all.contains { event.annuls($0.answer) }
                }
            ],
            handle: { state, event, effects in
                guard let place = state.referrals.all.firstIndex(where: { event.annuls($0.answer) }) else { return }
                try Self.takeBack(place, &state, &effects)
            })
    }

    /// An answer was about another firm: before the decision it is asked for anew, after it the decision is looked at again.
    private static func takeBack(_ place: Int, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        let party = state.referrals.all[place].party
        let name = ServingTexts.capital(ServingMunicipality.name(party))
        state.referrals.all[place].answer = ChainHead()
        guard state.stage.isTried else {
            try effects.publish(
                MunicipalCaseStatus(
                    caseRef: state.application.caseRef, municipality: effects.municipality, service: .permit,
                    state: .underReview))
            return try effects.set(
                Tile(
                    .permitDecision, .corrected,
                    "\(name) har tagit tillbaka sitt svar, för det gällde ett annat bolag. Kommunen prövar om beslutet "
                        + "ska ändras", other: party))
        }
        try withdrawItem(&state, &effects)
        state.referrals.all[place].answeredOn = nil
        state.referrals.all[place].verdict = nil
        state.referrals.all[place].grounds = []
        if state.stage == .heard, !state.isObjectedTo { try endHearing(&state, &effects) }
        try ask([party], &state, &effects)
        try effects.set(
            Tile(
                .permitReferrals, .awaitingAgency,
                "\(name) har tagit tillbaka sitt svar, för det gällde ett annat bolag, och är frågad på nytt",
                expected: state.referrals.nextBy, other: party))
    }

    /// Asks the next one, where one is asked after another.
    private static func askNext(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.referrals.nextBy == nil, !state.referrals.queue.isEmpty else { return }
        try ask([state.referrals.queue.removeFirst()], &state, &effects)
    }

    /// A last day has passed: who is silent is reminded once, then passed over.
    static func remindOrGoOn(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        let late = state.referrals.all.indices.filter {
            state.referrals.all[$0].isOpen && state.referrals.all[$0].by < effects.today
        }
        let forgetful = late.filter { !state.referrals.all[$0].isReminded }
        let stubborn = late.filter { state.referrals.all[$0].isReminded }
        for place in stubborn { state.referrals.all[place].isPassed = true }
        if let first = forgetful.first {
            let by = SwedishCalendar.lastDayMoved(
                state.referrals.all[first].by.adding(days: 7 * effects.value(of: ServingRules.reminding)))
            for place in forgetful {
                state.referrals.all[place].isReminded = true
                state.referrals.all[place].by = by
            }
            let parties = forgetful.map { state.referrals.all[$0].party }
            try ask(parties, &state, &effects, reminds: true, by: by)
            try effects.set(
                Tile(
                    .permitReferrals, .awaitingAgency,
                    "\(ServingTexts.capital(ServingTexts.names(parties))) har inte svarat i tid. Kommunen har påmint, ny "
                        + "sista dag \(SwedishText.day(by))", expected: by, other: parties.first))
        }
        if !stubborn.isEmpty {
            let parties = stubborn.map { state.referrals.all[$0].party }
            let name = ServingTexts.capital(ServingTexts.names(parties))
            let text =
                parties.contains(.polisen)
                ? "\(name) har fortfarande inte svarat. Kommunen får inte bevilja tillstånd utan polisens yttrande och "
                    + "väntar på det"
                : "\(name) har fortfarande inte svarat. Kommunen går vidare utan svaret"
            try effects.set(Tile(.permitReferrals, .awaitingAgency, text, other: parties.first))
        }
        try askNext(&state, &effects)
        awaitAnswers(state, &effects)
        try proposeIfReady(&state, &effects)
    }
}

/// What an authority says of a firm that wants to serve: one type for each owner, all alike.
protocol ServingPermitAnswer: AnswerEvent {
    /// What it thinks; nil: it has not answered.
    var verdict: ServingVerdict? { get }
    /// Why, as codes.
    var grounds: [ServingGround]? { get }

    /// An answer by its fields.
    init(
        caseRef: String, asker: AgencyID, status: AnswerStatus, refusal: AnswerRefusal?, missing: [String]?,
        verdict: ServingVerdict?, grounds: [ServingGround]?)
}
