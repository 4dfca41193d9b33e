public import AgencyKit
public import LifeEvents

/// The unemployment insurance funds (a-kassor): what becomes of a member's benefit when there is a company of one's own.
public struct Akassa: Agency {
    /// What is remembered of one member.
    public typealias Case = AkassaCase

    /// What a fund waits for.
    public enum Timer: String, CaseIterable, Sendable {
        /// The time to answer is over, or an answer has been handled.
        case company
        /// A claim back is decided.
        case recovery
    }

    /// Whose topics it writes.
    public static let owner = Owner.akassa
    /// What it publishes; payments are said by scenarios.
    public static let publications = [
        Publication(UnemploymentDecision.self), Publication(UnemploymentPayment.self),
        Publication(UnemploymentRecovery.self), Publication(FundAidIncome.self), Publication(StatusTile.self),
    ]
    /// What it goes by.
    public static var rules: [LegalRule] { AkassaRules.all + [AidSources.list] }

    /// The funds' code.
    public init() {}

    /// What it hears: its own decisions and payments, roles in companies, answers, SSBTEK's needs.
    public var rivers: [River<Self>] {
        own + companies + [
            AidSources.river(of: Self.self, answering: FundAidIncome.self) { _, _ in [] }
        ]
    }

    /// A state has lasted its time.
    public func due(_ timer: Timer, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        switch timer {
        case .company: try Self.companyDue(&state, &effects)
        case .recovery: try Self.decideClaim(&state, &effects)
        }
    }

    private var own: [River<Self>] {
        [
            River(
                "adopt a decision", hears: UnemploymentDecision.self, concerns: { [$0.data.fund] },
                mine: [
                    Condition("grants benefit") { _, event in
                        event.isNew && event.data.kind == .decision && event.data.outcome == .granted
                    },
                    Condition("is not one we hold") { state, _ in state.benefit.stage.after(.granted) != nil },
                ],
                handle: { state, event, _ in
                    guard state.benefit.take(.granted) else { return }
                    state.benefit.chain.adopt(event)
                    state.benefit.decision = event.data
                }),
            River(
                "note what is paid", hears: UnemploymentPayment.self, concerns: { [$0.data.fund] },
                mine: [Condition("is paid") { _, event in event.data.kind == .paid }],
                handle: { state, event, _ in
                    state.benefit.paid.append(
                        .init(from: event.data.from, to: event.data.to, amount: event.data.amount))
                }),
            River(
                "close a claim that is paid", hears: UnemploymentPayment.self, concerns: { [$0.data.fund] },
                mine: [
                    Condition("pays the claim we hold") { state, event in
                        event.data.kind == .reclaimed && state.benefit.claim?.stage == .decided
                            && state.benefit.claim?.amount == event.data.amount
                    }
                ], handle: Self.closeClaim),
            River(
                "note that the registration has ended", hears: JobSeekerRegistration.self,
                concerns: { ($0.data.concerns ?? []).filter { $0.owner == .akassa } },
                mine: [Condition("ends one") { _, event in event.change == .ceased }],
                handle: { state, event, _ in state.registrationEnd = event.occurredOn }),
        ]
    }
}

extension Effects<Akassa.Timer> {
    /// 00:00 after a last day.
    func midnight(after day: Day) -> Instant { Stockholm.instant(day.adding(days: 1)) }
}
