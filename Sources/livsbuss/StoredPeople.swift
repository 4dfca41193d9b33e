import CitizenStatus
import LifeEvents
import Terminal

/// Finds the people that a command's user names in a run's store, or in the stores of its jobs.
enum StoredPeople {
    /// Everybody of that name or key, each with the store that knows them; never empty.
    static func find(
        _ name: String, in folder: StoreFolder
    ) throws -> [(store: StatusStore, person: PersonRow)] {
        var found: [(store: StatusStore, person: PersonRow)] = []
        for store in try stores(of: folder) {
            var people = try store.person(named: name)
            if people.isEmpty, let key = Subject(text: name), let row = try store.person(key: key) { people = [row] }
            for person in people { found.append((store, person)) }
        }
        guard !found.isEmpty else { throw Failure(.invalidFile, "the store knows nobody called \(name)") }
        return found
    }

    /// The store of a run, or those of its jobs.
    static func stores(of folder: StoreFolder) throws -> [StatusStore] {
        let jobs = folder.jobs
        return try (jobs.isEmpty ? [folder] : jobs).map { try $0.open() }
    }

    /// What people are called, by their keys.
    static func names(_ store: StatusStore) throws -> [Subject: String] {
        Dictionary(try store.namedPersons().map { ($0.key, $0.name) }) { _, later in later }
    }

    /// `mother  pbcdfghjklmnpqrs`
    static func title(_ person: PersonRow) -> String {
        "\(person.name.isEmpty ? "outside" : person.name)  \(person.key)".escapedLine
    }
}
