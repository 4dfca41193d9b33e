import AgencyKit
public import CitizenStatus
import Hosting
import Kafka
import LifeEvents
public import Reports
public import Scenarios
public import Simulation

/// Scenarios that are played in one pass, each world held against its expectations.
///
/// One thread owns it, and plays it once.
public final class ScenarioRun {
    /// The worlds, in their order.
    public let instances: [ScenarioInstance]
    /// What the run is made of.
    public var setup: RunSetup
    /// False while a resumed run shows what its former life has played.
    public private(set) var isLive = false
    private let checks: WorldChecks
    /// The last instant of which something was seen, and how many messages were.
    private var last: Instant?
    private var seen = 0

    /// A run of some instances, which become the worlds of the setup.
    /// - Parameter keepsLooks: whether ``looks`` are wanted: they take 16 bytes a message that an expectation is met by.
    public init(_ instances: [ScenarioInstance], setup: RunSetup, keepsLooks: Bool = false) {
        self.instances = instances
        self.setup = setup
        self.setup.instances = instances
        checks = WorldChecks(
            instances, rules: setup.runners.flatMap(\.riverDescriptions), access: setup.access,
            breaksBroker: setup.broker.canFail, keepsLooks: keepsLooks, hasPlane: setup.settings.plane != nil)
    }

    /// Lets a recorder hear everything.
    /// - Parameter countsOnly: whether it is to count the messages, and hear no more.
    public func record(_ recorder: RunRecorder, countsOnly: Bool = false) {
        var observer = RunObserver()
        if countsOnly {
            observer.message = { recorder.count($0) }
        } else {
            observer.message = { recorder.see($0) }
            observer.river = { recorder.see($0, $1) }
            observer.fault = { recorder.see($0) }
            observer.instant = { _ in recorder.endInstant() }
            observer.timer = { recorder.see($0) }
        }
        setup.observer.add(observer)
    }

    /// Which messages the expectations of each world looked at, once the run has been played.
    public var looks: [[ExpectationLook]] { checks.looks }

    /// Plays to the end.
    /// - Returns: what the run was, and what failed in each world.
    /// - Throws: as ``RunSetup/play()``.
    public func play() throws -> (result: RunResult, failures: [[ExpectationFailure]]) {
        try keepPeople()
        // The checks hear everything first: what others tell of a message may rest on them.
        var all = RunObserver()
        all.judged = { [self] in
            (last, seen) = (max(last ?? $0.envelope.time, $0.envelope.time), seen + 1)
            checks.see($0, isLive: isLive)
        }
        all.judgedRiver = { [checks] in checks.see($0, $1) }
        all.fault = { [checks] in checks.see($0) }
        if setup.settings.plane != nil { all.delivery = { [checks] in checks.see($0) } }
        all.worldEnd = { [checks] in checks.end($0) }
        all.add(setup.observer)
        var played = setup
        played.observer = all
        played.begins = { [self] in
            setup.begins?($0)
            if let instant = $0 { checks.resume(from: instant) }
            isLive = true
        }
        let result: RunResult
        do {
            result = try played.play()
        } catch let error as KafkaError {
            guard let ended = endedByFault() else { throw error }
            return ended
        }
        try played.store?.eachReading { checks.seeLedger($0, $1, $2) }
        return (result, checks.failures)
    }

    /// What a run comes to that its scenario's own fault of the broker has ended; nil where that cannot be the reason. Only
    /// the one world of a run can end it: whose fault it was would not be known of several.
    private func endedByFault() -> (result: RunResult, failures: [[ExpectationFailure]])? {
        guard instances.count == 1, setup.worlds.isEmpty, setup.broker.canFail else { return nil }
        let end = last ?? instances[0].scenario.start.value
        guard let failure = instances[0].scenario.endedByFault(after: end) else { return nil }
        return (RunResult(brokenOff: [seen], at: end), [[failure]])
    }

    /// Tells the store whose keys the people's are; a resumed run's store knows.
    private func keepPeople() throws {
        guard let store = setup.store, setup.resumption == nil else { return }
        for (number, instance) in instances.enumerated() { try store.record(instance, world: number) }
    }
}

extension StatusStore {
    /// Tells the store whose keys those of a world are.
    public func record(_ instance: ScenarioInstance, world number: Int) throws(StoreError) {
        let scenario = instance.scenario.name.value
        try recordWorld(world: Int32(number), name: instance.name, scenario: scenario)
        for person in instance.people {
            try recordPerson(
                key: person.key, world: Int32(number), name: person.name, scenario: scenario,
                caseName: instance.worldName)
        }
    }
}
