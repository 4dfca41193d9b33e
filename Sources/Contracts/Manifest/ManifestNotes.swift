internal import YAML

/// What nais does not know and a manifest says in annotations.
struct ManifestNotes {
    static let prefix = "livsbuss.se/"
    private static let required = ["class", "purposes", "title-sv", "title-en"].map { prefix + $0 }
    private static let optional = ["legal-basis", "readers"].map { prefix + $0 }

    let informationClass: InformationClass?
    let purposes: [String]
    let legalBasis: String?
    let titleSwedish: String?
    let titleEnglish: String?
    /// The parties that `livsbuss.se/readers` names, `owner/branch`.
    let readers: [String]

    /// Annotations of others, such as nais's own, are left alone; of ours, one that is not known is a fault.
    init(_ reading: NaisReading, _ findings: inout Findings) {
        for entry in reading.annotationEntries where entry.name.hasPrefix(Self.prefix) {
            findings.expect(entry, among: Self.required + Self.optional, "metadata.annotations")
        }
        if let node = reading.annotationsNode {
            for key in Self.required where !reading.annotationEntries.contains(where: { $0.name == key }) {
                findings.add(node, "metadata.annotations lacks the key '\(key)'")
            }
        }
        func note(_ key: String) -> YAMLNode? { reading.annotations[Self.prefix + key] }
        informationClass = findings.choice(note("class"), "the class", as: InformationClass.self)
        purposes = Self.readPurposes(note("purposes"), &findings)
        legalBasis = findings.text(note("legal-basis"), "the legal basis")
        titleSwedish = findings.text(note("title-sv"), "the Swedish title")
        titleEnglish = findings.text(note("title-en"), "the English title")
        readers = Self.readReaders(note("readers"), &findings)
    }

    private static func readPurposes(_ node: YAMLNode?, _ findings: inout Findings) -> [String] {
        items(node, "purpose", "purposes", &findings) { purpose in
            TopicName.isNoun(purpose)
                ? nil : "'\(purpose)' is no purpose; write letters a to z and hyphens, with commas between"
        }
    }

    private static func readReaders(_ node: YAMLNode?, _ findings: inout Findings) -> [String] {
        items(node, "reader", "readers", &findings) { reader in
            let parts = reader.split(separator: "/", omittingEmptySubsequences: false)
            let isParty = parts.count == 2 && parts.allSatisfy { TopicName.isNoun($0) }
            return isParty ? nil : "'\(reader)' is no reader; write team/application, with commas between"
        }
    }

    /// The parts of a text between commas, none there twice.
    private static func items(
        _ node: YAMLNode?, _ one: String, _ many: String, _ findings: inout Findings, fault: (String) -> String?
    ) -> [String] {
        guard let node, let text = findings.text(node, "the list of \(many)") else { return [] }
        var items: [String] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let item = String(part.drop { $0 == " " })
            if let fault = fault(item) {
                findings.add(node, fault)
            } else if items.contains(item) {
                findings.add(node, "the \(one) '\(item)' is there twice")
            } else {
                items.append(item)
            }
        }
        return items
    }
}
