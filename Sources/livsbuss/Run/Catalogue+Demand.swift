import Contracts
import Hosting
import LifeEvents

extension Catalogue {
    /// Reads what the contracts say of the types that agencies hear and publish, where they are read on demand.
    /// - Throws: where one of them has a fault, every fault of every file.
    func demand(of runners: [AgencyRunner]) throws(ContractError) {
        try demand(
            runners.flatMap { runner in runner.hears.map(\.type) + runner.publications.map(\.type) }, areSaid: false)
    }
}
