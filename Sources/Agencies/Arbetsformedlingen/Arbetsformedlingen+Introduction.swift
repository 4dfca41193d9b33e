import AgencyKit
import LifeEvents

/// Who has a permit for the introduction is called once registered in Sweden, is mapped, and takes part in the programme month
/// by month (etableringsprogrammet; N12).
extension Arbetsformedlingen {
    var introductions: [River<Self>] {
        [
            River(
                "refer who has a permit to the introduction", hears: ResidencePermit.self,
                mine: [
                    Condition("is granted for the introduction to one who acts alone") { state, event in
                        event.isNew && event.data.state == .granted && event.data.establishment
                            && event.data.family.first == event.subject
                    },
                    Condition("is in no introduction") { state, _ in
                        state.introduction.stage.after(.permitted) != nil
                    },
                ],
                handle: { state, event, _ in
                    state.introduction = .init()
                    state.introduction.take(.permitted)
                    state.introduction.permit.adopt(event)
                }),
            River(
                "go on with an extended permit", hears: ResidencePermit.self,
                mine: [
                    Condition("is extended of one who is in the introduction") { state, event in
                        event.isNew && event.data.state == .extended && state.introduction.permit.holds
                    }
                ],
                handle: { state, event, _ in state.introduction.permit.adopt(event) }),
            River(
                "end the introduction with the permit", hears: ResidencePermit.self,
                mine: [Condition("ends the permit we know") { $1.ceases($0.introduction.permit) }],
                handle: { state, event, effects in
                    try state.introduction.permit.take(event)
                    guard !state.introduction.take(.unpermitted) else { return effects.cancelTimer(.introduction) }
                    try Self.endIntroduction(
                        &state, on: event.occurredOn, "uppehållstillståndet inte gäller längre", &effects)
                }),
            River(
                "undo the introduction of who never had the permit", hears: Annulled<ResidencePermit>.self,
                mine: [Condition("is the permit we know, or its end") { $1.annuls($0.introduction.permit) }],
                handle: { state, event, effects in
                    guard case .annulled = try state.introduction.permit.take(event) else { return }
                    try Self.undoIntroduction(&state, event.data.reasonCode, &effects)
                }),
            River(
                "call who is registered in Sweden", hears: Immigration.self,
                under: [ArrivalRules.registered, ArrivalRules.meeting.legal],
                mine: [
                    Condition("waits for the registration") { state, event in
                        event.isNew && state.introduction.stage.after(.registered) != nil
                    }
                ], handle: Self.call),
            River(
                "forget a registration in Sweden that never was", hears: Annulled<Immigration>.self,
                mine: [Condition("is the registration we know") { $1.annuls($0.introduction.immigration) }],
                handle: { state, event, effects in
                    try state.introduction.immigration.take(event)
                    try Self.undoIntroduction(&state, event.data.reasonCode, &effects)
                }),
            River(
                "begin the introduction of who comes", hears: JobSeekerFiling.self,
                under: [ArrivalRules.mapping.legal, ArrivalRules.registered],
                mine: [
                    Condition("is called, or has the permit") { state, _ in state.introduction.isCalled },
                    Condition("is not registered") { state, _ in !state.isActive },
                ],
                whole: [
                    Condition("is filed by the job-seeker") { _, event in event.data.filedBy == event.subject },
                    Condition("is of somebody alive") { state, _ in !state.death.holds },
                ], handle: Self.take),
            River(
                "note who was not there", hears: IntroductionAbsence.self, under: [ArrivalRules.explained.legal],
                mine: [Condition("is in the introduction") { state, _ in state.introduction.isOpen }],
                handle: { state, event, effects in
                    let month = event.data.month
                    state.introduction.absences.removeAll { $0.month == month }
                    guard !event.data.excused else { return }
                    state.introduction.absences.append(.init(month: month, days: event.data.days))
                    let last = SwedishCalendar.lastDayMoved(
                        effects.today.adding(days: effects.value(of: ArrivalRules.explained)))
                    try effects.set(
                        Tile(
                            .introduction, .awaitingCitizen,
                            "Du var inte med \(event.data.days) dagar i \(InsuranceRules.monthName(month)). Förklara varför "
                                + "senast \(SwedishText.day(last)). Annars får du ingen ersättning för dem.",
                            deadline: last))
                }),
            River(
                "go on at another office after a move", hears: Move.self,
                mine: [
                    Condition("is in the introduction, and changes municipality") { state, event in
                        event.isNew && state.introduction.isOpen
                            && event.data.toMunicipality != state.introduction.municipality
                    }
                ],
                handle: { state, event, effects in
                    guard let code = event.data.toMunicipality else { return }
                    state.introduction.municipality = code
                    try effects.set(
                        Tile(
                            .introduction, .ongoing,
                            "Etableringsprogrammet fortsätter i \(Municipalities.name(code: code)). Kontoret där hör av "
                                + "sig."))
                }),
            River(
                "end the introduction of who has left the country", hears: Deregistration.self,
                mine: [
                    Condition("is in the introduction") { state, event in event.isNew && state.introduction.isOpen }
                ],
                handle: { state, event, effects in
                    try Self.endIntroduction(&state, on: event.data.from, event.data.reason.sentence, &effects)
                }),
            River(
                "end the introduction at death", hears: Death.self,
                mine: [
                    Condition("is in the introduction") { state, event in event.isNew && state.introduction.isOpen }
                ],
                handle: { state, event, effects in
                    try Self.publishEnd(&state, on: event.data.deathDate, &effects)
                }),
        ]
    }

