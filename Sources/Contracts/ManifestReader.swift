internal import LifeEvents
internal import YAML

/// Turns one file into a manifest, or into all that is wrong with it.
struct ManifestReader {
    private(set) var findings = Findings()
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
        let root = findings.fields(
            of: document.root, "the manifest", required: ["apiVersion", "kind", "metadata", "spec"])
        expect("kafka.nais.io/v1", root["apiVersion"], "apiVersion")
        expect("Topic", root["kind"], "kind")
        let metadata = root["metadata"].map { readMetadata($0) }
        let spec = root["spec"].map { readSpec($0) }
        guard findings.isEmpty, let metadata, let spec, let name = metadata.name, let notes = metadata.notes,
            let informationClass = notes.informationClass, let titleSwedish = notes.titleSwedish,
            let titleEnglish = notes.titleEnglish, let settings = spec.settings,
            let retentionHours = settings.retentionHours
        else { return nil }
        return TopicManifest(
            owner: owner, name: "\(owner).\(name)", partitions: settings.partitions,
            replication: settings.replication, minimumInSyncReplicas: settings.minimumInSyncReplicas,
            retentionHours: retentionHours, maximumMessageBytes: settings.maximumMessageBytes,
            cleanupPolicy: settings.cleanupPolicy, access: spec.access, informationClass: informationClass,
            purposes: notes.purposes, legalBasis: notes.legalBasis, titleSwedish: titleSwedish,
            titleEnglish: titleEnglish, file: document.file)
    }

    private mutating func expect(_ expected: String, _ node: YAMLNode?, _ what: String) {
        guard let node, let text = findings.text(node, what), text != expected else { return }
        findings.add(node, "\(what) must be '\(expected)', not '\(text)'")
    }

    private mutating func readMetadata(_ node: YAMLNode) -> (name: String?, notes: ManifestNotes?) {
        let fields = findings.fields(
            of: node, "metadata", required: ["name", "namespace", "labels", "annotations"])
        let name = readName(fields["name"])
        expectOwner(fields["namespace"], "metadata.namespace")
        if let labels = fields["labels"] {
            expectOwner(findings.fields(of: labels, "metadata.labels", required: ["team"])["team"], "the label team")
        }
        return (name, fields["annotations"].map { ManifestNotes($0, &findings) })
    }

    private mutating func readName(_ node: YAMLNode?) -> String? {
        guard let node, let name = findings.text(node, "metadata.name") else { return nil }
        guard TopicName.isValid(name) else {
            findings.add(
                node,
                "'\(name)' is no name of a topic; write an English noun and a version, such as 'birth.v1' or "
                    + "'case-status.v2'"
            )
            return nil
        }
        if name != fileName {
            findings.add(node, "the topic '\(name)' belongs in the file '\(name).yaml', not '\(fileName).yaml'")
        }
        return name
    }

    private mutating func expectOwner(_ node: YAMLNode?, _ what: String) {
        guard let node, let text = findings.text(node, what), text != owner.description else { return }
        findings.add(node, "\(what) must be '\(owner)' as the folder is, not '\(text)'")
    }

    private mutating func readSpec(_ node: YAMLNode) -> (settings: ManifestSettings?, access: [AccessRule]) {
        let fields = findings.fields(of: node, "spec", required: ["pool", "config", "acl"])
        _ = findings.text(fields["pool"], "spec.pool")
        let settings = fields["config"].map { ManifestSettings($0, &findings) }
        return (settings, fields["acl"].map { readAccess($0) } ?? [])
    }

    private mutating func readAccess(_ node: YAMLNode) -> [AccessRule] {
        guard let rows = node.items, !rows.isEmpty else {
            findings.add(node, "spec.acl must be a list with at least one row")
            return []
        }
        var lines: [String: Int] = [:]
        return rows.compactMap { row in
            let fields = findings.fields(
                of: row, "a row of spec.acl", required: ["team", "application", "access"])
            let team = readOwnerName(fields["team"])
            let application = readApplication(fields["application"])
            let access = findings.choice(fields["access"], "access", as: AccessRule.Access.self)
            guard let team, let application, let access else { return nil }
            let line = row.range.start.line
            if let first = lines.updateValue(line, forKey: "\(team)/\(application)") {
                findings.add(row, "\(team)/\(application) has a row already, on line \(first); write one row for both")
            }
            return AccessRule(team: team, application: application, access: access)
        }
    }

    private mutating func readOwnerName(_ node: YAMLNode?) -> String? {
        guard let node, let team = findings.text(node, "team") else { return nil }
        if Owner(text: team) != nil { return team }
        findings.add(node, "a team is the owner of an agency, 3 to 20 letters a to z, not '\(team)'")
        return nil
    }

    private mutating func readApplication(_ node: YAMLNode?) -> String? {
        guard let node, let application = findings.text(node, "application") else { return nil }
        if TopicName.isNoun(application) { return application }
        findings.add(node, "an application is one branch, letters a to z and hyphens, not '\(application)'")
        return nil
    }
}
