import AgencyKit
public import LifeEvents

/// What the journeys of one file exercise of the agencies' rules.
public struct Exercise: Sendable {
    /// The scenario file.
    public let file: String
    /// How many messages its journeys have.
    public private(set) var messages = 0
    private var keys: Set<Key> = []

    private enum Key: Hashable {
        case river(String, Int)
        case timer(Owner, String)
        case code(Owner, String, String)
    }

    /// Whether a river at a place was asked.
    public func asks(riverAt file: String, _ line: Int) -> Bool { keys.contains(.river(file, line)) }

    /// Whether a timer of an owner fell due.
    public func fires(_ owner: Owner, _ timer: String) -> Bool { keys.contains(.timer(owner, timer)) }

    /// The tiles that were shown, with their codes, sorted.
    public var codes: [(owner: Owner, tile: String, code: String)] {
        keys.compactMap { key -> (owner: Owner, tile: String, code: String)? in
            if case .code(let owner, let tile, let code) = key { (owner, tile, code) } else { nil }
        }.sorted { ($0.owner, $0.tile, $0.code) < ($1.owner, $1.tile, $1.code) }
    }

    /// Whether an owner's tile was shown with a code.
    public func shows(_ owner: Owner, _ tile: String, _ code: String) -> Bool {
        keys.contains(.code(owner, tile, code))
    }

    /// What a log tells, file by file in its order.
    public static func all(of log: RunLog) -> [Exercise] {
        var found: [Exercise] = []
        for world in log.worlds {
            guard let start = world.start else { continue }
            if found.last?.file != start.file { found.append(Exercise(file: start.file)) }
            found[found.count - 1].add(world)
        }
        return found
    }

    private init(file: String) { self.file = file }

    private mutating func add(_ world: WorldLog) {
        messages += world.messages.count
        for delivery in world.deliveries where !delivery.river.isEmpty {
            keys.insert(.river(delivery.file, delivery.line))
        }
        for timer in world.timers {
            if let owner = AgencyID(timer.agency)?.owner { keys.insert(.timer(owner, timer.timer)) }
        }
        for change in world.statusChanges {
            if let owner = AgencyID(change.agency)?.owner { keys.insert(.code(owner, change.tile, change.to)) }
        }
    }
}
