import AgencyKit
import LifeEvents

/// A newly arrived child begins school within days; what the child knows is looked at there (N16). An adult is offered a
/// course in Swedish once registered, and begins it within a month (N15).
extension KommunSchool {
    var pupils: [River<Self>] {
        [
            River(
                "place a child at school", hears: MunicipalApplication.self, as: Self.branch,
                under: [ArrivalRules.schoolStart.legal, ArrivalRules.knowledge.legal],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is for school, of a child without a place") { state, event in
                        event.data.service == .school && state.school.stage.after(.applied) != nil
                    }
                ],
                whole: [
                    // Before the register knows of a guardian, who acts for the child is who files [A].
                    Condition("is filed by a guardian, once the register knows of one") { state, event in
                        event.data.filedBy != event.subject
                            && (!state.guardians.isKnown || state.guardians.mayAct(event.data.filedBy))
                    }
                ],
                handle: { state, event, effects in
                    state.school.take(.applied)
                    state.school.applicant = event.data.filedBy
                    state.school.cause = effects.cause
                    let days = effects.value(of: ArrivalRules.schoolStart)
                    let day = max(
                        SwedishCalendar.adding(workingDays: days, to: effects.today), event.data.wantedFrom)
                    effects.setTimer(.school, at: KommunRules.morning(day))
                    try Self.publish(.school, .investigating, expected: day, &effects)
                    try Self.tellSchool(
                        state, .investigating, "Skolstart planeras till \(SwedishText.day(day)). Skolan ringer dig.",
                        &effects, expected: day)
                })
        ]
    }

    static func startSchool(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.school.take(.began) else { return }
        let by = effects.today.adding(months: effects.value(of: ArrivalRules.knowledge))
        try publish(.school, .executing, &effects, cause: state.school.cause)
        try tellSchool(
            state, .ongoing,
            "Skolan började \(SwedishText.day(effects.today)). Kunskaperna bedöms och klassen väljs senast "
                + "\(SwedishText.day(by)).", &effects, next: by)
    }

    /// A child's guardians read, and before the register knows of one, who applied.
    static func tellSchool(
        _ state: Case, _ code: TileCode, _ text: String, _ effects: inout Effects<Timer>, expected: Day? = nil,
        next: Day? = nil, other: AgencyID? = nil
    ) throws {
        let holders =
            state.guardians.isKnown ? state.guardians.holders : [state.school.applicant].compactMap(\.self)
        for holder in holders {
            try effects.set(
                Tile(.school, code, text, about: effects.subject, expected: expected, next: next, other: other),
                for: holder, cause: state.school.cause)
        }
    }

    var courses: [River<Self>] {
        [
            River(
                "offer a course to who is registered here", hears: Immigration.self, as: Self.branch,
                under: [ArrivalRules.sfiStart.legal], concerns: { Kommun.concerned($0.data.concerns) },
                mine: [
                    Condition("acts alone, and has no course") { state, event in
                        event.isNew && event.data.family?.first == event.subject
                            && state.course.stage.after(.registered) != nil
                    }
                ],
                handle: { state, event, effects in
                    state.course.take(.registered)
                    state.immigration.adopt(event)
                    let last = effects.today.adding(days: 21)
                    try effects.set(
                        Tile(
                            .sfi, .awaitingCitizen,
                            "Anmäl dig till sfi senast \(SwedishText.day(last)). Du får börja inom en månad. Annars kan "
                                + "programmet dröja.", deadline: last))
                }),
            River(
                "take back the offer of a course", hears: Annulled<Immigration>.self, as: Self.branch,
                mine: [Condition("is the registration we know") { $1.annuls($0.immigration) }],
                handle: { state, event, effects in
                    try state.immigration.take(event)
                    guard state.course.stage == .offered else { return }
                    state.course = .init()
                    try effects.set(
                        Tile(.sfi, .corrected, "Rättat: du är inte folkbokförd här. Erbjudandet gäller inte."))
                }),
            River(
                "place an adult in a course", hears: MunicipalApplication.self, as: Self.branch,
                under: [ArrivalRules.sfiStart.legal, ArrivalRules.sfiCourse.legal],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is for a course, of one without a place") { state, event in
                        event.data.service == .adultEducation && state.course.stage.after(.applied) != nil
                    }
                ],
                whole: [Condition("is filed by the person") { _, event in event.data.filedBy == event.subject }],
                handle: { state, _, effects in
                    state.course.take(.applied)
                    state.course.cause = effects.cause
                    let last = effects.today.adding(months: effects.value(of: ArrivalRules.sfiStart))
                    let days = effects.value(of: ArrivalRules.sfiCourse)
                    let day = min(SwedishCalendar.adding(workingDays: days, to: effects.today), last)
                    effects.setTimer(.sfi, at: KommunRules.morning(day))
                    try Self.publish(.adultEducation, .investigating, expected: last, &effects)
                    try effects.set(
                        Tile(
                            .sfi, .investigating,
                            "Anmälan till sfi kom in \(SwedishText.day(effects.today)). Du får börja senast "
                                + "\(SwedishText.day(last)).", expected: last))
                }),
        ]
    }

    static func startCourse(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.course.take(.began) else { return }
        try publish(.adultEducation, .executing, &effects, cause: state.course.cause)
        try effects.set(
            Tile(.sfi, .ongoing, "Sfi började \(SwedishText.day(effects.today))."), cause: state.course.cause)
    }
}
