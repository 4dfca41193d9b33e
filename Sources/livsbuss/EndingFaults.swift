import Runs
import Scenarios
import Terminal

/// Faults of the broker at which no client tries again: one ends all that is played beside it, so `run` plays its
/// scenario alone, and no other command does.
extension Sequence<Scenario> {
    /// The scenarios that other commands play; those that are known to fail are left out where such a fault is the reason.
    /// - Throws: `Failure` for such a fault in a scenario that is not known to fail.
    func thatGoOn() throws -> [Scenario] { try filter { try $0.goesOn() } }
}

extension Sequence<ScenarioInstance> {
    /// As for scenarios.
    func thatGoOn() throws -> [ScenarioInstance] { try filter { try $0.scenario.goesOn() } }
}

extension Scenario {
    fileprivate func goesOn() throws -> Bool {
        guard canEndRun else { return true }
        guard knownFailure != nil else {
            throw Failure(
                .invalidFile,
                "\(name.span): \(name.value): a fault of the broker may end all that is played here; only run plays it, "
                    + "and known_failure leaves it out")
        }
        return false
    }
}
