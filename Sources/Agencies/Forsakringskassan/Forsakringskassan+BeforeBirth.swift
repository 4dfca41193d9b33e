import AgencyKit
import LifeEvents

/// Parental benefit before a birth (B14, SFB 12:12): the mother applies on her own case, for the child has none yet. Her
/// case alone knows when the birth is expected, so the child's asks it where days before the birth are applied for later,
/// and is told what she has been granted.
extension Forsakringskassan {
    var beforeBirth: [River<Self>] {
        [
            River(
                "tell when a birth was expected", hears: ExpectedBirth.self, under: [ChildRules.beforeBirth.legal],
                mine: [Condition("asks") { _, event in event.data.daysBefore == nil }],
                handle: { state, event, effects in
                    try Self.tell(event.data.child, state, &effects)
                }),
            River(
                "note when the birth was expected", hears: ExpectedBirth.self, under: [ChildRules.beforeBirth.legal],
                mine: [Condition("tells") { _, event in event.data.daysBefore != nil }],
                handle: { state, event, _ in
                    guard let days = event.data.daysBefore else { return }
                    state.days.before = .init(
                        expectedOn: event.data.expectedDate, days: days, through: event.data.through)
                }),
            // Before the share is kept: of a child that is known already it is no news.
            River(
                "tell a child that is born of days before the birth", hears: ChildBenefitShare.self,
                under: [ChildRules.beforeBirth.legal],
                mine: [
                    Condition("is of a child that was not known") { state, event in
                        !state.payments.chains.contains { $0.child == event.data.child }
                    },
                    Condition("has asked for days before a birth, and no child is born yet") { state, event in
                        state.days.born == nil
                            && state.days.applications.contains {
                                $0.applicant == event.subject && $0.stage != .aborted
                            }
                    },
                ],
                handle: { state, event, effects in
                    state.days.born = event.data.child
                    try Self.tellBornChild(state, &effects)
                }),
        ]
    }

    /// Asks the mother's case, where an application on the child's is for days before the birth.
    static func askWhenExpected(
        _ application: Case.Application, _ state: Case, _ effects: inout Effects<Timer>
    ) throws {
        guard application.benefit == .parentalBenefit, let mother = state.child.mother,
            let born = state.child.birthDate, application.from < born, state.days.before == nil
        else { return }
        try effects.publish(ExpectedBirth(child: effects.subject), about: mother)
    }

    /// Tells the child that was born what has been granted before the birth; nothing where no child is, or no days are.
    static func tellBornChild(_ state: Case, _ effects: inout Effects<Timer>) throws {
        guard let child = state.days.born, state.days.applications.contains(where: \.isGranted) else { return }
        try tell(child, state, &effects)
    }

    private static func tell(_ child: Subject, _ state: Case, _ effects: inout Effects<Timer>) throws {
        let granted = state.days.applications.filter { $0.applicant == effects.subject && $0.isGranted }
        try effects.publish(
            ExpectedBirth(
                child: child, daysBefore: granted.reduce(0) { $0 + $1.grantedDays },
                expectedDate: state.pregnancy.head?.value, through: granted.map(\.to).max()),
            about: child)
    }

    /// On the mother's own case: from some days before the expected birth, to the day before it. Later days are applied for
    /// on the child.
    /// - Returns: why not all of the period; nil: all.
    static func limitBeforeBirth(
        _ application: inout Case.Application, _ state: Case, _ effects: Effects<Timer>
    ) -> String? {
        guard state.grief != .stillborn, let expected = state.pregnancy.head?.value else { return nil }
        let before = effects.value(of: ChildRules.beforeBirth)
        var reason: String?
        if application.from < expected.adding(days: -before) {
            application.from = expected.adding(days: -before)
            reason = "Dagar betalas tidigast \(before) dagar före den beräknade födelsen"
        }
        guard application.to >= expected else { return reason }
        application.to = expected.adding(days: -1)
        return "Dagar efter födelsen söker du när barnet är registrerat"
    }

    /// B20: the last day of parental benefit for a child that has died: the mother has hers to day 29 after the delivery.
    static func lastDay(
        of applicant: Subject, afterDeathOn death: Day, _ state: Case, _ effects: Effects<Timer>
    ) -> Day {
        guard state.child.mother == applicant, let born = state.child.birthDate else { return death }
        return max(death, born.adding(days: effects.value(of: ChildRules.daysOfMother) - 1))
    }

    /// What is applied for after the death is cut as what was applied for before it.
    /// - Returns: why not all of the period; nil: all.
    static func limitToDeath(
        _ application: inout Case.Application, born: Day, _ state: Case, _ effects: Effects<Timer>
    ) -> String? {
        guard state.death.holds, let death = state.death.head?.value else { return nil }
        let last = lastDay(of: application.applicant, afterDeathOn: death, state, effects)
        guard application.to > last else { return nil }
        application.to = last
        return "Dagar för barnet betalas till och med den \(SwedishText.day(last))"
    }
}
