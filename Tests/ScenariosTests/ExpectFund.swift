import AgencyKit
import LifeEvents

/// An unemployment fund that tests play: small enough that what it does is known by heart.
///
/// Who is registered as seeking work is paid from the seventh day. An application is decided at once.
struct ExpectFund: Agency {
    /// What the fund does wrong.
    enum Bug: String, Sendable {
        case none, forgetsPredecessor, leaks
    }

    struct Case: AgencyCase {
        var isRegistered = false
        var decision: EventID?
    }

    enum Timer: String, CaseIterable, Sendable {
        case qualified
    }

    struct Application: LifeEvent {
        static let type = EventType("ivo.filing.application.v1")
        var filedBy: Subject
        var income: Int?
    }

    struct Decision: LifeEvent {
        static let type = EventType("ivo.decision.v1")
        var outcome: Outcome
        var amount: Int?
        var from: Day?
        var reason: String?
        var municipality: String?
    }

    struct Broke: Error, CustomStringConvertible {
        var description: String { "an income below nothing" }
    }

    static let owner = Owner.ivo
    var bug = Bug.none

    var rivers: [River<ExpectFund>] {
        [
            River(
                "open a case", hears: JobSeekerRegistration.self,
                mine: [
                    Condition("is new") { _, event in event.change == nil },
                    Condition("has no case") { state, _ in !state.isRegistered },
                ],
                whole: [Condition("seeks at least half-time work") { _, event in event.data.extent >= 50 }]
            ) { state, _, effects in
                state.isRegistered = true
                effects.setTimer(.qualified, at: effects.now + .days(7))
            },
            River(
                "correct a decision", hears: JobSeekerRegistration.self,
                mine: [Condition("is a correction") { _, event in event.change == .corrected }]
            ) { state, event, effects in
                let former = bug == .forgetsPredecessor ? event.id : state.decision
                try effects.publish(
                    Decision(outcome: .granted, amount: event.data.extent * 10), change: .corrected, previous: former)
            },
            River(
                "decide an application", hears: Application.self,
                mine: [Condition("is registered as seeking work") { state, _ in state.isRegistered }],
                whole: [Condition("the income is known") { _, event in event.data.income != nil }]
            ) { _, event, effects in
                guard let income = event.data.income, income >= 0 else { throw Broke() }
                let isRejected = income > 50_000
                try effects.publish(
                    Decision(
                        outcome: isRejected ? .rejected : .granted, amount: isRejected ? nil : 1_200,
                        reason: isRejected ? "the income is too high" : nil))
                try effects.set(Tile(.employmentService, isRejected ? .decided : .ongoing, "Beslut"))
            },
        ]
    }

    func due(_ timer: Timer, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        state.decision = try effects.publish(
            Decision(
                outcome: .granted, amount: 1_000, from: effects.today, municipality: bug == .leaks ? "0180" : nil))
        try effects.set(Tile(.employmentService, .ongoing, "Ersättning"))
    }
}
