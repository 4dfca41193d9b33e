public import LifeEvents

/// A condition of a river, with the sentence that a tester reads where it stopped an event.
///
/// It only looks: every condition of a river is asked, also after one that does not hold, so that a tester reads all
/// that stopped an event. None may rely on another that is named before it.
public struct Condition<State, Data: LifeEvent>: Sendable {
    @usableFromInline let sentence: String
    @usableFromInline let holds: @Sendable (State, Event<Data>) -> Bool

    /// A condition: `Condition("is paid a pension") { state, _ in state.pension.isPaid }`.
    ///
    /// A semicolon in the sentence becomes a comma: semicolons part the sentences of several conditions.
    public init(_ sentence: String, _ holds: @escaping @Sendable (State, Event<Data>) -> Bool) {
        let hasSemicolon = sentence.utf8.contains(UInt8(ascii: ";"))
        self.sentence = hasSemicolon ? sentence.replacing(";", with: ",") : sentence
        self.holds = holds
    }
}

/// The conditions of a river that must all hold.
///
/// Inlinable, as all that a rule runs through: compiled where the agency is, it is code of the agency's own types, and
/// asks the runtime for none.
@usableFromInline struct Conditions<State, Data: LifeEvent>: Sendable {
    @usableFromInline let all: [Condition<State, Data>]
    /// The sentence of each in a list of its own: most events fail one condition, and then nothing is allocated.
    @usableFromInline let alone: [[String]]

    @inlinable init(_ all: [Condition<State, Data>]) {
        self.all = all
        alone = all.map { [$0.sentence] }
    }

    /// The sentences of those that do not hold; nil: all hold.
    /// - Parameter wantsAll: whether somebody reads them; else the first that does not hold is enough.
    @inlinable func failed(_ state: State, _ event: Event<Data>, wantsAll: Bool) -> [String]? {
        var failed: [String]?
        for place in 0..<all.count where !all[place].holds(state, event) {
            guard wantsAll else { return alone[place] }
            failed = failed.map { $0 + alone[place] } ?? alone[place]
        }
        return failed
    }
}

/// What became of an event at a river.
public enum RiverOutcome: Hashable, Sendable {
    /// The handler ran.
    case handled
    /// Preconditions did not hold: the event is not this river's. All their sentences, in the declared order.
    case notMine([String])
    /// Validations did not hold: the event is the river's but not whole. All their sentences, in the declared order.
    case notWhole([String])
    /// The contract gives the river's branch no right to the event, and why.
    case denied(String)

    /// What parts the sentences where they are told in one line; no sentence has it.
    public static let separator = "; "

    /// The sentences of the conditions that did not hold, or why there is no right; none where the handler ran.
    public var sentences: [String] {
        switch self {
        case .handled: []
        case .notMine(let sentences), .notWhole(let sentences): sentences
        case .denied(let reason): [reason]
        }
    }
}

/// One rule of an agency: which event it hears, a precondition (is it mine?), a validation (is it whole?), a handler.
public struct River<A: Agency>: Sendable {
    /// The rule's name, for traces: `stop the pension`.
    package let name: String
    /// The type it hears.
    package let type: EventType
    /// Whether it hears annulments of the type instead of its facts.
    package let hearsAnnulment: Bool
    /// The branch (*verksamhetsgren*) that reads, as the topic's access list names it.
    package let branch: Branch
    /// Where the rule stands.
    package let file: StaticString
    /// Where the rule stands.
    package let line: Int

    /// The numbers of the rules of law that it plays.
    package let rules: [String]

    /// The sentences of the preconditions and of the validations, in their order.
    package let sentences: (mine: [String], whole: [String])
    package let concerns: (@Sendable (IncomingEvent) throws -> [AgencyID])?
    /// Runs the rule on the case that is handled; the storage is that of the agency's cases.
    package let run: @Sendable (CaseStorage, IncomingEvent, EffectSink) throws -> RiverOutcome

    /// A rule.
    /// - Parameters:
    ///   - name: what the rule does, for traces.
    ///   - hears: the event's data; `Annulled<Birth>.self` hears annulments of births.
    ///   - branch: the branch that reads; nil: the agency's own, or the owner as a whole.
    ///   - concerns: which agencies of the owner the event concerns; needed where the owner has many.
    ///   - rules: the rules of law that it plays.
    ///   - mine: preconditions; all must hold, else the event is silently not this river's.
    ///   - whole: validations, asked where all preconditions hold; those that fail are reported.
    ///   - handle: changes the case and makes effects; what it throws makes the event a dead letter for this case.
    @inlinable public init<Data: LifeEvent>(
        _ name: String, hears: Data.Type, as branch: Branch? = nil,
        under rules: [LegalRule] = [], concerns: (@Sendable (Event<Data>) -> [AgencyID])? = nil,
        mine: [Condition<A.Case, Data>] = [], whole: [Condition<A.Case, Data>] = [],
        file: StaticString = #fileID, line: Int = #line,
        handle: @escaping @Sendable (inout A.Case, Event<Data>, inout Effects<A.Timer>) throws -> Void
    ) {
        let (isMine, isWhole) = (Conditions(mine), Conditions(whole))
        self.init(
            name, hears, branch, rules, (mine.map(\.sentence), whole.map(\.sentence)), file, line,
            concerns: concerns.map { concerns in
                { @Sendable incoming in concerns(try incoming.event(of: Data.self)) }
            },
            run: { @Sendable storage, incoming, sink in
                // Whoever runs a rule of an agency has the storage of that agency's cases.
                let cases = unsafeDowncast(storage, to: TypedCaseStorage<A.Case>.self)
                let event = try incoming.event(of: Data.self)
                let wantsAll = sink.wantsReports
                cases.load()
                #if MUTATIONS
                    if let mutated = sink.mutation(at: file, line) {
                        let state = cases.current.pointee
                        if let failed = isMine.failed(state, event, mutated: mutated, from: 0) {
                            return .notMine(failed)
                        }
                        if let failed = isWhole.failed(state, event, mutated: mutated, from: isMine.all.count) {
                            return .notWhole(failed)
                        }
                        var effects = Effects<A.Timer>(sink: sink)
                        try handle(&cases.current.pointee, event, &effects)
                        return .handled
                    }
                #endif
                if let failed = isMine.failed(cases.current.pointee, event, wantsAll: wantsAll) {
                    return .notMine(failed)
                }
                if let failed = isWhole.failed(cases.current.pointee, event, wantsAll: wantsAll) {
                    return .notWhole(failed)
                }
                var effects = Effects<A.Timer>(sink: sink)
                try handle(&cases.current.pointee, event, &effects)
                return .handled
            })
    }

    /// A rule by its parts.
    @usableFromInline init<Data: LifeEvent>(
        _ name: String, _ hears: Data.Type, _ branch: Branch?, _ rules: [LegalRule],
        _ sentences: (mine: [String], whole: [String]), _ file: StaticString, _ line: Int,
        concerns: (@Sendable (IncomingEvent) throws -> [AgencyID])?,
        run: @escaping @Sendable (CaseStorage, IncomingEvent, EffectSink) throws -> RiverOutcome
    ) {
        self.name = name
        self.branch = branch ?? A.ownBranch
        precondition(
            A.branch == nil || self.branch == A.branch, "a rule of an agency that is one branch reads as that branch")
        self.rules = rules.map(\.number)
        self.file = file
        self.line = line
        type = Data.type
        hearsAnnulment = Data.isAnnulment
        self.sentences = sentences
        self.concerns = concerns
        self.run = run
    }
}
