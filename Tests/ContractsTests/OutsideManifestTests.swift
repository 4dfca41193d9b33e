import Contracts
import Foundation
import Testing

/// Manifests from outside, and ours, held against what nais publishes of the format.
@Suite struct OutsideManifestTests {
    /// What a cluster refuses: an edit of the manifest with every setting.
    static let refused: [(old: String, new: String)] = [
        ("spec:\n", "specs:\n"), ("  pool: nav-prod\n", ""), ("pool: nav-prod", "pool: [nav-prod]"),
        ("access: write", "access: admin"), ("      access: write\n", ""),
        ("    - team: helse\n      app", "    - app"),
        ("application: spleis", "application: 7"), ("pool: nav-prod", "pool: true"),
        ("cleanupPolicy: delete", "cleanupPolicy: compress"),
        ("partitions: 12", "partitions: 0"), ("partitions: 12", "partitions: 1000001"),
        ("replication: 3", "replication: 1"), ("replication: 3", "replication: three"),
        ("minimumInSyncReplicas: 2", "minimumInSyncReplicas: 8"), ("maxMessageBytes: 1048588", "maxMessageBytes: 0"),
        ("maxMessageBytes: 1048588", "maxMessageBytes: 5242881"), ("retentionHours: 336", "retentionHours: \"336\""),
        ("retentionHours: 336", "retentionHours: 2147483649"), ("segmentHours: 168", "segmentHours: 8761"),
        ("minCompactionLagMs: 60000", "minCompactionLagMs: -1"), ("RatioPercent: 50", "RatioPercent: [50]"),
        ("localRetentionBytes: 1073741824", "localRetentionBytes: 1.5"), ("  config:\n", "  config: []\n  more:\n"),
    ]

    /// What the published schema leaves to Kubernetes, which reads YAML 1.1.
    static let refusedByKubernetes: [(old: String, new: String)] = [
        ("pool: nav-prod", "pool: yes"), ("name: sykepengesoknad-mottatt", "name: 7"),
        ("namespace: helse", "namespace: 0x1F"), ("\"true\"", "true"),
    ]

    private func read(_ text: String) throws -> (manifest: OutsideManifest, file: String) {
        let folder = FileManager.default.temporaryDirectory.appending(path: "outside-\(UUID().uuidString).yaml").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try text.write(toFile: folder, atomically: true, encoding: .utf8)
        return (OutsideManifest(file: folder), folder)
    }

    @Test(arguments: OtherHouses.all)
    func `a manifest of another house is sound, and told what the bus would need besides`(
        of: OtherHouses.Manifest
    ) throws {
        let (manifest, file) = try read(of.text)
        #expect(manifest.faults == [], "\(of.name)")
        #expect(manifest.topic != nil)
        #expect(manifest.findings.map(\.description) == of.findings.map { "\(file):\($0)" }, "\(of.name)")
    }

    @Test func `every setting of a manifest of another house arrives`() throws {
        let topic = try #require(try read(OtherHouses.everySetting.text).manifest.topic)
        #expect(topic.fullName == "helse.sykepengesoknad-mottatt")
        #expect(topic.team == "helse" && topic.pool == "nav-prod")
        #expect(topic.config.partitions == 12 && topic.config.retentionHours == 336)
        #expect(topic.access.map(\.access) == [.write, .readwrite, .read])
    }

    @Test(arguments: refused + refusedByKubernetes)
    func `what a cluster refuses has a fault with a place`(old: String, new: String) throws {
        let text = OtherHouses.everySetting.text
        try #require(text.contains(old))
        let (manifest, file) = try read(text.replacing(old, with: new, maxReplacements: 1))
        #expect(manifest.topic == nil)
        let fault = try #require(manifest.faults.first)
        #expect(fault.file == file && fault.line != nil && fault.column != nil)
    }

    @Suite(.enabled(if: PublishedManifestSchema.isWanted, "needs ../shared/schemas"))
    struct Published {
        @Test func `every manifest of the folder of contracts is valid`() throws {
            let schema = try PublishedManifestSchema()
            let topics = try ShippedContracts.catalogue().topics
            #expect(topics.count > 20)
            for topic in topics {
                #expect(
                    try schema.failures(of: String(contentsOfFile: topic.file, encoding: .utf8)) == [], "\(topic.file)")
            }
        }

        @Test(arguments: OtherHouses.all)
        func `a manifest of another house is valid`(of: OtherHouses.Manifest) throws {
            #expect(try PublishedManifestSchema().failures(of: of.text) == [], "\(of.name)")
        }

        @Test(arguments: refused)
        func `what has a fault here is not valid there`(old: String, new: String) throws {
            let text = OtherHouses.everySetting.text.replacing(old, with: new, maxReplacements: 1)
            #expect(try PublishedManifestSchema().failures(of: text) != [])
        }
    }
}
