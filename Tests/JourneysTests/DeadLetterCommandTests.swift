import Foundation
import Testing

/// `livsbuss dlq` on a broker: the letters are written by a stranger, so that their bytes are known.
@Suite(.waits, .enabled(if: Kcat.path != nil || Kcat.isDemanded, "kcat is not installed"), .serialized)
struct DeadLetterCommandTests {
    private static let topic = "kommun.dead-letter.v1"

    private static func id(_ number: Int) -> String { "019b76da-a800-7000-8000-00000000000\(number)" }

    /// A letter as a run writes it.
    private static func letter(
        _ number: Int, reason: String = "not-handled", agency: String = "kommun-1780", _ more: String
    ) -> String {
        #"{"specversion":"1.0","id":"\#(id(number))","type":"\#(topic)","source":"/agency/\#(agency)","#
            + #""subject":"pbbbbbbbbbbbbbbb","time":"2026-01-01T00:0\#(number):00.000Z","#
            + #""data":{"reason":"\#(reason)","detail":"it \u001b[31mbroke","#
            + #""topic":"skatteverket.move.v1"\#(more)}}"#
    }

    private static let original =
        #","id":"m1","original":"{\"type\":\"skatteverket.move.v1\",\"subject\":\"pbbbbbbbbbbbbbbb\"}""#
    private static let foreign =
        #","partition":0,"offset":7,"key":"k","headers":[{"name":"x","value":"y"},{"name":"n"}],"#
        + #""original_base64":"AP8=""#

    private static func broker(_ letters: [String]) throws -> BrokerProcess {
        let broker = try BrokerProcess()
        try Kcat.publish(letters, to: topic, key: "pbbbbbbbbbbbbbbb", at: broker.servers)
        return broker
    }

