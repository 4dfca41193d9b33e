internal import YAML

/// What nais does not know and a manifest says in annotations.
struct ManifestNotes {
    private static let prefix = "livsbuss.se/"

    let informationClass: InformationClass?
    let purposes: [String]
    let legalBasis: String?
    let titleSwedish: String?
    let titleEnglish: String?

    /// Annotations of other systems, such as nais's own, are left alone.
    init(_ node: YAMLNode, _ findings: inout Findings) {
        let fields = findings.fields(
            of: node, "metadata.annotations",
            required: ["class", "purposes", "title-sv", "title-en"].map { Self.prefix + $0 },
            optional: [Self.prefix + "legal-basis"],
            ignoring: { $0.contains("/") && !$0.hasPrefix(Self.prefix) })
        informationClass = findings.choice(
            fields[Self.prefix + "class"], "the class", as: InformationClass.self)
        purposes = Self.readPurposes(fields[Self.prefix + "purposes"], &findings)
        legalBasis = findings.text(fields[Self.prefix + "legal-basis"], "the legal basis")
        titleSwedish = findings.text(fields[Self.prefix + "title-sv"], "the Swedish title")
        titleEnglish = findings.text(fields[Self.prefix + "title-en"], "the English title")
    }

    private static func readPurposes(_ node: YAMLNode?, _ findings: inout Findings) -> [String] {
        guard let node, let text = findings.text(node, "the list of purposes") else { return [] }
        var purposes: [String] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let purpose = String(part.drop { $0 == " " })
            if !TopicName.isNoun(purpose) {
                findings.add(node, "'\(purpose)' is no purpose; write letters a to z and hyphens, with commas between")
            } else if purposes.contains(purpose) {
                findings.add(node, "the purpose '\(purpose)' is there twice")
            } else {
                purposes.append(purpose)
            }
        }
        return purposes
    }
}
