import CitizenStatus
import Foundation
import LifeEvents

/// A directory of its own for a test, gone when the test lets go of it.
final class TemporaryDirectory {
    private let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "status-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }

    func path(_ name: String) -> String {
        url.appending(path: name).path
    }
}

let topics = ["citizen.status-tile.v1", "skatteverket.birth.v1", "livsbuss.dead-letter.v1"]
let anna = Subject(seed: 1, scenario: "first-child", case: "a", name: "anna")
let bo = Subject(seed: 1, scenario: "first-child", case: "a", name: "bo")
let journey = EventID.custom(hash: (1, 2))

/// The instant `hours` after the start of 2026 in UTC.
func at(_ hours: Int64) -> Instant {
    Instant(milliseconds: 1_767_225_600_000) + .hours(hours)
}

/// The id of the `ordinal`th message of an hour.
func id(_ hours: Int64, _ ordinal: UInt16 = 0) -> EventID {
    .v7(milliseconds: at(hours).milliseconds, ordinal: ordinal, hash62: 7)
}

extension InstantBatch {
    init(hour: Int64, readings: [Reading] = []) {
        self.init(instant: at(hour), readings: readings)
    }

    mutating func add(
        _ value: String, id: EventID, topic: Int32 = 1, world: Int32 = 0, outside: Bool = false, dead: Bool = false
    ) {
        Array(value.utf8).withUnsafeBytes {
            append($0, id: id, topic: topic, world: world, isOutside: outside, isDeadLetter: dead)
        }
    }

    /// Adds a message; `attributes` stand between `time` and `data` and begin with a comma.
    mutating func add(
        _ id: EventID, type: String = "skatteverket.birth.v1", source: String = "/agency/skatteverket",
        subject: Subject = anna, time: Instant? = nil, attributes: String = "", data: String = "{}", topic: Int32 = 1,
        world: Int32 = 0, outside: Bool = false, dead: Bool = false
    ) {
        let event =
            #"{"specversion":"1.0","id":"\#(id)","type":"\#(type)","source":"\#(source)","subject":"\#(subject)","#
            + #""time":"\#(time ?? instant)","correlationid":"\#(journey)"\#(attributes),"data":\#(data)}"#
        add(event, id: id, topic: topic, world: world, outside: outside, dead: dead)
    }

    mutating func addTile(
        _ id: EventID, _ code: String, tile: String = "parental-benefit", agency: String = "forsakringskassan",
        of person: Subject = anna, time: Instant? = nil, attributes: String = "", more: String = "", world: Int32 = 0,
        outside: Bool = false
    ) {
        add(
            id, type: "citizen.status-tile.v1", source: "/agency/\(agency)", subject: person, time: time,
            attributes: attributes, data: #"{"tile":"\#(tile)","code":"\#(code)","text":"Läge \#(code)"\#(more)}"#,
            topic: 0, world: world, outside: outside)
    }
}

extension StatusStore {
    /// A store without a file.
    static func inMemory() throws -> StatusStore {
        try StatusStore(path: ":memory:", topics: topics)
    }

    /// Appends one instant filled by `fill`.
    func append(hour: Int64, _ fill: (inout InstantBatch) -> Void) throws {
        var batch = InstantBatch(hour: hour)
        fill(&batch)
        try append(batch)
    }

    func lines(world: Int32?) throws -> [String] {
        try allTiles(world: world).map { String(decoding: tileLine($0), as: UTF8.self) }
    }
}
