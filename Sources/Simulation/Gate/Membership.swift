import Hosting
import LifeEvents

/// Which subjects and journeys belong to which world, and who is played there.
struct Membership {
    private struct Members {
        var subjects: [Subject]
        var journeys: [EventID]
        /// Who hears and acts, or hears only; sorted.
        var played: [AgencyID]
        var until: Instant
        /// The ids of what its scenario publishes; worlds of a template share the array with it.
        var scripted: [EventID]
    }

    private var worldOfSubject: [Subject: Int32] = [:]
    private var worlds = WorldWindow<Members>()

    mutating func add(_ world: World, number: Int32) {
        for subject in world.persons { worldOfSubject[subject] = number }
        worlds[number] = Members(
            subjects: world.persons, journeys: world.correlations,
            played: world.silent.isEmpty ? world.agencies.sortedOnce() : (world.agencies + world.silent).sorted(),
            until: world.until, scripted: world.scriptedIDs)
    }

    mutating func remove(_ number: Int32) {
        for subject in worlds[number]?.subjects ?? [] { worldOfSubject[subject] = nil }
        worlds[number] = nil
    }

    /// The world of a subject at an instant; nil: nobody of the run, or their world has ended before it.
    func world(of subject: Subject, at instant: Instant) -> Int32? {
        guard let world = worldOfSubject[subject], let members = worlds[world], instant <= members.until else {
            return nil
        }
        return world
    }

    /// Whether an agency is played by the run in a world, so that nobody outside speaks for it. The bus itself always is;
    /// citizens never are: anybody may file as one.
    func isPlayed(_ agency: AgencyID, in world: Int32) -> Bool {
        agency == .livsbuss || (worlds[world]?.played.contains(agency) ?? false)
    }

    /// Whether a message is one that a world's scenario publishes.
    func isScripted(_ message: EventID, in world: Int32) -> Bool {
        worlds[world]?.scripted.contains(message) ?? false
    }
}
