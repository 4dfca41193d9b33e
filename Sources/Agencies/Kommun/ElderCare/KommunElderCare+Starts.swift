import AgencyKit
import LifeEvents

/// When granted care begins, what is overdue, and the one place where this page's timers are set.
extension KommunElderCare {
    /// What begins today: an alarm, home help of one who is at home, a home.
    static func startCare(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        for place in state.care.requests.indices
        where startsOn(state.care.requests[place], state) ?? .latest <= effects.today {
            try start(place, &state, &effects)
        }
        try askForIncome(&state, &effects)
        setTimers(state, &effects)
    }

    /// When a request begins; nil: not by itself.
    private static func startsOn(_ request: Case.Request, _ state: Case) -> Day? {
        switch (request.service, request.stage) {
        case (.homeHelp, .granted): state.care.stay.isInHospital ? nil : request.from
        case (.alarm, .granted), (.residentialCare, .accepted): request.from
        default: nil
        }
    }

    static func start(_ place: Int, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.care.requests[place].take(.started) else { return }
        let request = state.care.requests[place]
        let from = max(request.from, effects.today)
        state.care.requests[place].from = from
        let id = try effects.publish(
            ElderCare(municipality: effects.municipality, service: request.service, state: .started, from: from))
        state.care.requests[place].chain = ChainHead(id)
        state.services.removeAll { $0.service == request.service }
        state.services.append(
            .init(service: request.service, chain: ChainHead(id), isForMove: state.move.way == .into))
        if state.care.fee.from == nil { state.care.fee.from = from }
        let day = SwedishText.day(from)
        switch request.service {
        case .homeHelp:
            try tell(
                Tile(.homeHelp, .ongoing, "Hemtjänsten börjar \(day). Första besöket är i kväll.", next: from), state,
                &effects)
        case .alarm:
            try tell(
                Tile(.alarm, .ongoing, "Trygghetslarmet fungerar från \(day). Tryck på knappen när du behöver hjälp."),
                state, &effects)
        case .residentialCare:
            let next = from.adding(months: effects.value(of: ElderCareRules.followUp))
            try tell(
                Tile(
                    .careHome, .ongoing,
                    "Särskilt boende sedan \(day). Uppföljning senast \(SwedishText.day(next)).", next: next), state,
                &effects)
            try endAtHome(&state, &effects)
        }
        try reportBegun(request, &effects)
        try acceptOffer(&state, &effects)
    }

    /// In a home nobody has home help or an alarm of one's own any more.
    private static func endAtHome(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        let day = SwedishText.day(effects.today)
        for place in state.services.indices
        where state.services[place].service != .residentialCare && state.services[place].take(.ended) {
            let service = state.services[place].service
            try effects.cease(
                ElderCare(municipality: effects.municipality, service: service, state: .ended, from: effects.today),
                in: &state.services[place].chain, occurredOn: effects.today)
            let text =
                service == .homeHelp
                ? "Hemtjänsten avslutades \(day), för att boendet har börjat."
                : "Trygghetslarmet avslutades \(day). Lämna tillbaka det till personalen."
            try tell(Tile(service.tile, .done, text), state, &effects)
        }
    }

    /// The municipality that has offered its case learns that the care has begun here.
    private static func acceptOffer(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let old = state.care.offeredBy else { return }
        state.care.offeredBy = nil
        try effects.publish(
            CaseTransfer(
                service: .elderCare, state: .accepted, fromMunicipality: old, toMunicipality: effects.municipality))
    }

    // MARK: - Overdue

    /// Three months after the decision, and at the end of each quarter (E9).
    static func reportOverdue(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        for place in state.care.requests.indices where state.care.requests[place].isGranted {
            let request = state.care.requests[place]
            let last = request.decidedOn.adding(months: effects.value(of: ElderCareRules.overdue))
            guard last < effects.today else { continue }
            if !request.isReported {
                state.care.requests[place].isReported = true
                let day = SwedishText.day(ElderCareRules.quarterEnd(of: effects.today))
                try tell(
                    Tile(
                        request.service.tile, .investigating,
                        "\(request.service.title.text) är försenat. Kommunen fortsätter att ordna det, och dröjsmålet "
                            + "anmäls till IVO senast \(day)."), state, &effects)
            }
            if ElderCareRules.quarterEnd(of: effects.today) == effects.today {
                try effects.publish(report(request, .overdue, effects))
            }
        }
        setTimers(state, &effects)
    }

    /// What was reported, or should have been, is reported again when it has begun or ended.
    private static func reportBegun(_ request: Case.Request, _ effects: inout Effects<Timer>) throws {
        guard request.isReported else { return }
        try effects.publish(report(request, .executed, effects))
    }

    static func report(
        _ request: Case.Request, _ state: OverdueState, _ effects: Effects<Timer>
    ) -> OverdueCare {
        OverdueCare(
            municipality: effects.municipality, service: request.service, decidedOn: request.decidedOn, state: state,
            reason: request.isDeclined ? .declined : request.service == .residentialCare ? .noPlace : .other,
            quarter: ElderCareRules.quarter(of: effects.today))
    }

    // MARK: - Timers

    /// The next of each kind that is waited for.
    static func setTimers(_ state: Case, _ effects: inout Effects<Timer>) {
        let requests = state.death.holds ? [] : state.care.requests
        func set(_ timer: Timer, _ due: Instant?) {
            if let due { effects.setTimer(timer, at: due) } else { effects.cancelTimer(timer) }
        }
        set(
            .careDecision,
            requests.filter { $0.stage == .applied }.map(\.decidedOn).min().map { KommunRules.morning($0) })
        set(.careStart, requests.compactMap { startsOn($0, state) }.min().map { KommunRules.morning($0) })
        set(
            .careOffer,
            requests.filter { $0.stage == .offered }.compactMap(\.answerBy).min().map { KommunRules.instant(after: $0) }
        )
        let months = effects.value(of: ElderCareRules.overdue)
        let today = effects.today
        let overdue = requests.filter(\.isGranted).map { request -> Instant in
            guard request.isReported else {
                return KommunRules.instant(after: request.decidedOn.adding(months: months))
            }
            let end = ElderCareRules.quarterEnd(of: today)
            return end > today
                ? KommunRules.morning(end) : KommunRules.morning(ElderCareRules.quarterEnd(of: end.adding(days: 1)))
        }
        set(.careOverdue, overdue.min())
    }
}
