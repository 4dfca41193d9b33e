public import LifeEvents

/// Who may say and hear each type of a folder of contracts: by its topic's access list, and by its own list of readers
/// where it has one.
public struct TypeRights: Sendable {
    /// The contracts.
    public let catalogue: Catalogue
    /// The types with a schema, by name.
    public let types: [EventType]
    /// The rights, as a run is held to them.
    public let access: AccessRights

    /// Reads a folder of contracts.
    /// - Throws: every fault of every file at once.
    public init(folder: String) throws(ContractError) {
        catalogue = try Catalogue(folder: folder)
        let schemas = try catalogue.typeSchemas()
        types = schemas.map(\.type)
        access = AccessRights(topics: catalogue.topics, agencies: catalogue.agencies, types: schemas)
    }

    /// Whether a branch may hear a type; nobody may hear one that is not declared.
    public func mayRead(_ type: EventType, _ party: Party) -> Bool {
        guard catalogue.topic(named: type.topic) != nil, isDeclared(type) else { return false }
        return access.reading(of: type, by: party).isGranted
    }

    /// Whether a branch may say a type; nobody may say one that is not declared.
    public func mayWrite(_ type: EventType, _ party: Party) -> Bool {
        catalogue.topic(named: type.topic)?.mayWrite(party) == true && isDeclared(type)
    }

    /// A folder without any schema declares the types of its topics all the same.
    private func isDeclared(_ type: EventType) -> Bool {
        types.isEmpty || catalogue.topic(named: type.topic)?.isDeadLetter == true || types.contains(type)
    }
}
