import CitizenStatus
import SQLite

/// All rows of a store's tables, each as one line with the table's name before it.
func dump(_ path: String, without left: Set<String> = []) throws -> [String] {
    let database = try Database(path: path)
    let tables = try database.query("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name") { $0.text(0) }
    return try tables.filter { !left.contains($0) && !$0.hasPrefix("sqlite_") }.flatMap { table in
        try database.query("SELECT * FROM \(table) ORDER BY 1, 2") { row in
            "\(table) " + (0..<row.columnCount).map { "\(row.value($0))" }.joined(separator: "|")
        }
    }
}

/// Numbers that look drawn and are the same in every run.
struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
