import Contracts
import Foundation

/// A folder of contracts that lives as long as the test holds it.
final class TopicsFolder: Sendable {
    let path: String

    /// - Parameters:
    ///   - files: contents by path inside the folder.
    ///   - withAgencies: whether each owner's folder that lacks an `agency.yaml` gets a plain one.
    init(_ files: [String: String], withAgencies: Bool = true) throws {
        path = FileManager.default.temporaryDirectory.appending(path: "topics-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        for (name, text) in files {
            let file = URL(filePath: path).appending(path: name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        guard withAgencies else { return }
        for owner in Set(files.keys.filter { $0.contains("/") && !$0.hasPrefix(".") }.map { $0.prefix { $0 != "/" } }) {
            let file = "\(path)/\(owner)/agency.yaml"
            guard !FileManager.default.fileExists(atPath: file), owner.first?.isLowercase == true else { continue }
            try Data("owner: \(owner)\ntitles: {sv: A, en: B}\nkind: agency\n".utf8).write(to: URL(filePath: file))
        }
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// The folder of the repository.
    static let shipped = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Topics").path
}

/// The repository's contracts, read once: a test with many cases makes its suite anew for each.
enum ShippedContracts {
    private static let readCatalogue = Result { try Catalogue(folder: TopicsFolder.shipped) }
    private static let readSchemas = Result { try SchemaCatalogue(folder: TopicsFolder.shipped) }

    static func catalogue() throws -> Catalogue { try readCatalogue.get() }
    static func schemas() throws -> SchemaCatalogue { try readSchemas.get() }
}

/// A manifest without a fault; a test replaces what it is about.
let soundManifest = """
    apiVersion: kafka.nais.io/v1
    kind: Topic
    metadata:
      name: birth.v1
      namespace: skatteverket
      labels:
        team: skatteverket
      annotations:
        livsbuss.se/title-sv: Födelse
        livsbuss.se/title-en: Birth
        livsbuss.se/class: C2
        livsbuss.se/purposes: registration, child-care
        livsbuss.se/legal-basis: lag (2001:182)
        kafka.nais.io/removeDataWhenResourceIsDeleted: "true"
    spec:
      pool: livsbuss
      config:
        partitions: 4
        replication: 3
        minimumInSyncReplicas: 2
        cleanupPolicy: delete
        retentionHours: 24
        maxMessageBytes: 2000
      acl:
        - {team: skatteverket, application: folkbokforing, access: readwrite}
        - {team: region, application: region, access: read}

    """
