import Contracts
import JSON
import JSONSchema
import LifeEvents
import Testing

/// The schemas of the shipped contracts, as the bus holds messages against them.
struct TopicSchemas {
    private let catalogue: Catalogue

    init() throws { catalogue = try ShippedContracts.catalogue() }

    /// What is wrong with the `data` of an event; that of an annulment has a schema for all types.
    func failures(of data: String, type: EventType, isAnnulled: Bool = false) throws -> [String] {
        try #require(catalogue.schemaFiles[type] != nil, "\(type) has no schema")
        return try JSONTape.reading(data) { value in
            catalogue.schemas.failures(of: value, type: type.name, isAnnulled: isAnnulled).map(\.description)
        }
    }
}
