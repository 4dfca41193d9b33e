public import LifeEvents

/// How delays and outages move what an agency does.
extension AgencyFaults {
    /// How much faster than time passed an agency works off what it missed.
    static let catchUpSpeed: Int64 = 1_440

    /// When an agency does what it would have done at an instant, on the grid of instants.
    ///
    /// Nothing while it is away; then it lives through what it missed, in its order and a day a minute, until it is on
    /// time again. So what it hears, its timers and what it was to say keep their order.
    ///
    /// - Parameter isMoved: whether the instant is one to which something was moved already: then only an outage counts
    ///   that it lies in, not what the agency catches up with after one.
    func moment(_ instant: Instant, of agency: AgencyID, resolution: Int64, isMoved: Bool = false) -> Instant {
        var moment = instant
        for outage in outages where outage.agency == agency && moment >= outage.from {
            if isMoved || moment > instant, moment >= outage.end { continue }
            let missed = (moment - outage.from).milliseconds / Self.catchUpSpeed
            moment = max(moment, (outage.end + .milliseconds(missed)).roundedUp(to: resolution))
        }
        return moment
    }

    /// One delay of a message.
    public struct Move: Sendable {
        /// `late`, `slow` or `outage`.
        public let kind: String
        /// The due time before it.
        public let from: Instant
        /// The due time after it.
        public let to: Instant
        /// One sentence.
        public let text: String
        /// The fault's id in its scenario.
        public let name: String
    }

    /// When a message is due that would be due at an instant, all delays and outages counted.
    ///
    /// - Parameters:
    ///   - source: who says it; nil: nobody who can be slow or away.
    ///   - made: when it is made; nil: before the run.
    /// - Returns: the due time, on the grid of instants if it is another than `due`.
    public func due(
        _ due: Instant, type: String, from source: AgencyID?, about subject: Subject, made: Instant?, resolution: Int64
    ) -> Instant {
        var moment = due
        delay(due, type: type, from: source, about: subject, made: made, resolution) { later, _, _, _ in moment = later
        }
        return moment
    }

    /// What delays a message that would be due at an instant, in order; empty if nothing does.
    public func moves(
        _ due: Instant, type: String, from source: AgencyID?, about subject: Subject, made: Instant?, resolution: Int64
    ) -> [Move] {
        var moves: [Move] = []
        delay(due, type: type, from: source, about: subject, made: made, resolution) { later, kind, agency, name in
            let reason =
                switch kind {
                case "late": "the message is late"
                case "slow": "\(agency?.description ?? "somebody") is slow"
                default: "\(agency?.description ?? "somebody") is away"
                }
            moves.append(
                Move(
                    kind: kind, from: moves.last?.to ?? due, to: later,
                    text: "\(reason): \(type) comes at \(Stockholm.local(later))", name: name))
        }
        return moves
    }

    /// The one place that moves a due time: calls with each later one.
    private func delay(
        _ due: Instant, type: String, from source: AgencyID?, about subject: Subject, made: Instant?,
        _ resolution: Int64, _ moved: (_ later: Instant, _ kind: String, _ agency: AgencyID?, _ name: String) -> Void
    ) {
        var moment = due
        func move(to later: Instant, _ kind: String, _ agency: AgencyID?, _ name: String) {
            guard later > moment else { return }
            moment = later
            moved(later, kind, agency, name)
        }
        for delay in delays where delay.window.contains(due) {
            guard delay.agency == nil || delay.agency == source else { continue }
            if let messages = delay.messages, !messages.contains(type, subject) { continue }
            move(
                to: delay.later(moment).roundedUp(to: resolution), delay.agency == nil ? "late" : "slow", delay.agency,
                delay.name)
        }
        guard let source else { return }
        // What an agency makes after an outage is made in time; what it has made before waits for its return.
        for outage in outages where outage.agency == source && moment >= outage.from {
            if let made, made >= outage.from { continue }
            let missed = (moment - outage.from).milliseconds / Self.catchUpSpeed
            move(
                to: (outage.end + .milliseconds(missed)).roundedUp(to: resolution), "outage", source,
                outage.name)
        }
    }
}
