import AgencyKit
import LifeEvents

extension KommunFood {
    /// Tells where the registration stands, and remembers what was told.
    private static func tell(
        _ permitState: PermitState, _ state: inout Case, _ effects: inout Effects<Timer>,
        outcome: PermitOutcome? = nil, from: Day? = nil
    ) throws {
        guard var permit = state.permit else { return }
        permit.state = permitState
        permit.outcome = outcome
        permit.from = from
        state.head = try effects.publish(permit)
        state.permit = permit
    }

    static func takeNotice(
        _ state: inout Case, _ event: Event<PermitFiling>, _ effects: inout Effects<Timer>
    ) throws {
        guard state.take(.filed), let start = event.data.startOn else { return }
        let first = event.knownOn.adding(days: effects.value(of: FoodRules.notice))
        state.startOn = start
        state.mayBegin = first
        state.end = nil
        state.permit = Permit(
            municipality: effects.municipality, kind: .foodRegistration, state: .filed,
            placeRef: event.data.placeRef, caseRef: "food-\(event.knownOn)")
        try tell(.filed, &state, &effects)
        let day = SwedishCalendar.adding(workingDays: effects.value(of: FoodRules.deciding), to: effects.today)
        effects.setTimer(.decide, at: Stockholm.instant(day, hour: 8))
        try effects.set(
            Tile(
                .foodRegistration, .received,
                "Kommunen har fått anmälan om livsmedel. Ni får börja \(SwedishText.day(first)), eller tidigare om "
                    + "registreringen är klar", expected: day))
    }

    static func decide(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.take(.decided), let start = state.startOn else { return }
        state.mayBegin = min(state.mayBegin ?? effects.today, effects.today)
        try tell(.decided, &state, &effects, outcome: .granted, from: effects.today)
        let appeal = SwedishCalendar.lastDayMoved(effects.today.adding(days: 7 * effects.value(of: FoodRules.appeal)))
        try effects.set(
            Tile(
                .foodRegistration, .decided,
                "Livsmedelsverksamheten är registrerad från \(SwedishText.day(effects.today)). Ni får börja. Vill ni "
                    + "överklaga? Gör det senast \(SwedishText.day(appeal))", reviewBy: appeal))
        effects.setTimer(.start, at: Stockholm.instant(start, hour: 8))
    }

    static func begin(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.take(.begun), let start = state.startOn else { return }
        try tell(.active, &state, &effects, from: start)
        let control = start.adding(days: effects.value(of: FoodRules.control))
        try effects.set(
            Tile(
                .foodRegistration, .ongoing,
                "Verksamheten är i gång sedan \(SwedishText.day(start)). Kommunens första kontroll görs senast "
                    + SwedishText.day(control), next: control))
    }

    static func consider(
        _ state: inout Case, _ event: Event<FoodInspection>, _ effects: inout Effects<Timer>
    ) throws {
        let day = SwedishCalendar.lastDayMoved(effects.today.adding(days: effects.value(of: FoodRules.hearing)))
        try effects.set(
            Tile(
                .foodRegistration, .awaitingCitizen,
                "Ni började den \(SwedishText.day(event.data.openedOn)), innan ni fick. Kommunen kan ta ut en sanktionsavgift, "
                    + "\(Amounts.kronor(effects.value(of: FoodRules.leastFee))) till "
                    + "\(Amounts.kronor(effects.value(of: FoodRules.mostFee))). Säg vad ni tycker senast "
                    + "\(SwedishText.day(day)), annars beslutar vi ändå", deadline: day))
    }

    static func askTrustee(
        _ state: inout Case, _ event: Event<Company>, _ effects: inout Effects<Timer>
    ) throws {
        state.before = state.stage
        guard state.take(.bankrupt) else { return }
        effects.cancelTimer(.decide)
        effects.cancelTimer(.start)
        let day = SwedishCalendar.lastDayMoved(effects.today.adding(days: effects.value(of: FoodRules.trustee)))
        effects.setTimer(.trustee, at: Stockholm.instant(day.adding(days: 1)))
        try effects.set(
            Tile(
                .foodRegistration, .awaitingCitizen,
                "Bolaget är i konkurs. Konkursförvaltaren ska svara senast \(SwedishText.day(day)) om verksamheten fortsätter. "
                    + "Annars avslutar vi registreringen", deadline: day))
    }

    /// The business stops, or nobody has answered: its end is decided.
    static func stop(_ state: inout Case, _ effects: inout Effects<Timer>) {
        state.stops = true
        effects.setTimer(.trustee, at: effects.morning(afterWorkingDays: effects.value(of: FoodRules.deciding)))
    }

    static func end(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.stops else { return stop(&state, &effects) }
        state.stops = false
        guard state.take(.ended), let permit = state.permit, let head = state.head else { return }
        state.end = try effects.publish(
            permit, occurredOn: effects.today, change: .ceased, previous: head)
        try effects.set(
            Tile(
                .foodRegistration, .stopped,
                "Registreringen är avslutad från \(SwedishText.day(effects.today)), för verksamheten har upphört"))
    }

    static func goOn(
        _ state: inout Case, _ event: Event<Annulled<Company>>, _ effects: inout Effects<Timer>
    ) throws {
        try state.company.take(event)
        state.signatories.appoint(nil)
        guard let before = state.before, state.take(.lifted(to: before)) else { return }
        state.before = nil
        state.stops = false
        effects.cancelTimer(.trustee)
        if let end = state.end {
            try effects.publish(
                Annulled<Permit>(reasonCode: event.data.reasonCode), change: .annulled, previous: end)
            state.end = nil
        }
        try effects.set(
            Tile(
                .foodRegistration, .corrected,
                "Rättat: konkursbeslutet är upphävt. Registreringen gäller som om konkursen aldrig varit"))
        if before == .filed { effects.setTimer(.decide, at: effects.morning(afterWorkingDays: 1)) }
        if before == .registered, let start = state.startOn {
            effects.setTimer(.start, at: Stockholm.instant(start, hour: 8))
        }
    }
}
