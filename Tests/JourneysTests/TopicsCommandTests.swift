import Foundation
import Testing

/// What `livsbuss topics` says, to the letter.
///
/// `LIVSBUSS_REWRITE_SNAPSHOTS=1 swift test --filter TopicsCommandTests` writes the texts anew.
@Suite struct TopicsCommandTests {
    struct Command: Sendable, CustomTestStringConvertible {
        /// The text's name in `TopicTexts`.
        let name: String
        let arguments: [String]
        let exitCode: Int32

        var testDescription: String { arguments.joined(separator: " ") }
    }

    static let commands = [
        Command(name: "show-birth", arguments: ["show", "skatteverket.birth.v1"], exitCode: 0),
        Command(name: "show-filing", arguments: ["show", "kommun.filing.v1"], exitCode: 0),
        Command(name: "show-tile", arguments: ["show", "citizen.status-tile.v1"], exitCode: 0),
        Command(name: "show-dead-letter", arguments: ["show", "region.dead-letter.v1"], exitCode: 0),
        Command(name: "show-unknown", arguments: ["show", "skatteverket.brith.v1"], exitCode: 2),
        Command(name: "check", arguments: ["check"], exitCode: 0),
    ]

    static let texts = String(#filePath.prefix(upTo: #filePath.lastIndex(of: "/")!)) + "/TopicTexts/"

    /// A folder with a copy of the contracts, changed file by file.
    private func contracts(_ edits: [(file: String, old: String, new: String)] = []) throws -> Folder {
        let folder = try Folder()
        try FileManager.default.copyItem(atPath: RealBinary.topics, toPath: "\(folder.path)/Topics")
        for edit in edits {
            let text = folder.read("Topics/\(edit.file)")
            try #require(text.contains(edit.old), "\(edit.file)")
            try folder.write("Topics/\(edit.file)", text.replacing(edit.old, with: edit.new, maxReplacements: 1))
        }
        return folder
    }

    private func expect(_ run: (exitCode: Int32, stdout: String, stderr: String), _ exitCode: Int32, _ name: String)
        throws
    {
        #expect(run.exitCode == exitCode, "\(run.stderr)")
        let path = "\(Self.texts)\(name).txt"
        // Where a rule stands changes with every edit above it, and has a test of its own; how many topics there are
        // changes with each agency.
        let text = (run.stdout + run.stderr).replacing(/\.swift:[0-9]+/, with: ".swift:…")
            .replacing(#/^[0-9]+ topics:/#, with: "… topics:")
        if ProcessInfo.processInfo.environment["LIVSBUSS_REWRITE_SNAPSHOTS"] != nil {
            try text.write(toFile: path, atomically: true, encoding: .utf8)
        }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
    }

    @Test(arguments: commands)
    func `a question about the contracts is answered in known words`(command: Command) throws {
        let run = try livsbuss(["topics"] + command.arguments, in: contracts())
        try expect(run, command.exitCode, command.name)
    }

    @Test func `the list has a line for each topic of a folder`() throws {
        let folder = try contracts()
        let kept = ["citizen", "livsbuss", "region"]
        for owner in try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/Topics")
        where !kept.contains(owner) && !owner.contains(".") {
            try FileManager.default.removeItem(atPath: "\(folder.path)/Topics/\(owner)")
        }
        try expect(livsbuss(["topics", "list", "--topics", "Topics"], in: folder), 0, "list")
    }

    @Test func `a rule that hears a type stands where the page says`() throws {
        let page = try livsbuss(["topics", "show", "skatteverket.birth.v1"], in: contracts()).stdout
        let sources = "\(RealBinary.repository)/Sources/Agencies"
        let files = (FileManager.default.enumerator(atPath: sources)?.allObjects ?? []).compactMap { $0 as? String }
        let places = page.matches(of: /\n      (.+) \(Agencies\/(.+\.swift):([0-9]+)\)/)
        #expect(places.count >= 8)
        for (_, rule, name, number) in places.map(\.output) {
            let file = try #require(files.first { $0.hasSuffix("/\(name)") })
            let lines = try String(contentsOfFile: "\(sources)/\(file)", encoding: .utf8)
                .split(separator: "\n", omittingEmptySubsequences: false)
            let line = try #require(Int(number))
            #expect(lines[(line - 1)...line].contains { $0.contains("\"\(rule)\"") }, "\(rule)")
        }
    }

    @Test func `a check tells all that it finds, with places, and ends with 1`() throws {
        let folder = try contracts([
            ("skatteverket/birth.v1.yaml", "    - {team: region, application: region, access: read}\n", ""),
            ("skatteverket/move.v1.yaml", "access: readwrite", "access: read"),
            (
                "kommun/elder-care.v1.yaml", "  acl:\n",
                "  acl:\n    - {team: region, application: region, access: read}\n"
            ),
            ("skatteverket/death.v1.yaml", "retentionHours: 17520", "retentionHours: -1"),
            ("skatteverket/identity.v1.yaml", "replication: 3", "replication: 2"),
        ])
        try FileManager.default.removeItem(atPath: "\(folder.path)/Topics/region/birth-notice.v1.schema.json")
        try expect(livsbuss(["topics", "check", "--topics", "Topics"], in: folder), 1, "check-findings")
    }

    @Test func `a contract that is not read is a fault, and ends with 2`() throws {
        let folder = try contracts([
            (
                "kommun/filing.v1.yaml", "{team: kommun, application: forskola, access: read}",
                "{team: '*', application: '*', access: read}"
            ),
            ("skatteverket/birth.v1.yaml", "class: C2", "class: C9"),
        ])
        try expect(livsbuss(["topics", "check", "--topics", "Topics"], in: folder), 2, "check-faults")
    }

    @Test func `manifests of another house are read from a file or a folder`() throws {
        let folder = try Folder()
        try FileManager.default.createDirectory(atPath: "\(folder.path)/deploy", withIntermediateDirectories: false)
        try folder.write(
            "deploy/topic.yaml",
            """
            apiVersion: kafka.nais.io/v1
            kind: Topic
            metadata:
              name: vedtak-v1
              namespace: arbeid
              labels: {team: arbeid, helm.sh/chart: topics-1.0.0}
            spec:
              pool: nav-prod
              config: {partitions: 6, replication: 3, retentionHours: 336, cleanupPolicy: "compact,delete"}
              acl:
                - {team: arbeid, application: vedtak, access: readwrite}

            """)
        try expect(livsbuss(["topics", "check", "deploy"], in: folder), 1, "check-outside")
        let file = try livsbuss(["topics", "check", "deploy/topic.yaml"], in: folder)
        #expect(file.exitCode == 1)
        let none = try livsbuss(["topics", "check", "nowhere"], in: folder)
        #expect(none.exitCode == 2 && none.stderr.contains("nowhere: there is no such file or folder"))
    }
}
