import AgencyKit
import Contracts
import LifeEvents
import Planes

/// What a plane holds back: messages on their way to readers, of all worlds.
final class DeliveryBook {
    let plane: Plane
    private let resolution: Int64
    /// In the order in which they were parked.
    private var worlds: [Int32: [Parked]] = [:]
    /// What held before the run, which everybody knows who may.
    private var openings: [Int32: Set<EventID>] = [:]
    /// The worlds with something to deliver at an instant.
    private var dueWorlds: [Instant: [Int32]] = [:]
    private var instants = InstantHeap()
    private var nextNumber: Int64 = 0
    /// Rows that no checkpoint has as they are; nil: gone.
    private var changed: [Int64: Parked?] = [:]

    init(_ plane: Plane, resolution: Int64) {
        self.plane = plane
        self.resolution = resolution
    }

    func add(_ world: Int32, openings: Set<EventID>) { self.openings[world] = openings }

    func isOpening(_ id: EventID, in world: Int32) -> Bool { openings[world]?.contains(id) ?? false }

    /// Forgets a world; what was on its way in it.
    func remove(_ world: Int32) -> [Parked] {
        openings[world] = nil
        let left = worlds.removeValue(forKey: world) ?? []
        for parked in left { changed[parked.number] = .some(nil) }
        return left
    }

    /// Whether a branch is a member of the plane's front agency.
    func isMember(_ agency: AgencyID, _ branch: Branch) -> Bool {
        plane.front?.has(Party(agency.owner, branch), agency) ?? false
    }

    /// What is on its way in a world.
    func waiting(in world: Int32) -> [Parked] { worlds[world] ?? [] }

    /// How many messages are on their way, of all worlds.
    var count: Int {
        // order-free: a sum
        worlds.values.reduce(0) { $0 + $1.count }
    }

    /// When something is delivered next.
    var nextDue: Instant? { instants.first }

    // MARK: - Parking

    /// Parks a message; it comes no earlier than what came before on the same channel to the same reader.
    func park(_ parked: Parked) {
        var parked = parked
        parked.number = nextNumber
        nextNumber += 1
        if let due = parked.due {
            let earlier = (worlds[parked.world] ?? []).filter {
                $0.reader.isSame(parked.reader) && $0.type == parked.type && $0.subject == parked.subject
                    && $0.channel == parked.channel
            }
            parked.due = max(due, earlier.compactMap(\.due).max() ?? due).roundedUp(to: resolution)
        }
        put(parked)
        changed[parked.number] = parked
    }

    private func put(_ parked: Parked) {
        worlds[parked.world, default: []].append(parked)
        guard let instant = parked.due else { return }
        if dueWorlds[instant]?.contains(parked.world) == true { return }
        if dueWorlds[instant] == nil { instants.insert(instant) }
        dueWorlds[instant, default: []].append(parked.world)
    }

    /// Parks again what has an instant now.
    func park(_ parked: Parked, _ wait: Parked.Wait, until instant: Instant) {
        var parked = parked
        (parked.due, parked.wait) = (instant, wait)
        put(parked)
        changed[parked.number] = parked
    }

    // MARK: - Taking

    /// What is delivered by an instant, by world and id.
    func takeDue(_ limit: Instant) -> [Parked] {
        var numbers: Set<Int32> = []
        while let next = instants.first, next <= limit {
            instants.remove(next)
            // order-free: the value of one key, a list
            numbers.formUnion(dueWorlds.removeValue(forKey: next) ?? [])
        }
        return numbers.sorted().flatMap { world in
            take(world) { parked in parked.due.map { $0 <= limit } ?? false }.sorted {
                ($0.id, $0.number) < ($1.id, $1.number)
            }
        }
    }

    /// Takes what is meant of a world.
    func take(_ world: Int32, where isMeant: (Parked) -> Bool) -> [Parked] {
        guard let all = worlds[world] else { return [] }
        let taken = all.filter(isMeant)
        guard !taken.isEmpty else { return [] }
        worlds[world] = all.filter { !isMeant($0) }
        for parked in taken { changed[parked.number] = .some(nil) }
        return taken
    }

    /// Takes the links of a fact that a reader has not heard, up to one, the oldest first.
    func takeChain(_ head: EventID, for reader: HeardReader, in world: Int32) -> [Parked] {
        var chain: [Parked] = []
        var next: EventID? = head
        while let id = next,
            let link = take(world, where: { $0.id == id && $0.reader.isSame(reader) }).first
        {
            chain.append(link)
            next = link.previous
        }
        return chain.reversed()
    }

    /// Takes the links of a fact that an annulment takes out of a run of its reader: all of it that was created in the
    /// run's window.
    func takeCollapsed(_ head: EventID, in world: Int32, at now: Instant) -> [Parked] {
        var collapsed: [Parked] = []
        for last in worlds[world] ?? [] where last.id == head {
            var chain = [last]
            while let previous = chain.last?.previous,
                let link = (worlds[world] ?? []).first(where: { $0.id == previous && $0.reader.isSame(last.reader) })
            { chain.append(link) }
            guard chain.allSatisfy({ $0.windowEnd.map { $0 > now } ?? false }), chain.last?.previous == nil else {
                continue
            }
            collapsed += chain
        }
        let numbers = Set(collapsed.map(\.number))
        return take(world) { numbers.contains($0.number) }
    }

    // MARK: - Checkpoints

    /// Rows for what no checkpoint has, and without content for what waits no more.
    func changes() -> [(row: Int64, value: [UInt8]?)] {
        defer { changed.removeAll() }
        return changed.sorted { $0.key < $1.key }.map { ($0.key, $0.value?.bytes) }
    }

    /// Takes a row of a checkpoint; false if it cannot be read.
    func restore(row: Int64, _ bytes: UnsafeRawBufferPointer) -> Bool {
        guard let parked = Parked(bytes, number: row) else { return false }
        nextNumber = max(nextNumber, row + 1)
        put(parked)
        return true
    }
}
