internal import YAML

/// Reads a manifest by nais's own rules, as strictly as its cluster does: the fields of the custom resource, their
/// types, bounds and values, and what Kubernetes allows beside them.
struct NaisReader {
    private(set) var findings = Findings()
    private(set) var reading = NaisReading()
    private let document: YAMLDocument

    /// Fields that Kubernetes gives every object, and that say nothing of the topic.
    private static let objectFields = [
        "generateName", "finalizers", "ownerReferences", "managedFields", "creationTimestamp", "deletionTimestamp",
        "deletionGracePeriodSeconds", "generation", "resourceVersion", "selfLink", "uid",
    ]

    init(_ document: YAMLDocument) {
        self.document = document
    }

    /// Nil exactly when there are findings.
    mutating func read() -> NaisTopic? {
        let root = findings.fields(
            of: document.root, "the manifest", required: ["apiVersion", "kind", "metadata", "spec"],
            optional: ["status"])
        expect("kafka.nais.io/v1", root["apiVersion"], "apiVersion")
        expect("Topic", root["kind"], "kind")
        if let metadata = root["metadata"] { readMetadata(metadata) }
        if let spec = root["spec"] { readSpec(spec) }
        guard findings.isEmpty, let name = reading.name, let namespace = reading.namespace, let team = reading.team,
            let pool = reading.pool
        else { return nil }
        return NaisTopic(
            name: name.text, namespace: namespace.text, team: team.text, pool: pool, config: reading.config,
            access: reading.rows.map(\.rule), file: document.file)
    }

    private mutating func expect(_ expected: String, _ node: YAMLNode?, _ what: String) {
        guard let node, let text = findings.text(node, what), text != expected else { return }
        findings.add(node, "\(what) must be '\(expected)', not '\(text)'")
    }

    private mutating func readMetadata(_ node: YAMLNode) {
        let fields = findings.fields(
            of: node, "metadata", required: ["name", "namespace", "labels"],
            optional: ["annotations"] + Self.objectFields)
        reading.name = text(fields["name"], "metadata.name")
        if let name = reading.name, !KubernetesNames.isSubdomain(name.text) {
            findings.add(
                name.node, "metadata.name must be lower-case letters, digits, hyphens and dots, not '\(name.text)'")
        }
        reading.namespace = text(fields["namespace"], "metadata.namespace")
        if let namespace = reading.namespace, !KubernetesNames.isLabel(namespace.text) {
            findings.add(
                namespace.node,
                "metadata.namespace must be at most 63 lower-case letters, digits and hyphens, not '\(namespace.text)'")
        }
        if let labels = fields["labels"] { readLabels(labels) }
        reading.annotationsNode = fields["annotations"] ?? node
        if let annotations = fields["annotations"] { readAnnotations(annotations) }
    }

    private mutating func readLabels(_ node: YAMLNode) {
        for entry in readTexts(node, "metadata.labels") {
            guard let text = entry.value.scalar else { continue }
            if !KubernetesNames.isLabelValue(text) {
                findings.add(
                    entry.value,
                    "a label's value is at most 63 letters, digits, '-', '_' and '.', not '\(text)'")
            }
            // Whether Kubernetes takes it for a text was asked of all labels.
            if entry.name == "team", let team = findings.text(entry.value, "the label team") {
                reading.team = NaisReading.Text(text: team, node: entry.value)
            }
        }
        if node.entries != nil, node.entry(named: "team") == nil {
            findings.add(node, "metadata.labels lacks the key 'team'")
        }
    }

    private mutating func readAnnotations(_ node: YAMLNode) {
        reading.annotationEntries = readTexts(node, "metadata.annotations")
        for entry in reading.annotationEntries where entry.value.scalar != nil {
            reading.annotations.append(entry.name, entry.value)
        }
    }

    /// The entries of a mapping whose values Kubernetes wants to be texts.
    private mutating func readTexts(_ node: YAMLNode, _ what: String) -> [YAMLEntry] {
        guard let entries = node.entries else {
            findings.add(node, "\(what) must be a mapping")
            return []
        }
        for entry in entries {
            if !KubernetesNames.isKey(entry.name) {
                findings.add(entry.key, "'\(entry.name)' is no key of \(what); use letters, digits, '-', '_' and '.'")
            }
            if entry.value.scalar == nil {
                findings.add(entry.value, "'\(entry.name)' must be a text")
            } else if !entry.value.isPlainEmpty {
                refuseOtherScalar(entry.value, "'\(entry.name)'")
            }
        }
        return entries
    }

    /// A number or a truth value where Kubernetes wants a text.
    private mutating func refuseOtherScalar(_ node: YAMLNode, _ what: String) {
        guard !PlainScalar.isText(node) else { return }
        findings.add(
            node,
            "\(what) must be a text, and Kubernetes does not take \(node.scalar ?? "") for one; put it in quotes")
    }

    private mutating func text(_ node: YAMLNode?, _ what: String) -> NaisReading.Text? {
        guard let node, let text = findings.text(node, what) else { return nil }
        refuseOtherScalar(node, what)
        return NaisReading.Text(text: text, node: node)
    }

    private mutating func readSpec(_ node: YAMLNode) {
        let fields = findings.fields(of: node, "spec", required: ["pool", "acl"], optional: ["config"])
        reading.pool = text(fields["pool"], "spec.pool")?.text
        reading.configNode = fields["config"] ?? node
        if let config = fields["config"] {
            let reader = TopicConfigReader(config, &findings)
            reading.config = reader.config
            reading.configFields = reader.fields
        }
        reading.accessNode = fields["acl"]
        if let access = fields["acl"] { readAccess(access) }
    }

    private mutating func readAccess(_ node: YAMLNode) {
        guard let rows = node.items else { return findings.add(node, "spec.acl must be a list") }
        for row in rows {
            let fields = findings.fields(
                of: row, "a row of spec.acl", required: ["team", "application", "access"])
            let team = text(fields["team"], "team")
            let application = text(fields["application"], "application")
            let access = findings.choice(fields["access"], "access", as: AccessRule.Access.self)
            guard let team, let application, let access else { continue }
            reading.rows.append(
                NaisReading.Row(
                    rule: AccessRule(team: team.text, application: application.text, access: access), node: row,
                    team: team.node, application: application.node))
        }
    }
}
