/// What a program that plays an agency is held to, clause by clause.
public enum ConformanceClause: String, CaseIterable, Sendable {
    /// It begins, and answers its greeting.
    case begins
    /// Each answer is one that the protocol knows.
    case answers
    /// Answers come in the order of the questions.
    case order
    /// The same question has the same answer: no clock, no chance, no ids of its own making.
    case chance
    /// A restart between any two questions changes nothing.
    case restart
    /// A type that it does not know is ignored.
    case unknown
    /// It says only what the contracts let it say.
    case rights
    /// What it says is as the schema of its type has it.
    case schema
    /// It tells no more than the type has room for, and tells it of and to nobody whom it was not told of.
    case disclosure
    /// Ids are unique and of their time, and each cause is something that it has handled.
    case causes
    /// A need for another purpose is refused, and the refusal says nothing else.
    case refusals
    /// A need is answered, and by the day until which the answer is of use.
    case times
    /// What followed from a fact is taken back when the fact is annulled.
    case annulments
    /// A redelivery, another order of what may be in any order, and duplicates change nothing in the shipped journeys.
    case redelivery
    /// The shipped journeys in which the agency takes part end as they should.
    case journeys

    /// One sentence.
    public var sentence: String {
        switch self {
        case .begins: "it begins, and answers its greeting"
        case .answers: "each answer is one that the protocol knows"
        case .order: "answers come in the order of the questions"
        case .chance: "the same question has the same answer"
        case .restart: "a restart between two questions changes nothing"
        case .unknown: "a type that it does not know is ignored"
        case .rights: "it says only what the contracts let it say"
        case .schema: "what it says is as its schema has it"
        case .disclosure: "it tells no more than it may, and to nobody whom it was not told of"
        case .causes: "ids are unique and of their time, and causes are what it has handled"
        case .refusals: "a need for another purpose is refused, and nothing else is said"
        case .times: "a need is answered, and in time"
        case .annulments: "what followed from a fact is taken back when the fact is annulled"
        case .redelivery: "redeliveries and another order change nothing"
        case .journeys: "the shipped journeys end as they should"
        }
    }
}

/// How a program stands to the clauses.
public struct ConformanceReport: Sendable {
    /// How it stands to one clause.
    public enum Verdict: Equatable, Sendable {
        /// It held each time, so many times.
        case held(Int)
        /// It did not, and how.
        case broken([String])
        /// Nothing of the contracts asks for it.
        case untried
    }

    /// So many findings of a clause are told.
    public static let mostFindings = 5

    private var tries: [ConformanceClause: Int] = [:]
    private var findings: [ConformanceClause: [String]] = [:]

    /// A report of nothing.
    public init() {}

    /// Notes that a clause was tried: what is wrong, nil if nothing is.
    public mutating func note(_ clause: ConformanceClause, _ finding: String? = nil) {
        tries[clause, default: 0] += 1
        guard let finding, findings[clause]?.contains(finding) != true else { return }
        findings[clause, default: []].append(finding)
    }

    /// How it stands to a clause.
    public func verdict(_ clause: ConformanceClause) -> Verdict {
        if let findings = findings[clause] { return .broken(findings) }
        return tries[clause].map { .held($0) } ?? .untried
    }

    /// Whether no clause is broken.
    public var conforms: Bool { findings.isEmpty }
}
