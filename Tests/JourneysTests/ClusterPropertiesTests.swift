import Foundation
import Testing

/// Properties of a cluster from a file and from the environment, and what is never shown of them.
@Suite struct ClusterPropertiesTests {
    /// Runs `livsbuss` with variables.
    private static func run(
        _ arguments: [String], with variables: [String] = [], in folder: Folder
    ) throws -> (exitCode: Int32, stdout: String, stderr: String) {
        let program = try RealBinary.path.get()
        let child = try Child(
            "/usr/bin/env", variables + [program] + RealBinary.complete(arguments), in: folder)
        let code = child.wait()
        return (code, child.standardOutput, child.standardError)
    }

    @Test(arguments: [
        ("# ok\n  linger.ms\n", "client.properties:2:3: a property is written name=value"),
        ("linger.ms=5\nno.such.name=hunter2\n", "client.properties:2:1: property no.such.name: librdkafka has no such"),
        ("sasl.pasword=hunter2\n", "client.properties:1:1: property sasl.pasword"),
        ("ssl.key.password.x=hunter2\n", "client.properties:1:1: property ssl.key.password.x: librdkafka"),
        ("\n\n\tacks=1", "client.properties:3:2: property acks is not for you to set"),
        ("=hunter2", "client.properties:1:1: a property is written name=value"),
        ("a\u{0}b=1", "client.properties:1:1: property "),
    ])
    func `a file's mistake is told with its place, before a cluster is looked for`(text: String, words: String) throws {
        let folder = try Folder()
        try text.write(toFile: "\(folder.path)/client.properties", atomically: true, encoding: .utf8)
        for command in [["run", RealBinary.scenario("move")], ["dlq", "list"], ["topics", "apply"]] {
            let run = try Self.run(
                command + ["--brokers", "127.0.0.1:1", "--property-file", "client.properties"], in: folder)
            #expect(run.exitCode == 2, "\(run.stderr)")
            #expect(run.stderr.contains(words), "\(run.stderr)")
            #expect(!run.stderr.contains("hunter2"), "\(run.stderr)")
        }
    }

    @Test func `a file that is not there, and one without a cluster, are told so`() throws {
        let folder = try Folder()
        let none = try Self.run(
            ["dlq", "list", "--brokers", "127.0.0.1:1", "--property-file", "none"], in: folder)
        #expect(none.exitCode == 2)
        #expect(none.stderr.contains("none: the properties cannot be read"), "\(none.stderr)")
        let alone = try Self.run(["dlq", "list", "--property-file", "none"], in: folder)
        #expect(alone.exitCode == 64)
        #expect(alone.stderr.contains("--property-file needs --brokers"), "\(alone.stderr)")
    }

    @Test func `a variable that names no property is told by its name, and no secret is shown`() throws {
        let folder = try Folder()
        let run = try Self.run(
            ["dlq", "list", "--brokers", "127.0.0.1:1"], with: ["LIVSBUSS_KAFKA_SASL_PASSWORD_X=hunter2"], in: folder)
        #expect(run.exitCode == 3)
        #expect(run.stderr.contains("the environment's LIVSBUSS_KAFKA_SASL_PASSWORD_X: property"), "\(run.stderr)")
        #expect(!run.stderr.contains("hunter2"), "\(run.stderr)")
    }

    @Test(.enabled(if: ApacheKafka.script != nil, "KAFKA_FOR_TESTS names no script"))
    func `a run logs in over TLS by a file, a variable and an option, each over the one before`() throws {
        let kafka = try ApacheKafka(["--security", "sasl_tls", "--users", "anna"])
        let folder = try Folder()
        let common = ["run", RealBinary.scenario("move"), "--brokers", kafka.servers, "-q", "--namespace", "t"]
        let byFile = ["--property-file", kafka.clientProperties]
        let reference = try livsbuss(["run", RealBinary.scenario("move"), "-q"])
        let whole = try Self.run(common + byFile, in: folder)
        #expect(whole.exitCode == 0, "\(whole.stderr)")
        #expect(whole.stdout.contains(try #require(reference.stdout.firstMatch(of: /digest [0-9a-f]{64}/)).output))
        // Anna may log in, and may do nothing: the cluster refuses her, and the right that she lacks is named.
        let anna = ["LIVSBUSS_KAFKA_SASL_USERNAME=anna", "LIVSBUSS_KAFKA_SASL_PASSWORD=anna-secret"]
        let refused = try Self.run(common + byFile, with: anna, in: folder)
        #expect(refused.exitCode == 3, "\(refused.stdout)")
        #expect(refused.stderr.contains("t."), "\(refused.stderr)")
        #expect(refused.stderr.contains("a right to the topic t."), "\(refused.stderr)")
        let wrong = try Self.run(
            common + byFile + ["-X", "sasl.password=hunter2"], with: anna, in: folder)
        #expect(wrong.exitCode == 3)
        for run in [refused, wrong] {
            #expect(!(run.stdout + run.stderr).contains("secret"), "\(run.stderr)")
            #expect(!(run.stdout + run.stderr).contains("hunter2"), "\(run.stderr)")
        }
    }
}
