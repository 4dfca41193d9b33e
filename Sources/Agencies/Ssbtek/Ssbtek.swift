public import AgencyKit
public import LifeEvents

/// SSBTEK, the query service for financial aid (sammansatt bastjänst för ekonomiskt bistånd): one question of a
/// municipality becomes one for each source, and their answers one answer. Run by Försäkringskassan, owned by SKR for the
/// municipalities; it stores nothing after a day.
public struct Ssbtek: Agency {
    /// What it remembers of one person.
    public typealias Case = SsbtekCase

    /// What it waits for.
    public enum Timer: String, CaseIterable, Sendable {
        /// The time of a source is over.
        case until = "source-time"
    }

    /// Whose topics it writes.
    public static let owner = Owner.ssbtek
    /// What it publishes.
    public static let publications = [Publication(SourceIncomeNeed.self), Publication(CompositeIncomeAnswer.self)]

    static let schema = LegalRule(
        "A6", "one question a person, and each source answers or its time is over", source: "SSBTEK v10, public schema")
    static let scope = LegalRule(
        "A7", "SSBTEK is for financial aid alone, in an open case, for its household and three months before",
        source: "forsakringskassan.se, SSBTEK")
    static let sourceTime = DatedRule(
        "aid-source-time", "A19", "a source of SSBTEK answers within", .days, [.since(2014, 5, 1, 1)],
        source: "none", mark: .assumption)
    static let period = DatedRule(
        "aid-asked-months", "A19", "SSBTEK is asked about so many months before the month of aid", .months,
        [.since(2014, 5, 1, 3)], source: "none", mark: .assumption)
    /// What it goes by.
    public static let rules = [schema, scope, sourceTime.legal, period.legal]

    /// The service.
    public init() {}

    /// What it hears: which cases are open, needs, and what sources answer.
    public var rivers: [River<Self>] {
        [
            River(
                "follow whether a case is open", hears: MunicipalCaseStatus.self, under: [Self.scope],
                mine: [
                    Condition("is of financial aid") { _, event in event.data.service == .financialAid }
                ],
                handle: { state, event, _ in
                    guard let asker = event.source else { return }
                    let open = Case.OpenCase(asker: asker, caseRef: event.data.caseRef)
                    state.open.removeAll { $0 == open }
                    if event.data.state != .closed, event.data.state != .aborted { state.open.append(open) }
                }),
            River(
                "ask the sources", hears: AidIncomeNeed.self, under: [Self.schema, Self.scope, Self.period.legal],
                concerns: { $0.data.asked }, handle: Self.ask),
            Self.collect(InsuranceAidIncome.self), Self.collect(PensionAidIncome.self),
            Self.collect(StudyAidIncome.self), Self.collect(EmploymentAidIncome.self), Self.collect(TaxAidIncome.self),
            Self.collect(FundAidIncome.self), Self.collect(VehicleAidIncome.self), Self.collect(PermitAidIncome.self),
        ]
    }

    /// The time of the sources is over: the municipality gets what there is, and which are missing.
    public func due(_ timer: Timer, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        for question in state.questions where question.until <= effects.now {
            try Self.answer(question, &effects)
        }
        state.questions.removeAll { $0.until <= effects.now }
        Self.setTimer(state, &effects)
    }

    // MARK: - Asking

    private static func ask(
        _ state: inout Case, _ event: Event<AidIncomeNeed>, _ effects: inout Effects<Timer>
    ) throws {
        guard let asker = event.source else { return }
        if let refusal = refusal(state, event, asker) {
            try effects.publish(
                CompositeIncomeAnswer(
                    caseRef: event.data.caseRef, asker: asker, status: .refused, refusal: refusal,
                    person: event.subject,
                    answered: [], missing: [], refused: event.data.sources), about: event.data.answerTo,
                purpose: event.purpose)
            return
        }
        let until = effects.now + .days(Int64(effects.value(of: sourceTime)))
        let question = Case.Question(
            asker: asker, caseRef: event.data.caseRef, answerTo: event.data.answerTo, asked: event.data.sources,
            until: until, cause: effects.cause)
        state.questions.removeAll { $0.reference == question.reference }
        state.questions.append(question)
        for source in event.data.sources {
            try effects.publish(
                SourceIncomeNeed(
                    caseRef: question.reference, facts: event.data.facts, asked: [source], from: event.data.from,
                    to: event.data.to, onBehalfOf: asker), purpose: AidSources.financialAid)
        }
        setTimer(state, &effects)
    }

    /// The checks in their order; the gate itself withholds needs about who is in protected population registration.
    private static func refusal(
        _ state: Case, _ event: Event<AidIncomeNeed>, _ asker: AgencyID
    ) -> AnswerRefusal? {
        // Of a further adult the municipality says which case it is: its status is told of the applicant alone.
        let isOpen =
            event.data.answerTo != event.subject
            || state.open.contains(.init(asker: asker, caseRef: event.data.caseRef))
        if !isOpen { return .noOpenCase }
        if event.purpose != AidSources.financialAid { return .wrongPurpose }
        if !event.data.household.contains(event.subject) || !event.data.household.contains(event.data.answerTo) {
            return .notInHousehold
        }
        let months = event.value(of: period)
        let first = Month(of: event.knownOn).adding(months: -months).firstDay
        if event.data.from < first || event.data.to > event.data.from.adding(months: months) { return .outsidePeriod }
        return nil
    }

    // MARK: - Answering

    private static func collect<Answer: AidSourceAnswer>(_: Answer.Type) -> River<Self> {
        River(
            "collect what a source answers", hears: Answer.self, under: [schema],
            mine: [
                Condition("answers what we have asked") { state, event in
                    state.questions.contains { $0.awaits(event.data.caseRef, from: event.source) }
                }
            ],
            handle: { state, event, effects in
                guard let source = event.source,
                    let place = state.questions.firstIndex(where: { $0.awaits(event.data.caseRef, from: source) })
                else { return }
                state.questions[place].take(event.data, from: source)
                guard state.questions[place].silent.isEmpty else { return }
                try answer(state.questions.remove(at: place), &effects)
                setTimer(state, &effects)
            })
    }

    private static func answer(_ question: Case.Question, _ effects: inout Effects<Timer>) throws {
        try effects.publish(
            CompositeIncomeAnswer(
                caseRef: question.caseRef, asker: question.asker, status: .answered, person: effects.subject,
                answered: question.answered, missing: question.silent, refused: question.refused,
                facts: question.facts.isEmpty ? nil : question.facts), about: question.answerTo,
            cause: question.silent.isEmpty ? nil : question.cause, purpose: AidSources.financialAid)
    }

    private static func setTimer(_ state: Case, _ effects: inout Effects<Timer>) {
        guard let first = state.questions.map(\.until).min() else { return effects.cancelTimer(.until) }
        effects.setTimer(.until, at: first)
    }
}
