internal import LifeEvents
internal import YAML

/// What the bus needs of a manifest beyond nais's format: a name by the rule, an owner, a class, purposes, titles, a
/// retention that somebody has written down, and an access list of named branches.
///
/// Of the folder of contracts each is a condition of starting; of a manifest from outside each is a finding.
struct ManifestRules {
    private(set) var findings = Findings()
    private(set) var notes: ManifestNotes
    private let reading: NaisReading

    /// - Parameter home: the owner whose folder the file lies in and the file's name without `.yaml`; nil for a
    ///   manifest from outside.
    init(_ reading: NaisReading, home: (owner: Owner, fileName: String)?) {
        self.reading = reading
        notes = ManifestNotes(reading, &findings)
        checkName(home?.fileName)
        checkOwner(home?.owner)
        checkRetention()
        checkAccess()
    }

    private mutating func checkName(_ fileName: String?) {
        guard let name = reading.name, KubernetesNames.isSubdomain(name.text) else { return }
        guard TopicName.isValid(name.text) else {
            return findings.add(
                name.node,
                "'\(name.text)' is no name of a topic; write an English noun and a version, such as 'birth.v1' or "
                    + "'case-status.v2'")
        }
        if let fileName, name.text != fileName {
            findings.add(
                name.node, "the topic '\(name.text)' belongs in the file '\(name.text).yaml', not '\(fileName).yaml'")
        }
    }

    private mutating func checkOwner(_ owner: Owner?) {
        if let owner {
            expect(owner, reading.namespace, "metadata.namespace")
            expect(owner, reading.team, "the label team")
        } else if let namespace = reading.namespace {
            if Owner(text: namespace.text) == nil {
                findings.add(
                    namespace.node, "the namespace '\(namespace.text)' is no owner; an owner is 3 to 20 letters a to z")
            }
            if let team = reading.team, team.text != namespace.text {
                findings.add(
                    team.node, "the label team must be '\(namespace.text)' as the namespace is, not '\(team.text)'")
            }
        }
    }

    private mutating func expect(_ owner: Owner, _ found: NaisReading.Text?, _ what: String) {
        guard let found, found.text != owner.description else { return }
        findings.add(found.node, "\(what) must be '\(owner)' as the folder is, not '\(found.text)'")
    }

    /// How long personal data is kept has to be somebody's decision, so there is no default.
    private mutating func checkRetention() {
        if let node = reading.configFields["retentionHours"] {
            if reading.config.retentionHours == 0 {
                findings.add(node, "retentionHours 0 would keep nothing; write -1 to keep records for ever")
            }
        } else if let node = reading.configNode {
            findings.add(node, "spec.config lacks the key 'retentionHours'")
        }
    }

    private mutating func checkAccess() {
        if let node = reading.accessNode, node.items?.isEmpty == true {
            findings.add(node, "spec.acl must be a list with at least one row")
        }
        var lines: [String: Int] = [:]
        for row in reading.rows {
            let (team, application) = (row.rule.team, row.rule.application)
            if team.contains("*") || application.contains("*") {
                findings.add(
                    row.node, "a wildcard gives access to branches that nobody has named; write a row for each")
                continue
            }
            if Owner(text: team) == nil {
                findings.add(row.team, "a team is the owner of an agency, 3 to 20 letters a to z, not '\(team)'")
            }
            if !TopicName.isNoun(application) {
                findings.add(
                    row.application, "an application is one branch, letters a to z and hyphens, not '\(application)'")
            }
            let line = row.node.range.start.line
            if let first = lines.updateValue(line, forKey: "\(team)/\(application)") {
                findings.add(
                    row.node, "\(team)/\(application) has a row already, on line \(first); write one row for both")
            }
        }
    }
}
