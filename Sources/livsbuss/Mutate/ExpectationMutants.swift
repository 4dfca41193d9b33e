import Agencies
import Contracts
import LifeEvents
import Runs
import Scenarios
import Simulation

/// Plays scenarios whose expectations are false, as many falsehoods as any of them has.
///
/// Expectations change nothing of a run, so one run holds a falsehood of each.
struct ExpectationMutants {
    private let options: MutateOptions

    init(_ options: MutateOptions) { self.options = options }

    /// - Throws: `Failure` for files with mistakes, and where the scenarios fail as they are.
    func perform() throws -> MutationResult {
        var run = RunOptions()
        run.paths = options.paths
        run.topics = options.topics
        let plan = try RunPlan(run)
        let played = try plan.instances.thatGoOn()
        let truth = try play(played, plan.catalogue).failures
        if let wrong = zip(played, truth).first(where: { $0.scenario.knownFailure == nil && !$1.isEmpty }) {
            throw Failure(
                .expectation,
                "\(wrong.0.name) fails as it is: \(wrong.1[0].message); what fails already notices nothing")
        }
        var count = 0
        var survivors: [(place: String, what: String)] = []
        var number = 0
        while true {
            let changed = played.compactMap { instance in
                instance.scenario.knownFailure == nil ? instance.scenario.falsified(number) : nil
            }
            guard !changed.isEmpty else { break }
            let instances = try changed.map { try ScenarioInstance($0.scenario, seed: run.seed) }
            let (failures, looks) = try play(instances, plan.catalogue)
            for (world, found) in changed.enumerated() {
                let noticed = Set(failures[world].map { "\($0.place) \($0.step)" })
                count += found.falsehoods.count
                let cases = found.scenario.caseName.isEmpty ? "" : " [\(found.scenario.caseName)]"
                for falsehood in found.falsehoods where !noticed.contains("\(falsehood.place) \(falsehood.step)") {
                    survivors.append(
                        (
                            falsehood.place,
                            "\(falsehood.what) is wrong in \(falsehood.step)\(cases)\(Self.reason(falsehood, looks[world]))"
                        ))
                }
            }
            number += 1
        }
        return MutationResult(what: "expectations", count: count, survivors: survivors)
    }

    /// What met an expectation all the same: the run has what it says when it is false, too.
    private static func reason(_ falsehood: Falsehood, _ looks: [ExpectationLook]) -> String {
        let look = looks.first { $0.place == falsehood.place && $0.step == falsehood.step }
        guard let last = look?.messages.last, last.isVersion7 else { return "" }
        return ", met by what came at \(Stockholm.local(Instant(milliseconds: last.milliseconds)))"
    }

    private func play(
        _ instances: [ScenarioInstance], _ catalogue: Catalogue
    ) throws -> (failures: [[ExpectationFailure]], looks: [[ExpectationLook]]) {
        let run = ScenarioRun(
            instances,
            setup: RunSetup(
                settings: RunSettings(), topics: catalogue.runTopics, schemas: catalogue.schemas,
                access: try catalogue.rights(), runners: try Runners.of(instances, code: BuiltInAgencies.code)),
            keepsLooks: true)
        return (try run.play().failures, run.looks)
    }
}
