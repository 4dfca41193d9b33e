public import LifeEvents

/// A condition of a river, with the sentence that a tester reads where it stopped an event.
public struct Condition<State, Data: LifeEvent>: Sendable {
    let sentence: String
    let holds: @Sendable (State, Event<Data>) -> Bool

    /// A condition: `Condition("is paid a pension") { state, _ in state.pension.isPaid }`.
    public init(_ sentence: String, _ holds: @escaping @Sendable (State, Event<Data>) -> Bool) {
        self.sentence = sentence
        self.holds = holds
    }
}

/// What became of an event at a river.
public enum RiverOutcome: Hashable, Sendable {
    /// The handler ran.
    case handled
    /// A precondition did not hold: the event is not this river's.
    case notMine(String)
    /// A validation did not hold: the event is the river's but not whole.
    case notWhole(String)
}

/// One rule of an agency: which event it hears, a precondition (is it mine?), a validation (is it whole?), a handler.
public struct River<A: Agency>: Sendable {
    /// The rule's name, for traces: `stop the pension`.
    public let name: String
    /// The type it hears.
    public let type: EventType
    /// Whether it hears annulments of the type instead of its facts.
    public let hearsAnnulment: Bool
    /// The branch (verksamhetsgren) that reads, for the topic's access list; nil: the agency as a whole.
    public let branch: String?
    /// Where the rule stands.
    public let file: StaticString
    /// Where the rule stands.
    public let line: Int

    /// The sentences of the preconditions and of the validations, in their order.
    package let sentences: (mine: [String], whole: [String])
    package let concerns: (@Sendable (IncomingEvent) throws -> [AgencyID])?
    package let run: @Sendable (inout A.Case, IncomingEvent, inout Effects<A.Timer>) throws -> RiverOutcome

    /// A rule.
    /// - Parameters:
    ///   - name: what the rule does, for traces.
    ///   - hears: the event's data; `Annulled<Birth>.self` hears annulments of births.
    ///   - branch: the branch that reads.
    ///   - concerns: which agencies of the owner the event concerns; needed where the owner has many.
    ///   - mine: preconditions; all must hold, else the event is silently not this river's.
    ///   - whole: validations; one that fails is reported.
    ///   - handle: changes the case and makes effects; what it throws makes the event a dead letter for this case.
    public init<Data: LifeEvent>(
        _ name: String, hears: Data.Type, as branch: String? = nil,
        concerns: (@Sendable (Event<Data>) -> [AgencyID])? = nil,
        mine: [Condition<A.Case, Data>] = [], whole: [Condition<A.Case, Data>] = [],
        file: StaticString = #fileID, line: Int = #line,
        handle: @escaping @Sendable (inout A.Case, Event<Data>, inout Effects<A.Timer>) throws -> Void
    ) {
        self.name = name
        self.branch = branch
        self.file = file
        self.line = line
        type = Data.type
        hearsAnnulment = Data.self is any AnnulmentMarker.Type
        sentences = (mine.map(\.sentence), whole.map(\.sentence))
        self.concerns = concerns.map { concerns in
            { @Sendable incoming in concerns(try incoming.event(of: Data.self)) }
        }
        run = { state, incoming, effects in
            let event = try incoming.event(of: Data.self)
            for condition in mine where !condition.holds(state, event) { return .notMine(condition.sentence) }
            for condition in whole where !condition.holds(state, event) { return .notWhole(condition.sentence) }
            try handle(&state, event, &effects)
            return .handled
        }
    }
}

/// Tells annulments from facts when a river is made.
protocol AnnulmentMarker {}
extension Annulled: AnnulmentMarker {}
