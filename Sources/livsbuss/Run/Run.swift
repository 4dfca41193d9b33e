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
        return try performOnce()
    }

    /// Reads the files and plays them, once.
    func performOnce() throws -> Int32 {
        let plan: RunPlan
        do {
            plan = try RunPlan(options, schemas: .onDemand)
        } catch {
            try Unplayed(error).tell(options, output)
            throw error
        }
        do {
            return try perform(plan)
        } catch  where Failure.explain(error).exitCode == Failure.Code.invalidFile.rawValue {
            // What is wrong with files is found before anything is played, some of it only with all of them at hand.
            try Unplayed(error).tell(options, output)
            throw error
        }
    }

    /// Plays a plan.
    private func perform(_ plan: RunPlan) throws -> Int32 {
        let catalogue = plan.catalogue
        try plan.checkTopics(catalogue.topics.map(\.name))
        tellSkipped(plan)
        for note in options.ruleValues.compactMap({ $0.note(for: plan.instances) }) {
            TerminalOutput.standardError.writeLine("note: \(note)")
        }
        guard !plan.instances.isEmpty else { return try tellNothing(plan) }
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
        let parts = try parts(of: instances)
        guard parts.count > 1 else { return try perform(plan, place) }
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

    /// A run of nothing is told as such, and is not green.
    private func tellNothing(_ plan: RunPlan) throws -> Int32 {
        let nothing = Unplayed(skipped: plan.skipped)
        try nothing.tell(options, output)
        if !options.json { output.write("nothing was played: \(nothing.reason.escapedLine)\n") }
        return nothing.exitCode
    }

    /// Which worlds are played in which pass. One whose broker refuses for good has a pass, and so a broker, of its own:
    /// where its run ends there, the others go on.
    func parts(of instances: [ScenarioInstance]) throws -> [Range<Int>] {
        let ending = options.brokers == nil ? instances.indices.filter { instances[$0].scenario.canEndRun } : []
        guard !ending.isEmpty, instances.count > 1 else { return parts(instances.indices, of: instances.count) }
        guard options.speed == nil else {
            let scenario = instances[ending[0]].scenario
            throw Failure(
                .invalidFile,
                "\(scenario.name.span): the broker of `\(scenario.name.value)` refuses for good, which ends all that share "
                    + "its pass: play it alone, or without --speed")
        }
        var parts: [Range<Int>] = []
        var first = 0
        for place in ending {
            parts += self.parts(first..<place, of: instances.count)
            parts.append(place..<place + 1)
            first = place + 1
        }
        return parts + self.parts(first..<instances.count, of: instances.count)
    }

    /// Some of the worlds, in as many passes as their share of all is.
    private func parts(_ worlds: Range<Int>, of count: Int) -> [Range<Int>] {
        guard !worlds.isEmpty else { return [] }
        let parts = min(worlds.count, (partCount(worlds: count) * worlds.count + count - 1) / count)
        return (0..<parts).map { part in
            worlds.lowerBound + worlds.count * part / parts..<worlds.lowerBound + worlds.count * (part + 1) / parts
        }
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
        let golden = try reporting.compareWithApproved(outcome.result, skipped: plan.skipped.map(\.name)) {
            hasFailed[$0]
        }
        report.add(golden.failures)
        report.notApproved = golden.refusals
        report.failureText = try reporting.finish(outcome, report.failures, known: verdict.known)
        report.log = reporting.log
        let exitCode = report.exitCode
        let json = report.json()
        try keep(StoredResult(text: report.text(Paint(isEnabled: false)), json: json, exitCode: exitCode))
        output.write(options.json ? json : report.text(output.paint))
        reporting.annotate(options.json ? .standardError : output)
        return exitCode
    }

    // MARK: - Parts

    /// Plays the worlds in several passes, as many at once as there are jobs. A world's messages are the same in whatever
    /// company it is played, so nothing of a pass reaches another but the report.
    private func perform(
        _ plan: RunPlan, parts ranges: [Range<Int>], _ inputs: String, _ place: RunStore
    ) throws -> Int32 {
        let (instances, catalogue, parts) = (plan.instances, plan.catalogue, ranges.count)
        let begun = try place.beginParts(first: ranges.first.map { Self.inputs(of: $0, in: inputs) } ?? inputs)
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
                let result = Result { try play(part, ranges[part], instances, catalogue, inputs, place) }
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

    /// What a pass of some worlds of a run is made of.
    private static func inputs(of range: Range<Int>, in whole: String) -> String {
        "\(whole)-\(range.lowerBound)-\(range.upperBound)"
    }

    private struct JobResult: Sendable {
        var first: Int
        var outcome: RunPass.Outcome
        var recorded: RunRecorder.Part
        /// Where its part of the log is, if there is one.
        var log: String
    }

    private func play(
        _ part: Int, _ range: Range<Int>, _ instances: [ScenarioInstance], _ catalogue: Catalogue, _ inputs: String,
        _ whole: RunStore
    ) throws -> JobResult {
        let first = range.lowerBound
        let own = Array(instances[range])
        let place = try RunStore(job: part + 1, of: whole, inputs: Self.inputs(of: range, in: inputs))
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
