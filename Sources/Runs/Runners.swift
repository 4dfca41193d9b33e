public import AgencyKit
public import Hosting
public import LifeEvents
public import Scenarios
public import Simulation

/// A run has an agency simulated whose owner nobody plays.
public struct NobodyPlays: Error, Sendable, CustomStringConvertible {
    /// The agency.
    public let agency: AgencyID

    /// One sentence.
    public var description: String { "\(agency) is simulated, but there is no code that plays an agency of its owner" }
}

/// Finds the code for the agencies of a run.
public enum Runners {
    /// The runners of each owner of whom some world plays an agency, in the owners' order: one, or one a branch.
    /// - Parameter code: the code that plays an owner's agencies, whole or branch by branch; empty if there is none.
    /// - Throws: ``NobodyPlays`` for the first agency that has no code.
    public static func of(
        _ worlds: [World], code: (_ owner: Owner) -> [any Agency]
    ) throws(NobodyPlays) -> [AgencyRunner] {
        try of(
            acting: worlds.reduce(into: Set()) { $0.formUnion($1.agencies) },
            silent: worlds.reduce(into: Set()) { $0.formUnion($1.silent) }, code: code)
    }

    /// The same for the worlds of scenarios.
    /// - Throws: as ``of(_:code:)`` for worlds.
    public static func of(
        _ instances: [ScenarioInstance], made: (AgencyRunner) -> Void = { _ in },
        code: (_ owner: Owner) -> [any Agency]
    ) throws(NobodyPlays) -> [AgencyRunner] {
        try of(
            acting: instances.reduce(into: Set()) { $0.formUnion($1.agencies) },
            silent: instances.reduce(into: Set()) { $0.formUnion($1.silent) }, made: made, code: code)
    }

    private static func of(
        acting: Set<AgencyID>, silent: Set<AgencyID>, made: (AgencyRunner) -> Void = { _ in },
        code: (_ owner: Owner) -> [any Agency]
    ) throws(NobodyPlays) -> [AgencyRunner] {
        // Who is silent is offered nothing; its code says what it would hear.
        try of(acting.union(silent.filter { !code($0.owner).isEmpty }).sorted(), made: made, code: code)
    }

    /// The runners of each owner of some agencies, in the owners' order.
    /// - Parameter made: is shown each runner as soon as it is made.
    /// - Throws: as ``of(_:code:)`` for worlds.
    public static func of(
        _ agencies: [AgencyID], made: (AgencyRunner) -> Void = { _ in }, code: (_ owner: Owner) -> [any Agency]
    ) throws(NobodyPlays) -> [AgencyRunner] {
        var runners: [AgencyRunner] = []
        for owner in Set(agencies.map(\.owner)).sorted() {
            let own = Set(agencies.filter { $0.owner == owner }).sorted()
            let code = code(owner)
            if code.isEmpty, let nobody = own.first { throw NobodyPlays(agency: nobody) }
            for branch in code {
                let runner = AgencyRunner.runner(for: branch, playing: own)
                made(runner)
                runners.append(runner)
            }
        }
        return runners
    }
}
