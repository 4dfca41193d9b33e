import LifeEvents

/// What lies outside ``ScenarioLimits``, and can be told only when times are known.
extension ScenarioParser {
    /// The shortest resolution of a run, in milliseconds: a minute.
    private static let finestResolution: Int64 = 60_000

    /// The expression if its instant has a text; nil, with a message, if it has none. What cannot be resolved yet is
    /// looked at again when all steps and the end are known.
    mutating func inRange(_ time: TimeExpression) -> TimeExpression? {
        guard let instant = time.resolve(on: timeline) else {
            unresolved.append((time, diagnostics.uses))
            return time
        }
        guard ScenarioLimits.dates.contains(instant) else {
            reportOutside(time)
            return nil
        }
        return time
    }

    private mutating func reportOutside(_ time: TimeExpression) {
        diagnostics.add(
            .badTime, "the time is out of range", at: time.span, hint: "dates are from \(ScenarioLimits.datesText)")
    }

    /// Times that could not be resolved when they were read.
    mutating func checkUnresolved() {
        for (time, uses) in unresolved {
            guard let instant = time.resolve(on: timeline), !ScenarioLimits.dates.contains(instant) else { continue }
            diagnostics.uses = uses
            reportOutside(time)
        }
        diagnostics.uses = []
    }

    /// Whether an instant can be one of a run; says so if it cannot.
    mutating func isInRun(_ instant: Instant, _ what: String, at span: SourceSpan) -> Bool {
        guard !ScenarioLimits.run.contains(instant) else { return true }
        diagnostics.add(
            .badTime, "\(what) is out of range", at: span, hint: "a run lies within \(ScenarioLimits.runText)")
        return false
    }

    /// Delays move messages on, and an agency that was away says late what it had to say: no message may come after the
    /// last instant of runs, even if all delays meet.
    mutating func checkDelays(_ faults: [ScenarioFault]) {
        guard var reached = timeline.end, ScenarioLimits.run.contains(reached) else { return }
        for fault in faults {
            switch fault.kind {
            case .slow(_, let by), .late(_, let by): reached = by.value.added(to: reached)
            default: break
            }
            guard isInRun(reached, "what is delayed so", at: fault.span) else { return }
            if let duration = fault.window.duration, let from = fault.window.from?.resolve(on: timeline) ?? timeline.end
            {
                guard isInRun(duration.value.added(to: from), "the end of the fault", at: duration.span) else { return }
            }
        }
    }

    /// Steps of one instant and opening facts of one subject are told apart by the ordinals of their ids.
    mutating func checkCrowds(_ steps: [Step], _ facts: [OpeningFact]) {
        let most = ScenarioLimits.maximumAtOneInstant
        if let step = Scenario.crowdedStep(steps, on: timeline, resolution: Self.finestResolution) {
            diagnostics.add(
                .tooLarge, "more than \(most) steps publish at one instant", at: step.at?.span ?? step.span,
                hint: "spread them over several minutes")
        }
        var counts: [String: Int] = [:]
        for fact in facts {
            counts[fact.subject.value, default: 0] += 1
            guard counts[fact.subject.value, default: 0] == most + 1 else { continue }
            diagnostics.add(
                .tooLarge, "`\(fact.subject.value)` has more than \(most) opening facts", at: fact.subject.span)
        }
    }
}
