import Foundation
import JSON
import Testing

/// The CloudEvents package of Python and a Kafka client that is not ours: they read what we write, and we what they do.
@Suite(
    .waits, .enabled(if: CloudEventsClient.isWanted, "Python's cloudevents and confluent-kafka are not installed"),
    .serialized)
struct CloudEventsTests {
    /// A line of a run's log, or an event as the package sees it, as one comparable text.
    private struct Seen: Hashable, Comparable, CustomStringConvertible {
        let description: String

        static func < (left: Seen, right: Seen) -> Bool { left.description < right.description }

        init(_ parts: [String?], data: JSONValue?) {
            let data = data.map { String(decoding: $0.rawBytes, as: UTF8.self) } ?? "none"
            description = (parts.map { $0 ?? "-" } + [Self.plain(data)]).joined(separator: " ")
        }

        /// JSON without spaces between its parts and with its keys in order; Python writes both otherwise.
        private static func plain(_ text: String) -> String {
            guard let value = try? JSONSerialization.jsonObject(with: Data(text.utf8)),
                let plain = try? JSONSerialization.data(withJSONObject: value, options: [.sortedKeys])
            else { return text }
            return String(decoding: plain, as: UTF8.self)
        }
    }

    /// What a run says of its messages in its log.
    private func logged(_ folder: Folder) throws -> [Seen] {
        var people: [String: String] = [:]
        var seen: [Seen] = []
        for line in folder.read("run.jsonl").split(separator: "\n") {
            try JSONTape.reading(Array(line.utf8)) { root in
                for person in root["people"]?.elements.map({ $0 }) ?? [] {
                    people[person["name"]?.string ?? ""] = person["key"]?.string
                }
                guard root["event"]?.string == "publish" else { return }
                seen.append(
                    Seen(
                        [
                            root["id"]?.string, root["type"]?.string, root["source"]?.string,
                            (root["subject"]?.string).flatMap { people[$0] }, root["time"]?.string,
                            root["correlation"]?.string, root["occurred"]?.string,
                        ], data: root["data"]))
            }
        }
        return seen.sorted()
    }

    @Test func `the package reads each event of a run as the run says that it wrote it`() throws {
        let (broker, folder) = (try BrokerProcess(), try Folder())
        let move = RealBinary.scenario("move")
        let options = ["--brokers", broker.servers, "--log", "run.jsonl", "--store", "store"]
        let run = try livsbuss(["run", move] + options, in: folder)
        #expect(run.exitCode == 0, "\(run.stderr)")
        let written = try logged(folder)
        #expect(written.count > 30)
        var read: [Seen] = []
        for line in try CloudEventsClient.read(written.count, at: broker.servers) {
            try JSONTape.reading(Array(line.utf8)) { root in
                let attributes = try #require(root["attributes"])
                func text(_ name: String) -> String? {
                    attributes.members.first { $0.keyString == name }?.value.string
                }
                #expect(text("specversion") == "1.0")
                #expect(text("partitionkey") == text("subject"), "the record's key is the subject")
                let source = try #require(text("source"))
                #expect(source.hasPrefix("/agency/"))
                read.append(
                    Seen(
                        [
                            text("id"), text("type"), String(source.dropFirst("/agency/".count)), text("subject"),
                            text("time")?.replacing("+00:00", with: "Z"), text("correlationid"), text("occurredat"),
                        ], data: root["data"]))
            }
        }
        for (own, other) in zip(written, read.sorted()) { #expect(own == other) }
        #expect(read.count == written.count)
    }

    @Test func `we read what the package writes, in each of its modes`() throws {
        let (broker, folder) = (try BrokerProcess(), try Folder())
        let move = try OutsiderMutationTests.moveWithoutExpectations(in: folder)
        let people = try #require(try report([move]).scenarios.first).people
        let mother = try #require(people["mother"])
        let options = ["--json", "--brokers", broker.servers, "--speed", OutsiderTests.speed, "--log", "run.jsonl"]
        let run = try RealBinary.start(["run", move] + options, in: folder)
        let data =
            #"{"certificateType":"pregnancy","expectedDate":"2026-09-05","contentRef":"från läkare","addressee":"#
            + #""forsakringskassan"}"#
        try CloudEventsClient.write(
            ["type": "region.medical-certificate.v1", "source": "/agency/region-09", "subject": mother], data: data,
            to: "region.medical-certificate.v1", after: 2, of: "skatteverket.register-entry.v1", at: broker.servers)
        #expect(run.wait() == 0, "\(run.standardError)")
        let report = try RunReport(run.standardOutput)
        #expect(report.outside == CloudEventsClient.Mode.allCases.count)
        #expect(report.redelivered == CloudEventsClient.Mode.allCases.count, "each was sent twice")
        #expect(report.refused == 0 && report.deadLetters == 0)
        // What reached the agencies is what was sent, whichever way it came.
        var seen: [Seen] = []
        for line in folder.read("run.jsonl").split(separator: "\n") {
            try JSONTape.reading(Array(line.utf8)) { root in
                guard root["event"]?.string == "publish", root["outside"]?.bool == true else { return }
                seen.append(
                    Seen(
                        ["id", "type", "source", "subject"].map { name in
                            root.members.first { $0.keyString == name }?.value.string
                        }, data: root["data"]))
            }
        }
        let sent = try CloudEventsClient.Mode.allCases.map { mode in
            try JSONTape.reading(data) { root in
                let id = "/agency/region-09 \(mode.rawValue)"
                return Seen([id, "region.medical-certificate.v1", "region-09", "mother"], data: root)
            }
        }
        #expect(seen.sorted() == sent.sorted())
    }
}
