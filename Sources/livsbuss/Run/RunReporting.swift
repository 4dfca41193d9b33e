import CitizenStatus
import LifeEvents
import Reports
import Scenarios
import Simulation
import Terminal

/// The reports of a run that the user asked for, and the recorder that they are made of.
final class RunReporting {
    /// What the flags of `livsbuss run` say.
    struct Options: Sendable {
        var log: String?
        var files = ReportFiles()
        var approves = false
    }

    /// The most worlds of a run that is recorded without being asked to.
    private static let smallRun = 100

    let recorder: RunRecorder
    /// Whether messages are recorded, and not only counted.
    let records: Bool
    private let options: RunOptions
    private let instances: [ScenarioInstance]
    private let began = monotonicMilliseconds()
    /// The whole log, where a report or a failure asked for it.
    private(set) var log: RunLog?
    /// The commands that show failures which those of their worlds do not, by their places.
    private var repros: [String: String] = [:]

    /// Small runs are always recorded, beside the store if nowhere else, so that `trace` and `explain` can answer
    /// afterwards, and large ones for the reports that need it; of another, only what became of its expectations is kept.
    /// - Parameter skipped: scenarios that are not played because they say so.
    init(
        _ options: RunOptions, instances: [ScenarioInstance], store: String, isResumed: Bool,
        skipped: [(name: String, reason: String)]
    ) throws {
        self.options = options
        self.instances = instances
        records = Self.records(options, instances)
        let path = options.reports.log ?? (records ? "\(store)/\(StoreFolder.logName)" : nil)
        var description = Self.description(options, isResumed)
        description.skipped = skipped.map { ($0.name, $0.reason) }
        recorder = RunRecorder(
            description, instances: instances,
            file: try path.map { try RunLogWriter(path: $0) },
            keepsLog: records, isBrief: !records
        ) { Self.repro($0, options) }
    }

    /// Whether messages are recorded, and not only results.
    static func records(_ options: RunOptions, _ instances: [ScenarioInstance]) -> Bool {
        let reports = options.reports
        return instances.count <= smallRun || reports.log != nil || !reports.files.isEmpty || reports.files.annotates
            || reports.approves || files(instances).contains { Places.exists(GoldenRun.path(of: $0)) }
    }

    /// A recorder for some of the worlds.
    /// - Parameter path: where its part of the log is kept until the whole has it.
    static func part(
        _ options: RunOptions, instances: [ScenarioInstance], _ own: [ScenarioInstance], path: String
    ) throws -> RunRecorder {
        let records = records(options, instances)
        let file = records ? try RunLogWriter(path: path) : nil
        return RunRecorder(
            description(options, false), instances: own, file: file, keepsLog: records, isBrief: !records
        ) {
            repro($0, options)
        }
    }

    // MARK: - Golden runs

    /// Compares each scenario's run with its golden one, or makes it the golden one.
    ///
    /// A run is approved as a whole or not at all: one in which anything failed, also what is known to, or was skipped or
    /// depends on more than its inputs is not, and says so.
    /// - Parameters:
    ///   - skipped: the scenarios that were not played because they say so.
    ///   - hasFailed: whether an expectation of a world has failed.
    func compareWithApproved(
        _ result: RunResult, skipped: [String], hasFailed: (_ world: Int) -> Bool
    ) throws -> (failures: [(world: Int, failure: ExpectationFailure)], refusals: [String]) {
        let files = Self.files(instances).filter { options.reports.approves || Places.exists(GoldenRun.path(of: $0)) }
        guard !files.isEmpty, let log = try recorder.log() else { return ([], []) }
        if options.reports.approves {
            var refusals = skipped.map { "\($0) is skipped" }
            let failed = instances.indices.filter(hasFailed)
            refusals += failed.prefix(Self.mostRefusals).map { "\(instances[$0].name) failed" }
            if failed.count > Self.mostRefusals { refusals.append("\(failed.count - Self.mostRefusals) more failed") }
            if result.outside > 0 { refusals.append("the run depends on more than its inputs: others took part") }
            guard refusals.isEmpty else { return ([], refusals) }
        }
        var failures: [(world: Int, failure: ExpectationFailure)] = []
        for file in files {
            let path = GoldenRun.path(of: file)
            let worlds = instances.indices.filter { instances[$0].scenario.name.span.file == file }
            guard let number = worlds.first else { continue }
            guard options.speed == nil, result.outside == 0 else {
                note("\(path): not compared, for this run depends on more than its inputs")
                continue
            }
            guard !instances[number].scenario.isCut else {
                note("\(path): not compared, for only a part of the scenario was run")
                continue
            }
            let golden = GoldenRun(log, file: file, digests: result.digests)
            if options.reports.approves {
                try approve(golden, path)
                continue
            }
            do {
                let approved = try GoldenFile(Places.text(of: path))
                guard golden.isComparable(with: approved), options.copies == 1 else {
                    note("\(path): not compared, for it was approved with another seed, resolution or number of copies")
                    continue
                }
                for one in golden.differences(from: approved, isWhole: !options.choosesCases) {
                    failures.append((one.world ?? number, one.failure))
                    // A case that is gone fails no case that is played alone.
                    if one.world == nil {
                        repros[one.failure.place] = Self.repro(instances[number], options, isWhole: true)
                    }
                }
            } catch let fault as GoldenFile.Fault {
                failures.append((number, golden.failure(fault)))
            }
        }
        return (failures, [])
    }

