public import LifeEvents

/// How delays and outages move what an agency does.
extension FaultPlan {
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

    /// When a message is due that would be due at an instant, all delays and outages counted.
    ///
    /// - Parameters:
    ///   - source: who says it; nil: nobody who can be slow or away.
    ///   - made: when it is made; nil: before the run.
    ///   - told: called for each delay with its kind, the due time before and after it, and a sentence.
    /// - Returns: the due time, on the grid of instants if it is another than `due`.
    public func due(
        _ due: Instant, type: String, from source: AgencyID?, about subject: Subject, made: Instant?,
        resolution: Int64, told: ((_ kind: String, _ from: Instant, _ to: Instant, _ text: String) -> Void)? = nil
    ) -> Instant {
        var moment = due
        func move(to later: Instant, _ kind: String, _ reason: @autoclosure () -> String) {
            guard later > moment else { return }
            if let told {
                told(kind, moment, later, "\(reason()): \(type) comes at \(Stockholm.local(later))")
            }
            moment = later
        }
        for delay in delays where delay.window.contains(due) {
            guard delay.agency == nil || delay.agency == source else { continue }
            if let messages = delay.messages, !messages.contain(type, subject) { continue }
            let later = delay.later(moment).roundedUp(to: resolution)
            move(
                to: later, delay.agency == nil ? "late" : "slow",
                delay.agency.map { "\($0) is slow" } ?? "the message is late")
        }
        guard let source else { return moment }
        // What an agency makes after an outage is made in time; what it has made before waits for its return.
        for outage in outages where outage.agency == source && moment >= outage.from {
            if let made, made >= outage.from { continue }
            let missed = (moment - outage.from).milliseconds / Self.catchUpSpeed
            let later = (outage.end + .milliseconds(missed)).roundedUp(to: resolution)
            move(to: later, "outage", "\(source) is away")
        }
        return moment
    }
}
