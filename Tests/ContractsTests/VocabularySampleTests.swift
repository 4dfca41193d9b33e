import Contracts
import JSON
import LifeEvents
import Testing

/// The generated types, held against their schemas and against what `Codable` makes of the same bytes.
@Suite struct VocabularySampleTests {
    static let types = EventTypes.all
    private let schemas: SchemaCatalogue

    init() throws { schemas = try ShippedContracts.schemas() }

    private func parts(_ type: String) throws -> (schema: TypeSchema, data: any LifeEvent.Type) {
        (
            try #require(schemas.type(named: type)),
            try #require(EventTypes.structs.first { $0.type.name == type })
        )
    }

    @Test(arguments: types)
    func `samples of a type are read and written to the same bytes`(type: String) throws {
        let (schema, data) = try parts(type)
        for seed in 1...50 as ClosedRange<UInt64> {
            var sample = SchemaSample(schemas, seed: seed, purpose: type)
            let bytes = sample.object(schema.fields)
            #expect(try written(data, bytes) == String(decoding: bytes, as: UTF8.self))
        }
    }

    @Test(arguments: types)
    func `the examples of a type are read, and written as they stand`(type: String) throws {
        let (schema, data) = try parts(type)
        for example in schema.examples {
            var compact = JSONWriter()
            try JSONTape.reading(example) { compact.compact($0) }
            #expect(try written(data, compact.bytes) == compact.text)
        }
    }

    @Test(arguments: types)
    func `a type is read as its Codable reads it, and refused at the same place`(type: String) throws {
        let (schema, data) = try parts(type)
        var refused = 0
        for seed in 1...20 as ClosedRange<UInt64> {
            var sample = SchemaSample(schemas, seed: seed, purpose: type)
            let bytes = sample.object(schema.fields)
            for mutant in try Mutants.of(bytes) {
                let (own, codable) = outcomes(data, mutant)
                #expect(own == codable, "\(String(decoding: mutant, as: UTF8.self))")
                if case .refused = own { refused += 1 }
            }
        }
        #expect(refused > 0)
    }

    private enum Outcome: Equatable {
        case read(String)
        case refused(path: String, offset: Int, reason: String)
    }

    private func outcomes<Event: LifeEvent>(_ type: Event.Type, _ bytes: [UInt8]) -> (Outcome, Outcome) {
        func outcome(_ read: (JSONValue) throws -> Event) -> Outcome {
            do {
                return .read(try JSONTape.reading(bytes) { try JSONWriter.string(encoding: try read($0)) })
            } catch let error as JSONDecodingError {
                // An enum says which values it has; Codable repeats the wrong one.
                let isValue = error.reason.contains("is one of") || error.reason.hasPrefix("Cannot initialize")
                return .refused(path: error.path, offset: error.offset, reason: isValue ? "value" : error.reason)
            } catch {
                return .refused(path: "", offset: -1, reason: "\(error)")
            }
        }
        return (outcome { try Event(json: JSONSource($0)) }, outcome { try $0.decode(Event.self) })
    }

    private func written<Event: LifeEvent>(_ type: Event.Type, _ bytes: [UInt8]) throws -> String {
        try JSONTape.reading(bytes) { value in
            let event = try Event(json: JSONSource(value))
            var writer = JSONWriter()
            try event.write(json: &writer)
            #expect(try JSONWriter.string(encoding: event) == writer.text)
            return writer.text
        }
    }
}

/// Objects that differ in one thing from a good one.
private enum Mutants {
    private static let others = ["null", "7", "7.5", "true", "\"\"", "\"nothing of the kind\"", "{}", "[]", "[null]"]

    static func of(_ bytes: [UInt8]) throws -> [[UInt8]] {
        try JSONTape.reading(bytes) { root in
            let members = root.members.map {
                (key: $0.keyString, value: String(decoding: $0.value.rawBytes, as: UTF8.self))
            }
            var mutants = [members.reversed().map { $0 }, members + [("unheardOf", "[1]")], []]
            for place in members.indices {
                var lacking = members
                lacking.remove(at: place)
                mutants.append(lacking)
                for other in others {
                    var wrong = members
                    wrong[place].value = other
                    mutants.append(wrong)
                }
            }
            return mutants.map { members in
                Array("{\(members.map { "\"\($0.key)\":\($0.value)" }.joined(separator: ","))}".utf8)
            } + [Array("[1]".utf8), Array("null".utf8)]
        }
    }
}

extension JSONWriter {
    /// Writes a value without the spaces between its parts.
    fileprivate mutating func compact(_ value: JSONValue) {
        switch value.kind {
        case .object:
            beginObject()
            for member in value.members {
                key(member.keyString)
                compact(member.value)
            }
            endObject()
        case .array:
            beginArray()
            for element in value.elements { compact(element) }
            endArray()
        default: raw(value)
        }
    }
}
