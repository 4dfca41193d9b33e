import AgencyKit
public import LifeEvents

/// What one case exercises of the agencies' rules.
public struct Exercise: Sendable {
    /// The number of the case in its run.
    public let number: Int
    /// How many messages it has.
    public let messages: Int
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

    /// What a log tells, case by case in its order.
    public static func all(of log: RunLog) -> [Exercise] {
        log.worlds.enumerated().map { Exercise(number: $0.offset, $0.element) }
    }

    private init(number: Int, _ world: WorldLog) {
        self.number = number
        messages = world.messages.count
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
