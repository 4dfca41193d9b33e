import Foundation
import JSON
import JSONSchema
import LifeEvents
import Testing

/// The schemas of the folder of contracts, as a validator of JSON Schema reads them.
struct TopicSchemas {
    private let library: SchemaLibrary

    /// All `*.schema.json` of a folder and the folders in it.
    init(folder: String) throws {
        let names = (FileManager.default.enumerator(atPath: folder)?.allObjects ?? []).compactMap { $0 as? String }
        let documents = try names.filter { $0.hasSuffix(".schema.json") }.sorted().map { name in
            SchemaDocument(
                uri: "Topics/\(name)", bytes: Array(try Data(contentsOf: URL(filePath: "\(folder)/\(name)"))))
        }
        library = try SchemaLibrary(documents, formats: SchemaFormat.standard + Self.formats)
    }

    /// What is wrong with the `data` of an event; that of an annulment has a schema for all types.
    func failures(of data: some StringProtocol, type: EventType, isAnnulment: Bool = false) throws -> [String] {
        let owner = try #require(type.owner)
        let noun = type.name.dropFirst("\(owner).".count)
        let uri = isAnnulment ? "Topics/types.schema.json#/$defs/annulled" : "Topics/\(owner)/\(noun).schema.json"
        let schema = try #require(library[uri], "\(type) has no schema")
        return try JSONTape.reading(String(data)) { value in
            let failures = schema.failures(of: value).map(\.description)
            #expect(schema.isValid(value) == failures.isEmpty)
            return failures
        }
    }

    /// The formats that JSON Schema does not name, by the types that read them.
    private static let formats = [
        SchemaFormat(name: "subject", written: "a key of 1 to 200 bytes") { Subject(utf8: $0) != nil },
        SchemaFormat(name: "month", written: "yyyy-mm") { Month(utf8: $0) != nil },
        SchemaFormat(name: "agency", written: "an owner, with a number where it has many") {
            AgencyID(utf8: $0) != nil
        },
        SchemaFormat(name: "tile", written: "a tile's name") {
            TileName(rawValue: String(decoding: $0, as: UTF8.self)) != nil
        },
        SchemaFormat(name: "municipality", written: "four digits") {
            $0.count == 4 && $0.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        },
    ]
}
