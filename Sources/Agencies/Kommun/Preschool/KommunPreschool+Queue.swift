import AgencyKit
import LifeEvents

extension KommunPreschool {
    static func adopt(
        _ state: inout Case, _ event: Event<MunicipalCaseStatus>, _ effects: inout Effects<Timer>
    ) throws {
        guard state.place.take(.applied) else { return }
        state.place.applicant = event.data.applicant
        state.place.caseRef = event.data.caseRef
        state.place.from = event.data.expectedDate
        setOffer(&state, &effects)
        try tell(
            .investigating, "Barnet står i kö till förskola i \(effects.place)", expected: event.data.expectedDate,
            state, &effects)
    }

    /// An application of one guardian opens the case (B23).
    static func enqueue(
        _ state: inout Case, _ event: Event<MunicipalApplication>, _ effects: inout Effects<Timer>
    ) throws {
        guard !state.death.holds, state.place.take(.applied) else { return }
        let from = KommunRules.placeBy(applied: event.knownOn, wanted: event.data.wantedFrom)
        state.place.applicant = event.data.filedBy
        state.place.caseRef = "preschool-\(event.knownOn)"
        state.place.from = from
        state.place.queueDay = KommunRules.queueDay(wanted: event.data.wantedFrom)
        state.place.aborted = ChainHead()
        setOffer(&state, &effects)
        try publish(.investigating, expected: from, state, &effects)
        try tellQueued(state, &effects)
    }

    private static func tellQueued(_ state: Case, _ effects: inout Effects<Timer>) throws {
        guard let from = state.place.from, let offer = state.place.offersOn else { return }
        try tell(
            .investigating,
            "Barnet står i kö till förskola i \(effects.place). Ni ska få en plats till den \(SwedishText.day(from)). "
                + "Svar omkring den \(SwedishText.day(offer))", expected: offer, state, &effects)
    }

    /// The place is offered some weeks before its day, and not before the next working day.
    private static func setOffer(_ state: inout Case, _ effects: inout Effects<Timer>) {
        guard let from = state.place.from else { return }
        let offer = max(
            KommunRules.offerDay(from: from), SwedishCalendar.adding(workingDays: 1, to: effects.today))
        state.place.offersOn = offer
        effects.setTimer(.offer, at: KommunRules.morning(offer))
    }

    static func sendBack(
        _ state: inout Case, _ event: Event<MunicipalApplication>, _ effects: inout Effects<Timer>
    ) throws {
        let day = KommunRules.earliestApplication(wanted: event.data.wantedFrom)
        try effects.set(
            Tile(
                .preschool, .stopped, "Ansök tidigast den \(SwedishText.day(day))", about: effects.subject),
            for: event.data.filedBy)
    }

    static func offer(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let wanted = state.place.from, state.place.take(.offered) else { return }
        // A place that is offered late begins when it can be taken.
        let lastDay = KommunRules.answerBy(offered: effects.today)
        let from = max(wanted, SwedishCalendar.lastDayMoved(lastDay.adding(days: 1)))
        state.place.from = from
        state.place.lastDay = lastDay
        effects.setTimer(.answer, at: KommunRules.instant(after: lastDay))
        try publish(.proposed, expected: lastDay, state, &effects)
        let (start, day) = (SwedishText.day(from), SwedishText.day(lastDay))
        try tell(
            .awaitingCitizen,
            state.guardians.isJoint
                ? "Ni erbjuds en plats från den \(start). Svara båda två senast den \(day). "
                    + "Annars går platsen vidare och barnet står kvar i kön"
                : "Du erbjuds en plats från den \(start). Svara senast den \(day). "
                    + "Annars går platsen vidare och barnet står kvar i kön",
            deadline: lastDay, state, &effects)
    }

    /// All guardians answer, each for oneself; one no is enough (B23).
    static func takeAnswer(
        _ state: inout Case, _ event: Event<PlaceAnswer>, _ effects: inout Effects<Timer>
    ) throws {
        guard let lastDay = state.place.lastDay, let from = state.place.from else { return }
        guard event.data.accepted else {
            guard state.place.take(.declined) else { return }
            endOffer(&state, &effects)
            try publish(.closed, state, &effects)
            return try tell(
                .done, "Platsen är avböjd och ansökan avslutad. Ansök igen när ni vill ha en plats", state, &effects)
        }
        state.place.answers.file(true, by: event.data.filedBy, on: event.knownOn)
        switch state.place.answers.standing(of: state.guardians.holders) {
        case .agreed:
            guard state.place.take(.accepted) else { return }
            endOffer(&state, &effects)
            effects.setTimer(.start, at: KommunRules.morning(from))
            try publish(.decided, expected: from, state, &effects)
            let text =
                state.guardians.isJoint ? "Platsen är er" : "Platsen är din"
            try tell(
                .ongoing, "\(text). Förskolan hör av sig om inskolning före den \(SwedishText.day(from))", next: from,
                state, &effects)
        case .awaits:
            try effects.set(
                Tile(
                    .preschool, .awaitingAgency,
                    "Vi har ditt svar. Den andra vårdnadshavaren behöver svara senast den \(SwedishText.day(lastDay))",
                    about: effects.subject), for: event.data.filedBy)
        case .differs, .unfiled: break
        }
    }