    private static func call(
        _ state: inout Case, _ event: Event<Immigration>, _ effects: inout Effects<Timer>
    ) throws {
        let hasFiled = state.introduction.stage == .waiting
        state.introduction.take(.registered)
        state.introduction.immigration.adopt(event)
        state.introduction.municipality = event.data.municipality
        guard !hasFiled else { return try map(&state, &effects) }
        let meeting = SwedishCalendar.adding(
            workingDays: effects.value(of: ArrivalRules.meeting), to: effects.today)
        try effects.set(
            Tile(
                .introduction, .awaitingCitizen,
                "Kom till Arbetsförmedlingen \(SwedishText.day(meeting)) kl. 09.00. Annars börjar etableringen och "
                    + "ersättningen senare.", deadline: meeting))
    }

    private static func take(
        _ state: inout Case, _ event: Event<JobSeekerFiling>, _ effects: inout Effects<Timer>
    ) throws {
        let extent = event.data.extent ?? 100
        let id = try effects.publish(
            JobSeekerRegistration(from: effects.today, extent: extent), occurredOn: effects.today)
        state.registration = .init(chain: ChainHead(id), from: effects.today, extent: extent)
        state.duty = .init()
        state.introduction.take(.filed)
        guard state.introduction.stage == .mapped else {
            return try effects.set(
                Tile(
                    .introduction, .awaitingAgency,
                    "Du är inskriven från \(SwedishText.day(effects.today)). Etableringen börjar när Skatteverket har "
                        + "folkbokfört dig.", other: .skatteverket))
        }
        try map(&state, &effects)
    }

    /// What somebody can and wants is looked at; then the programme is decided.
    private static func map(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        state.introduction.from = effects.today
        let days = effects.value(of: ArrivalRules.mapping)
        let decided = SwedishCalendar.adding(workingDays: days, to: effects.today)
        effects.setTimer(.introduction, at: Stockholm.instant(decided, hour: 8))
        try effects.publish(
            IntroductionProgramme(
                state: .mapping, from: effects.today, share: 100, concerns: state.introduction.concerns))
        try effects.set(
            Tile(
                .introduction, .investigating,
                "Planeringen började \(SwedishText.day(effects.today)). Beslut väntas \(SwedishText.day(decided)).",
                expected: decided))
    }

