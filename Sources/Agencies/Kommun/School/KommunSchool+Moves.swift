import AgencyKit
import LifeEvents

/// Who moves to another municipality goes to school, and takes courses, there.
extension KommunSchool {
    var moves: [River<Self>] {
        [
            River(
                "end school and course after a move out", hears: Move.self, as: Self.branch,
                concerns: { Kommun.changesMunicipality($0.data) ? Kommun.named($0.data.fromMunicipality) : [] },
                mine: [
                    Condition("is a new move of one who has a place or an offer") { state, event in
                        event.isNew
                            && (state.school.stage.after(.left) != nil || state.course.stage.after(.left) != nil)
                    }
                ],
                handle: { state, event, effects in
                    state.move.adopt(event, .out)
                    let day = SwedishText.day(event.data.effectiveDate)
                    let to = event.data.toMunicipality.map { Municipalities.body(code: $0) } ?? "Den nya kommunen"
                    if state.course.take(.left) {
                        effects.cancelTimer(.sfi)
                        try Self.publish(.adultEducation, .closed, &effects, reason: .transferred)
                        try effects.set(
                            Tile(
                                .sfi, .stopped,
                                "Du har flyttat. \(to) ansvarar för sfi från \(day). Anmäl dig där.",
                                other: effects.agency))
                    }
                    if state.school.take(.left) {
                        try Self.endSchool("\(to) ansvarar för skolan från \(day)", &state, &effects)
                    }
                }),
            River(
                "offer a course after a move in", hears: Move.self, as: Self.branch,
                under: [ArrivalRules.sfiStart.legal],
                concerns: { Kommun.changesMunicipality($0.data) ? Kommun.named($0.data.toMunicipality) : [] },
                mine: [
                    Condition("is new, and has taken a course here before") { state, event in
                        event.isNew && state.course.stage == .ended && !event.data.minor
                    }
                ],
                handle: { state, event, effects in
                    state.move.adopt(event, .into)
                    state.course.take(.cameBack)
                    try effects.set(Tile(.sfi, .ongoing, "Du bor här igen. Sfi fortsätter."))
                }),
            River(
                "undo a move of a pupil", hears: Annulled<Move>.self, as: Self.branch,
                mine: [Condition("acted on the annulled move") { $0.move.annuls($1) }],
                handle: { state, event, effects in
                    guard !state.move.takeBack(event).isEmpty else { return }
                    if state.course.take(.cameBack) {
                        try effects.set(Tile(.sfi, .corrected, "Rättat: flytten var fel. Sfi är som förut."))
                    }
                    if state.school.take(.cameBack) {
                        try Self.tellSchool(
                            state, .corrected, "Rättat: flytten var fel. Skolan är som förut.", &effects)
                    }
                }),
        ]
    }

    static func endSchool(_ who: String, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        effects.cancelTimer(.school)
        try publish(.school, .closed, &effects, reason: .transferred)
        try tellSchool(
            state, .stopped, "\(who). Ansök om skola där.", &effects, other: effects.agency)
    }
}
