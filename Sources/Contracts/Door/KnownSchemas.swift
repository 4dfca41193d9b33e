internal import LifeEvents

/// The schemas of types, all of them read or each when it is first asked for.
struct KnownSchemas: Sendable {
    /// The types, by name.
    private(set) var types: [EventType] = []
    private var byTopic: [String: [EventType]] = [:]
    private var read: [EventType: TypeSchema] = [:]
    private var contracts: TypeContracts?

    /// None.
    init() {}

    /// Schemas that are read.
    init(_ schemas: [TypeSchema]) {
        for schema in schemas { read[schema.type] = schema }
        list(schemas.map(\.type))
    }

    /// Schemas that are each read when it is first asked for.
    init(_ contracts: TypeContracts) {
        self.contracts = contracts
        list(contracts.types)
    }

    private mutating func list(_ types: [EventType]) {
        self.types = types.sorted()
        for type in self.types { byTopic[type.topic, default: []].append(type) }
    }

    /// The types of a topic, by name.
    func types(on topic: String) -> [EventType] { byTopic[topic] ?? [] }

    /// The schema of a type; nil if it has none, or one with a fault.
    subscript(_ type: EventType) -> TypeSchema? {
        guard let contracts else { return read[type] }
        return contracts.schema(of: type)?.value
    }

    /// Why nobody may be told of a type; nil where its schema has no fault.
    func fault(of type: EventType) -> String? {
        guard let problem = contracts?.schema(of: type)?.problems.first else { return nil }
        return "the contract of \(type) has a fault: \(problem)"
    }
}
