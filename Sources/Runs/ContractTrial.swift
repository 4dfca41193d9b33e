import AgencyKit
public import Contracts
public import Hosting
import LifeEvents
public import Reports
public import Scenarios
import Simulation

/// Plays journeys under the contracts of today and under proposed ones, and tells which break.
///
/// Both times the messages are made by the same code with the same seed; what differs is what the bus lets through:
/// the schemas, the largest message of each topic, and the rows of the access lists.
public struct ContractTrial {
    private let instances: [ScenarioInstance]
    private let seed: UInt64
    private let runners: () throws -> [AgencyRunner]

    /// A trial of some journeys.
    /// - Parameters:
    ///   - seed: as the instances were made with.
    ///   - runners: the code of the agencies; asked for each run, since it holds the run's cases.
    public init(_ instances: [ScenarioInstance], seed: UInt64, runners: @escaping () throws -> [AgencyRunner]) {
        self.instances = instances
        self.seed = seed
        self.runners = runners
    }

    /// Plays the journeys twice.
    /// - Throws: as ``RunSetup/play()``.
    public func play(old: TypeRights, new: TypeRights) throws -> JourneyBreaks {
        let (before, after) = (old.catalogue, new.catalogue)
        // A topic that is gone has a place in the run all the same, so that what was said on it is told as lost.
        let gone = Catalogue(before.topics.filter { after.topic(named: $0.name) == nil })
        return JourneyBreaks(
            old: try log(topics: before.runTopics, before.schemas, old.access),
            new: try log(topics: after.runTopics + gone.runTopics, after.schemas, new.access),
            lost: try lostRights(old, new))
    }

    private func log(
        topics: [(name: String, limit: Int)], _ schemas: MessageSchemas, _ access: AccessRights
    ) throws -> RunLog {
        let run = ScenarioRun(
            instances,
            setup: RunSetup(
                settings: RunSettings(seed: seed), topics: topics, schemas: schemas, access: access,
                runners: try runners()))
        let recorder = RunRecorder(
            RunDescription(
                program: "livsbuss", seed: seed, broker: "embedded", partitions: 1, resolution: 1, settings: [:],
                isResumed: false, isDeterministic: true),
            instances: instances, file: nil, keepsLog: true
        ) { _ in "" }
        run.record(recorder)
        let (result, failures) = try run.play()
        try recorder.finish(result, failures: failures, milliseconds: 0)
        guard let log = try recorder.log() else {
            throw RunLogError(file: "this run", reason: "it was recorded nowhere")
        }
        return log
    }

    // MARK: - Rights

    /// What the new contracts take away from the rules and publications of the run's agencies, and from people.
    private func lostRights(_ old: TypeRights, _ new: TypeRights) throws -> Set<LostRight> {
        var lost: Set<LostRight> = []
        for runner in try runners() {
            for rule in runner.riverDescriptions {
                let party = Party(rule.owner, rule.branch)
                guard old.mayRead(rule.type, party), !new.mayRead(rule.type, party) else { continue }
                lost.insert(.reading(type: rule.type.name, owner: rule.owner, rule: rule.name))
            }
            for (type, _) in runner.publications {
                // A log names the agency and not its branch, so a type is lost when no branch may say it any more.
                let parties = runner.publications.filter { $0.type == type }.map { Party(runner.owner, $0.branch) }
                guard parties.contains(where: { old.mayWrite(type, $0) }),
                    !parties.contains(where: { new.mayWrite(type, $0) })
                else { continue }
                lost.insert(.writing(type: type.name, owner: runner.owner))
            }
        }
        for agency in old.catalogue.agencies where agency.kind == .people {
            let party = Party(whole: agency.owner)
            for type in old.types where old.mayWrite(type, party) && !new.mayWrite(type, party) {
                lost.insert(.writing(type: type.name, owner: agency.owner))
            }
        }
        return lost
    }
}
