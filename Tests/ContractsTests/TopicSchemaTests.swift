import Contracts
import JSON
import LifeEvents
import Testing

/// The schemas of the contracts, read by a validator that knows nothing of Swift types.
@Suite struct TopicSchemaTests {
    static let types = EventTypes.all
    private let catalogue: SchemaCatalogue
    private let schemas: TopicSchemas

    init() throws {
        catalogue = try ShippedContracts.schemas()
        schemas = try TopicSchemas()
    }

    @Test(arguments: types)
    func `the examples of a type are valid`(type: String) throws {
        let schema = try #require(catalogue.type(named: type))
        #expect(!schema.examples.isEmpty)
        for example in schema.examples {
            #expect(try schemas.failures(of: example, type: schema.type) == [])
        }
    }

    @Test func `an annulment has a reason and nothing else`() throws {
        let type = EventType("skatteverket.birth.v1")
        #expect(try schemas.failures(of: #"{"reasonCode":"wrongPerson"}"#, type: type, isAnnulled: true) == [])
        for wrong in ["{}", #"{"reasonCode":""}"#, #"{"reasonCode":7}"#, #"{"reasonCode":"a","mother":"m"}"#] {
            #expect(try schemas.failures(of: wrong, type: type, isAnnulled: true) != [], "\(wrong)")
        }
    }
}
