import Foundation
import Testing

/// Contracts carried out on a real cluster.
@Suite(.waits, .enabled(if: ApacheKafka.script != nil, "KAFKA_FOR_TESTS names no script"))
struct TopicsApplyTests {
    /// A folder with a copy of the contracts.
    private func contracts() throws -> Folder {
        let folder = try Folder()
        try FileManager.default.copyItem(atPath: RealBinary.topics, toPath: "\(folder.path)/Topics")
        return folder
    }

    private func edit(_ folder: Folder, _ file: String, _ old: String, _ new: String) throws {
        let text = folder.read("Topics/\(file)")
        try #require(text.contains(old), "\(file)")
        try folder.write("Topics/\(file)", text.replacing(old, with: new, maxReplacements: 1))
    }

    @Test func `topics are made and altered as the contracts say, only on request, and nothing is deleted`() throws {
        let kafka = try ApacheKafka()
        let folder = try contracts()
        let arguments = ["topics", "apply", "--topics", "Topics", "--brokers", kafka.servers, "--namespace", "n"]
        let count =
            try livsbuss(["topics", "list", "--topics", "Topics"], in: folder).stdout
            .split(separator: "\n").count - 1

        let plan = try livsbuss(arguments, in: folder)
        #expect(plan.exitCode == 0, "\(plan.stderr)")
        #expect(plan.stdout.contains("+ n.skatteverket.birth.v1  4 partitions, 1 copy\n"))
        #expect(
            plan.stdout.hasSuffix(
                "\(count) topics to make, 0 to alter, 0 rights to give; nothing is deleted\n"
                    + "nothing was changed; --yes carries it out\n"))
        #expect(plan.stderr.contains("note: the cluster has 1 broker, so \(count) topics, as n."))
        #expect(try !kafka.administer("topics", ["--list"]).contains("n.skatteverket"))

