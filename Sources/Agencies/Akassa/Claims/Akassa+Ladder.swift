import AgencyKit
import LifeEvents

/// What a member has not done for finding work: the member is heard, then a step of the ladder is decided.
extension Akassa {
    var ladders: [River<Self>] {
        [
            River(
                "ask a member about a deviation", hears: DeviationNotice.self,
                under: [
                    UnemploymentRules.neglect, UnemploymentRules.prolonging, UnemploymentRules.joined,
                    AkassaRules.answer.legal,
                ], concerns: { $0.data.concerns },
                mine: [
                    Condition("is of a claim that runs") { state, event in
                        state.claim.isRunning && state.claim.endsOn.map { event.data.date <= $0 } ?? true
                    },
                    Condition("is a cause of a ladder") { _, event in event.data.kind.ladder != nil },
                    Condition("is not joined to one that is open") { state, _ in state.ladder.stage == .clean },
                    Condition("is after the member was told of the last") { state, event in
                        event.data.date >= state.ladder.told
                    },
                ], handle: Self.ask),
            River(
                "take a member's explanation", hears: DeviationExplanation.self,
                under: [AkassaRules.deciding.legal], concerns: { [$0.data.fund] },
                mine: [
                    Condition("answers what we have asked") { state, event in
                        state.ladder.stage == .asked && event.data.noticeRef == state.ladder.ref
                            || state.claim.isHeard && state.claim.stage == .asking
                                && event.data.noticeRef == state.claim.caseRef
                    }
                ],
                whole: [
                    Condition("is filed by the member") { _, event in event.data.filedBy == event.subject }
                ], handle: Self.takeExplanation),
        ]
    }

    private static func ask(
        _ state: inout Case, _ event: Event<DeviationNotice>, _ effects: inout Effects<Timer>
    ) throws {
        guard let kind = event.data.kind.ladder, state.ladder.take(.noticed) else { return }
        state.ladder.kind = kind
        state.ladder.deviation = event.data.kind
        state.ladder.date = event.data.date
        state.ladder.told = effects.today
        state.ladder.reason = nil
        let day = effects.answerDay
        effects.setTimer(.ladder, at: effects.midnight(after: day))
        let what = event.data.kind.told(on: event.data.date)
        let step = state.ladder.next(kind)
        let otherwise =
            switch UnemploymentRules.days(of: step, kind) {
            case 0?: "första gången en varning"
            case 1?: "den här gången dras 1 dag"
            case let days?: "den här gången dras \(days) dagar"
            case nil: "den här gången förlorar du resten av dagarna"
            }
        try effects.set(
            Tile(
                .jobSearchDuty, .awaitingCitizen,
                "\(what). Svara senast \(SwedishText.day(day)). Annars avgör vi ändå: \(otherwise)", deadline: day))
    }

    private static func takeExplanation(
        _ state: inout Case, _ event: Event<DeviationExplanation>, _ effects: inout Effects<Timer>
    ) throws {
        guard event.data.noticeRef == state.ladder.ref, state.ladder.take(.answered) else {
            state.claim.reason = event.data.reason
            return try complete(&state, "Ditt svar har kommit in", &effects)
        }
        state.ladder.reason = event.data.reason
        let day = SwedishCalendar.adding(workingDays: effects.value(of: AkassaRules.deciding), to: effects.today)
        effects.setTimer(.ladder, at: Stockholm.instant(day, hour: 8))
        try effects.set(
            Tile(
                .jobSearchDuty, .investigating, "Ditt svar har kommit in. Beslut väntas \(SwedishText.day(day))",
                expected: day))
    }

