import JSON
import LifeEvents
import SQLite

/// A row of the table of tiles, names still as numbers.
struct TileState: Sendable {
    /// What `init(_:)` reads, in its order.
    static let columns = "seq, id, world, person, journey, tile, agency, about, code, valid, known"

    /// A ``TileLine`` with its names as numbers.
    struct Line: Hashable, Sendable {
        let holder: Subject
        let journey: EventID
        let tile: Int64
        let agency: Int64
        let about: Subject?
    }

    let sequence: Int64
    let id: EventID
    let world: Int32
    let line: Line
    let code: Int
    let valid: Instant
    let known: Instant

    init(_ row: borrowing Statement) throws(StoreError) {
        sequence = row.int64(0)
        guard let id = row.id(1) else { throw .damaged("tile \(row.int64(0)) has no id") }
        self.id = id
        world = Int32(truncatingIfNeeded: row.int64(2))
        guard let holder = row.subject(3), let journey = row.id(4) else {
            throw .damaged("tile \(row.int64(0)) has no holder or no journey")
        }
        line = Line(
            holder: holder, journey: journey, tile: row.int64(5), agency: row.int64(6), about: row.subject(7))
        code = row.int(8)
        valid = Instant(milliseconds: row.int64(9))
        known = Instant(milliseconds: row.int64(10))
    }
}

/// The few names that tiles share.
struct TileNames {
    private var tiles: [Int64: String] = [:]
    private var agencies: [Int64: AgencyID] = [:]

    init(_ connection: Database) throws(StoreError) {
        for row in try connection.rows("SELECT id, name FROM tile_names", { ($0.int64(0), $0.text(1)) }) {
            tiles[row.0] = row.1
        }
        for row in try connection.rows("SELECT id, name FROM agencies", { ($0.int64(0), $0.text(1)) }) {
            agencies[row.0] = AgencyID(recorded: row.1)
        }
    }

    func tile(_ number: Int64) throws(StoreError) -> String {
        guard let name = tiles[number] else { throw .damaged("tile name \(number) is missing") }
        return name
    }

    func agency(_ number: Int64) throws(StoreError) -> AgencyID {
        guard let agency = agencies[number] else { throw .damaged("agency \(number) is missing") }
        return agency
    }
}

extension TileRow {
    /// A row with what its message says; what the message does not say, or says in another form, is nil.
    init(_ state: TileState, tile: String, agency: AgencyID, data: JSONValue?) {
        func day(_ key: JSONKey) -> Day? { EventView.text(data?[key]).flatMap { Day(utf8: $0) } }
        self.init(
            holder: state.line.holder, journey: state.line.journey, tile: tile, agency: agency, about: state.line.about,
            code: state.code,
            text: data?[Keys.text]?.string ?? "", caseReference: data?[Keys.caseReference]?.string,
            deadline: day(Keys.deadline), expectedDate: day(Keys.expectedDate), nextDate: day(Keys.nextDate),
            reviewDeadline: day(Keys.reviewDeadline), otherAgency: data?[Keys.otherAgency]?.string, message: state.id,
            validFrom: state.valid, knownFrom: state.known, world: state.world)
    }
}
