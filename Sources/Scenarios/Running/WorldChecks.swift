public import AgencyKit
public import Contracts
public import Hosting
public import LifeEvents
public import Simulation

/// Checks all worlds of a run as it is played. One thread owns it.
public final class WorldChecks {
    private var checkers: [ExpectationChecker]
    /// The messages of the instant being played, with their worlds.
    private var worlds: [EventID: Int] = [:]
    private var instant: Instant?
    private var hasLedger = false

    /// Checks for the worlds of a run, in their order.
    public init(_ instances: [ScenarioInstance], rules: [RiverDescription], access: AccessRights) {
        var hearers: Hearers?
        var agencies: [AgencyID] = []
        checkers = instances.map { instance in
            let known = instance.world.agencies == agencies ? hearers : nil
            let own = known ?? Hearers(rules, instance.world.agencies, access)
            (hearers, agencies) = (own, instance.world.agencies)
            return ExpectationChecker(instance, hearers: own)
        }
    }

    /// Takes a message; one that belongs to no world is passed over.
    /// - Parameter isLive: false for what a resumed run has played before.
    public func see(_ message: ObservedMessage, isLive: Bool = true) {
        guard let world = message.world else { return }
        checkers[world].see(message, isLive: isLive)
        if message.envelope.time != instant {
            instant = message.envelope.time
            worlds.removeAll(keepingCapacity: true)
        }
        worlds[message.envelope.id] = world
    }

    /// Takes what became of a message at a rule.
    public func see(_ id: EventID, _ report: RiverReport) {
        // After an outage an agency hears what is no longer of this instant.
        guard let world = worlds[id] ?? checkers.firstIndex(where: { $0.knows(id) }) else { return }
        checkers[world].see(id, report)
    }

    /// Takes a reading of the ledger, when all is over. From then on the ledger must be complete.
    public func seeLedger(_ world: Int32, _ id: EventID, _ agency: AgencyID) {
        hasLedger = true
        guard checkers.indices.contains(Int(world)) else { return }
        checkers[Int(world)].seeLedger(id, agency)
    }

    /// What failed in each world.
    public var failures: [[ExpectationFailure]] { checkers.map { $0.failures(hasLedger: hasLedger) } }
}
