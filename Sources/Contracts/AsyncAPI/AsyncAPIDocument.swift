internal import LifeEvents

/// A folder of contracts as one AsyncAPI 3.0 document: a server, a channel for each topic with its Kafka bindings, an
/// operation for each right of an access list, and for each type its message in CloudEvents' structured and binary mode.
///
/// The same contracts give the same bytes. Every reference leads to a place within the document.
///
/// ```swift
/// let document = try AsyncAPIDocument(folder: "Topics", version: "1.0.0")
/// print(document.yaml)
/// ```
public struct AsyncAPIDocument: Sendable {
    /// The document as JSON, indented, with a line break at its end.
    public let json: String
    /// The document as YAML, with a line break at its end.
    public let yaml: String

    /// Reads a folder of contracts.
    /// - Parameter version: the version of the described system, which the document has to name.
    /// - Throws: every fault of every file at once.
    public init(folder: String, version: String) throws(ContractError) {
        let catalogue = try Catalogue(folder: folder)
        let types = try catalogue.typeSchemas()
        let files = try SchemaFiles(catalogue)
        let document = AsyncAPIBuilder(catalogue: catalogue, types: types, files: files).document(version)
        json = document.json
        yaml = document.yaml
    }
}

/// Puts the parts of the document together.
struct AsyncAPIBuilder {
    let catalogue: Catalogue
    let types: [TypeSchema]
    let files: SchemaFiles

    static let server = "kafka"

    func document(_ version: String) -> DocumentValue {
        .members([
            ("asyncapi", .string("3.0.0")),
            ("id", .string("urn:livsbuss:topics")),
            (
                "info",
                .members([
                    ("title", .string("Livsbuss")), ("version", .string(version)),
                    (
                        "description",
                        .string(
                            "What agencies tell each other of people's life events. Each message is a CloudEvent on a "
                                + "Kafka topic; its key is the subject. Agencies write structured mode, and read binary "
                                + "mode as well.")
                    ),
                    ("tags", .array(catalogue.agencies.map(tag))),
                ])
            ),
            ("defaultContentType", .string(CloudEventParts.structuredType)),
            ("servers", servers),
            ("channels", .members(catalogue.topics.map { ($0.name, channel($0)) })),
            ("operations", .object(operations)),
            (
                "components",
                .members([
                    ("messages", .object(messages)), ("schemas", .object(schemas)),
                    ("messageTraits", CloudEventParts.traits),
                ])
            ),
        ])
    }

    private func tag(_ agency: AgencyFile) -> DocumentValue {
        .members([
            ("name", .string(agency.owner.description)),
            ("description", .string("\(agency.titles.swedish) / \(agency.titles.english)")),
        ])
    }

    private var servers: DocumentValue {
        .members([
            (
                Self.server,
                .members([
                    ("host", .string("{bootstrap}")), ("protocol", .string("kafka")),
                    ("description", .string("The Kafka cluster of a run, or the broker of `livsbuss broker`.")),
                    (
                        "variables",
                        .members([
                            (
                                "bootstrap",
                                .members([
                                    ("default", .string("localhost:9092")),
                                    ("description", .string("Host and port of a broker.")),
                                ])
                            )
                        ])
                    ),
                ])
            )
        ])
    }

    // MARK: - Messages and schemas

    /// The types that travel on a topic, or that of its dead letters.
    func names(on topic: TopicManifest) -> [String] {
        topic.isDeadLetter ? [topic.name] : types.filter { $0.type.topic == topic.name }.map(\.type.name)
    }

    private var messages: [DocumentValue.Member] {
        let writer = AsyncAPIMessages(catalogue: catalogue)
        return catalogue.topics.flatMap { topic in
            topic.isDeadLetter
                ? writer.deadLetter(topic)
                : types.filter { $0.type.topic == topic.name }.flatMap { writer.messages($0, on: topic, files) }
        }
    }

    private var schemas: [DocumentValue.Member] {
        var members = CloudEventParts.schemas
        if let shared = files.shared {
            members += AsyncAPISchemas.definitions(of: shared, file: SchemaReference.shared)
        }
        for (type, root) in files.types {
            members.append(.init(type.name, AsyncAPISchemas.whole(root, file: type.name)))
            members += AsyncAPISchemas.definitions(of: root, file: type.name)
        }
        return members
    }
}
