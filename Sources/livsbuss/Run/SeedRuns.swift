import CitizenStatus
import Dispatch
import Foundation
import Reports
import Scenarios
import Simulation
import Terminal

/// One call of `livsbuss run --seeds`: plays all cases with each seed, and tells which expectations failed with which.
///
/// A pass plays some cases with all seeds beside each other, and as many passes go on at once as there are processors; a
/// case's messages with a seed are those of a run with that seed alone. What a pass costs by itself, an exchange with the
/// broker an instant, is so paid once for all seeds. Cases whose broker fails are played in passes of their own beside
/// the others: those wait for the broker most of the time, and would have all others wait with them.
struct SeedRuns {
    private let options: RunOptions
    private let list: SeedList
    private let plan: RunPlan
    private let output: TerminalOutput

    init(_ options: RunOptions, _ list: SeedList, _ plan: RunPlan, output: TerminalOutput) {
        (self.options, self.list, self.plan, self.output) = (options, list, plan, output)
    }

    /// What cannot be had of several seeds at once; nil if nothing of that was asked for.
    static func complaint(about options: RunOptions) -> String? {
        let reports = options.reports
        guard reports.log == nil, reports.files.html == nil, reports.files.mermaid == nil, !reports.files.annotates,
            !reports.approves
        else {
            return "--seeds excludes --log, --html, --mermaid, --github and --approve: play the seed alone for them"
        }
        guard options.seed == 1, options.brokers == nil, options.store == nil, options.speed == nil, !options.watches
        else { return "--seeds excludes --seed, --brokers, --store, --speed and --watch" }
        return nil
    }

    /// Some of the cases, and who plays them.
    private struct Group {
        /// The cases' places among the plan's.
        let cases: [Int]
        /// How many passes are played at once.
        let workers: Int
        let turns: [SeedTurn]
    }

    /// The most worlds of a pass: some forty kilobytes of memory each while they are played.
    private static let mostWorlds = 4_096

    /// How many passes wait for broken brokers at once: each takes a broker and a store, and next to no processor.
    private static let waitingPasses = 4

    private func groups() -> [Group] {
        let processors = options.jobs > 1 ? options.jobs : ProcessInfo.processInfo.activeProcessorCount
        let workers = min(processors, RunLimits.jobs.upperBound)
        let waiting = plan.instances.indices.filter { !plan.instances[$0].scenario.brokerFaults.isEmpty }
        let others = plan.instances.indices.filter { plan.instances[$0].scenario.brokerFaults.isEmpty }
        // What is done to a broker is done to all who are on it; where it refuses for good, that ends them all.
        let ending = waiting.filter { plan.instances[$0].scenario.canEndRun }
        let trying = waiting.filter { !plan.instances[$0].scenario.canEndRun }
        let seeds = list.seeds.indices.map { $0..<$0 + 1 }
        let alone =
            (trying.isEmpty ? [] : seeds.map { SeedTurn(cases: trying.indices, seeds: $0) })
            + ending.indices.flatMap { place in
                let own = trying.count + place
                return seeds.map { SeedTurn(cases: own..<own + 1, seeds: $0) }
            }
        return [
            Group(
                cases: others, workers: workers,
                turns: SeedTurn.dealt(
                    cases: others.indices, seeds: list.seeds.count, workers: workers, worlds: Self.mostWorlds)),
            Group(cases: trying + ending, workers: min(Self.waitingPasses, list.seeds.count), turns: alone),
        ].filter { !$0.cases.isEmpty }
    }

    func perform() throws -> Int32 {
        if plan.instances.contains(where: { Places.exists(GoldenRun.path(of: $0.scenario.name.span.file)) }) {
            TerminalOutput.standardError.writeLine(
                "note: approved runs are not compared in a run of several seeds; play the seed alone for that")
        }
        let place = try RunStore(options, inputs: StoreFolder.seedInputs)
        try place.begin()
        let groups = groups()
        let workers = groups.indices.flatMap { Array(repeating: $0, count: groups[$0].workers) }
        let board = SeedBoard(
            groups: groups.map(\.turns), seeds: list.seeds.count, cases: plan.instances.count)
        let notes = SeedNotes()
        // Threads, not a pool of as many as there are processors: some of them wait.
        let ended = DispatchGroup()
        for (worker, number) in workers.enumerated() {
            ended.enter()
            Thread { [self] in
                work(groups[number], of: number, worker: worker, place, board, notes)
                ended.leave()
            }.start()
        }
        ended.wait()
        for note in notes.told { TerminalOutput.standardError.writeLine("note: \(note)") }
        let found = try board.verdicts()
        let report = SeedReport(
            instances: plan.instances, seeds: list.seeds, found: found, skipped: plan.skipped,
            command: { command($0, seed: $1) })
        if let junit = options.reports.files.junit { try Places.write(report.junit, to: junit) }
        // What the passes have kept is of the seeds that each played last, and of no use to anybody.
        try place.lock.clear()
        let exitCode = report.exitCode
        let result = StoredResult(text: report.text(Paint(isEnabled: false)), json: report.json, exitCode: exitCode)
        try place.keep(result)
        output.write(options.json ? result.json : report.text(output.paint))
        return exitCode
    }

    /// Plays a group's turns, until none is left.
    private func work(
        _ group: Group, of number: Int, worker: Int, _ place: RunStore, _ board: SeedBoard, _ notes: SeedNotes
    ) {
        while let turn = board.next(of: number) {
            let cases = Array(group.cases[turn.cases])
            do {
                let found = try play(turn.seeds.map { list.seeds[$0] }, cases, worker: worker, place, notes)
                for (seed, verdicts) in zip(turn.seeds, found) { board.add(verdicts, seed: seed, cases: cases) }
            } catch {
                board.fail(error)
            }
        }
    }

    /// Plays some cases with some seeds; what they came to, seed by seed.
    private func play(
        _ seeds: [UInt64], _ cases: [Int], worker: Int, _ whole: RunStore, _ notes: SeedNotes
    ) throws -> [[SeedBoard.Verdict]] {
        var own = options
        own.quiet = true
        let instances = try seeds.flatMap { seed in
            own.seed = seed
            return try plan.instances(own, places: cases)
        }
        // Each world has its own; this one is left for what belongs to none.
        own.seed = seeds[0]
        let place = try RunStore(
            job: worker + 1, of: whole, inputs: "seeds-\(seeds.map(String.init).joined(separator: "-"))")
        try place.lock.clear()
        let pass = try RunPass(
            own, plan.catalogue, instances, seeds: seeds.flatMap { Array(repeating: $0, count: cases.count) }, place,
            isPart: true, tellsNote: notes.add)
        let outcome = try pass.play(on: RunConsole(instances, output: output, showsTimeline: false)) { _ in }
        let verdicts = zip(outcome.failures, outcome.result.digests).map { SeedBoard.Verdict(failures: $0, digest: $1) }
        return seeds.indices.map { Array(verdicts[($0 * cases.count)..<(($0 + 1) * cases.count)]) }
    }

    private func command(_ instance: ScenarioInstance, seed: UInt64) -> String {
        instance.command(
            seed: seed, resolutionMinutes: options.resolution, copies: options.copies,
            more: options.words)
    }
}