    /// So many cases that failed are named where a run is not approved.
    private static let mostRefusals = 5

    /// Keeps a run as the golden one; of a run of some cases those.
    private func approve(_ golden: GoldenRun, _ path: String) throws {
        var text = golden.text
        if options.onlyCase != nil, Places.exists(path) {
            do {
                let former = try GoldenFile(Places.text(of: path))
                guard golden.isComparable(with: former) else {
                    throw Failure(
                        .invalidFile,
                        "\(path): the other cases were approved with another seed or resolution; approve all")
                }
                text = golden.text(keepingOthersOf: former)
            } catch let fault as GoldenFile.Fault {
                throw Failure(
                    .invalidFile, "\(path):\(fault.line): this is no approved run: \(fault); approve all cases")
            }
        }
        try Places.write(text, to: path)
        note("\(path): approved")
    }

    private func note(_ text: String) { TerminalOutput.standardError.writeLine("note: \(text)") }

    private static func files(_ instances: [ScenarioInstance]) -> [String] {
        var files: [String] = []
        for instance in instances where files.last != instance.scenario.name.span.file {
            files.append(instance.scenario.name.span.file)
        }
        return files
    }

    // MARK: - The end

    /// Ends the log and writes the reports; gives what they say of a failed world.
    /// - Parameter known: what failed of scenarios that are known to fail, by world.
    func finish(
        _ outcome: RunPass.Outcome, _ failures: [[ExpectationFailure]], known: [[ExpectationFailure]]
    ) throws -> ((Int) -> String?)? {
        try recorder.finish(
            outcome.result, failures: failures, known: known, looks: outcome.looks, repros: repros,
            milliseconds: monotonicMilliseconds() - began)
        guard records else {
            return { [recorder] number in recorder.briefText(ofWorld: number, failures: failures[number]) }
        }
        let reports = options.reports.files
        guard !reports.isEmpty || reports.annotates || failures.contains(where: { !$0.isEmpty }) else { return nil }
        log = try recorder.log()
        guard let log else { return nil }
        try options.reports.files.write(log)
        return { log.failureText(ofWorld: $0) }
    }

    /// Prints annotations, if they were asked for.
    func annotate(_ output: TerminalOutput) {
        guard options.reports.files.annotates, let log else { return }
        output.writeVerbatim(GitHubAnnotations(log, root: Places.checkout).text)
    }

    // MARK: - What was run

    /// - Parameter isWhole: whether all cases of the scenario are to be played.
    private static func repro(
        _ instance: ScenarioInstance, _ options: RunOptions, isWhole: Bool = false
    ) -> String {
        instance.command(
            seed: options.seed, resolutionMinutes: options.resolution, copies: options.copies, isWhole: isWhole,
            more: options.words)
    }

    static func description(_ options: RunOptions, _ isResumed: Bool) -> RunDescription {
        var settings: [String: String] = [:]
        if options.copies > 1 { settings["copies"] = String(options.copies) }
        if options.jobs > 1 { settings["jobs"] = String(options.jobs) }
        if options.perturbation != 0 { settings["perturb"] = String(options.perturbation) }
        if !options.ruleValues.isEmpty {
            settings["set"] = options.ruleValues.map(\.description).joined(separator: " ")
        }
        if let namespace = options.namespace { settings["namespace"] = namespace }
        if let speed = options.speed { settings["speed"] = String(speed) }
        return RunDescription(
            program: "livsbuss \(Livsbuss.version)", seed: options.seed,
            broker: options.brokers == nil ? "embedded" : "cluster",
            partitions: options.partitions ?? (options.brokers == nil ? 1 : nil), resolution: options.resolution,
            settings: settings, isResumed: isResumed, isDeterministic: options.speed == nil)
    }
}
