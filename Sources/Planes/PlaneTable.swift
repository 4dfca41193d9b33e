public import Contracts
public import LifeEvents

/// How each reader of each type learns it: a row for each (type, branch with a rule that hears it).
public struct PlaneTable: Sendable {
    /// One reader of one type.
    public struct Entry: Sendable {
        /// The type.
        public let type: EventType
        /// The branch that reads.
        public let reader: Party
        /// The plane's row; nil: the owner says it to its own branch, which is told at once.
        public let row: PlaneRow?
    }

    /// By type, then by reader.
    public let entries: [Entry]
    /// Rows of the plane's own file that no reader of any type goes by; of what it extends, others may.
    public let unused: [PlaneRow]
    /// Readers of types that no row is for.
    public let unreached: [Entry]

    /// The table of a plane.
    /// - Parameter readings: who hears what.
    public init(_ plane: Plane, readings: [(type: EventType, reader: Party)]) {
        var seen: Set<String> = []
        var entries: [Entry] = []
        var unreached: [Entry] = []
        for (type, reader) in readings.sorted(by: { ($0.type, $0.reader) < ($1.type, $1.reader) })
        where seen.insert("\(type) \(reader)").inserted {
            // What people file, and what the bus says, is known at once in every plane.
            let isSaidByPeople = type.owner == .citizen || type.owner == .livsbuss || type.isFiling
            // People see tiles by rows of their own.
            if isSaidByPeople || reader.owner == .citizen { continue }
            let isInternal = type.owner == reader.owner
            let entry = Entry(
                type: type, reader: reader, row: plane.row(type.name, for: reader, isInternal: isInternal))
            entries.append(entry)
            if entry.row == nil, !isInternal { unreached.append(entry) }
        }
        self.entries = entries
        self.unreached = unreached
        func key(_ row: PlaneRow) -> String { "\(row.file):\(row.line)" }
        // One municipality tells another by a row that is not internal.
        let between = entries.filter { $0.reader.owner.digits > 0 && $0.type.owner == $0.reader.owner }
            .compactMap { plane.row($0.type.name, for: $0.reader) }
        let used = Set((entries.compactMap(\.row) + between).map(key))
        unused = plane.rows.filter { row in
            guard row.file == plane.files.first, !used.contains(key(row)), row.type.text != "*" else { return false }
            // Rows of tiles, of parties and of one municipality are for others than these readers.
            return row.readers.contains {
                switch $0 {
                case .people, .party, .agency: false
                case .all, .owner, .branch: true
                }
            }
        }
    }
}
