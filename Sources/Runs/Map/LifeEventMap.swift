public import Contracts
public import LifeEvents

/// Which agencies hear what at which life event, as contracts declare it and as runs have shown it.
///
/// A row is a branch of an agency that hears something, a column a life event, a cell what the row's agency is told
/// there. Everything is in a fixed order, so that equal runs give equal maps.
public struct LifeEventMap: Sendable {
    /// A life event: a page of a citizen's status.
    public struct Column: Hashable, Sendable {
        /// The page's name, as `birth`.
        public let name: String
        /// What it is called.
        public let titles: Titles
        /// How many journeys were played that belong to it.
        public let journeys: Int
    }

    /// A branch of an agency.
    public struct Row: Hashable, Sendable {
        /// Who.
        public let party: Party
        /// What it is called.
        public let titles: Titles
        /// Its part of society.
        public let sector: AgencyFile.Sector
    }

    /// What a row is told of one type at one life event.
    public struct Flow: Hashable, Sendable {
        /// The type.
        public let type: EventType
        /// Who says it: the branch that declares to, or the owner as a whole.
        public let source: Party
        /// The channel of the plane.
        public let channel: MapChannel
        /// How often it was told, in all journeys of the column.
        public let heard: Int
        /// How often nobody told it.
        public let missed: Int
        /// Whether the contracts let the row hear it.
        public let isDeclared: Bool
    }

    /// A cell that has anything to show.
    public struct Cell: Sendable {
        /// The row's place in ``LifeEventMap/rows``.
        public let row: Int
        /// The column's place in ``LifeEventMap/columns``.
        public let column: Int
        /// What was said there that the row hears, by type, source and channel.
        public let flows: [Flow]
        /// Types that are said at the life event, that the row's rules hear, and that never reached it.
        public let silent: [EventType]

        /// How often the row was told something.
        public var heard: Int { flows.reduce(0) { $0 + $1.heard } }
        /// The worst way in which it learned something, or should have; nil where nothing was said.
        public var worst: MapChannel? { flows.map(\.channel).max() }
        /// Whether something came that no contract allows.
        public var hasUndeclared: Bool { flows.contains { !$0.isDeclared } }
    }

    /// A topic with what it spares people, for an architect who asks where to begin.
    public struct Spared: Hashable, Sendable {
        /// The topic.
        public let topic: String
        /// Contacts that people no longer take, for 1,000 journeys.
        public let contacts: Double
        /// Agencies that must be joined for it: who says it and who hears it.
        public let adapters: Int

        /// Spared contacts for each agency that is joined.
        public var value: Double { contacts / Double(max(adapters, 1)) }
    }

    /// The life events in the order of the citizen's pages.
    public let columns: [Column]
    /// The agencies, by part of society and name.
    public let rows: [Row]
    /// The cells that show something, by row and column.
    public let cells: [Cell]
    /// The topics by what they spare, the best first; empty where one plane only was played.
    public let spared: [Spared]
    /// The plane that is drawn.
    public let plane: String
    /// The plane that contacts are spared against; nil: none.
    public let base: String?
    /// The scenarios of each column, in their order.
    public let scenarios: [[String]]
    /// Journeys that belong to no life event, for no tile was set in them.
    public let unplaced: Int

    /// The cell at a place; nil: it shows nothing. A binary search.
    public func cell(row: Int, column: Int) -> Cell? {
        var (low, high) = (0, cells.count)
        while low < high {
            let middle = (low + high) / 2
            let cell = cells[middle]
            if (cell.row, cell.column) == (row, column) { return cell }
            if (cell.row, cell.column) < (row, column) { low = middle + 1 } else { high = middle }
        }
        return nil
    }

    /// A figure for 1,000 journeys of a column.
    func perThousand(_ count: Int, _ column: Int) -> Double {
        Double(count) * 1_000 / Double(max(columns[column].journeys, 1))
    }

    /// The name of a cell in links: `cell-kommun-forskola-birth`.
    func anchor(row: Int, column: Int) -> String {
        "cell-\(rows[row].party.description.replacing("/", with: "-"))-\(columns[column].name)"
    }
}

/// The kinds of channels that a map tells apart, from the best to the worst.
public enum MapChannel: Int, Comparable, CaseIterable, Sendable {
    /// At once: the bus, a front agency, a question that is answered.
    case bus
    /// In the next file or extract.
    case batch
    /// On paper or by telephone, typed again by somebody.
    case letter
    /// The citizen carries it.
    case citizen
    /// It never comes.
    case none

    /// Its name in tables.
    public var name: String {
        switch self {
        case .bus: "bus"
        case .batch: "batch"
        case .letter: "letter"
        case .citizen: "citizen"
        case .none: "none"
        }
    }

    /// The kind of a plane's channel.
    /// - Parameter name: as a plane names it; calendars have names of their own, so what is none of the others is one.
    public init(channel name: String, isHeard: Bool) {
        switch name {
        case _ where !isHeard, "none": self = .none
        case "bus", "front", "query": self = .bus
        case "letter", "function", "phone", "print": self = .letter
        case "citizen": self = .citizen
        default: self = .batch
        }
    }

    /// Better channels come first.
    public static func < (left: MapChannel, right: MapChannel) -> Bool { left.rawValue < right.rawValue }
}
