public import AgencyKit
public import Contracts
public import Hosting
public import LifeEvents
public import Simulation

/// Checks all worlds of a run as it is played. One thread owns it.
///
/// Copies of a scenario share what they are held against. Of a world that has ended only the verdict is kept.
public final class WorldChecks {
    /// A world that is played; a class, so that one that has ended takes no room.
    private final class Playing {
        var checker: ExpectationChecker

        init(_ checker: ExpectationChecker) { self.checker = checker }
    }

    private enum State {
        case playing(Playing)
        case ended(WorldVerdict)
    }

    private let instances: [ScenarioInstance]
    private var states: [State]
    private var hasLedger = false

    /// Checks for the worlds of a run, in their order.
    /// - Parameters:
    ///   - breaksBroker: whether the run's broker can be made to fail; else nobody waits for its faults.
    ///   - keepsLooks: whether ``looks`` are wanted.
    ///   - hasPlane: whether readers learn what is said when a plane lets them.
    public init(
        _ instances: [ScenarioInstance], rules: [RiverDescription], access: AccessRights, breaksBroker: Bool = true,
        keepsLooks: Bool = false, hasPlane: Bool = false
    ) {
        self.instances = instances
        let tables = CheckTables()
        // Rules are read for each set of agencies, of which a run has few.
        var hearers: [[AgencyID]: Hearers] = [:]
        var last: CheckPlan?
        states = []
        states.reserveCapacity(instances.count)
        for instance in instances {
            if last?.template !== instance.template {
                let own = hearers[instance.agencies] ?? Hearers(rules, instance.agencies, access)
                hearers[instance.agencies] = own
                last = CheckPlan(
                    instance.template, own, tables,
                    breaksBroker: breaksBroker, keepsLooks: keepsLooks, hasPlane: hasPlane)
            }
            guard let plan = last else { continue }
            states.append(.playing(Playing(ExpectationChecker(instance, plan))))
        }
    }

    /// How many worlds are watched, message by message.
    var playingCount: Int { states.count { if case .playing = $0 { true } else { false } } }

    /// The bytes that journals and verdicts have taken.
    var byteCount: Int {
        states.reduce(states.capacity * MemoryLayout<State>.stride) { sum, state in
            switch state {
            case .playing(let world): sum + world.checker.journalBytes
            case .ended(let verdict): sum + verdict.byteCount
            }
        }
    }

    private func checker(_ world: Int) -> Playing? {
        if case .playing(let playing) = states[world] { playing } else { nil }
    }

    /// Takes a message; one that belongs to no world is passed over.
    /// - Parameter isLive: false for what a resumed run has played before.
    public func see(_ message: ObservedMessage, isLive: Bool = true) {
        guard let world = message.world else { return }
        checker(world)?.checker.see(message, isLive: isLive)
    }

    /// Takes what became of a message at a rule.
    public func see(_ id: EventID, _ report: RiverReport) {
        guard report.world >= 0 else { return }
        checker(Int(report.world))?.checker.see(id, report)
    }

    /// Takes when a reader learns a message, in a run with a plane.
    public func see(_ delivery: DeliveryReport) {
        guard delivery.world >= 0 else { return }
        checker(Int(delivery.world))?.checker.see(delivery)
    }

    /// Takes a fault. One of the broker is every world's that has it then.
    public func see(_ fault: ObservedFault) {
        guard fault.applies else { return }
        if let world = fault.world {
            checker(world)?.checker.see(applied: fault.name)
            return
        }
        for (number, instance) in instances.enumerated() {
            for own in instance.scenario.brokerFaults {
                guard case .broker(let kind) = own.kind, kind.sentence == fault.text else { continue }
                let (first, end) = own.window.bounds(on: instance.scenario.timeline)
                guard fault.time >= first, end.map({ fault.time < $0 }) ?? true else { continue }
                checker(number)?.checker.see(applied: own.id.value)
            }
        }
    }

    /// The run goes on from an instant of a former life, whose faults are not told again.
    public func resume(from instant: Instant) {
        for case .playing(let world) in states { world.checker.faultsUnknownUntil = instant }
    }

    /// A world has ended: nothing of it comes any more.
    public func end(_ world: Int) {
        if let ended = checker(world) { states[world] = .ended(ended.checker.verdict) }
    }

    /// Takes a reading of the ledger, when all is over. From then on the ledger must be complete.
    public func seeLedger(_ world: Int32, _ id: EventID, _ agency: AgencyID) {
        hasLedger = true
        guard states.indices.contains(Int(world)) else { return }
        // Of what is about a protected person the ledger does not say which agency of a place has read it.
        if agency.owner.digits > 0, agency.number == nil {
            for one in instances[Int(world)].agencies where one.owner == agency.owner { seeLedger(world, id, one) }
            return
        }
        switch states[Int(world)] {
        case .playing(let playing): playing.checker.seeLedger(id, agency)
        case .ended(var verdict):
            guard let number = instances[Int(world)].agencies.prefix(64).firstIndex(of: agency) else { return }
            verdict.seeLedger(id, agency: number)
            states[Int(world)] = .ended(verdict)
        }
    }

    /// Which messages the expectations of each world looked at; empty unless they are kept.
    public var looks: [[ExpectationLook]] {
        states.map { state in
            switch state {
            case .playing(let playing): playing.checker.verdict.looks
            case .ended(let verdict): verdict.looks
            }
        }
    }

    /// What failed in each world.
    public var failures: [[ExpectationFailure]] {
        zip(states, instances).map { state, instance in
            switch state {
            case .playing(let playing): playing.checker.failures(hasLedger: hasLedger)
            case .ended(let verdict):
                verdict.failures(
                    instance.scenario, agencies: Array(instance.agencies.prefix(64)), hasLedger: hasLedger)
            }
        }
    }
}
