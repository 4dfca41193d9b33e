public import LifeEvents

extension Scenario {
    /// The same scenario from another start: times that are counted move along, calendar days stay.
    public func starting(at instant: Instant) -> Scenario {
        var timeline = Timeline(start: instant)
        // A step counts only from steps above it, so one pass in the file's order knows all.
        for anchor in anchors {
            if let at = anchor.at.resolve(on: timeline) { timeline.set(at, forStep: anchor.id) }
        }
        timeline.end = until?.resolveAsDeadline(on: timeline) ?? timeline.lastInstant(of: steps)
        var moved = self
        moved.start = Located(instant, start.span)
        moved.timeline = timeline
        return moved
    }
}
