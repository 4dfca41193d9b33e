import Contracts
import Foundation
import LifeEvents
import Testing

@testable import Planes

/// Planes as files: what is read, and what is refused where.
@Suite struct PlaneReaderTests {
    /// A folder of planes for one test.
    private final class Folder {
        let path = FileManager.default.temporaryDirectory.appending(
            path: "planes-\(ProcessInfo.processInfo.processIdentifier)-\(Int.random(in: 0..<1 << 40))"
        ).path
        init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
        deinit { try? FileManager.default.removeItem(atPath: path) }
        func write(_ name: String, _ text: String) throws {
            try text.write(toFile: "\(path)/\(name).yaml", atomically: true, encoding: .utf8)
        }
        func plane(_ name: String) throws -> Plane { try PlaneFiles(folder: path).plane(name) }
        func problems(_ name: String) -> [String] {
            do {
                _ = try plane(name)
                return []
            } catch let error as ContractError {
                return error.problems.map { $0.description.replacing("\(path)/", with: "") }
            } catch {
                return ["\(error)"]
            }
        }
    }

    private static let head = "plane: own\nversion: 1\n"
    private static let preschool = Party(.kommun, Branch("forskola"))

    @Test func `the first row that matches counts, and the rows of what is extended come after`() throws {
        let folder = try Folder()
        try folder.write(
            "base", "plane: base\nversion: 1\nrows:\n  - {type: \"*\", reader: \"*\", channel: none, mark: A}\n")
        try folder.write(
            "own",
            Self.head + """
                extends: base
                rows:
                  - {type: skatteverket.move.v1, reader: kommun/forskola, channel: letter, mark: A}
                  - {type: skatteverket.*, reader: [kommun, region], channel: bus, mark: A}

                """)
        let plane = try folder.plane("own")
        #expect(plane.row("skatteverket.move.v1", for: Self.preschool)?.channel.name == "letter")
        #expect(plane.row("skatteverket.birth.v1", for: Self.preschool)?.channel.name == "bus")
        #expect(plane.row("region.x.v1", for: Self.preschool)?.place == "base.yaml:4")
        #expect(plane.files.count == 2)
    }

    @Test(arguments: [
        ("rows:\n  - {type: a.*.v1, reader: \"*\", channel: bus, mark: A}\n", "own.yaml:4:12: 'a.*.v1' is no type"),
        ("rows:\n  - {type: \"*\", reader: KOMMUN, channel: bus, mark: A}\n", "own.yaml:4:25: 'KOMMUN' is no reader"),
        ("rows:\n  - {type: \"*\", reader: \"*\", channel: leter, mark: A}\n", "own.yaml:4:39: 'leter' is no channel"),
        ("rows:\n  - {type: \"*\", reader: \"*\", channel: bus, mark: s}\n", "own.yaml:4:5: what is stated"),
        ("rows:\n  - {type: \"*\", reader: \"*\", channel: bus}\n", "own.yaml:4:5: a row lacks the key 'mark'"),
        (
            "rows:\n  - {type: \"*\", reader: \"*\", channel: bus, days: [1, 2, 3], mark: A}\n",
            "own.yaml:4:44: a row has no key 'days'"
        ),
        (
            "rows:\n  - {type: \"*\", reader: \"*\", channel: letter, days: [3, 2, 4], mark: A}\n",
            "own.yaml:4:53: days must be three whole numbers"
        ),
        (
            "rows:\n  - {type: \"*\", reader: \"*\", channel: bus, share: 2, mark: A}\n",
            "own.yaml:4:51: share must be a number from 0 to 1"
        ),
        (
            "rows:\n  - {type: \"*\", reader: \"*\", channel: query, mark: A}\n",
            "own.yaml:4:39: a query row needs the key 'when'"
        ),
        (
            "calendars:\n  c: {batch: week, at: \"06:00\", mark: A}\n",
            "own.yaml:4:6: a weekly calendar lacks the key 'weekday'"
        ),
        ("people: {mailbox: 1.5}\n", "own.yaml:3:19: mailbox must be a number from 0 to 1"),
        ("extends: own\n", "own.yaml:3:10: the planes extend each other in a circle"),
        ("extends: nowhere\n", "nowhere.yaml"),
        ("colour: red\n", "own.yaml:3:1: the plane has no key 'colour'"),
    ])
    func `a mistake is told with its place`(text: String, expected: String) throws {
        let folder = try Folder()
        try folder.write("own", Self.head + text)
        let problems = folder.problems("own")
        #expect(
            problems.contains { $0.hasPrefix(expected) || expected == "nowhere.yaml" && $0.contains(expected) },
            "\(problems)")
    }

    @Test func `bus is built in, and tells everybody at once`() throws {
        let plane = try PlaneFiles(folder: "/nowhere").plane("bus")
        #expect(plane.row("skatteverket.move.v1", for: Self.preschool)?.channel.name == "bus")
        #expect(!plane.people.hasBehaviour)
    }
}