    static func ladderDue(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        if state.ladder.take(.silent) {
            let day = SwedishCalendar.adding(
                workingDays: effects.value(of: AkassaRules.deciding), to: effects.today)
            return effects.setTimer(.ladder, at: Stockholm.instant(day, hour: 8))
        }
        guard state.ladder.take(.decided) else { return }
        // Illness is seen by a decision of Försäkringskassan, not by what the member says alone.
        if state.claim.isSick(on: state.ladder.date) {
            return try effects.set(
                Tile(.jobSearchDuty, .done, "Du var sjuk och får ingen varning. Du behöver inte göra något mer"))
        }
        try sanction(&state, &effects)
    }

    private static func sanction(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        let kind = state.ladder.kind
        let step = state.ladder.next(kind)
        let days = UnemploymentRules.days(of: step, kind)
        state.ladder.made += 1
        let decision = UnemploymentDecision(
            fund: effects.agency, kind: .sanction, from: state.ladder.date, step: step,
            sanctionDays: days.flatMap { $0 > 0 ? $0 : nil }, sanction: named(days),
            concerns: [AgencyID(.arbetsformedlingen)])
        let id = try effects.publish(decision)
        state.ladder.sanctions.append(
            .init(
                kind: kind, step: step, days: days, date: state.ladder.date, decidedOn: effects.today,
                chain: ChainHead(id), ref: "sanction-\(state.ladder.made)", data: decision))
        let review = effects.reviewBy
        let asked = "Begär omprövning senast \(SwedishText.day(review))"
        guard let days else {
            state.claim.days = state.claim.used
            try effects.set(
                Tile(
                    .jobSearchDuty, .decided,
                    "Du får ingen mer ersättning i den här perioden. Arbetsförmedlingen kan pröva om du kan få ett program, "
                        + "och du kan söka ekonomiskt bistånd hos kommunen. \(asked)", reviewBy: review))
            guard state.claim.take(.exhausted) else { return }
            effects.cancelTimer(.payout)
            return try tellExhausted(Month(of: effects.today).adding(months: -1), &effects)
        }
        state.claim.withheld += days
        let first = days == 0 ? "Du får en varning. Pengarna minskar inte" : "Du mister \(named(days: days))"
        let then =
            switch UnemploymentRules.days(of: step + 1, kind) {
            case let days?: "dras \(named(days: days))"
            case nil: "förlorar du resten av dagarna"
            }
        try effects.set(
            Tile(
                .jobSearchDuty, .decided, "\(first). Händer det igen i samma period \(then). \(asked)",
                reviewBy: review))
    }

    static func named(_ days: Int?) -> UnemploymentSanction {
        days == nil ? .rightLost : days == 0 ? .warning : .suspended
    }

    private static func named(days: Int) -> String { days == 1 ? "1 dag" : "\(days) dagar" }
}

extension DeviationKind {
    /// The ladder that it is a cause of; nil: none.
    var ladder: AkassaCase.Ladder.Kind? {
        switch self {
        case .missedReport, .missedMeeting, .missedJob, .noPlan, .notSeeking: .neglect
        case .refusedJob, .refusedProgramme: .prolonging
        case .leftJob, .leftProgramme, .notAvailable, .availableAgain: nil
        }
    }

    /// What the member reads of it.
    func told(on day: Day) -> String {
        switch self {
        case .missedReport:
            "Din rapport för \(Akassa.named(Month(of: day).adding(months: -1))) saknas hos Arbetsförmedlingen"
        case .missedMeeting: "Du kom inte till ett möte hos Arbetsförmedlingen den \(SwedishText.day(day))"
        case .missedJob: "Du sökte inte ett arbete som Arbetsförmedlingen anvisade"
        case .noPlan: "Din planering hos Arbetsförmedlingen är inte klar"
        case .notSeeking: "Arbetsförmedlingen ser inte att du söker arbete"
        case .refusedJob: "Du tackade nej till ett arbete den \(SwedishText.day(day))"
        case .refusedProgramme: "Du tackade nej till ett program den \(SwedishText.day(day))"
        case .leftJob, .leftProgramme, .notAvailable, .availableAgain: ""
        }
    }
}
