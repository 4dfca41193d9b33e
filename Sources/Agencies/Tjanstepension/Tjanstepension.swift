public import AgencyKit
public import LifeEvents

/// Occupational-pension companies (tjänstepensionsbolag): each is asked for its own pension, by the person; what it pays does
/// not cross the bus, but for an answer to the Pensions Agency on who has named it.
public struct Tjanstepension: Agency {
    /// What is remembered of one customer.
    public typealias Case = TjanstepensionCase

    /// What it waits for.
    public enum Timer: String, CaseIterable, Sendable {
        /// The first payday.
        case pay
    }

    /// Whose topics it writes.
    public static let owner = Owner.tjanstepension
    /// What it publishes; who is a customer is said by scenarios, and so is what it answers where nothing was said of it.
    public static let publications = [
        Publication(OccupationalCustomer.self), Publication(OccupationalPensionAnswer.self),
        Publication(StatusTile.self),
    ]
    static let applied = LegalRule(
        "R21", "an occupational pension is asked of each company", source: "alecta.se, spv.se")
    static let payday = DatedRule(
        "occupational-payday", "R22", "it is paid on this day, or the working day before", .dayOfMonth,
        [.since(2026, 1, 1, 25)], source: "alecta.se")
    static let answers = LegalRule(
        "R23", "a company answers the Pensions Agency on a named customer, for a housing supplement",
        source: "SFB 110 kap. 31 §")
    /// What it goes by.
    public static let rules = [applied, payday.legal, answers]

    /// The companies' code.
    public init() {}

    /// What it hears: its customers, and needs.
    public var rivers: [River<Self>] {
        [
            River(
                "adopt a customer", hears: OccupationalCustomer.self, concerns: { [$0.source].compactMap(\.self) },
                handle: { state, event, _ in try state.customer.take(event, event.data) }),
            River(
                "take an application", hears: OccupationalApplication.self, under: [Self.applied, Self.payday.legal],
                concerns: { [$0.data.provider] },
                mine: [Condition("has not applied") { state, _ in state.first == nil }],
                whole: [Condition("is filed by the customer") { _, event in event.data.filedBy == event.subject }],
                handle: Self.take),
            River(
                "answer what is paid", hears: OccupationalPensionNeed.self, under: [Self.answers],
                concerns: { $0.data.asked }, handle: Self.answer),
        ]
    }

    private static func take(
        _ state: inout Case, _ event: Event<OccupationalApplication>, _ effects: inout Effects<Timer>
    ) throws {
        let month = max(event.data.month, Month(of: effects.today))
        let day = PayoutDay.workingDayBefore.day(effects.value(of: payday), in: month)
        let first =
            day > effects.today ? day : PayoutDay.workingDayBefore.day(effects.value(of: payday), in: month.next)
        state.first = first
        effects.setTimer(.pay, at: Stockholm.instant(first, hour: 8))
        try effects.set(
            Tile(
                .occupationalPension, .investigating,
                "Din ansökan har kommit in. Första utbetalning \(SwedishText.day(first)). Har du fler bolag? Sök hos vart "
                    + "och ett", expected: first))
    }

    private static func answer(
        _ state: inout Case, _ event: Event<OccupationalPensionNeed>, _ effects: inout Effects<Timer>
    ) throws {
        guard let asker = event.source else { return }
        let customer = state.customer.holds ? state.customer.head?.value : nil
        let isKnown = customer != nil || state.first != nil
        let refusal =
            event.refusal(purpose: Pensionsmyndigheten.supplementPurpose, hasCase: true) ?? (isKnown ? nil : .notMine)
        if let refusal {
            try effects.publish(
                OccupationalPensionAnswer(
                    caseRef: event.data.caseRef, asker: asker, status: .refused, refusal: refusal),
                purpose: event.purpose)
            return
        }
        // What is paid to who has only applied is said by the scenario.
        guard let customer else { return }
        try effects.publish(
            OccupationalPensionAnswer(
                caseRef: event.data.caseRef, asker: asker, status: .answered, monthly: customer.monthly,
                from: customer.from, to: customer.to), purpose: event.purpose)
    }

    /// The first payday: it is paid outside the bus.
    public func due(_ timer: Timer, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        try effects.set(
            Tile(
                .occupationalPension, .ongoing,
                "Tjänstepensionen betalas ut i dag, \(SwedishText.day(effects.today)), och sedan varje månad",
                next: PayoutDay.workingDayBefore.day(
                    effects.value(of: Self.payday), in: Month(of: effects.today).next)))
    }
}

/// What a company remembers of one customer.
public struct TjanstepensionCase: AgencyCase {
    /// What it pays, as the scenario says.
    var customer = FactChain<OccupationalCustomer>()
    /// The first payday, once it has been applied for.
    var first: Day?

    /// No customer.
    public init() {}
}
