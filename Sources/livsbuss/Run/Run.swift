import CitizenStatus
import Contracts
import Dispatch
import JSON
import Reports
import Runs
import Scenarios
import Simulation
import Synchronization
import Terminal

/// One call of `livsbuss run`: reads the files, makes the worlds, plays them and reports.
struct Run {
    let options: RunOptions
    let output: TerminalOutput

    init(_ options: RunOptions, output: TerminalOutput) {
        self.options = options
        self.output = output
    }

    func perform() throws -> Int32 {
        guard !options.watches else { return RunWatch(options, output: output).perform() }
        let plan: RunPlan
        do {
            plan = try RunPlan(options)
        } catch {
            try tellUnplayed(error)
            throw error
        }
        return try perform(plan)
    }

    /// What was asked for is written also where nothing can be played: a report of an earlier run in its place would be
    /// taken for this one's.
    private func tellUnplayed(_ error: any Error) throws {
        let (reason, exitCode) = Failure.explain(error)
        if let junit = options.reports.files.junit { try Places.write(JUnitReport.unplayed(reason), to: junit) }
        guard options.json else { return }
        var writer = JSONWriter(pretty: true)
        writer.beginObject()
        writer.key("passed")
        writer.bool(false)
        writer.key("error")
        writer.string(reason)
        writer.key("exitCode")
        writer.int(Int64(exitCode))
        writer.endObject()
        output.write(writer.text + "\n")
    }

    /// Plays a plan.
    func perform(_ plan: RunPlan) throws -> Int32 {
        let catalogue = plan.catalogue
        try plan.checkTopics(catalogue.topics.map(\.name))
        tellSkipped(plan)
        guard !plan.instances.isEmpty else { return tellNothing() }
        if let seeds = options.seeds { return try SeedRuns(options, seeds, plan, output: output).perform() }
        let inputs = try plan.fingerprint(options, topics: catalogue.topics.map(\.name))
        let instances = plan.instances
        let opening = Result { try RunStore(options, inputs: inputs) }
        if RunStore.mayTell(opening), let result = RunStore.result(options, inputs: inputs) {
            TerminalOutput.standardError.writeLine("note: this run has ended; what it told is told again")
            result.write(asJSON: options.json, to: output)
            return result.exitCode
        }
        let place = try opening.get()
        let parts = partCount(worlds: instances.count)
        guard parts > 1 else { return try perform(plan, place) }
        return try perform(plan, parts: parts, inputs, place)
    }

    /// The most worlds that a pass plays where others may play the rest: some forty kilobytes of memory each while they are
    /// played, so that a run of any number of worlds takes some 100 MB. With more worlds to an instant the exchange with the
    /// broker, which each instant costs, would hardly be cheaper.
    static let mostWorlds = 2_048

    /// In how many passes the worlds are played. All together on a cluster, where a pass has topics of its own, and where
    /// others take part at the pace of a clock.
    func partCount(worlds: Int) -> Int {
        guard options.brokers == nil, options.speed == nil else { return 1 }
        return max(min(options.jobs, worlds), (worlds + Self.mostWorlds - 1) / Self.mostWorlds)
    }

    /// A run of nothing is told as such.
    private func tellNothing() -> Int32 {
        output.write("nothing was played\n")
        return 0
    }

    /// What is left out is told before anything is played, so that nobody takes it for green.
    private func tellSkipped(_ plan: RunPlan) {
        for one in plan.skipped {
            TerminalOutput.standardError.writeLine("skipped: \(one.name): \(one.reason.escapedLine)")
        }
    }

    private func perform(_ plan: RunPlan, _ place: RunStore) throws -> Int32 {
        let instances = plan.instances
        let pass = try RunPass(options, plan.catalogue, instances, place)
        let reporting = try RunReporting(
            options, instances: instances, store: place.folder.path, isResumed: pass.isResumed,
            skipped: plan.skipped)
        let console = RunConsole(instances, output: output, showsTimeline: showsTimeline(instances))
        let outcome = try pass.play(on: console) { $0.record(reporting.recorder, countsOnly: !reporting.records) }
        return try report(plan, outcome, reporting, keep: pass.finish)
    }

    private func showsTimeline(_ instances: [ScenarioInstance]) -> Bool {
        !options.json && !options.quiet && instances.count <= 10
    }

