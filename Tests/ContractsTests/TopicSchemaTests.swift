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
        catalogue = try SchemaCatalogue(folder: TopicsFolder.shipped)
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

    @Test(arguments: types)
    func `samples of a type are valid, and what differs in one thing is not`(type: String) throws {
        let schema = try #require(catalogue.type(named: type))
        for seed in 1...20 as ClosedRange<UInt64> {
            var sample = SchemaSample(catalogue, seed: seed, purpose: type)
            let text = String(decoding: sample.object(schema.fields), as: UTF8.self)
            #expect(try schemas.failures(of: text, type: schema.type) == [])
            let mutants = try InvalidObjects.of(text, schema.fields, catalogue)
            #expect(mutants.count > schema.fields.count(where: \.isRequired))
            for (what, mutant) in mutants {
                #expect(try schemas.failures(of: mutant, type: schema.type) != [], "\(what): \(mutant)")
            }
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

/// Objects that differ in one thing from a valid one, so that they are not valid.
private enum InvalidObjects {
    static func of(
        _ text: String, _ fields: [Field], _ catalogue: SchemaCatalogue
    ) throws -> [(what: String, text: String)] {
        try JSONTape.reading(text) { root in
            let members = root.members.map {
                (key: $0.keyString, value: String(decoding: $0.value.rawBytes, as: UTF8.self))
            }
            var found = [("an unknown key", object(members + [("unheardOf", "1")])), ("no object", "[\(text)]")]
            for (place, member) in members.enumerated() {
                let field = try #require(fields.first { $0.name == member.key })
                func with(_ value: String) -> String {
                    var changed = members
                    changed[place].value = value
                    return object(changed)
                }
                if field.isRequired {
                    var lacking = members
                    lacking.remove(at: place)
                    found.append(("without \(field.name)", object(lacking)))
                }
                for value in ["null", wrongKind(field.type, catalogue)] + outside(field.type, catalogue) {
                    found.append(("\(field.name) is \(value)", with(value)))
                }
            }
            return found
        }
    }

    private static func object(_ members: [(key: String, value: String)]) -> String {
        "{\(members.map { "\"\($0.key)\":\($0.value)" }.joined(separator: ","))}"
    }

    private static func wrongKind(_ type: FieldType, _ catalogue: SchemaCatalogue) -> String {
        switch type {
        case .string, .formatted: "7"
        case .integer, .number, .boolean, .array: "\"7\""
        case .defined(let name):
            if case .object? = catalogue.definition(named: name)?.content { "[]" } else { "7" }
        }
    }

    /// Values of the right kind that the schema does not allow.
    private static func outside(_ type: FieldType, _ catalogue: SchemaCatalogue) -> [String] {
        func numbers(_ bounds: Bounds) -> [String] {
            [bounds.minimum.map { $0 - 1 }, bounds.maximum.map { $0 + 1 }].compactMap { $0 }.map { "\($0)" } + ["7.5"]
        }
        func texts(_ bounds: Bounds) -> [String] {
            [
                bounds.minimum.flatMap { $0 > 0 ? "\"\(String(repeating: "å", count: $0 - 1))\"" : nil },
                bounds.maximum.map { "\"\(String(repeating: "å", count: $0 + 1))\"" },
            ].compactMap { $0 }
        }
        switch type {
        case .string(let bounds): return texts(bounds)
        case .integer(let bounds): return numbers(bounds)
        case .number, .boolean: return []
        case .formatted(.subject): return ["\"\""]
        case .formatted: return ["\"nothing of the kind\"", "\"2026-02-30\"", "\"12345\""]
        case .array(let element): return ["[null]"] + outside(element, catalogue).map { "[\($0)]" }
        case .defined(let name):
            switch catalogue.definition(named: name)?.content {
            case .values: return ["\"nothing of the kind\"", "\"\""]
            case .object, nil: return ["{}", #"{"unheardOf":1}"#]
            }
        }
    }
}
