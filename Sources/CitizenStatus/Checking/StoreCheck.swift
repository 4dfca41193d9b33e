import SQLite

/// Compares a whole store with its checksums, before anything in it is believed.
///
/// About a microsecond a message. The file's own structure is checked by SQLite first; what is then read are the rows
/// that later questions find, whichever way they search.
struct StoreCheck {
    let connection: Database

    /// - Throws: ``StoreError/damaged(_:)`` with the page, or with the table and the rows.
    func run() throws(StoreError) {
        try checkPages()
        for table in StoredTable.allCases {
            if table == .engineState {
                try checkState()
            } else if table.grows {
                try checkGrowing(table)
            } else {
                try checkReplaced(table)
            }
        }
    }

    /// Properties alone, for a store that is only asked how its run ended.
    func checkProperties() throws(StoreError) {
        try checkReplaced(.properties)
    }

    private func checkPages() throws(StoreError) {
        try database { () throws(DatabaseError) in _ = try connection.pragma("cell_size_check", "1") }
        let found = try connection.rows("PRAGMA quick_check(1)") { $0.text(0) }
        guard found == ["ok"] else {
            let words = found.joined(separator: " ").split(whereSeparator: \.isNewline).joined(separator: " ")
            throw .damaged("\(connection.path): \(words)")
        }
    }

    private func checkGrowing(_ table: StoredTable) throws(StoreError) {
        let segments = try connection.rows(
            "SELECT first, last, rows, sum FROM checksums WHERE part = ? ORDER BY first",
            [.integer(table.rawValue)]
        ) { ChecksumSegment($0) }
        var place = 0
        var found: ChecksumSegment?
        _ = try connection.rows("SELECT * FROM \(table.name) ORDER BY rowid") { (row) throws(StoreError) in
            let key = row.int64(0)
            while segments.indices.contains(place), key > segments[place].last {
                try compare(found, segments[place], table)
                found = nil
                place += 1
            }
            guard segments.indices.contains(place) else {
                throw damaged(table, "row \(key) has no checksum")
            }
            var segment = found ?? ChecksumSegment(first: key, last: key)
            segment.add(RowChecksum(row).value, key: key)
            found = segment
        }
        for segment in segments.dropFirst(place) {
            try compare(found, segment, table)
            found = nil
        }
    }

    private func compare(
        _ found: ChecksumSegment?, _ wanted: ChecksumSegment, _ table: StoredTable
    ) throws(StoreError) {
        guard found != wanted else { return }
        throw damaged(table, "rows \(wanted.first) to \(wanted.last) are not as they were written")
    }

    private func checkReplaced(_ table: StoredTable) throws(StoreError) {
        let wanted = try database { () throws(DatabaseError) in try ChecksumSegment.whole(table, connection) }
        var found = ChecksumSegment(first: 0, last: 0)
        _ = try connection.rows("SELECT * FROM \(table.name)") { row in found.add(RowChecksum(row).value, key: 0) }
        guard found == wanted else { throw damaged(table, "its rows are not as they were written") }
    }

    private func checkState() throws(StoreError) {
        let wanted = try database { () throws(DatabaseError) in
            try ChecksumSegment.whole(.engineState, connection)
        }
        var found = ChecksumSegment(first: 0, last: 0)
        _ = try connection.rows("SELECT id, sum, value FROM engine_state ORDER BY id") { (row) throws(StoreError) in
            let id = row.int64(0)
            let sum = row.withBlob(2) { StateTable.sum(id, $0) }
            guard sum == UInt64(bitPattern: row.int64(1)), row.storage(2) == .blob else {
                throw damaged(.engineState, "row \(id & (1 << 48 - 1)) of kind \(id >> 48) is not as it was written")
            }
            found.add(sum, key: 0)
        }
        guard found == wanted else { throw damaged(.engineState, "\(wanted.rows) rows were written, others are there") }
    }

    private func damaged(_ table: StoredTable, _ what: String) -> StoreError {
        .damaged("\(connection.path), table \(table.name): \(what)")
    }
}
