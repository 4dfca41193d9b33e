import Contracts
import LifeEvents
import Synchronization

/// What types say of people with protected personal data, found for each type when a scenario names it.
struct TypeProtections: Sendable {
    /// What one type says.
    struct Rule: Sendable {
        /// The fields that its data must have where nobody in it is protected.
        var needed: [String] = []
        /// The field that says how protected somebody is; nil: none does.
        var level: String?
        /// The owners with many agencies of whom those hear it that it says it concerns.
        var concerned: [(owner: Owner, numbering: AgencyFile.Numbering)] = []
    }

    /// What was found; copies share it.
    private final class Found: Sendable {
        let rules = Mutex<[String: Rule]>([:])
    }

    private let rights: AccessRights
    private let agencies: [AgencyFile]
    private let found = Found()

    /// Nothing is said of anybody.
    init() { self.init(AccessRights(), []) }

    /// What the contracts say.
    init(_ rights: AccessRights, _ agencies: [AgencyFile]) {
        self.rights = rights
        self.agencies = agencies
    }

    /// What a type says.
    subscript(_ type: String) -> Rule {
        found.rules.withLock { rules in
            if let known = rules[type] { return known }
            let rule = rule(of: EventType(type))
            rules[type] = rule
            return rule
        }
    }

    private func rule(of type: EventType) -> Rule {
        guard let protection = rights.protection(of: type) else { return Rule() }
        func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
        var rule = Rule(needed: protection.needed.map(text), level: protection.level.map(text))
        guard !rule.needed.isEmpty else { return rule }
        rule.concerned = agencies.compactMap { agency in
            let isConcerned = agency.readers.contains {
                rights.reading(of: type, by: Party(agency.owner, $0)).offer == .concerned
            }
            return agency.numbering.flatMap { isConcerned ? (agency.owner, $0) : nil }
        }
        return rule
    }
}
