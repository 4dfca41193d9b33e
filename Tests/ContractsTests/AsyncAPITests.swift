import Contracts
import Foundation
import JSON
import LifeEvents
import Testing
import YAML

/// The contracts as one AsyncAPI document.
@Suite struct AsyncAPITests {
    private let document: AsyncAPIDocument

    init() throws { document = try AsyncAPIDocument(folder: TopicsFolder.shipped, version: "1.2.3") }

    @Test(.enabled(if: AsyncAPISchema.isWanted, "../shared/schemas is missing"))
    func `the document is valid by AsyncAPI's own schema, and what lacks a part is not`() throws {
        let schema = try AsyncAPISchema()
        #expect(try schema.failures(of: document.json) == [])
        for (part, wrong) in [
            (#""asyncapi": "3.0.0""#, #""asyncapi": "2.6.0""#), (#""partitions": 4"#, #""partitions": 0"#),
            (#""action": "send""#, #""action": "say""#), (#""protocol": "kafka","#, ""),
            (#""bindingVersion": "0.5.0""#, #""bindingVersion": "9""#),
        ] {
            let broken = document.json.replacing(part, with: wrong, maxReplacements: 1)
            try #require(broken != document.json, "\(part)")
            #expect(try schema.failures(of: broken) != [], "\(wrong)")
        }
    }

    @Test func `YAML and JSON say the same`() throws {
        // It says all that the contracts say, and is larger than a file that a person writes.
        let limits = YAMLLimits(bytes: 16 << 20, depth: 64, nodes: 2_000_000)
        let yaml = PlainYAML.json(try YAMLDocument(text: document.yaml, file: "asyncapi.yaml", limits: limits).root)
        let json = try JSONTape.reading(document.json) { Self.compact($0) }
        #expect(yaml == json)
    }

    @Test func `the same contracts give the same bytes`() throws {
        let again = try AsyncAPIDocument(folder: TopicsFolder.shipped, version: "1.2.3")
        #expect(again.json == document.json)
        #expect(again.yaml == document.yaml)
    }

    @Test func `every reference leads to a place in the document`() throws {
        try JSONTape.reading(document.json) { root in
            var count = 0
            func walk(_ value: JSONValue) {
                for member in value.members {
                    if member.keyString == "$ref", let pointer = member.value.string {
                        count += 1
                        #expect(Self.target(pointer, root) != nil, "\(pointer)")
                    }
                    walk(member.value)
                }
                for element in value.elements { walk(element) }
            }
            walk(root)
            #expect(count > 500)
        }
    }

    @Test func `each topic has a channel with the settings of its manifest`() throws {
        let catalogue = try ShippedContracts.catalogue()
        try JSONTape.reading(document.json) { root in
            for topic in catalogue.topics {
                let channel = try #require(root["channels"]?[topic.name], "\(topic.name)")
                let kafka = try #require(channel["bindings"]?["kafka"])
                #expect(kafka["topic"]?.string == topic.name)
                #expect(kafka["partitions"]?.int == Int64(topic.partitions))
                #expect(kafka["replicas"]?.int == Int64(topic.replication))
                let config = try #require(kafka["topicConfiguration"])
                #expect(config["retention.ms"]?.int == Int64(topic.retentionHours) * 3_600_000)
                #expect(config["max.message.bytes"]?.int == Int64(topic.maximumMessageBytes))
            }
        }
    }

    @Test func `each row of an access list is an operation, and a type's own readers narrow it`() throws {
        let folder = try TopicsFolder(
            Self.narrowed.merging(["skatteverket/birth.v1.yaml": soundManifest]) { $1 })
        let document = try AsyncAPIDocument(folder: folder.path, version: "1")
        try JSONTape.reading(document.json) { root in
            let names = root["operations"]?.members.map(\.keyString) ?? []
            #expect(
                names == [
                    "skatteverket.folkbokforing.send.skatteverket.birth.v1",
                    "skatteverket.folkbokforing.receive.skatteverket.birth.v1",
                ])
        }
    }

    /// A type that the region, which may read its topic, does not read.
    private static let narrowed = [
        "types.schema.json": #"{"$defs": {}}"#,
        "skatteverket/birth.v1.schema.json": #"""
        {"$schema": "https://json-schema.org/draft/2020-12/schema",
         "$id": "https://livsbuss.se/topics/skatteverket/birth.v1.schema.json",
         "title": "Birth", "description": "A birth.", "type": "object",
         "x-livsbuss": {"title-sv": "Födelse", "swift": "Birth", "about": {"subject": "the child"},
                        "chain": "fact", "readers": ["skatteverket/folkbokforing"]},
         "properties": {"order": {"type": "integer", "description": "Which.", "x-livsbuss": {"group": "facts"}}},
         "required": ["order"], "additionalProperties": false, "examples": [{"order": 1}]}
        """#,
    ]

    @Test func `a type's example is a whole event in structured mode, and headers with data in binary mode`() throws {
        try JSONTape.reading(document.json) { root in
            let messages = try #require(root["components"]?["messages"])
            let event = try #require(Self.example(messages["kommun.case-status.v1"])?["payload"])
            #expect(event["source"]?.string == "/agency/kommun-1780")
            #expect(event["type"]?.string == "kommun.case-status.v1")
            let binary = try #require(Self.example(messages["kommun.case-status.v1.binary"]))
            #expect(binary["headers"]?["ce_type"]?.string == "kommun.case-status.v1")
            let (data, bare) = try (#require(event["data"]), #require(binary["payload"]))
            #expect(Self.compact(data) == Self.compact(bare))
        }
    }

    private static func example(_ message: JSONValue?) -> JSONValue? { message?["examples"]?[0] }

    /// A value without the spaces between its parts, numbers as they stand.
    private static func compact(_ value: JSONValue) -> String {
        var writer = JSONWriter()
        write(value, &writer)
        return writer.text
    }

    private static func write(_ value: JSONValue, _ writer: inout JSONWriter) {
        switch value.kind {
        case .object:
            writer.beginObject()
            for member in value.members {
                writer.key(member.keyString)
                write(member.value, &writer)
            }
            writer.endObject()
        case .array:
            writer.beginArray()
            for element in value.elements { write(element, &writer) }
            writer.endArray()
        default: writer.raw(value)
        }
    }

    private static func target(_ pointer: String, _ root: JSONValue) -> JSONValue? {
        guard pointer.hasPrefix("#/") else { return nil }
        var value = root
        for step in pointer.dropFirst(2).split(separator: "/") {
            guard let next = value[String(step)] else { return nil }
            value = next
        }
        return value
    }
}