    /// The programme is decided, or a month of it is over.
    static func introductionDue(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.introduction.stage == .programme else { return try decideProgramme(&state, &effects) }
        guard let month = state.introduction.next, let last = state.introduction.to,
            let first = state.introduction.from
        else { return }
        let absent = state.introduction.absences.first { $0.month == month }?.days ?? 0
        let weekdays = IntroductionDays.weekdays(max(first, month.firstDay), min(last, month.lastDay))
        try effects.publish(
            IntroductionProgramme(
                state: .month, from: first, to: last, month: month, days: max(0, weekdays - absent), share: 100))
        guard month.lastDay < last else {
            return try endIntroduction(&state, on: last, "tiden är slut", &effects)
        }
        state.introduction.next = month.next
        setMonthTimer(month.next, &effects)
    }

    private static func decideProgramme(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let mapped = state.introduction.from, state.introduction.take(.decided) else { return }
        let first = Month(of: effects.today).next
        let last = first.adding(months: effects.value(of: ArrivalRules.programme) - 1).lastDay
        (state.introduction.from, state.introduction.to) = (first.firstDay, last)
        state.introduction.next = first
        setMonthTimer(first, &effects)
        try effects.publish(
            IntroductionProgramme(
                state: .decided, from: first.firstDay, to: last, share: 100, concerns: state.introduction.concerns))
        // Applied for at the latest in the month after the one that is asked for.
        let apply = Month(of: mapped).next.lastDay
        try effects.set(
            Tile(
                .introduction, .decided,
                "Du är med i etableringsprogrammet \(InsuranceRules.period(first.firstDay, last)). Ansök om ersättning "
                    + "hos Försäkringskassan senast \(SwedishText.day(apply))."))
    }

    /// 08:00 on the first working day after a month.
    private static func setMonthTimer(_ month: Month, _ effects: inout Effects<Timer>) {
        let day = SwedishCalendar.adding(workingDays: 1, to: month.lastDay)
        effects.setTimer(.introduction, at: Stockholm.instant(day, hour: 8))
    }

    private static func publishEnd(
        _ state: inout Case, on day: Day, _ effects: inout Effects<Timer>
    ) throws {
        effects.cancelTimer(.introduction)
        guard let from = state.introduction.from, state.introduction.take(.over) else { return }
        try effects.publish(
            IntroductionProgramme(
                state: .ended, from: from, to: day, share: 100, concerns: state.introduction.concerns))
    }

    private static func endIntroduction(
        _ state: inout Case, on day: Day, _ why: String, _ effects: inout Effects<Timer>
    ) throws {
        guard state.introduction.isOpen else { return }
        try publishEnd(&state, on: day, &effects)
        try effects.set(
            Tile(
                .introduction, .stopped,
                "Etableringen slutade \(SwedishText.day(day)), eftersom \(why).", other: .arbetsformedlingen))
    }

    /// It never should have begun: what was said of it is taken back.
    private static func undoIntroduction(
        _ state: inout Case, _ reason: String, _ effects: inout Effects<Timer>
    ) throws {
        let hadBegun = state.introduction.stage != .none && state.introduction.stage != .referred
        if state.introduction.isOpen { try publishEnd(&state, on: effects.today, &effects) }
        effects.cancelTimer(.introduction)
        if hadBegun, var registration = state.registration {
            try effects.annul(JobSeekerRegistration.self, in: &registration.chain, reason: reason)
            state.registration = registration
        }
        state.introduction = .init()
        guard hadBegun else { return }
        try effects.set(
            Tile(.introduction, .corrected, "Rättat: du hör inte till etableringen. Den gäller inte längre."))
    }
}

/// Days of the introduction: Monday to Friday, red days among them.
enum IntroductionDays {
    /// How many from a day to another.
    static func weekdays(_ first: Day, _ last: Day) -> Int {
        var count = 0
        var day = first
        while day <= last {
            if day.weekday < .saturday { count += 1 }
            day = day.adding(days: 1)
        }
        return count
    }
}
