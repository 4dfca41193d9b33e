import CommandLineTool

/// Which dead letters are meant: all that fit every option given.
struct LetterFilter: Sendable {
    private var reason: String?
    private var topic: String?
    private var agency: String?
    private var state: LetterState?

    /// Whether any option was given.
    var isEmpty: Bool { reason == nil && topic == nil && agency == nil && state == nil }

    /// - Parameter withState: whether the state is among what can be asked for.
    init(_ args: inout Arguments, withState: Bool) {
        reason = args.option("reason", value: "reason", "Only letters with this reason, such as not-handled.")
        topic = args.option("topic", value: "name", "Only letters whose original stood on this topic.")
        agency = args.option(
            "agency", value: "id", "Only letters of this agency, such as kommun-1780; livsbuss is the bus.")
        state = withState ? args.option("state", "Only letters that stand so.") : nil
    }

    /// Whether a letter is meant.
    func takes(_ letter: OperatorLetter) -> Bool {
        (reason == nil || letter.reason == reason) && (topic == nil || letter.topic == topic)
            && (agency == nil || letter.agency == agency) && (state == nil || letter.state == state)
    }
}
