public import JSON
public import LifeEvents

/// The readers of a type that are told of a person only with that person's consent.
public struct TypeConsents: Sendable {
    /// The type's name.
    public let type: [UInt8]
    /// Each reader with a clause, and whom an event names of that reader's owner.
    let clauses: [(clause: ConsentClause, delimitation: Delimitation)]

    /// The agencies that an event names and that may be told of its subject with a consent alone, each with its clause.
    public func asked(of data: JSONValue?) -> [(agency: AgencyID, clause: ConsentClause)] {
        var named: [AgencyID] = []
        return clauses.filter { $0.clause.isAsked(of: data) }.flatMap { clause, delimitation in
            named.removeAll(keepingCapacity: true)
            delimitation.concerned(data, into: &named)
            return named.map { ($0, clause) }
        }
    }
}

extension AccessRights {
    /// The types of a topic with readers that need a consent.
    public func consents(on topic: String) -> [TypeConsents] {
        schemas(on: topic).compactMap { schema in
            let clauses = readers(of: schema).compactMap {
                party -> (clause: ConsentClause, delimitation: Delimitation)? in
                let right = reading(of: schema.type, by: party)
                return right.consent.map { ($0, right.delimitation) }
            }
            return clauses.isEmpty ? nil : TypeConsents(type: Array(schema.type.name.utf8), clauses: clauses)
        }
    }
}
