import AgencyKit
import LifeEvents

/// Care that is applied for, by the person or who has a mandate, investigated, granted or refused, and begun (E6 to E10,
/// E18, E21).
extension KommunElderCare {
    var care: [River<Self>] {
        [
            River(
                "investigate an application for care", hears: MunicipalApplication.self,
                under: [
                    ElderCareRules.right, ElderCareRules.atDischarge.legal, ElderCareRules.residential.legal,
                    ElderCareRules.move,
                ],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is of one whom the hospital has told of, for a home, or filed for another") {
                        state, event in Self.isCare(state, event)
                    },
                    Condition("asks for what is neither had nor asked for") { state, event in
                        !Self.wanted(state, event.data).isEmpty
                    },
                ],
                whole: [
                    Condition("is filed by the person, or with a mandate that the municipality knows") {
                        state, event in state.mayAct(event.data.filedBy, for: event.subject, on: event.knownOn)
                    },
                    Condition("is for one who lives") { state, _ in !state.death.holds },
                ], handle: Self.investigate),
            River(
                "tell who has no mandate", hears: MunicipalApplication.self, under: [ElderCareRules.kin],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is filed for another without a mandate") { state, event in
                        !state.mayAct(event.data.filedBy, for: event.subject, on: event.knownOn)
                    }
                ],
                // Not a word on whether there is a case.
                handle: { _, event, effects in
                    try effects.set(
                        Tile(.mandate, .stopped, "Du saknar fullmakt. Be om fullmakt eller ring kommunen."),
                        for: event.data.filedBy)
                }),
            River(
                "take what an officer has refused", hears: ElderCare.self, under: [ElderCareRules.appeal.legal],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("refuses what is investigated") { state, event in
                        event.data.state == .rejected && state.care.place(of: event.data.service, .applied) != nil
                    }
                ], handle: Self.refuse),
            River(
                "take what an officer has granted", hears: ElderCare.self, under: [ElderCareRules.right],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is granted by an officer, and not had") { state, event in
                        event.isNew && event.data.state == .granted
                            && !state.care.requests.contains { $0.service == event.data.service && $0.isOpen }
                            && state.application == nil && state.care.stay.isInHospital
                    }
                ],
                handle: { state, event, effects in
                    var request = Case.Request(event.data.service, from: event.data.from, decidedOn: effects.today)
                    request.take(.granted)
                    request.chain = ChainHead(event)
                    state.care.requests.append(request)
                    try Self.tellReadiness(&state, &effects)
                    Self.setTimers(state, &effects)
                }),
            River(
                "tell the chief guardian of one who cannot apply", hears: GuardianReport.self,
                under: [ElderCareRules.report], concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is a new report of a need") { state, event in
                        event.isNew && event.data.reason == .noRepresentative && !state.care.report.holds
                    }
                ], handle: Self.helpAtOnce),
            River(
                "hear what care was had before a move", hears: CareAssessmentAnswer.self,
                under: [ElderCareRules.move], concerns: { [$0.data.asker] },
                handle: { state, event, _ in
                    guard state.care.inquiry.take(event) != .notAsked else { return }
                    state.care.hadElsewhere = event.data.care ?? []
                }),
            River(
                "tell another municipality what care somebody has", hears: CareAssessmentNeed.self,
                under: [ElderCareRules.move], concerns: { $0.data.asked },
                handle: { state, event, effects in
                    guard let asker = event.source else { return }
                    var refusal = event.refusal(purpose: Self.moving, hasCase: state.isOpen)
                    if refusal == nil,
                        !state.care.permits.lets(effects.agency, to: asker, .careTransfer, on: effects.today)
                    {
                        refusal = .noConsent
                    }
                    let had = state.services.filter { $0.stage != .ended }.map(\.service)
                    try effects.publish(
                        CareAssessmentAnswer(
                            caseRef: event.data.caseRef, asker: asker, status: refusal == nil ? .answered : .refused,
                            refusal: refusal, care: refusal == nil ? had : nil), purpose: event.purpose)
                }),
        ]
    }

    static let moving = Purpose(known: "move")

    /// Whether an application is one of this page; help at home that somebody asks for without a stay in hospital, for
    /// oneself, is inquired into as after a move (M19).
    static func isCare(_ state: Case, _ event: Event<MunicipalApplication>) -> Bool {
        event.data.filedBy != event.subject || state.care.stay.stage != .none
            || event.data.care?.contains(.residentialCare) == true
    }

    private static func wanted(_ state: Case, _ data: MunicipalApplication) -> [ElderCareService] {
        CareRules.inquired(data).filter { service in
            !state.services.contains { $0.service == service && $0.stage == .started }
                && !state.care.requests.contains { $0.service == service && $0.isOpen }
        }
    }

    private static func investigate(
        _ state: inout Case, _ event: Event<MunicipalApplication>, _ effects: inout Effects<Timer>
    ) throws {
        let services = wanted(state, event.data)
        let isHome = services.contains(.residentialCare)
        let rule =
            isHome
            ? ElderCareRules.residential
            : state.care.stay.isInHospital ? ElderCareRules.atDischarge : CareRules.deciding
        let decision = SwedishCalendar.adding(workingDays: effects.value(of: rule), to: effects.today)
        let first = max(event.data.wantedFrom, event.data.movesOn ?? event.data.wantedFrom)
        for service in services {
            state.care.requests.removeAll { $0.service == service && !$0.isOpen }
            state.care.requests.append(Case.Request(service, from: first, decidedOn: decision))
        }
        if event.data.movesOn != nil { try askBeforeMove(&state, &effects) }
        try effects.publish(status(.investigating, expected: decision, effects))
        setTimers(state, &effects)
        let names = services.map(\.word)
        let text =
            "Ansökan om \(names.joined(separator: " och ")) kom in \(SwedishText.day(effects.today)). Beslut väntas "
            + (isHome ? "omkring \(SwedishText.day(decision)), efter ett hembesök." : "\(SwedishText.day(decision)).")
        try tell(Tile(.careApplication, .received, text, expected: decision), state, &effects)
    }

    /// By the consent that the person has given to another municipality.
    private static func askBeforeMove(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        let holders = state.care.permits.holders(to: effects.agency, .careTransfer, on: effects.today)
            .filter { $0.owner == .kommun }
        guard !holders.isEmpty else { return }
        try effects.ask(
            CareAssessmentNeed(caseRef: "care-move", facts: ["care"], asked: holders), for: moving,
            in: &state.care.inquiry)
    }

    private static func status(
        _ state: CaseState, expected: Day? = nil, _ effects: Effects<Timer>
    ) -> MunicipalCaseStatus {
        MunicipalCaseStatus(
            caseRef: "elder-care", municipality: effects.municipality, service: .elderCare, expectedDate: expected,
            state: state)
    }

    /// What is decided today is granted; what an officer has refused is decided already.
    static func decideCare(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        let due = state.care.requests.indices.filter {
            state.care.requests[$0].stage == .applied && state.care.requests[$0].decidedOn <= effects.today
        }
        guard !due.isEmpty else { return }
        for place in due { try grant(place, &state, &effects) }
        try effects.publish(status(.decided, effects))
        let last = ElderCareRules.lastAppeal(decided: effects.today, effects.rules)
        try tell(
            Tile(
                .careDecision, .decided,
                grantedText(due.map { state.care.requests[$0] })
                    + " Överklaga senast \(SwedishText.day(last)) om du inte är nöjd.", reviewBy: last), state, &effects
        )
        try tellReadiness(&state, &effects)
        if let home = due.first(where: { state.care.requests[$0].service == .residentialCare }) {
            try queue(home, &state, &effects)
        }
        setTimers(state, &effects)
    }

    /// `Hemtjänst är beviljad från 11 februari 2026, trygghetslarm från 13 februari 2026.`
    private static func grantedText(_ requests: [Case.Request]) -> String {
        var parts: [String] = []
        for request in requests {
            let (title, isNeuter) = request.service.title
            let what = parts.isEmpty ? "\(title) är \(isNeuter ? "beviljat" : "beviljad")" : lowered(title)
            parts.append("\(what) från \(SwedishText.day(request.from))")
        }
        return parts.joined(separator: ", ") + "."
    }

    private static func grant(_ place: Int, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.care.requests[place].take(.granted) else { return }
        let today = effects.today
        let service = state.care.requests[place].service
        let first: Day
        switch service {
        case .alarm:
            first = SwedishCalendar.adding(workingDays: effects.value(of: ElderCareRules.alarm), to: today)
        case .homeHelp, .residentialCare: first = today
        }
        state.care.requests[place].from = max(first, state.care.requests[place].from)
        state.care.requests[place].decidedOn = today
        if service == .alarm {
            state.care.tellsPosition =
                state.care.permits.lets(effects.agency, to: effects.agency, .careTechnology, on: today)
        }
        state.care.requests[place].chain = ChainHead(
            try effects.publish(
                ElderCare(
                    municipality: effects.municipality, service: service, state: .granted,
                    from: state.care.requests[place].from)))
    }

    /// What a court has granted counts from the judgment.
    static func grantByCourt(_ place: Int, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        try grant(place, &state, &effects)
    }

    private static func refuse(
        _ state: inout Case, _ event: Event<ElderCare>, _ effects: inout Effects<Timer>
    ) throws {
        guard let place = state.care.place(of: event.data.service, .applied),
            state.care.requests[place].take(.rejected)
        else { return }
        state.care.requests[place].decidedOn = effects.today
        state.care.requests[place].chain = ChainHead(event)
        try effects.publish(status(.decided, effects))
        setTimers(state, &effects)
        let last = ElderCareRules.lastAppeal(decided: effects.today, effects.rules)
        let (title, isNeuter) = event.data.service.title
        try tell(
            Tile(
                .careDecision, .decided,
                "\(title) är \(isNeuter ? "avslaget" : "avslagen"): behovet kan tillgodoses på annat sätt. Överklaga "
                    + "senast \(SwedishText.day(last)) om du inte är nöjd.", reviewBy: last), state, &effects)
    }

    /// Nobody can apply for the person: urgent help is given at once, and the chief guardian is told (E17).
    private static func helpAtOnce(
        _ state: inout Case, _ event: Event<GuardianReport>, _ effects: inout Effects<Timer>
    ) throws {
        state.care.report.adopt(event)
        try tell(
            Tile(
                .careApplication, .awaitingAgency,
                "Kommunen har \(SwedishText.day(effects.today)) bett överförmyndaren att utse någon som kan hjälpa dig. "
                    + "Du får den hjälp du behöver genast.", other: effects.agency), state, &effects)
        guard state.care.place(of: .homeHelp, .granted) == nil,
            !state.services.contains(where: { $0.service == .homeHelp && $0.stage != .ended })
        else { return }
        var request = Case.Request(.homeHelp, from: effects.today, decidedOn: effects.today)
        request.take(.granted)
        request.chain = ChainHead(
            try effects.publish(
                ElderCare(
                    municipality: effects.municipality, service: .homeHelp, state: .granted, from: effects.today)))
        state.care.requests.append(request)
        try tellReadiness(&state, &effects)
        setTimers(state, &effects)
    }
}
