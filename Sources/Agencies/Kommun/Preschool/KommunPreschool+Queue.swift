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
        let from = effects.placeBy(wanted: event.data.wantedFrom)
        state.place.applicant = event.data.filedBy
        state.place.caseRef = "preschool-\(event.knownOn)"
        state.place.from = from
        state.place.queueDay = event.data.wantedFrom.adding(months: -effects.value(of: PreschoolQueueRules.months))
        state.place.aborted = ChainHead()
        setOffer(&state, &effects)
        try publish(.investigating, expected: from, state, &effects)
        try tellQueued(state, wanted: event.data.wantedFrom, &effects)
    }

    private static func tellQueued(_ state: Case, wanted: Day, _ effects: inout Effects<Timer>) throws {
        guard let from = state.place.from, let offer = state.place.offersOn else { return }
        let who = state.guardians.isJoint ? "Ni" : "Du"
        let day = SwedishText.day(from)
        // A place wanted sooner than the law gives one: the last day to give it is all that is promised.
        let promise =
            wanted < from
            ? "\(who) ska få en plats senast den \(day)"
            : "\(who) ska få en plats till den \(day). Svar omkring den \(SwedishText.day(offer))"
        try tell(
            .investigating, "Barnet står i kö till förskola i \(effects.place). \(promise)",
            expected: wanted < from ? from : offer, state, &effects)
    }

    /// The place is offered some weeks before its day, and not before the next working day.
    static func setOffer(_ state: inout Case, _ effects: inout Effects<Timer>) {
        guard let from = state.place.from else { return }
        let offer = effects.offerDay(from: from)
        state.place.offersOn = offer
        effects.setTimer(.offer, at: KommunRules.morning(offer))
    }

    static func sendBack(
        _ state: inout Case, _ event: Event<MunicipalApplication>, _ effects: inout Effects<Timer>
    ) throws {
        let day = event.data.wantedFrom.adding(months: -effects.value(of: PreschoolQueueRules.ahead))
        try effects.set(
            Tile(
                .preschool, .stopped, "Ansök tidigast den \(SwedishText.day(day))", about: effects.subject),
            for: event.data.filedBy)
    }

    static func offer(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let wanted = state.place.from, state.place.take(.offered) else { return }
        // A place that is offered late begins when it can be taken.
        let lastDay = SwedishCalendar.lastDayMoved(
            effects.today.adding(days: effects.value(of: PreschoolQueueRules.answer)))
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
        let offer = SwedishCalendar.adding(workingDays: effects.value(of: PreschoolQueueRules.next), to: effects.today)
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

    // MARK: - Death

    static func die(_ state: inout Case, _ event: Event<Death>, _ effects: inout Effects<Timer>) throws {
        state.death.adopt(event)
        try end(&state, .subjectDied, "Vi beklagar sorgen. Förskoleärendet är avslutat", &effects)
    }

    /// What the child has, or waits for, ends: it has died, or left the country.
    static func end(
        _ state: inout Case, _ reason: CaseReason, _ text: String, _ effects: inout Effects<Timer>
    ) throws {
        let hadPlace = state.place.stage == .started || state.place.stage == .keeping
        guard state.place.take(.ended) else { return }
        state.place.hadPlace = hadPlace
        cancelAll(&effects)
        state.place.aborted = try publish(.aborted, reason: reason, state, &effects)
        try tell(.stopped, text, state, &effects)
    }

    /// What ended it was wrong: the end is annulled, and the child has its place, or stands in the queue, as before.
    static func comeBack(_ state: inout Case, _ reason: String, _ effects: inout Effects<Timer>) throws {
        guard state.place.take(state.place.hadPlace ? .placeRestored : .endAnnulled) else { return }
        try effects.annul(MunicipalCaseStatus.self, in: &state.place.aborted, reason: reason)
        if !state.place.hadPlace { setOffer(&state, &effects) }
        let text =
            state.place.hadPlace
            ? "Barnet har kvar sin plats i förskola i \(effects.place)"
            : "Barnet står kvar i kön till förskola i \(effects.place)"
        try tell(.corrected, "En uppgift var fel och är rättad. \(text)", state, &effects)
    }

    static func cancelAll(_ effects: inout Effects<Timer>) {
        for timer in Timer.allCases { effects.cancelTimer(timer) }
    }

    // MARK: - What is said

    @discardableResult
    static func publish(
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
    static func tell(
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
