import JSON
import LifeEvents
import SQLite

/// A row of the table of tiles, names still as numbers.
struct TileState {
    /// What `init(_:)` reads, in its order.
    static let columns = "seq, id, world, person, journey, tile, agency, about, code, valid, known"

    /// What makes two rows states of one line.
    struct Line: Hashable {
        let person: Int64
        let journey: Int64
        let tile: Int64
        let agency: Int64
        let about: Int64?
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
        line = Line(
            person: row.int64(3), journey: row.int64(4), tile: row.int64(5), agency: row.int64(6),
            about: row.isNull(7) ? nil : row.int64(7))
        code = row.int(8)
        valid = Instant(milliseconds: row.int64(9))
        known = Instant(milliseconds: row.int64(10))
    }

    /// By known time, then by id. Among the run's own messages that is the order of ids; an outsider's id says nothing.
    func isNewer(than other: TileState) -> Bool {
        known == other.known ? other.id < id : other.known < known
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
            agencies[row.0] = AgencyID(row.1)
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
    init(
        _ state: TileState, holder: Subject, journey: EventID, tile: String, agency: AgencyID, about: Subject?,
        data: JSONValue?
    ) {
        func day(_ key: JSONKey) -> Day? { EventView.text(data?[key]).flatMap { Day(utf8: $0) } }
        self.init(
            holder: holder, journey: journey, tile: tile, agency: agency, about: about, code: state.code,
            text: data?[Keys.text]?.string ?? "", caseReference: data?[Keys.caseReference]?.string,
            deadline: day(Keys.deadline), expectedDate: day(Keys.expectedDate), nextDate: day(Keys.nextDate),
            reviewDeadline: day(Keys.reviewDeadline), otherAgency: data?[Keys.otherAgency]?.string, message: state.id,
            validFrom: state.valid, knownFrom: state.known, world: state.world)
    }
}
