public import LifeEvents
import SQLite

extension StatusStore {
    /// Every reading that the ledger holds, case by case of the run: which message, and by whom.
    ///
    /// About a microsecond a reading. What was appended since the last checkpoint is seen, too.
    public func eachReading(_ body: (_ world: Int32, EventID, AgencyID) -> Void) throws(StoreError) {
        let sql = """
            SELECT m.world, m.id, a.name FROM readings r JOIN messages m ON m.seq = r.message
            JOIN agencies a ON a.id = r.agency
            """
        _ = try rows(sql) { row in
            guard let id = row.id(1), let agency = AgencyID(row.text(2)) else { return }
            body(Int32(truncatingIfNeeded: row.int64(0)), id, agency)
        }
    }
}
