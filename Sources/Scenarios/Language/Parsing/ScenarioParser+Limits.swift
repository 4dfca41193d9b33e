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
        // Of a whole day only the date counts, unless an instant is wanted: ``checkInstant(_:)``.
        guard time.isDay || checkInstant(time) else { return nil }
        return checkClock(time) ? time : nil
    }

    /// Whether the clock in Stockholm shows the time of day that counted days keep; says so if it does not.
    mutating func checkInstant(_ time: TimeExpression) -> Bool {
        guard let gap = time.gap(on: timeline) else { return true }
        let clock = ClockTime(hour: gap.hour, minute: gap.minute).map { Self.text($0) } ?? "such a time"
        diagnostics.add(
            .badTime, "this leads to \(clock) on \(gap.day), which is no time: the clock goes from 02:00 to 03:00",
            at: time.span, hint: "write a time on the clock behind it, as `+3d 03:00`")
        return false
    }

    /// The time of what happens at an instant; nil, with a message, where the clock leaves it out.
    mutating func instant(_ time: TimeExpression) -> TimeExpression? {
        !time.isDay || checkInstant(time) ? time : nil
    }

    /// Whether the clock in Stockholm shows the time once on its day; says so if it does not.
    private mutating func checkClock(_ time: TimeExpression) -> Bool {
        guard let (day, clock) = time.reading(on: timeline) else { return true }
        return checkClock(clock, on: day, at: time.span)
    }

    /// Whether the clock in Stockholm shows a reading once on a day; says so if it does not.
    mutating func checkClock(_ clock: ClockTime, on day: Day, at span: SourceSpan) -> Bool {
        let text = Self.text(clock)
        switch clock.instants(on: day).count {
        case 1: return true
        case 0:
            guard let zone = clock.zone else {
                diagnostics.add(
                    .badTime, "there is no \(text) on \(day): the clock goes from 02:00 to 03:00", at: span,
                    hint: "write a time before 02:00 or from 03:00")
                return false
            }
            let other = zone == .summer ? ClockTime.Zone.normal : .summer
            diagnostics.add(
                .badTime, "there is no \(text) \(zone.rawValue) on \(day)", at: span,
                hint: "that day the clock shows it as \(other.rawValue), or not at all")
            return false
        default:
            diagnostics.add(
                .badTime, "the clock shows \(text) twice on \(day)", at: span,
                hint: "write `\(text) CEST` for the first, `\(text) CET` for the second")
            return false
        }
    }

    private static func text(_ clock: ClockTime) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(two(clock.hour)):\(two(clock.minute))"
    }

    private mutating func reportOutside(_ time: TimeExpression) {
        diagnostics.add(
            .badTime, "the time is out of range", at: time.span, hint: "dates are from \(ScenarioLimits.datesText)")
    }

    /// Times that could not be resolved when they were read: range and clock.
    mutating func checkUnresolved() {
        for (time, uses) in unresolved {
            guard let instant = time.resolve(on: timeline) else { continue }
            diagnostics.uses = uses
            guard ScenarioLimits.dates.contains(instant) else {
                reportOutside(time)
                continue
            }
            if time.isDay || checkInstant(time) { _ = checkClock(time) }
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
