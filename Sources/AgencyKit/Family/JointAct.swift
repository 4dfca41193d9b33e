public import LifeEvents

/// What two or more persons must each file alike before it binds any of them (gemensam anmälan).
///
/// An act binds only who files it, so nobody files for another: each files for oneself, and the act stands once all whom
/// it needs have filed the same. Who is needed is the agency's to say, and may change meanwhile: a second guardian is
/// registered, one dies.
///
/// ```swift
/// state.name.file(terms, by: event.data.filedBy, on: event.knownOn)
/// switch state.name.standing(of: state.guardians.holders) {
/// case .agreed(let name): …
/// case .awaits(let others): …
/// case .differs, .unfiled: …
/// }
/// ```
public struct JointAct<Terms: Codable & Hashable & Sendable>: CasePart, Sendable {
    /// What one person has filed.
    public struct Filing: Codable, Hashable, Sendable {
        /// Who has filed.
        public let by: Subject
        /// What.
        public let terms: Terms
        /// When.
        public let on: Day
    }

    /// The filings of most persons that are kept; past it the oldest goes, so that strangers cannot fill a case.
    public static var mostFilings: Int { 64 }

    /// What has been filed, the oldest first; of each person the last.
    public private(set) var filings: [Filing] = []

    /// Nobody has filed.
    public init() {}

    /// Takes what a person files; an earlier filing of the same person no longer counts.
    public mutating func file(_ terms: Terms, by person: Subject, on day: Day) {
        filings.removeAll { $0.by == person }
        filings.append(Filing(by: person, terms: terms, on: day))
        if filings.count > Self.mostFilings { filings.removeFirst() }
    }

    /// What a person has filed.
    public func filing(by person: Subject) -> Filing? { filings.first { $0.by == person } }

    /// How the act stands between those whom it needs; what others have filed is nothing to it.
    public func standing(of needed: [Subject]) -> JointStanding<Terms> {
        let filed = needed.compactMap { filing(by: $0) }
        guard let first = filed.first else { return .unfiled }
        guard filed.allSatisfy({ $0.terms == first.terms }) else { return .differs }
        let missing = needed.filter { filing(by: $0) == nil }
        return missing.isEmpty ? .agreed(first.terms) : .awaits(missing)
    }

    /// The terms on which all agree whom those very terms need, as a confirmation of parenthood names the two parents.
    public func agreed(by needed: (Terms) -> [Subject]) -> Terms? {
        for filing in filings {
            if case .agreed(filing.terms) = standing(of: needed(filing.terms)) { return filing.terms }
        }
        return nil
    }

    /// The time to file is over, or what is filed has been acted on: nothing that was filed counts any more.
    /// - Returns: what had been filed.
    @discardableResult
    public mutating func lapse() -> [Filing] {
        defer { filings = [] }
        return filings
    }
}

/// How a joint act stands.
public enum JointStanding<Terms: Codable & Hashable & Sendable>: Hashable, Sendable {
    /// Nobody whom it needs has filed.
    case unfiled
    /// Who has filed has filed the same, and these are missing.
    case awaits([Subject])
    /// Two have filed different things.
    case differs
    /// All have filed this.
    case agreed(Terms)
}