    private static func endOffer(_ state: inout Case, _ effects: inout Effects<Timer>) {
        effects.cancelTimer(.answer)
        state.place.answers.lapse()
        state.place.lastDay = nil
    }

    /// Silence: the place goes to the next, and the child keeps its day in the queue.
    static func answerMissing(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.place.take(.unanswered) else { return }
        endOffer(&state, &effects)
        let offer = SwedishCalendar.adding(workingDays: KommunRules.nextOfferDays, to: effects.today)
        state.place.offersOn = offer
        effects.setTimer(.offer, at: KommunRules.morning(offer))
        try publish(.investigating, expected: offer, state, &effects)
        try tell(
            .investigating, "Platsen gick vidare. Barnet står kvar i kön", expected: offer, state, &effects)
    }

    static func begin(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.place.take(.began) else { return }
        try publish(.executing, state, &effects)
        try tell(
            .ongoing, "Barnet går i förskola. Anmäl ändrad inkomst till kommunen, avgiften följer den", state, &effects)
    }

    // MARK: - Move and death

    /// The place in the queue ends with the move; the new municipality has a queue of its own [A].
    static func leave(_ state: inout Case, _ event: Event<Move>, _ effects: inout Effects<Timer>) throws {
        guard state.place.take(.movedOut) else { return }
        state.place.move.adopt(event)
        cancelAll(&effects)
        state.place.aborted = try publish(.aborted, reason: .transferred, state, &effects)
        try tell(
            .stopped, "Köplatsen i \(effects.place) upphör",
            other: event.data.toMunicipality.flatMap { Municipalities.agency(code: $0) }, state, &effects)
    }

    static func die(_ state: inout Case, _ event: Event<Death>, _ effects: inout Effects<Timer>) throws {
        state.death.adopt(event)
        guard state.place.take(.subjectDied) else { return }
        cancelAll(&effects)
        state.place.aborted = try publish(.aborted, reason: .subjectDied, state, &effects)
        try tell(.stopped, "Vi beklagar sorgen. Förskoleärendet är avslutat", state, &effects)
    }

    /// What ended the place was wrong: the end is annulled, and the child stands in the queue as before.
    static func comeBack(
        _ state: inout Case, _ trigger: Case.Place.Trigger, _ reason: String, _ effects: inout Effects<Timer>
    ) throws {
        guard state.place.take(trigger) else { return }
        if state.place.aborted.holds {
            try effects.annul(MunicipalCaseStatus.self, in: &state.place.aborted, reason: reason)
        }
        setOffer(&state, &effects)
        try tell(
            .corrected, "En uppgift var fel och är rättad. Barnet står kvar i kön till förskola i \(effects.place)",
            state, &effects)
    }

    private static func cancelAll(_ effects: inout Effects<Timer>) {
        for timer in Timer.allCases { effects.cancelTimer(timer) }
    }

    // MARK: - What is said

    @discardableResult
    private static func publish(
        _ status: CaseState, expected: Day? = nil, reason: CaseReason? = nil, _ state: Case,
        _ effects: inout Effects<Timer>
    ) throws -> ChainHead {
        ChainHead(
            try effects.publish(
                MunicipalCaseStatus(
                    caseRef: state.place.caseRef ?? "preschool", municipality: effects.municipality,
                    service: .preschool, expectedDate: expected, reason: reason, state: status,
                    applicant: state.place.applicant)))
    }

    /// Each guardian, and the applicant where no guardian is known.
    private static func tell(
        _ code: TileCode, _ text: String, deadline: Day? = nil, expected: Day? = nil, next: Day? = nil,
        other: AgencyID? = nil, _ state: Case, _ effects: inout Effects<Timer>
    ) throws {
        let holders =
            state.guardians.isKnown ? state.guardians.holders : [state.place.applicant].compactMap(\.self)
        for holder in holders {
            try effects.set(
                Tile(
                    .preschool, code, text, about: effects.subject, deadline: deadline, expected: expected, next: next,
                    other: other), for: holder)
        }
    }
}

extension Effects<KommunPreschool.Timer> {
    /// The code of the municipality that acts, as data says it.
    var municipality: String { agency.code ?? "" }
    /// The name of the municipality that acts.
    var place: String { Municipalities.name(code: municipality) }
}
