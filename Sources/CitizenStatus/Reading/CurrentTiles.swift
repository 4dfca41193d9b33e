public import JSON
public import LifeEvents

/// The rule of what a citizen's page shows, for all who ask.
///
/// States with the same holder, journey, tile, agency and `about` are states of one line (``TileLine``). Of these the
/// current one was known last; of two known at the same instant the one with the higher id is. A message that comes
/// twice is one state. When a state became known is its message's `time`; for a message from outside the instant of its
/// admission. The store's view `tiles_current` says the same in SQL.
///
/// - `Line`: what makes two states one line's: ``TileLine``, or numbers that stand for it.
public struct CurrentTiles<Line: Hashable & Sendable, State: Sendable>: Sendable {
    /// What a line says, and since when.
    public struct Row: Sendable {
        /// Which line.
        public let line: Line
        /// When it became known.
        public let known: Instant
        /// The message that set it.
        public let id: EventID
        /// What it says.
        public let state: State

        /// Whether this state stands and not the other, both being of one line.
        func isNewer(than other: Row) -> Bool {
            known == other.known ? other.id < id : other.known < known
        }
    }

    /// That a line says something else now.
    public struct Change: Sendable {
        /// What it said; nil if the line is new.
        public let before: State?
    }

    /// Where lines are; empty while there are so few that they are found by looking at each.
    private var places: [Line: Int] = [:]
    /// The current state of each line, in the order in which lines were first seen.
    private var current: [Row] = []
    /// All states of each line from the oldest to the newest, where earlier ones are asked for.
    private var history: [[Row]] = []
    private let keepsHistory: Bool

    /// The most lines that are found without ``places``, which takes more memory than the lines: of a million worlds most
    /// have no more.
    private static var few: Int { 32 }

    /// - Parameter keepsHistory: whether ``rows(asOf:)`` is to be asked for earlier instants.
    public init(keepsHistory: Bool = false) {
        self.keepsHistory = keepsHistory
    }

    /// Takes in a state, in any order.
    /// - Returns: what stood before, if this one now stands instead or first; nil if it changes nothing.
    @discardableResult
    public mutating func see(_ state: State, line: Line, known: Instant, id: EventID) -> Change? {
        let row = Row(line: line, known: known, id: id, state: state)
        guard let place = place(of: line) else {
            append(row)
            return Change(before: nil)
        }
        let before = current[place]
        guard row.isNewer(than: before) else {
            if keepsHistory { insert(row, in: place) }
            return nil
        }
        if keepsHistory { history[place].append(row) }
        current[place] = row
        return Change(before: before.state)
    }

    /// The current state of each line, in the order in which the lines were first seen.
    /// - Parameter instant: what was known then; nil for all that is known.
    public func rows(asOf instant: Instant? = nil) -> [Row] {
        guard let instant else { return current }
        guard keepsHistory else { return current.filter { $0.known <= instant } }
        return history.compactMap { states in states.last { $0.known <= instant } }
    }

    private func place(of line: Line) -> Int? {
        places.isEmpty ? current.firstIndex { $0.line == line } : places[line]
    }

    private mutating func append(_ row: Row) {
        if current.count == Self.few { for (place, other) in current.enumerated() { places[other.line] = place } }
        if current.count >= Self.few { places[row.line] = current.count }
        if current.count == current.capacity { current.reserveCapacity(current.count + max(2, current.count / 4)) }
        current.append(row)
        if keepsHistory { history.append([row]) }
    }

    private mutating func insert(_ row: Row, in place: Int) {
        let states = history[place]
        let end = states.firstIndex { !row.isNewer(than: $0) } ?? states.count
        guard end == states.count || states[end].id != row.id else { return }
        history[place].insert(row, at: end)
    }
}

/// What makes two tiles states of one line of a page.
public struct TileLine: Hashable, Sendable {
    /// Whose page it is on.
    public var holder: Subject
    /// The journey; of a tile that belongs to none its own id, so that it is a line of its own.
    public var journey: EventID
    /// Which tile.
    public var tile: String
    /// Who set it.
    public var agency: AgencyID
    /// Whom it is about, if not the holder.
    public var about: Subject?

    /// The line of a message, with the code it sets.
    ///
    /// Nil if the message sets no tile: it is of another type, no agency sent it, or its data name no tile or no code.
    public static func read(_ envelope: EventEnvelope, type: String, data: JSONValue?) -> (TileLine, TileCode)? {
        guard type == StatusTile.type.name, let agency = envelope.source, let data,
            let tile = EventView.text(data[Keys.tile]),
            let code = EventView.text(data[Keys.code]).flatMap({ TileCode.number(utf8: $0) }).flatMap({
                TileCode(number: $0)
            })
        else { return nil }
        let line = TileLine(
            holder: envelope.subject, journey: envelope.correlationID ?? envelope.id,
            tile: String(decoding: tile, as: UTF8.self), agency: agency,
            about: EventView.text(data[Keys.about]).flatMap { Subject(utf8: $0) })
        return (line, code)
    }
}
