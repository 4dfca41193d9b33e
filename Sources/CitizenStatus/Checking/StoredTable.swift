/// The tables whose rows have checksums: all of a store but the checksums themselves.
enum StoredTable: Int64, CaseIterable {
    case properties = 1
    case topics, types, agencies, tileNames, worlds, persons, foreignNames, messages, tiles, readings, deadLetters
    case engineState, rights

    var name: String {
        switch self {
        case .properties: "properties"
        case .topics: "topics"
        case .types: "types"
        case .agencies: "agencies"
        case .tileNames: "tile_names"
        case .worlds: "worlds"
        case .persons: "persons"
        case .foreignNames: "foreign_names"
        case .messages: "messages"
        case .tiles: "tiles"
        case .readings: "readings"
        case .deadLetters: "dead_letters"
        case .engineState: "engine_state"
        case .rights: "rights"
        }
    }

    /// Whether rows are only ever added, with keys that rise; of the others rows are replaced.
    var grows: Bool {
        switch self {
        case .properties, .worlds, .engineState: false
        default: true
        }
    }
}

/// Rows of a table that have one checksum: the sum of theirs, so that their order does not matter.
struct ChecksumSegment: Equatable {
    /// The lowest key, 0 in a table whose rows are replaced: there the whole table is one segment.
    var first: Int64
    /// The highest key.
    var last: Int64
    var rows: Int64 = 0
    var sum: UInt64 = 0

    /// When so many rows have one checksum the next row begins another: few enough to name what is damaged, and so many
    /// that the checksums take no room worth naming.
    static let fullRows: Int64 = 4_096

    mutating func add(_ row: UInt64, key: Int64) {
        last = key
        rows += 1
        sum &+= row
    }
}
