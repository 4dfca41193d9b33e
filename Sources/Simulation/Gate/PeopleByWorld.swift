import Hosting
import LifeEvents

/// The people of each world of whom a book keeps something, and which worlds' rows of a checkpoint have changed.
struct PeopleByWorld {
    /// In the order in which they came into the book.
    private var people: [Int32: [Subject]] = [:]
    private var changed: Set<Int32> = []

    /// Notes that the book keeps something of a person, the first time or again.
    mutating func add(_ person: Subject, world: Int32) {
        changed.insert(world)
        if people[world]?.contains(person) != true { people[world, default: []].append(person) }
    }

    /// Notes that it keeps nothing of a person any more.
    mutating func remove(_ person: Subject, world: Int32) {
        changed.insert(world)
        people[world]?.removeAll { $0 == person }
    }

    /// A world has ended.
    /// - Returns: its people.
    mutating func remove(_ world: Int32) -> [Subject] {
        guard let own = people.removeValue(forKey: world) else { return [] }
        changed.insert(world)
        return own
    }

    /// Takes back a person from a checkpoint: nothing has changed.
    mutating func restore(_ person: Subject, world: Int32) { people[world, default: []].append(person) }

    /// The rows of the worlds that have changed since the last call; nil: the world has nobody any more.
    mutating func changes(
        _ write: (Subject, inout StateWriter) -> Void
    ) -> [(row: Int64, value: [UInt8]?)] {
        defer { changed.removeAll() }
        return changed.sorted().map { world in
            guard let own = people[world], !own.isEmpty else { return (Int64(world), nil) }
            var writer = StateWriter()
            for person in own { write(person, &writer) }
            return (Int64(world), writer.bytes)
        }
    }
}
