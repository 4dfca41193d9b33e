import AgencyKit
import LifeEvents

/// Elder care in a new municipality: an application, also before the move, or a case that the old one hands over with
/// the person's consent (M19, M20); in Karlstad an alarm without inquiry (M23).
extension KommunElderCare {
    var applications: [River<Self>] {
        [
            River(
                "give an alarm without inquiry", hears: MunicipalApplication.self, under: [CareRules.simple.legal],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is old enough, in Karlstad, for an alarm without inquiry (M23)") { _, event in
                        guard event.data.municipality == CareRules.karlstad,
                            event.data.care?.contains(.alarm) == true, let born = event.data.birthDate
                        else { return false }
                        return born.adding(months: 12 * event.value(of: CareRules.simple)) <= event.knownOn
                    },
                    Condition("has no alarm") { state, _ in
                        !state.services.contains { $0.service == .alarm && $0.stage != .ended }
                    },
                    Condition("is asked for outside hospital, for oneself") { !Self.isCare($0, $1) },
                ],
                whole: [Condition("is for one who lives") { state, _ in !state.death.holds }],
                handle: { state, event, effects in
                    let from = max(event.data.movesOn ?? effects.today, effects.today)
                    try Self.grant(.alarm, from: from, isForMove: event.data.movesOn != nil, &state, &effects)
                    try effects.set(
                        Tile(
                            .homeHelp, .ongoing,
                            "Du får trygghetslarm från den \(SwedishText.day(from)). Det behövs ingen utredning"))
                }),
            River(
                "inquire into an application for care", hears: MunicipalApplication.self,
                under: [CareRules.responsible, CareRules.deciding.legal],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("asks for something that is not had or inquired into") { state, event in
                        state.application == nil
                            && !CareRules.inquired(event.data).allSatisfy { service in
                                state.services.contains { $0.service == service && $0.stage != .ended }
                            }
                    },
                    Condition("is for help at home, for oneself, and not after a stay in hospital") {
                        !Self.isCare($0, $1)
                    },
                ],
                whole: [Condition("is for one who lives") { state, _ in !state.death.holds }],
                handle: { state, event, effects in
                    let first = max(event.data.wantedFrom, event.data.movesOn ?? event.data.wantedFrom)
                    try Self.inquire(
                        into: CareRules.inquired(event.data), from: first, offeredBy: nil, "Vi har din ansökan.",
                        &state,
                        &effects)
                    state.application?.isForMove = event.data.movesOn != nil
                }),
            River(
                "tell that an officer has refused", hears: ElderCare.self, under: [CareRules.appeal.legal],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("refuses what is inquired into") { state, event in
                        event.data.state == .rejected && state.application != nil
                    }
                ],
                handle: { state, event, effects in
                    guard let application = state.application else { return }
                    state.application = nil
                    for timer in [Timer.decide, .start] { effects.cancelTimer(timer) }
                    try Self.answer(application, .refused, &effects)
                    let last = SwedishCalendar.lastDayMoved(
                        effects.today.adding(days: 7 * effects.value(of: CareRules.appeal)))
                    try effects.set(
                        Tile(
                            .homeHelp, .decided,
                            "Avslag: behovet kan tillgodoses på annat sätt. Överklaga senast den "
                                + "\(SwedishText.day(last))", reviewBy: last))
                }),
        ] + transfers
    }

    static func decisionDay(_ day: Day, _ effects: Effects<Timer>) -> Day {
        max(day, SwedishCalendar.adding(workingDays: 1, to: effects.today))
    }

    /// Opens the case: decided in ten working days (M19, M20).
    static func inquire(
        into services: [ElderCareService], from first: Day, offeredBy old: String?, _ why: String, _ state: inout Case,
        _ effects: inout Effects<Timer>
    ) throws {
        let decision = SwedishCalendar.adding(workingDays: effects.value(of: CareRules.deciding), to: effects.today)
        state.application = .init(services: services, first: first, decidesOn: decision, offeredBy: old)
        effects.setTimer(.decide, at: KommunRules.morning(decision))
        try effects.set(
            Tile(
                .homeHelp, .investigating,
                "\(why) \(effects.place) beslutar om hjälp hemma senast den \(SwedishText.day(decision))",
                expected: decision))
    }

    /// The inquiry is done: what was asked for is granted, from the first day or from today.
    static func decide(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let application = state.application else { return }
        let from = max(application.first, effects.today)
        let last = SwedishCalendar.lastDayMoved(effects.today.adding(days: 7 * effects.value(of: CareRules.appeal)))
        try effects.set(
            Tile(
                .homeHelp, .decided,
                "Beviljat: hjälp hemma i \(effects.place) från den \(SwedishText.day(from)). Överklaga senast den "
                    + "\(SwedishText.day(last))", reviewBy: last))
        guard from > effects.today else { return try start(&state, &effects) }
        for service in application.services {
            state.application?.granted.append(
                ChainHead(
                    try effects.publish(
                        ElderCare(municipality: effects.municipality, service: service, state: .granted, from: from))))
        }
        effects.setTimer(.start, at: Stockholm.instant(from))
    }

    /// The first day of the help: the old municipality, which has offered the case, is told that it is taken over.
    static func start(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let application = state.application else { return }
        let from = max(application.first, effects.today)
        for service in application.services
        where !state.services.contains(where: { $0.service == service && $0.stage != .ended }) {
            try grant(service, from: from, isForMove: application.isForMove, &state, &effects)
        }
        state.application = nil
        try answer(application, .accepted, &effects)
        guard from != application.decidesOn else { return }
        try effects.set(
            Tile(.homeHelp, .ongoing, "Hjälpen hemma i \(effects.place) har börjat den \(SwedishText.day(from))"))
    }

    private static func grant(
        _ service: ElderCareService, from: Day, isForMove: Bool, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        let id = try effects.publish(
            ElderCare(municipality: effects.municipality, service: service, state: .started, from: from))
        state.services.removeAll { $0.service == service }
        state.services.append(
            .init(service: service, chain: ChainHead(id), isForMove: isForMove || state.move.way == .into))
    }

    private static func answer(
        _ application: Case.Application, _ answer: TransferState, _ effects: inout Effects<Timer>
    ) throws {
        guard let old = application.offeredBy else { return }
        try effects.publish(
            CaseTransfer(
                service: .elderCare, state: answer, fromMunicipality: old, toMunicipality: effects.municipality))
    }
}

extension KommunElderCareCase {
    /// What is asked for in this municipality, until its help begins or it is refused.
    struct Application: Codable, Equatable, Sendable {
        var services: [ElderCareService]
        /// The first day on which it is wanted.
        var first: Day
        var decidesOn: Day
        /// The municipality that has handed over its case.
        var offeredBy: String?
        /// Whether it was asked for before a move.
        var isForMove = false
        /// What has been granted and has not begun.
        var granted: [ChainHead] = []
    }
}
