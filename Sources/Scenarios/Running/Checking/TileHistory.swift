import JSON
import LifeEvents
import Simulation

/// What each citizen of a case saw, and when.
struct TileHistory {
    struct Line: Hashable {
        var holder: Subject
        var tile: String
        var agency: AgencyID?
        var about: Subject?
        var journey: EventID?
    }

    private struct State {
        var known: Instant
        var id: EventID
        var code: String
    }

    /// In the order in which they are known; only the last where nobody asks for earlier ones.
    private var states: [Line: [State]] = [:]
    private let keepsAll: Bool

    init(keepsAll: Bool) {
        self.keepsAll = keepsAll
    }

    mutating func see(_ message: MatchedMessage) {
        guard message.type == StatusTile.type.name, let tile = message.data?["tile"]?.string,
            let code = message.data?["code"]?.string
        else { return }
        let envelope = message.envelope
        let line = Line(
            holder: envelope.subject, tile: tile, agency: envelope.source, about: message.data?["about"]?.person,
            journey: envelope.correlationID)
        let state = State(known: envelope.time, id: envelope.id, code: code)
        if keepsAll { states[line, default: []].append(state) } else { states[line] = [state] }
    }

    /// Why a tile is not as it must be, as known at an instant; nil if it is.
    func difference(_ wanted: FinalTile, _ instance: ScenarioInstance, asOf instant: Instant? = nil) -> String? {
        let holder = instance.key(of: wanted.holder.value)
        // order-free: sorted before anything is said.
        let rows = states.filter {
            $0.key.holder == holder && $0.key.tile == wanted.tile.value
                && (wanted.agency == nil || $0.key.agency == wanted.agency?.value)
        }.compactMap { line, all -> (line: Line, state: State)? in
            all.last { instant == nil || $0.known <= instant ?? $0.known }.map { (line, $0) }
        }.sorted { left, right in
            let (a, b) = (left.line.agency ?? .livsbuss, right.line.agency ?? .livsbuss)
            return a == b ? left.state.id < right.state.id : a < b
        }
        if rows.isEmpty { return "it is absent" }
        guard rows.contains(where: { $0.state.code != wanted.code.value }) else { return nil }
        let found = rows.map { row in
            let about = row.line.about.flatMap { instance.name(of: $0) }
            let agency = row.line.agency.map { "\($0)" } ?? "outside"
            return "\(row.state.code) from \(agency)\(about.map { " about \($0)" } ?? "") since "
                + row.state.known.asWritten
        }
        return "it is " + found.joined(separator: ", ")
    }
}
