import Contracts
import Hosting
import LifeEvents

extension Catalogue {
    /// Reads what the contracts say of the types that agencies hear and publish, where they are read on demand.
    /// - Throws: where one of them has a fault, every fault of every file.
    func demand(of runners: [AgencyRunner]) throws(ContractError) {
        try demand(runners.flatMap { Self.types(of: $0) }, areSaid: false)
    }

    /// Begins to read it for one of them, while others are being made.
    func readAhead(for runner: AgencyRunner) { readAhead(Self.types(of: runner)) }

    private static func types(of runner: AgencyRunner) -> [EventType] {
        runner.hears.map(\.type) + runner.publications.map(\.type)
    }
}
