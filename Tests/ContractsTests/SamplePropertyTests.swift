import Contracts
import JSON
import JSONSchema
import LifeEvents
import Testing

/// Many samples of each type, through all that a message goes through: read, written again, held against its schema.
@Suite struct SamplePropertyTests {
    static let types = EventTypes.all
    private static let seeds: ClosedRange<UInt64> = 1_001...1_200
    private let schemas: SchemaCatalogue
    private let catalogue: Catalogue

    init() throws {
        schemas = try ShippedContracts.schemas()
        catalogue = try ShippedContracts.catalogue()
    }

    private func failures(_ bytes: [UInt8], _ type: String) throws -> [SchemaFailurePlace] {
        try JSONTape.reading(bytes) { value in
            catalogue.schemas.failures(of: value, type: type, isAnnulled: false).map {
                SchemaFailurePlace(path: $0.instancePath, sentence: $0.description)
            }
        }
    }

    @Test(arguments: types)
    func `samples are read, written to the same bytes, and valid`(type: String) throws {
        let schema = try #require(schemas.type(named: type))
        let data = try #require(EventTypes.structs.first { $0.type.name == type })
        for seed in Self.seeds {
            var sample = SchemaSample(schemas, seed: seed, purpose: type)
            let bytes = sample.object(schema.fields)
            let written = try rewritten(data, bytes)
            #expect(written == bytes, "\(String(decoding: bytes, as: UTF8.self))")
            #expect(try failures(written, type) == [])
        }
    }

    @Test(arguments: types)
    func `a sample with one fault is not valid, and the fault is found where it is`(type: String) throws {
        let schema = try #require(schemas.type(named: type))
        var (possible, tried): (Set<SampleFault>, Set<SampleFault>) = ([], [])
        for seed in Self.seeds {
            var sample = SchemaSample(schemas, seed: seed, purpose: type)
            let bytes = sample.object(schema.fields)
            let edits = try SampleFaults.of(bytes, schema.fields, schemas)
            possible.formUnion(edits.map(\.fault))
            var random = RandomStream(state: seed)
            for fault in SampleFault.allCases {
                let ways = edits.filter { $0.fault == fault }
                guard !ways.isEmpty else { continue }
                let edit = ways[random.uniform(below: ways.count)]
                let mutant = edit.applied(to: bytes)
                let found = try failures(mutant, type)
                tried.insert(fault)
                #expect(
                    !found.isEmpty && found.allSatisfy { $0.path == edit.path },
                    "\(fault) at '\(edit.path)': \(found)\n\(String(decoding: mutant, as: UTF8.self))")
            }
        }
        #expect(tried == possible)
        #expect(possible.isSuperset(of: [.wrongType, .unknownField]))
        #expect(possible.contains(.missingRequired) == schema.fields.contains(where: \.isRequired))
    }

    @Test func `every kind of fault is possible in some type`() throws {
        var possible: Set<SampleFault> = []
        for schema in schemas.types {
            var sample = SchemaSample(schemas, seed: 1, purpose: schema.type.name)
            possible.formUnion(
                try SampleFaults.of(sample.object(schema.fields), schema.fields, schemas).map(\.fault))
        }
        #expect(possible.sorted() == SampleFault.allCases.sorted())
    }

    private func rewritten<Event: LifeEvent>(_ type: Event.Type, _ bytes: [UInt8]) throws -> [UInt8] {
        try JSONTape.reading(bytes) { value in
            var writer = JSONWriter()
            try Event(json: JSONSource(value)).write(json: &writer)
            return writer.bytes
        }
    }
}

/// Where a validator found something, and what.
private struct SchemaFailurePlace: Equatable {
    let path: String
    let sentence: String
}
