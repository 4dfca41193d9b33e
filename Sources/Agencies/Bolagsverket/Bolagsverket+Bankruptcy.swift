import AgencyKit
import LifeEvents

/// A bankruptcy (konkurs): the trustee acts from the decision on; when it is closed the company is dissolved (C18).
extension Bolagsverket {
    var bankruptcies: [River<Self>] {
        [
            River(
                "adopt a company of the register", hears: Company.self, under: [BolagsverketRules.bankruptcy],
                mine: [
                    Condition("is registered") { _, event in event.data.state == .registered },
                    Condition("is not one we hold") { state, _ in state.company.stage == .none },
                ],
                handle: { state, event, _ in
                    guard state.company.take(.registered) else { return }
                    state.company.told = event.data
                    state.company.head = event.id
                }),
            River(
                "enter a bankruptcy", hears: Bankruptcy.self, under: [BolagsverketRules.bankruptcy],
                mine: [
                    Condition("opens one") { _, event in event.isNew && event.data.state == .opened },
                    Condition("is of a registered company") { state, _ in state.company.isActive },
                ], handle: Self.enter),
            River(
                "dissolve a company after its bankruptcy", hears: Bankruptcy.self,
                under: [BolagsverketRules.bankruptcy],
                mine: [
                    Condition("closes it") { _, event in event.data.state == .closed },
                    Condition("is of a bankrupt company") { state, _ in state.company.stage == .bankrupt },
                ], handle: Self.dissolve),
            River(
                "lift a bankruptcy", hears: Annulled<Bankruptcy>.self, under: [BolagsverketRules.bankruptcy],
                mine: [
                    Condition("annuls the one we entered") { state, event in
                        event.annuls(state.company.bankruptcy) && state.company.stage == .bankrupt
                    }
                ], handle: Self.lift),
        ]
    }

    private static func enter(
        _ state: inout Case, _ event: Event<Bankruptcy>, _ effects: inout Effects<Timer>
    ) throws {
        guard var company = state.company.told, state.company.take(.bankrupt) else { return }
        state.company.bankruptcy.adopt(event)
        state.company.before = company
        state.company.beforeHead = state.company.head
        company.state = .bankrupt
        company.trustee = event.data.trustee
        state.company.head = try effects.publish(company)
        state.company.told = company
        // What the board had notified and was not decided is the trustee's now.
        state.company.change = nil
        for timer in [Timer.change, .board, .owners] { effects.cancelTimer(timer) }
        try effects.set(
            Tile(
                .company, .stopped,
                "Bolaget är i konkurs sedan \(SwedishText.day(event.data.decidedOn)). Konkursförvaltaren svarar nu för bolaget"
            ))
    }

    private static func dissolve(
        _ state: inout Case, _ event: Event<Bankruptcy>, _ effects: inout Effects<Timer>
    ) throws {
        guard var company = state.company.told, state.company.take(.closed) else { return }
        company.state = .dissolved
        company.trustee = nil
        state.company.head = try effects.publish(company)
        state.company.told = company
        for place in state.company.roles.indices where state.company.roles[place].chain.holds {
            try end(place, .dissolved, on: event.data.decidedOn, &state, &effects)
        }
        try effects.set(
            Tile(
                .company, .stopped,
                "Konkursen är avslutad \(SwedishText.day(event.data.decidedOn)) och bolaget är upplöst"))
    }

    private static func lift(
        _ state: inout Case, _ event: Event<Annulled<Bankruptcy>>, _ effects: inout Effects<Timer>
    ) throws {
        guard let before = state.company.before, let head = state.company.head else { return }
        try state.company.bankruptcy.take(event)
        let stage: Case.RegisteredCompany.Stage = before.state == .changed ? .changed : .registered
        guard state.company.take(.lifted(to: stage)) else { return }
        try effects.publish(
            Annulled<Company>(reasonCode: event.data.reasonCode), change: .annulled, previous: head)
        state.company.told = before
        state.company.head = state.company.beforeHead
        try effects.set(
            Tile(
                .company, .corrected,
                "Rättat: konkursbeslutet är upphävt. Styrelsen svarar för bolaget igen, som om konkursen aldrig varit"))
        // The time to notify owners begins anew where it had not been done.
        if state.owners.stage == .due || state.owners.stage == .reminded {
            let day = SwedishCalendar.lastDayMoved(
                effects.today.adding(days: 7 * effects.value(of: BolagsverketRules.owners)))
            effects.setTimer(.owners, at: effects.midnight(after: day))
        }
    }
}
