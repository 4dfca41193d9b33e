import Contracts
import Testing

@Suite struct ContractErrorTests {
    /// One edit of the sound manifest and the faults it makes, without the folder.
    struct Case: Sendable, CustomTestStringConvertible {
        let old: String
        let new: String
        let faults: [String]

        init(_ old: String, _ new: String, _ faults: String...) {
            (self.old, self.new, self.faults) = (old, new, faults)
        }

        var testDescription: String { "'\(old)' → '\(new)'" }
    }

    static let document = [
        Case("apiVersion: kafka.nais.io/v1", "apiVersion: v1", "1:13: apiVersion must be 'kafka.nais.io/v1', not 'v1'"),
        Case("kind: Topic", "kind: Stream", "2:7: kind must be 'Topic', not 'Stream'"),
        Case("kind: Topic\n", "", "1:1: the manifest lacks the key 'kind'"),
        Case(
            "spec:\n", "state: {}\nspec:\n",
            "15:1: the manifest has no key 'state'; did you mean 'status'?"),
        Case("kind: Topic", "kind: [Topic]", "2:7: kind must be a text"),
        Case("kind: Topic", "kind:\tTopic", "2:6: a tab; use spaces, or \\t in a text with double quotes"),
        Case(
            "  pool: livsbuss", "  pool: ' '", "16:9: spec.pool is empty"),
        Case("  pool: livsbuss\n", "", "16:3: spec lacks the key 'pool'"),
    ]

    static let names = [
        Case(
            "name: birth.v1", "name: Birth.v1",
            "4:9: metadata.name must be lower-case letters, digits, hyphens and dots, not 'Birth.v1'"),
        Case(
            "name: birth.v1", "name: birth",
            "4:9: 'birth' is no name of a topic; write an English noun and a version, such as 'birth.v1' or "
                + "'case-status.v2'"),
        Case(
            "name: birth.v1", "name: birth.v2",
            "4:9: the topic 'birth.v2' belongs in the file 'birth.v2.yaml', not 'birth.v1.yaml'"),
        Case(
            "namespace: skatteverket", "namespace: region",
            "5:14: metadata.namespace must be 'skatteverket' as the folder is, not 'region'"),
        Case(
            "    team: skatteverket", "    team: region",
            "7:11: the label team must be 'skatteverket' as the folder is, not 'region'"),
        Case(
            "    team: skatteverket", "    app: x",
            "7:5: metadata.labels lacks the key 'team'"),
        Case(
            "    team: skatteverket", "    team: skatteverket\n    a: -x",
            "8:8: a label's value is at most 63 letters, digits, '-', '_' and '.', not '-x'"),
        Case(
            "  labels:\n    team: skatteverket", "  labels: skatteverket", "6:11: metadata.labels must be a mapping"),
    ]

    static let annotations = [
        Case("class: C2", "class: C6", "11:24: the class must be 'C1', 'C2', 'C3', 'C4' or 'C5', not 'C6'"),
        Case("    livsbuss.se/class: C2\n", "", "9:5: metadata.annotations lacks the key 'livsbuss.se/class'"),
        Case(
            "livsbuss.se/class", "livsbuss.se/klass",
            "9:5: metadata.annotations lacks the key 'livsbuss.se/class'",
            "11:5: metadata.annotations has no key 'livsbuss.se/klass'; did you mean 'livsbuss.se/class'?"),
        Case(
            "registration, child-care", "registration,",
            "12:27: '' is no purpose; write letters a to z and hyphens, with commas between"),
        Case(
            "registration, child-care", "all, all", "12:27: the purpose 'all' is there twice"),
        Case("title-sv: Födelse", "title-sv:", "9:26: the Swedish title is empty"),
        Case("title-en: Birth", "title-en: {}", "10:27: 'livsbuss.se/title-en' must be a text"),
        Case("legal-basis: lag (2001:182)", "legal-basis: ''", "13:30: the legal basis is empty"),
    ]

    static let settings = [
        Case("    retentionHours: 24\n", "", "18:5: spec.config lacks the key 'retentionHours'"),
        Case("partitions: 4", "partitions: 0", "18:17: partitions must be 1 to 1000000, not 0"),
        Case("partitions: 4", "partitions: '4'", "18:17: partitions must be a whole number without quotes"),
        Case("partitions: 4", "partitions: 04", "18:17: partitions must be a whole number without quotes"),
        Case(
            "replication: 3", "replication: 1", "19:18: replication must be 2 to 32767, not 1"),
        Case(
            "minimumInSyncReplicas: 2", "minimumInSyncReplicas: 4",
            "20:28: minimumInSyncReplicas 4 is more than the 3 replicas there are"),
        Case(
            "cleanupPolicy: delete", "cleanupPolicy: none",
            "21:20: cleanupPolicy must be 'delete', 'compact' or 'compact,delete', not 'none'"),
        Case(
            "retentionHours: 24", "retentionHours: 0",
            "22:21: retentionHours 0 would keep nothing; write -1 to keep records for ever"),
        Case(
            "retentionHours: 24", "retentionHours: 2147483649",
            "22:21: retentionHours must be at most 2147483648, not 2147483649"),
        Case(
            "maxMessageBytes: 2000", "maxMessageBytes: 5242881",
            "23:22: maxMessageBytes must be 1 to 5242880, not 5242881"),
        Case(
            "maxMessageBytes: 2000", "minCompactionLagMs: -1", "23:25: minCompactionLagMs must be 0 or more, not -1"),
        Case(
            "maxMessageBytes", "maxMessageByte",
            "23:5: spec.config has no key 'maxMessageByte'; did you mean 'maxMessageBytes'?"),
    ]

