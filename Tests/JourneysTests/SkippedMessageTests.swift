import Foundation
import SQLite
import Testing

/// `livsbuss run --skip`: going on without the message on which an adapter trapped.
@Suite struct SkippedMessageTests {
    @Test func `a message that is left out reaches no agency, and stands with its id among the dead letters`() throws {
        let folder = try Folder()
        func run(_ store: String, _ more: [String] = []) throws -> (exitCode: Int32, stdout: String, stderr: String) {
            try livsbuss(
                ["run", RealBinary.scenario("move"), "--store", store, "--log", "\(store).jsonl"] + more, in: folder)
        }
        #expect(try run("whole").exitCode == 0)
        let whole = try Database(path: "\(folder.path)/whole/status.sqlite", mode: .readOnly)
        #expect(try whole.query("SELECT count(*) FROM dead_letters") { $0.int(0) } == [0])
        let log = try String(contentsOfFile: "\(folder.path)/whole.jsonl", encoding: .utf8)
        let notice = try #require(
            log.split(separator: "\n").first {
                $0.contains(#""event":"publish""#) && $0.contains("filing.move-notice.v1")
            })
        let start = try #require(notice.firstRange(of: #""id":""#)).upperBound
        let id = String(notice[start...].prefix(36))
        // The id of somebody outside, as a trap prints it, is taken too; nobody of this run has said anything by it.
        let part = try run("part", ["--skip", id, "--skip", "0123abcd-0123-f123-8123-0123456789ab"])
        #expect(part.exitCode == 1)
        let store = try Database(path: "\(folder.path)/part/status.sqlite", mode: .readOnly)
        let letters = try store.query("SELECT reason || ' ' || original_id FROM dead_letters") { $0.text(0) }
        #expect(letters == ["skipped \(id)"])
        #expect(try livsbuss(["run", RealBinary.scenario("move"), "--skip", ""], in: folder).exitCode == 64)
    }
}
