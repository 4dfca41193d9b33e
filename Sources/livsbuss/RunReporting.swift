import AgencyKit
import LifeEvents
import Scenarios
import Simulation

/// The reports of a run that the user asked for, and the recorder that they are made of.
struct RunReporting {
    /// What the flags of `livsbuss run` say.
    struct Options: Sendable {
        var log: String?
    }

    private let recorder: RunRecorder
    private let options: Options
    private let began = monotonicMilliseconds()

    /// Nil if nothing is to be recorded, which then costs nothing.
    init?(_ options: RunOptions, castings: [Casting], store: String, isResumed: Bool) throws {
        // Small runs are always recorded beside the store, so that `trace` and `explain` can answer afterwards.
        let isSmall = castings.count <= 100
        let path = options.reports.log ?? (isSmall ? "\(store)/\(Places.runLog)" : nil)
        guard let path else { return nil }
        self.options = options.reports
        recorder = RunRecorder(
            Self.description(options, isResumed), castings: castings, file: try RunLogWriter(path: path),
            keepsLog: false
        ) { Self.repro($0, options) }
    }

    /// Makes an engine and its agencies tell the recorder.
    func watch(_ observer: inout RunObserver, _ runners: [AgencyRunner]) {
        let recorder = recorder
        let message = observer.message
        observer.message = {
            message?($0)
            recorder.see($0)
        }
        observer.river = { recorder.see($0, $1) }
        observer.fault = { recorder.see($0) }
        observer.instant = { _ in recorder.endInstant() }
        for runner in runners { runner.timerReport = { recorder.see($0) } }
    }

    /// Ends the log and writes the reports.
    func finish(_ result: RunResult, _ failures: [[ExpectationFailure]]) throws {
        _ = try recorder.finish(result, failures: failures, milliseconds: monotonicMilliseconds() - began)
    }

    /// The command that runs one case alone.
    static func repro(_ casting: Casting, _ options: RunOptions) -> String {
        var command = "livsbuss run \(casting.scenario.name.span.file) --seed \(options.seed)"
        if options.copies > 1 { command += " --copies \(options.copies)" }
        if options.resolution != 1 { command += " --resolution \(options.resolution)" }
        return command
    }

    private static func description(_ options: RunOptions, _ isResumed: Bool) -> RunDescription {
        var settings: [String: String] = [:]
        if options.copies > 1 { settings["copies"] = String(options.copies) }
        if options.perturbation != 0 { settings["perturb"] = String(options.perturbation) }
        if let namespace = options.namespace { settings["namespace"] = namespace }
        if let speed = options.speed { settings["speed"] = String(speed) }
        return RunDescription(
            program: "livsbuss \(Livsbuss.version)", seed: options.seed,
            broker: options.brokers == nil ? "embedded" : "cluster",
            partitions: options.partitions ?? (options.brokers == nil ? 1 : nil), resolution: options.resolution,
            settings: settings, isResumed: isResumed, isDeterministic: options.speed == nil)
    }
}
