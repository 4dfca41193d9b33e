/// What failed in the worlds of a run, and what of it is known.
public struct KnownFailures: Sendable {
    /// What counts, by world.
    public private(set) var failures: [[ExpectationFailure]]
    /// What failed in worlds whose scenario says that it fails.
    public private(set) var known: [[ExpectationFailure]]

    /// Takes the failures of scenarios apart that are known to fail; one of these that passed has failed.
    ///
    /// Only a part of a scenario may well pass, so nothing is known of it.
    public init(_ instances: [ScenarioInstance], _ found: [[ExpectationFailure]]) {
        failures = found
        known = found.map { _ in [] }
        for (number, instance) in instances.enumerated() {
            guard let reason = instance.scenario.knownFailure, !instance.scenario.isCut else { continue }
            if found[number].isEmpty {
                failures[number] = [
                    ExpectationFailure(
                        .passedAfterAll, step: "then", place: reason.span.description,
                        message: "expected to fail, for “\(reason.value)”, it passed", time: nil)
                ]
            } else {
                known[number] = found[number]
                failures[number] = []
            }
        }
    }
}