    private static func letters() -> [String] {
        [
            letter(1, original), letter(2, reason: "not-an-event", agency: "livsbuss", foreign),
            letter(3, reason: "too-large", agency: "livsbuss", #","partition":0,"offset":9"#), letter(1, original),
        ]
    }

    private struct Listed: Decodable {
        var id: String
        var state: String
        var reason: String
        var agency: String
        var detail: String
        var originalId: String?
        var notes: [Note]
        var original: String?
        var original_base64: String?

        struct Note: Decodable {
            var state: String
            var why: String?
            var attempt: Int?
        }
    }

    private static func list(_ broker: BrokerProcess, _ options: [String] = []) throws -> [Listed] {
        let (code, text, errors) = try livsbuss(["dlq", "list", "--brokers", broker.servers, "--json"] + options)
        #expect(code == 0, "\(errors)")
        return try JSONDecoder().decode([Listed].self, from: Data(text.utf8))
    }

    @Test func `letters are listed once each in the order of virtual time, by what is asked for, and made harmless`()
        throws
    {
        let broker = try Self.broker(Self.letters())
        #expect(try Self.list(broker).map(\.id) == [1, 2, 3].map(Self.id))
        #expect(try Self.list(broker, ["--reason", "too-large"]).map(\.id) == [Self.id(3)])
        #expect(try Self.list(broker, ["--agency", "kommun-1780"]).map(\.id) == [Self.id(1)])
        #expect(try Self.list(broker, ["--topic", "kommun.filing.v1"]).isEmpty)
        #expect(try Self.list(broker, ["--state", "redriven"]).isEmpty)
        let (_, text, _) = try livsbuss(["dlq", "list", "--brokers", broker.servers])
        #expect(text.contains(#"it \u001B[31mbroke"#) && !text.contains("\u{1B}"))
        let (code, page, _) = try livsbuss(["dlq", "show", Self.id(2), "--brokers", broker.servers])
        #expect(code == 0 && page.contains("x: y") && page.contains("AP8=") && page.contains("offset 7"))
        #expect(!page.contains("\u{1B}"))
    }

    @Test func `the original goes out with its bytes, key and headers and one that names the letter, once`() throws {
        let broker = try Self.broker(Self.letters())
        let brokers = ["--brokers", broker.servers]
        let dry = try livsbuss(["dlq", "redrive", Self.id(2), "--dry-run"] + brokers)
        #expect(dry.exitCode == 0 && dry.stdout.contains("livsbuss-redriven: \(Self.id(2)) 1"))
        #expect(try Self.list(broker).allSatisfy { $0.state == "open" })
        #expect(try livsbuss(["dlq", "redrive", Self.id(1), Self.id(2)] + brokers).exitCode == 0)
        let again = try livsbuss(["dlq", "redrive", Self.id(2)] + brokers)
        #expect(again.exitCode == 1 && again.stderr.contains("--again"), "\(again.stderr)")
        #expect(try livsbuss(["dlq", "redrive", Self.id(2), "--again"] + brokers).exitCode == 0)
        let listed = try Self.list(broker)
        #expect(listed.map(\.state) == ["redriven", "redriven", "open"])
        #expect(listed[1].notes.map(\.attempt) == [1, 2])

        let format = ["-C", "-b", broker.servers, "-t", "skatteverket.move.v1", "-o", "beginning", "-e", "-q"]
        let reader = try Child(
            #require(Kcat.path), format + ["-f", #"%k|%h|%S\n"#], in: Folder())
        #expect(reader.wait() == 0)
        let lines = reader.standardOutput.split(separator: "\n").map(String.init)
        #expect(
            lines == [
                "pbbbbbbbbbbbbbbb|content-type=application/cloudevents+json; charset=UTF-8,"
                    + "livsbuss-redriven=\(Self.id(1)) 1|60",
                "k|x=y,n=NULL,livsbuss-redriven=\(Self.id(2)) 1|2", "k|x=y,n=NULL,livsbuss-redriven=\(Self.id(2)) 2|2",
            ])
    }

    @Test func `all open letters that fit go out, and a letter without its original needs a value`() throws {
        let broker = try Self.broker(Self.letters())
        let brokers = ["--brokers", broker.servers]
        let refused = try livsbuss(["dlq", "redrive", "--all"] + brokers)
        #expect(refused.exitCode == 1 && refused.stderr.contains("--edit"), "\(refused.stderr)")
        // One was refused, so none went out.
        #expect(try Self.list(broker).allSatisfy { $0.state == "open" })
        let folder = try Folder()
        let file = try folder.write("value.json", "{}")
        let edited = try livsbuss(["dlq", "redrive", Self.id(3), "--edit", file] + brokers)
        #expect(edited.exitCode == 0, "\(edited.stderr)")
        let rest = try livsbuss(["dlq", "redrive", "--all"] + brokers)
        #expect(rest.exitCode == 0 && rest.stdout == "2 sent again\n", "\(rest.stderr)")
        #expect(try livsbuss(["dlq", "redrive", "--all"] + brokers).stdout == "0 sent again\n")
    }

    @Test func `a discarded letter stays, with the reason; what names none or several is told, all at once`() throws {
        let broker = try Self.broker(Self.letters())
        let brokers = ["--brokers", broker.servers]
        let done = try livsbuss(["dlq", "discard", Self.id(1), "--why", "of a test"] + brokers)
        #expect(done.exitCode == 0, "\(done.stderr)")
        let listed = try Self.list(broker)
        #expect(listed.map(\.state) == ["discarded", "open", "open"])
        #expect(listed[0].notes.map(\.why) == ["of a test"])
        #expect(try livsbuss(["dlq", "discard", Self.id(1), "--why", "again"] + brokers).exitCode == 1)
        #expect(try livsbuss(["dlq", "redrive", Self.id(1)] + brokers).exitCode == 1)
        let wrong = try livsbuss(["dlq", "show", "019b76da", "nobody"] + brokers)
        #expect(wrong.exitCode == 2)
        #expect(wrong.stderr.contains("means 3 dead letters") && wrong.stderr.contains("nobody: there is no such"))
    }

    @Test(arguments: [
        ["dlq", "redrive", "a"] + ["--all"], ["dlq", "redrive"], ["dlq", "redrive", "a", "b", "--edit", "f"],
        ["dlq", "redrive", "a", "--reason", "not-valid"], ["dlq", "discard", "a"], ["dlq", "show"],
        ["dlq", "list", "--state", "lost"], ["dlq", "list", "--store", "s", "--brokers", "b:1"],
        ["dlq", "list", "--namespace", "n"], ["dlq", "list", "--brokers", "b:1", "-X", "acks=0"],
    ])
    func `a command line that makes no sense is usage`(arguments: [String]) throws {
        let (code, _, errors) = try livsbuss(arguments)
        #expect(code == 64, "\(errors)")
    }
}