        let made = try livsbuss(arguments + ["--yes"], in: folder)
        #expect(made.exitCode == 0 && made.stdout.hasSuffix("done\n"), "\(made.stderr)")
        #expect(
            try livsbuss(arguments, in: folder).stdout == "the cluster keeps to the contracts: there is nothing to do\n"
        )
        #expect(
            try kafka.administer("topics", ["--describe", "--topic", "n.skatteverket.birth.v1"])
                .contains("PartitionCount: 4"))

        // What somebody else has set stays; a topic that no contract has stays.
        try kafka.administer(
            "configs",
            [
                "--alter", "--entity-type", "topics", "--entity-name", "n.skatteverket.birth.v1", "--add-config",
                "flush.ms=5000",
            ])
        try kafka.administer("topics", ["--create", "--topic", "n.somebody.else.v1"])
        try edit(folder, "skatteverket/birth.v1.yaml", "partitions: 4", "partitions: 6")
        try edit(folder, "skatteverket/birth.v1.yaml", "retentionHours: 17520", "retentionHours: 100")
        try edit(folder, "skatteverket/death.v1.yaml", "partitions: 4", "partitions: 2")
        let change = try livsbuss(arguments + ["--yes"], in: folder)
        #expect(
            change.stdout == """
                ~ n.skatteverket.birth.v1
                    partitions 4 → 6
                    retention.ms 63072000000 → 360000000
                0 topics to make, 1 to alter, 0 rights to give; nothing is deleted
                done

                """, "\(change.stderr)")
        #expect(
            change.stderr.contains(
                "note: n.skatteverket.death.v1 has 4 partitions and its contract 2: Kafka cannot take any away"))
        let described = try kafka.administer(
            "configs", ["--describe", "--entity-type", "topics", "--entity-name", "n.skatteverket.birth.v1"])
        for property in ["flush.ms=5000", "retention.ms=360000000", "cleanup.policy=delete"] {
            #expect(described.contains("  \(property) "), "\(described)")
        }
        let topics = try kafka.administer("topics", ["--describe"])
        #expect(topics.contains("Topic: n.skatteverket.birth.v1\tTopicId") && topics.contains("PartitionCount: 6"))
        #expect(topics.contains("n.somebody.else.v1"))
        #expect(
            try livsbuss(arguments, in: folder).stdout == "the cluster keeps to the contracts: there is nothing to do\n"
        )

        // Without an authorizer the rights are refused, and nothing else is done.
        try edit(folder, "skatteverket/birth.v1.yaml", "partitions: 6", "partitions: 7")
        let rights = try livsbuss(arguments + ["--acls", "--yes"], in: folder)
        #expect(rights.exitCode == 3)
        #expect(rights.stderr.contains("note: the cluster tells of no rights"), "\(rights.stderr)")
        #expect(rights.stderr.contains("SECURITY_DISABLED"), "\(rights.stderr)")
        #expect(
            try kafka.administer("topics", ["--describe", "--topic", "n.skatteverket.birth.v1"])
                .contains("PartitionCount: 6"))
    }

    @Test func `rows of access lists become rights, and rights that no row gives are told`() throws {
        let kafka = try ApacheKafka(["--security", "sasl", "--users", "region"])
        let folder = try contracts()
        func apply(_ user: String, _ more: String...) throws -> (exitCode: Int32, stdout: String, stderr: String) {
            let login = [
                "security.protocol=SASL_PLAINTEXT", "sasl.mechanism=PLAIN", "sasl.username=\(user)",
                "sasl.password=\(user)-secret",
            ]
            return try livsbuss(
                ["topics", "apply", "--topics", "Topics", "--brokers", kafka.servers, "--acls"]
                    + login.flatMap { ["-X", $0] } + more, in: folder)
        }
        let made = try apply("admin", "--yes")
        #expect(made.exitCode == 0, "\(made.stderr)")
        for right in [
            "User:region may read skatteverket.birth.v1",
            "User:skatteverket-folkbokforing may write skatteverket.birth.v1",
            "User:region may read with the groups region.*",
        ] {
            #expect(made.stdout.contains("+ \(right)\n"), "\(right)")
        }
        let listed = try kafka.administer("acls", ["--list", "--topic", "skatteverket.birth.v1"])
        #expect(listed.contains("(principal=User:region, host=*, operation=READ, permissionType=ALLOW)"), "\(listed)")
        #expect(
            try apply("admin").stdout == "the cluster keeps to the contracts: there is nothing to do\n")

        try edit(
            folder, "skatteverket/birth.v1.yaml", "    - {team: region, application: region, access: read}\n", "")
        let fewer = try apply("admin", "--yes")
        #expect(
            fewer.stderr.contains(
                "note: User:region may read skatteverket.birth.v1: no row of a contract gives this right, and it stays")
        )
        #expect(try kafka.administer("acls", ["--list", "--topic", "skatteverket.birth.v1"]).contains("User:region,"))

        let other = try apply("admin", "--principal-prefix", "User:CN=")
        #expect(other.stdout.contains("+ User:CN=region may read skatteverket.death.v1\n"))
        // Who may not give rights is told so.
        let denied = try apply("region", "--yes")
        #expect(denied.exitCode == 3 && denied.stderr.contains("AUTHORIZATION_FAILED"), "\(denied.stderr)")
    }
}

/// What needs no real cluster.
@Suite struct TopicsApplyRefusalTests {
    @Test func `an embedded broker has nothing to be altered`() throws {
        let broker = try BrokerProcess()
        let run = try livsbuss(["topics", "apply", "--topics", RealBinary.topics, "--brokers", broker.servers])
        #expect(run.exitCode == 3)
        #expect(run.stderr.contains("is an embedded one, which makes its topics when it starts"), "\(run.stderr)")
    }

    @Test(arguments: [
        (["topics", "apply"], "--brokers"),
        (["topics", "apply", "--brokers", "k:1", "--principal-prefix", "x"], "--principal-prefix needs --acls"),
        (["topics", "apply", "--brokers", "k:1", "-X", "acks=1"], "property acks is not for you to set"),
    ])
    func `what cannot be followed is refused`(arguments: [String], words: String) throws {
        let run = try livsbuss(arguments)
        #expect(run.exitCode == 64 && run.stderr.contains(words), "\(run.stderr)")
    }
}
