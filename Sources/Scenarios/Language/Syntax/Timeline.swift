public import LifeEvents

/// The instants of a scenario's steps. All are known before the run: no step waits for another to succeed.
public struct Timeline: Sendable {
    /// The start of virtual time.
    public let start: Instant
    /// After this instant nothing happens; nil until it is known.
    public internal(set) var end: Instant?
    private var steps: [String: Instant] = [:]

    /// A timeline that knows only its start.
    public init(start: Instant) {
        self.start = start
    }

    /// The instant of a publishing step or of the use of a group; nil for an unknown id, and for an expectation from
    /// which nothing is counted. Of one from which something is, it is when its message came; before that is known, the
    /// end of its window.
    public func instant(ofStep id: String) -> Instant? { steps[id] }

    /// The instant where counting from an origin begins; nil if it is not known.
    public func instant(of origin: TimeExpression.Origin) -> Instant? {
        switch origin {
        case .start: start
        case .end: end
        case .step(let id): steps[id]
        case .day(let day): Stockholm.instant(day)
        }
    }

    /// The first instant of an expectation's window.
    public func opening(of expectation: Expectation) -> Instant {
        expectation.after.flatMap { steps[$0.value] } ?? start
    }

    /// The last instant of an expectation's window, which belongs to it.
    public func deadline(of expectation: Expectation) -> Instant? {
        switch expectation.deadline {
        case .within(let span):
            let reached = span.value.added(to: opening(of: expectation))
            return span.value.unit == .hours ? reached : Self.endOfDay(reached)
        case .by(let time), .until(let time): return time.resolveAsDeadline(on: self)
        case .end: return end
        }
    }

    /// The last instant of steps and of expectations' windows; the start if there are none.
    func lastInstant(of steps: [Step]) -> Instant {
        steps.reduce(start) { last, step in
            switch step.action {
            case .publish: max(last, instant(ofStep: step.id.value) ?? last)
            case .expect(let expectation): max(last, deadline(of: expectation) ?? last)
            }
        }
    }

    mutating func set(_ instant: Instant, forStep id: String) {
        steps[id] = instant
    }

    static func endOfDay(_ instant: Instant) -> Instant {
        Stockholm.instant(Stockholm.day(of: instant).adding(days: 1)) - .milliseconds(1)
    }
}