    static let access = [
        Case(
            "access: read}", "access: admin}", "26:51: access must be 'read', 'write' or 'readwrite', not 'admin'"),
        Case(
            "team: region,", "team: region-17,",
            "26:14: a team is the owner of an agency, 3 to 20 letters a to z, not 'region-17'"),
        Case(
            "application: region,", "application: '*',",
            "26:7: a wildcard gives access to branches that nobody has named; write a row for each"),
        Case(
            "team: region, application: region,", "team: skatteverket, application: folkbokforing,",
            "26:7: skatteverket/folkbokforing has a row already, on line 25; write one row for both"),
        Case(", access: read}", "}", "26:7: a row of spec.acl lacks the key 'access'"),
        Case(
            ", access: read}", ", access: read, who: me}",
            "26:57: a row of spec.acl has no key 'who'; it knows team, application and access"),
        Case(
            "- {team: region, application: region, access: read}", "- region",
            "26:7: a row of spec.acl must be a mapping"),
    ]

    @Test(arguments: document + names + annotations + settings + access)
    func `a fault is told with its place`(edit: Case) throws {
        let text = soundManifest.replacing(edit.old, with: edit.new, maxReplacements: 1)
        try #require(text != soundManifest)
        let folder = try TopicsFolder(["skatteverket/birth.v1.yaml": text])
        let error = #expect(throws: ContractError.self) { try Catalogue(folder: folder.path) }
        #expect(
            error?.description
                == edit.faults.map { "\(folder.path)/skatteverket/birth.v1.yaml:\($0)" }.joined(separator: "\n"))
    }

    @Test(arguments: [
        "birth", "birth.v0", "birth.v01", "birth.v", "birth.1", "birth.v1.x", "birth_notice.v1", "birth-.v1", "-b.v1",
        "birth--notice.v1", "skatteverket.birth.v1", "födelse.v1", "birth2.v1",
    ])
    func `a name that breaks the rule is refused`(name: String) throws {
        let text = soundManifest.replacing("name: birth.v1", with: "name: \(name)", maxReplacements: 1)
        let folder = try TopicsFolder(["skatteverket/\(name).yaml": text])
        let error = #expect(throws: ContractError.self) { try Catalogue(folder: folder.path) }
        #expect(error?.problems.count == 1)
        let message = try #require(error?.problems.first?.message)
        #expect(
            message.hasPrefix("'\(name)' is no name of a topic")
                || message.hasPrefix("metadata.name must be lower-case"))
    }

    @Test func `an empty access list is refused`() throws {
        let start = try #require(soundManifest.firstRange(of: "  acl:"))
        let folder = try TopicsFolder([
            "skatteverket/birth.v1.yaml": soundManifest[..<start.lowerBound] + "  acl: []\n"
        ])
        let error = #expect(throws: ContractError.self) { try Catalogue(folder: folder.path) }
        #expect(error?.problems.map(\.message) == ["spec.acl must be a list with at least one row"])
    }

    @Test func `the faults of all files come together, in the order of files and lines`() throws {
        let folder = try TopicsFolder([
            "skatteverket/birth.v1.yaml": soundManifest.replacing("class: C2", with: "class: C9")
                .replacing("kind: Topic", with: "kind: topic"),
            "skatteverket/death.v1.yaml": "",
            "region/discharge.v1.yml": "",
            "Kommun/case-status.v1.yaml": soundManifest,
        ])
        let error = #expect(throws: ContractError.self) { try Catalogue(folder: folder.path) }
        #expect(
            error?.problems.map { $0.description.dropFirst(folder.path.count + 1) } == [
                "Kommun: the folder is named after no owner; use 3 to 20 letters a to z",
                "region/discharge.v1.yml: name the file .yaml, or it is not read",
                "skatteverket/birth.v1.yaml:2:7: kind must be 'Topic', not 'topic'",
                "skatteverket/birth.v1.yaml:11:24: the class must be 'C1', 'C2', 'C3', 'C4' or 'C5', not 'C9'",
                "skatteverket/death.v1.yaml:1:1: the file is empty",
            ])
    }

    @Test func `a folder that is not there is told`() {
        let error = #expect(throws: ContractError.self) { try Catalogue(folder: "/nowhere/at/all") }
        #expect(error?.description == "/nowhere/at/all: the folder cannot be read: No such file or directory")
    }
}