    /// - Parameter keep: keeps what is told before it is told, so that it is not lost with the process.
    private func report(
        _ plan: RunPlan, _ outcome: RunPass.Outcome, _ reporting: RunReporting,
        keep: (StoredResult) throws -> Void
    ) throws -> Int32 {
        let instances = plan.instances
        let verdict = KnownFailures(instances, outcome.failures)
        var report = Report(instances: instances, outcome: outcome, verdict: verdict, options: options)
        report.skipped = plan.skipped
        let hasFailed = zip(report.failures, verdict.known).map { !$0.isEmpty || !$1.isEmpty }
        report.add(try reporting.compareWithApproved(outcome.result) { hasFailed[$0] })
        report.failureText = try reporting.finish(outcome, report.failures, known: verdict.known)
        report.log = reporting.log
        let exitCode = report.passed ? 0 : Failure.Code.expectation.rawValue
        let json = report.json()
        try keep(StoredResult(text: report.text(Paint(isEnabled: false)), json: json, exitCode: exitCode))
        output.write(options.json ? json : report.text(output.paint))
        reporting.annotate(options.json ? .standardError : output)
        return exitCode
    }

    // MARK: - Parts

    /// Plays the worlds in several passes, as many at once as there are jobs. A world's messages are the same in whatever
    /// company it is played, so nothing of a pass reaches another but the report.
    private func perform(_ plan: RunPlan, parts: Int, _ inputs: String, _ place: RunStore) throws -> Int32 {
        let (instances, catalogue) = (plan.instances, plan.catalogue)
        let begun = try place.beginParts()
        if begun > 0 {
            TerminalOutput.standardError.writeLine("resumed: \(begun) of \(parts) passes had been begun")
        }
        let reporting = try RunReporting(
            options, instances: instances, store: place.folder.path, isResumed: begun > 0, skipped: plan.skipped)
        let results = Mutex<[Result<JobResult, any Error>?]>(Array(repeating: nil, count: parts))
        let next = Atomic(0)
        DispatchQueue.concurrentPerform(iterations: min(options.jobs, parts)) { _ in
            while true {
                let part = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard part < parts else { return }
                let result = Result { try play(part, of: parts, instances, catalogue, inputs, place) }
                results.withLock { $0[part] = result }
                // What fails or is interrupted fails as a whole.
                if case .failure = result { next.store(parts, ordering: .relaxed) }
            }
        }
        let failure = results.withLock { results in
            results.lazy.compactMap { if case .failure(let error)? = $0 { error } else { nil } }.first
        }
        if let failure { throw failure }
        for part in 0..<parts {
            let database = place.folder.job(part + 1).database
            guard Places.exists(database) else { throw StoreError.removed(path: database) }
        }
        var whole: RunPass.Outcome?
        for result in results.withLock({ $0 }) {
            guard let part = try result?.get() else { continue }
            try reporting.recorder.adopt(part.recorded, first: part.first)
            Places.remove(part.log)
            if whole == nil { whole = part.outcome } else { whole?.append(part.outcome) }
        }
        guard let whole else { return 0 }
        return try report(plan, whole, reporting, keep: place.keep)
    }

    private struct JobResult: Sendable {
        var first: Int
        var outcome: RunPass.Outcome
        var recorded: RunRecorder.Part
        /// Where its part of the log is, if there is one.
        var log: String
    }

    private func play(
        _ part: Int, of parts: Int, _ instances: [ScenarioInstance], _ catalogue: Catalogue, _ inputs: String,
        _ whole: RunStore
    ) throws -> JobResult {
        let (first, end) = (instances.count * part / parts, instances.count * (part + 1) / parts)
        let own = Array(instances[first..<end])
        let place = try RunStore(job: part + 1, of: whole, inputs: "\(inputs)-\(first)-\(end)")
        // Only a run that names its store is gone on with.
        if options.store == nil { try place.lock.clear() }
        let pass = try RunPass(options, catalogue, own, place, isPart: true)
        let recorder = try RunReporting.part(options, instances: instances, own, path: pass.partOfLog)
        let console = RunConsole(own, output: output, showsTimeline: false)
        let outcome = try pass.play(on: console) {
            $0.record(recorder, countsOnly: !RunReporting.records(options, instances))
        }
        return JobResult(first: first, outcome: outcome, recorded: try recorder.part(), log: pass.partOfLog)
    }
}

extension RunPass.Outcome {
    /// Adds the worlds of another pass behind these.
    mutating func append(_ other: RunPass.Outcome) {
        result.append(other.result)
        failures += other.failures
        looks += other.looks
        spans += other.spans
        tileCounts += other.tileCounts
    }
}
