internal import LifeEvents
internal import YAML

/// Turns a file of the folder of contracts into a manifest, or into all that is wrong with it.
struct ManifestReader {
    private(set) var findings = Findings()
    private(set) var places: ManifestPlaces?
    private let document: YAMLDocument
    private let owner: Owner
    /// Without `.yaml`.
    private let fileName: String

    init(_ document: YAMLDocument, owner: Owner, fileName: String) {
        self.document = document
        self.owner = owner
        self.fileName = fileName
    }

    /// Nil exactly when there are findings.
    mutating func read() -> TopicManifest? {
        var reader = NaisReader(document)
        let topic = reader.read()
        let rules = ManifestRules(reader.reading, home: (owner, fileName))
        findings = reader.findings
        findings.add(rules.findings)
        let notes = rules.notes
        guard findings.isEmpty, let topic, let informationClass = notes.informationClass,
            let titleSwedish = notes.titleSwedish, let titleEnglish = notes.titleEnglish
        else { return nil }
        places = ManifestPlaces(reader.reading)
        return TopicManifest(
            owner: owner, name: topic.fullName, config: topic.config, access: topic.access,
            informationClass: informationClass, purposes: notes.purposes, legalBasis: notes.legalBasis,
            namedReaders: notes.readers, titleSwedish: titleSwedish, titleEnglish: titleEnglish, file: document.file)
    }
}
