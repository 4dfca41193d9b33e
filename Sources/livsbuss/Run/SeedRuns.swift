import CitizenStatus
import Dispatch
import Foundation
import Scenarios
import Simulation
import Synchronization
import Terminal

/// One call of `livsbuss run --seeds`: plays all cases with each seed, and tells which expectations failed with which.
///
/// Each seed is a pass of its own, as many at once as there are processors; a case's messages with a seed are those of a
/// run with that seed alone.
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
        guard reports.log == nil, reports.files.isEmpty, !reports.files.annotates, !reports.approves else {
            return
                "--seeds excludes --log, --html, --junit, --mermaid, --github and --approve: play the seed alone for them"
        }
        guard options.seed == 1, options.brokers == nil, options.store == nil, options.speed == nil, !options.watches
        else { return "--seeds excludes --seed, --brokers, --store, --speed and --watch" }
        return nil
    }

    /// What a case came to with one seed.
    private struct Verdict {
        let failures: [ExpectationFailure]
        let digest: RunDigest
    }

    func perform() throws -> Int32 {
        let place = try RunStore(options, inputs: "seeds")
        let workers = min(
            options.jobs > 1 ? options.jobs : ProcessInfo.processInfo.activeProcessorCount, list.seeds.count,
            RunLimits.jobs.upperBound)
        let next = Mutex(0)
        let results = Mutex<[Result<[Verdict], any Error>?]>(Array(repeating: nil, count: list.seeds.count))
        DispatchQueue.concurrentPerform(iterations: workers) { worker in
            while true {
                let turn = next.withLock { turn in
                    defer { turn += 1 }
                    return turn
                }
                guard turn < list.seeds.count else { return }
                let result = Result { try play(list.seeds[turn], worker: worker, place) }
                results.withLock { $0[turn] = result }
                // The first seed that cannot be played ends all: the others could not be either.
                if case .failure = result { next.withLock { $0 = list.seeds.count } }
            }
        }
        let found = results.withLock { $0 }
        for case .failure(let error)? in found { throw error }
        let verdicts = found.compactMap { try? $0?.get() }
        let report = SeedReport(
            instances: plan.instances, seeds: list.seeds,
            failures: verdicts.map { $0.map(\.failures) }, digests: verdicts.map { $0.map(\.digest) })
        output.write(options.json ? report.json : report.text(output.paint) { command($0, seed: $1) })
        return report.passed ? 0 : Failure.Code.expectation.rawValue
    }

    private func play(_ seed: UInt64, worker: Int, _ whole: RunStore) throws -> [Verdict] {
        var own = options
        own.seed = seed
        own.quiet = true
        let instances = try plan.instances(own)
        let place = try RunStore(job: worker + 1, of: whole, inputs: "seed-\(seed)")
        try place.lock.clear()
        let pass = try RunPass(own, plan.catalogue, instances, place)
        let outcome = try pass.play(on: RunConsole(instances, output: output, showsTimeline: false)) { _ in }
        return zip(KnownFailures(instances, outcome.failures).failures, outcome.result.digests).map {
            Verdict(failures: $0, digest: $1)
        }
    }

    private func command(_ instance: ScenarioInstance, seed: UInt64) -> String {
        instance.command(
            seed: seed, resolutionMinutes: options.resolution, copies: options.copies,
            more: options.ruleValues.map { ["--set", "\($0)"] }.flatMap(\.self))
    }
}
