internal import LifeEvents

/// The messages of types, each in structured and in binary mode.
struct AsyncAPIMessages {
    let catalogue: Catalogue

    private static let sampleID = "019cad58-bd80-7000-8000-000000000001"
    private static let sampleJourney = "019cad58-bd80-7000-8000-000000000002"
    private static let sampleSubject = "pbcdfghjklmnpqrs"
    private static let sampleTime = "2026-03-02T07:00:00.000Z"
    /// The first digits of an agency's number, for examples: of Karlstad, and of Värmland.
    private static let sampleNumber = "1780"

    func messages(_ type: TypeSchema, on topic: TopicManifest, _ files: SchemaFiles) -> [DocumentValue.Member] {
        let name = type.type.name
        let examples = (files.root(of: type.type)?["examples"]?.elements ?? []).map(AsyncAPISchemas.plain)
        let hasAnnulment = files.shared?["$defs"]?["annulled"] != nil
        let data = DocumentValue.reference(AsyncAPISchemas.pointer(name))
        let annulled = DocumentValue.reference(AsyncAPISchemas.pointer("\(SchemaReference.shared).annulled"))
        return pair(
            name, title: "\(type.title) / \(type.titleSwedish)", titles: (type.titleSwedish, type.title),
            description: "\(type.description) About: \(type.about.subject).", topic,
            structured: structured(name, data, annulled: hasAnnulment ? annulled : nil),
            binary: hasAnnulment ? .members([("anyOf", .array([data, annulled]))]) : data, examples)
    }

    func deadLetter(_ topic: TopicManifest) -> [DocumentValue.Member] {
        let data = DocumentValue.reference(AsyncAPISchemas.pointer(CloudEventParts.deadLetter))
        return pair(
            topic.name, title: "\(topic.titleEnglish) / \(topic.titleSwedish)",
            titles: (topic.titleSwedish, topic.titleEnglish),
            description: "What could not be handled or broke a contract, and why.", topic,
            structured: structured(topic.name, data, annulled: nil), binary: data, [])
    }

    /// The envelope of this type: what is annulled says why, and not the fact.
    private func structured(_ name: String, _ data: DocumentValue, annulled: DocumentValue?) -> DocumentValue {
        let whole = DocumentValue.members([("properties", .members([("data", data)]))])
        let base: [(key: String, value: DocumentValue?)] = [
            ("properties", .members([("type", .members([("const", .string(name))]))]))
        ]
        let envelope = DocumentValue.reference(AsyncAPISchemas.pointer(CloudEventParts.envelope))
        guard let annulled else { return .members(base + [("allOf", .array([envelope, whole]))]) }
        let isAnnulled = DocumentValue.members([
            ("properties", .members([("changetype", .members([("const", .string("ANNULLED"))]))])),
            ("required", .strings(["changetype"])),
        ])
        return .members(
            base + [
                ("allOf", .array([envelope])), ("if", isAnnulled),
                ("then", .members([("properties", .members([("data", annulled)]))])), ("else", whole),
            ])
    }

    private func pair(
        _ name: String, title: String, titles: (swedish: String, english: String), description: String,
        _ topic: TopicManifest, structured: DocumentValue, binary: DocumentValue, _ examples: [DocumentValue]
    ) -> [DocumentValue.Member] {
        func message(
            _ key: String, _ payload: DocumentValue, trait: String, _ examples: [DocumentValue]
        ) -> DocumentValue.Member {
            .init(
                key,
                .members([
                    ("name", .string(name)), ("title", .string(title)), ("description", .string(description)),
                    ("traits", .array([.reference("#/components/messageTraits/\(trait)")])),
                    ("payload", AsyncAPISchemas.multiFormat(payload)),
                    ("tags", .array([.members([("name", .string(topic.owner.description))])])),
                    ("examples", examples.isEmpty ? nil : .array(examples)),
                    ("x-title-sv", .string(titles.swedish)), ("x-title-en", .string(titles.english)),
                ]))
        }
        let source = "/agency/\(sampleSource(of: topic))"
        return [
            message(
                name, structured, trait: CloudEventParts.structuredTrait,
                examples.map { .members([("payload", event(name, source, $0))]) }),
            message(
                CloudEventParts.binary(name), binary, trait: CloudEventParts.binaryTrait,
                examples.map { .members([("headers", headers(name, source)), ("payload", $0)]) }),
        ]
    }

    // MARK: - Examples

    /// An agency that may write the topic: one of its owner, or else of the first that may.
    private func sampleSource(of topic: TopicManifest) -> String {
        let writers = topic.access.filter(\.access.allowsWriting).map(\.team)
        let team = writers.contains(topic.owner.description) ? topic.owner.description : writers.first
        guard let team, let owner = Owner(text: team) else { return topic.owner.description }
        let digits = catalogue.agency(of: owner)?.digits ?? 0
        return digits > 0 ? "\(team)-\(Self.sampleNumber.prefix(digits))" : team
    }

    private func attributes(_ name: String, _ source: String) -> [(key: String, value: String)] {
        [
            ("specversion", "1.0"), ("id", Self.sampleID), ("type", name), ("source", source),
            ("subject", Self.sampleSubject), ("time", Self.sampleTime), ("correlationid", Self.sampleJourney),
        ]
    }

    private func event(_ name: String, _ source: String, _ data: DocumentValue) -> DocumentValue {
        .members(attributes(name, source).map { ($0.key, .string($0.value)) } + [("data", data)])
    }

    private func headers(_ name: String, _ source: String) -> DocumentValue {
        .members(
            attributes(name, source).map { ("ce_\($0.key)", .string($0.value)) }
                + [("content-type", .string(CloudEventParts.binaryType))])
    }
}
