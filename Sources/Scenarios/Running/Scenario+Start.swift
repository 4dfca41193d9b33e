public import LifeEvents

extension Scenario {
    /// The first publishing step whose time is a calendar day; nil: all are counted, so that the scenario can start on any
    /// day.
    public var stepOnCalendarDay: TimeAnchor? {
        let timeline = Timeline(start: start.value)
        let later = Timeline(start: start.value + .days(1))
        var (own, moved) = (timeline, later)
        for anchor in anchors {
            guard let at = anchor.at.resolve(on: own), let other = anchor.at.resolve(on: moved) else { continue }
            // A day that moves along is later for a start that is.
            if other == at { return anchor }
            own.set(at, forStep: anchor.id)
            moved.set(other, forStep: anchor.id)
        }
        return nil
    }

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

extension Scenario {
    /// How many expectations it has, those of its steps and those of the end; what must hold in every run not counted.
    public var expectationCount: Int {
        steps.count { if case .expect = $0.action { true } else { false } } + finalTiles.count + finalPages.count
            + tilesAsOf.reduce(0) { $0 + $1.tiles.count } + finalCounts.count
    }
}

extension InstanceTemplate {
    /// The last instant of the scenario.
    public var end: Instant { until }

    /// When the journey begins that comparisons count from: what the step `anchor` says happened, or the first step.
    public var anchorInstant: Instant {
        let entry = entries.first { entry in
            entry.step != nil && scenario.anchor.map { $0.value == entry.step } ?? true
        }
        return entry.map { $0.occurred ?? $0.due } ?? scenario.start.value
    }
}
