public import LifeEvents

extension Scenario {
    /// The same scenario from another start: times that are counted move along, calendar days stay.
    public func starting(at instant: Instant) -> Scenario {
        var timeline = Timeline(start: instant)
        // A step counts only from steps above it, so one pass in the file's order knows all.
        for step in steps {
            guard case .publish = step.action, let at = step.at?.resolve(on: timeline) else { continue }
            timeline.set(at, forStep: step.id.value)
        }
        timeline.end = until?.resolveAsDeadline(on: timeline)
        if timeline.end == nil {
            let last = steps.compactMap { step -> Instant? in
                switch step.action {
                case .publish: timeline.instant(ofStep: step.id.value)
                case .expect(let expectation): timeline.deadline(of: expectation)
                }
            }.max()
            timeline.end = max(instant, last ?? instant)
        }
        return Scenario(
            name: name, version: version, start: Located(instant, start.span), citizens: citizens, agencies: agencies,
            facts: facts, steps: steps, finalTiles: finalTiles, until: until, timeline: timeline)
    }
}
