import Contracts
import Hosting
import JSON
import LifeEvents

/// Who has protected personal data (*skyddade personuppgifter*), world by world, as the population register has said.
///
/// Grows with the protected people of worlds that are played, and forgets those of worlds that have ended.
struct ProtectionBook {
    /// How protected a person is.
    enum Level: String {
        /// Marked as secret (*sekretessmarkering*).
        case marked
        /// In protected population registration (*skyddad folkbokföring*).
        case protected
    }

    private var levels: [Subject: Level] = [:]
    private var people = PeopleByWorld()

    var isEmpty: Bool { levels.isEmpty }

    func level(of subject: Subject) -> Level? { levels[subject] }

    /// Takes what the register says of a person; any other word than a level's lifts the protection.
    mutating func set(_ word: String?, of subject: Subject, world: Int32) {
        let level = word.flatMap { Level(rawValue: $0) }
        guard levels[subject] != level else { return }
        levels[subject] = level
        people.remove(subject, world: world)
        if level != nil { people.add(subject, world: world) }
    }

    /// Whether a value, or something in it, is the key of a protected person.
    func names(_ value: JSONValue) -> Bool {
        switch value.kind {
        case .string: value.stringBytes.flatMap { Subject(utf8: $0) }.map { levels[$0] != nil } ?? false
        case .object: value.members.contains { names($0.value) }
        case .array: value.elements.contains { names($0) }
        case .number, .bool, .null: false
        }
    }

    /// Whether the key of a protected person stands somewhere in a text.
    func isNamed(in text: String) -> Bool {
        // order-free: whether there is any.
        levels.keys.contains { text.contains("\($0)") }
    }

    /// A world has ended.
    mutating func remove(_ world: Int32) {
        for person in people.remove(world) { levels[person] = nil }
    }

    // MARK: - Checkpoints

    /// The worlds whose protected people have changed since the last call; nil: it has none any more.
    mutating func changes() -> [(row: Int64, value: [UInt8]?)] {
        people.changes { [levels] person, writer in
            writer.subject(person)
            writer.number(levels[person] == .protected ? 1 : 0)
        }
    }

    /// Takes back the people of a world; false if the bytes are none.
    mutating func restore(row: Int64, _ value: UnsafeRawBufferPointer) -> Bool {
        guard let world = Int32(exactly: row) else { return false }
        var reader = StateReader(value)
        while !reader.isAtEnd {
            guard let person = reader.subject(), let level = reader.number() else { return false }
            levels[person] = level == 1 ? .protected : .marked
            people.restore(person, world: world)
        }
        return true
    }
}
