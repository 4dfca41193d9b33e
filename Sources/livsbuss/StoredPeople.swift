import CitizenStatus
import LifeEvents
import Reports
import Terminal

/// Finds the people that a command's user names in a run's store, or in the stores of its jobs.
enum StoredPeople {
    /// Everybody of that name or key, each with the store that knows them; never empty.
    /// - Parameter choice: which case is meant; nil: all.
    static func find(
        _ name: String, in folder: StoreFolder, _ choice: WorldChoice? = nil
    ) throws -> [(store: StatusStore, person: PersonRow)] {
        var found: [(store: StatusStore, person: PersonRow)] = []
        for store in try stores(of: folder) {
            var people = try store.person(named: name)
            if people.isEmpty, let key = Subject(text: name), let row = try store.person(key: key) { people = [row] }
            for person in people { found.append((store, person)) }
        }
        guard !found.isEmpty else { throw Failure(.invalidFile, "the store knows nobody called \(name)") }
        return try only(choice, found)
    }

    /// Everybody of a case who has a name.
    static func all(
        in folder: StoreFolder, _ choice: WorldChoice
    ) throws -> [(store: StatusStore, person: PersonRow)] {
        var found: [(store: StatusStore, person: PersonRow)] = []
        for store in try stores(of: folder) {
            for person in try store.namedPersons() { found.append((store, person)) }
        }
        return try only(choice, found)
    }

    private static func only(
        _ choice: WorldChoice?, _ found: [(store: StatusStore, person: PersonRow)]
    ) throws -> [(store: StatusStore, person: PersonRow)] {
        guard let choice else { return found }
        let meant = found.filter { choice.takes(scenario: $0.person.scenario, name: $0.person.caseName) }
        guard meant.isEmpty else { return meant }
        var titles: [String] = []
        for (_, person) in found where !titles.contains(caseTitle(person)) { titles.append(caseTitle(person)) }
        throw Failure(.invalidFile, choice.nothing(titles))
    }

    /// The store of a run, or those of its passes; of a run that has not ended a note says so.
    static func stores(of folder: StoreFolder) throws -> [StatusStore] {
        let run = try StoredRun(folder)
        run.noteUnended()
        return run.stores
    }

    /// `move [income=0]`
    static func caseTitle(_ person: PersonRow) -> String {
        person.caseName.isEmpty ? person.scenario : "\(person.scenario) [\(person.caseName)]"
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
