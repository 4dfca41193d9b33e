/// What all messages share as CloudEvents on Kafka: the envelope of structured mode, the headers of binary mode.
enum CloudEventParts {
    static let structuredType = "application/cloudevents+json; charset=UTF-8"
    static let binaryType = "application/json"

    static let structuredTrait = "cloudevents.structured"
    static let binaryTrait = "cloudevents.binary"
    static let envelope = "cloudevents.envelope"
    static let deadLetter = "cloudevents.dead-letter"

    /// The name of a type's message in binary mode.
    static func binary(_ type: String) -> String { "\(type).binary" }

    private struct Attribute: Sendable {
        let name: String
        let description: String
        let isRequired: Bool
        let schema: [(key: String, value: DocumentValue?)]

        init(
            _ name: String, _ description: String, isRequired: Bool = false,
            _ schema: [(key: String, value: DocumentValue?)] = []
        ) {
            self.name = name
            self.description = description
            self.isRequired = isRequired
            self.schema = schema
        }

        var value: DocumentValue {
            .members([("type", .string("string"))] + schema + [("description", .string(description))])
        }
    }

    private static let instant: [(key: String, value: DocumentValue?)] = [("format", .string("date-time"))]
    private static let id: [(key: String, value: DocumentValue?)] = [("minLength", .int(1))]

    private static let attributes = [
        Attribute(
            "specversion", "CloudEvents' version.", isRequired: true, [("const", .string("1.0"))]),
        Attribute(
            "id", "Unique within the source; a UUID of version 7 where an agency of this bus made it.",
            isRequired: true,
            id),
        Attribute("type", "The type: its topic, or its topic and facet.", isRequired: true, id),
        Attribute(
            "source", "Who says it: /agency/ and the agency's id.", isRequired: true,
            [("format", .string("uri-reference")), ("minLength", .int(1))]),
        Attribute(
            "subject", "The opaque key of whom it is about, and the record's key; never a personal number.",
            isRequired: true, [("minLength", .int(1)), ("maxLength", .int(200))]),
        Attribute("time", "When the fact became known, in UTC.", instant),
        Attribute("correlationid", "The journey.", id),
        Attribute("causationid", "The message that it follows from.", id),
        Attribute("occurredat", "When it happened in the world, where that is not its time.", instant),
        Attribute(
            "changetype", "How it changes an earlier fact; without it the fact is new.",
            [("enum", .strings(["CORRECTED", "ANNULLED", "CEASED"]))]),
        Attribute("previousid", "The message that it changes.", id),
        Attribute("purpose", "What it may be used for, where the topic allows more than one purpose.", id),
        Attribute("datacontenttype", "The form of the data.", [("const", .string(binaryType))]),
    ]

    /// The components that no file of the contracts has.
    static var schemas: [DocumentValue.Member] {
        [
            .init(
                envelope,
                AsyncAPISchemas.multiFormat(
                    .members([
                        ("title", .string("CloudEvent")),
                        ("description", .string("An event in the JSON format of CloudEvents 1.0.")),
                        ("type", .string("object")),
                        ("properties", .members(attributes.map { ($0.name, $0.value) })),
                        ("required", .strings(attributes.filter(\.isRequired).map(\.name) + ["data"])),
                    ]))),
            .init(
                deadLetter,
                AsyncAPISchemas.multiFormat(
                    .members([
                        ("title", .string("Dead letter")),
                        (
                            "description",
                            .string("What could not be handled or broke a contract, byte for byte, and why.")
                        ),
                        ("type", .string("object")),
                        (
                            "properties",
                            .members([
                                ("reason", text("The kind of reason, as not-valid.")),
                                ("detail", text("The reason as a sentence.")),
                                ("topic", text("Where the original stood.")),
                                ("partition", number("Where the original stood.")),
                                ("offset", number("Where the original stood.")),
                                ("id", text("The original's id.")),
                                ("key", text("The original's key, where it is not its subject.")),
                                ("key_base64", text("The key, where it is no text.")),
                                (
                                    "headers",
                                    .members([
                                        ("type", .string("array")),
                                        ("items", .members([("type", .string("object"))])),
                                        ("description", .string("The original's headers.")),
                                    ])
                                ),
                                ("original", text("The original's value.")),
                                ("original_base64", text("The original's value, where it is no text.")),
                            ])
                        ), ("required", .strings(["reason", "detail"])),
                    ]))),
        ]
    }

    private static func text(_ description: String) -> DocumentValue {
        .members([("type", .string("string")), ("description", .string(description))])
    }

    private static func number(_ description: String) -> DocumentValue {
        .members([("type", .string("integer")), ("minimum", .int(0)), ("description", .string(description))])
    }

    // MARK: - Traits

    static var traits: DocumentValue {
        .members([
            (
                structuredTrait,
                trait(
                    structuredType, "$message.payload#/correlationid",
                    properties: [
                        (
                            "content-type",
                            .members([("type", .string("string")), ("const", .string(structuredType))])
                        )
                    ], required: ["content-type"])
            ),
            (
                binaryTrait,
                trait(
                    binaryType, "$message.header#/ce_correlationid",
                    properties: attributes.filter { $0.name != "datacontenttype" }.map { ("ce_\($0.name)", $0.value) }
                        + [
                            (
                                "content-type",
                                .members([("type", .string("string")), ("const", .string(binaryType))])
                            )
                        ],
                    required: attributes.filter(\.isRequired).map { "ce_\($0.name)" })
            ),
        ])
    }

    private static func trait(
        _ contentType: String, _ correlation: String, properties: [(key: String, value: DocumentValue?)],
        required: [String]
    ) -> DocumentValue {
        .members([
            ("contentType", .string(contentType)),
            (
                "headers",
                .members([
                    ("type", .string("object")), ("properties", .members(properties)), ("required", .strings(required)),
                ])
            ),
            (
                "correlationId",
                .members([("description", .string("The journey.")), ("location", .string(correlation))])
            ),
            (
                "bindings",
                .members([
                    (
                        "kafka",
                        .members([
                            (
                                "key",
                                .members([
                                    ("type", .string("string")), ("description", .string("The event's subject.")),
                                ])
                            ), ("bindingVersion", .string(AsyncAPIBuilder.bindingVersion)),
                        ])
                    )
                ])
            ),
        ])
    }
}
