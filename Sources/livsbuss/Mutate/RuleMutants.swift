import Agencies
import AgencyKit
import Foundation
import Hosting
import LifeEvents
import Reports
import Synchronization
import Terminal

/// Plays scenarios with one rule changed, each change in a process of its own: a wrong rule may trap, or never end.
struct RuleMutants {
    /// A changed rule, and in which words it is told.
    private struct Mutant: Sendable {
        let mutation: RuleMutation
        let place: String
        let what: String
        /// The files whose journeys exercise it, the shortest first.
        let files: [String]
    }

    /// So many seconds of wall time a change may take: one that makes a run endless is noticed by that.
    private static let patience: TimeInterval = 120
    /// So many files are played first; the rest only where these notice nothing.
    private static let firstFiles = 8

    private let options: MutateOptions

    init(_ options: MutateOptions) { self.options = options }

    /// - Throws: `Failure` where this build plays no changed rules, and where the scenarios fail as they are.
    func perform() throws -> MutationResult {
        #if MUTATIONS
            let folder = FileManager.default.temporaryDirectory.appending(path: "livsbuss-mutate-\(getpid())").path
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let mutants = try mutants(of: exercises(in: folder))
            let noticed = Mutex<[Bool]>(Array(repeating: false, count: mutants.count))
            let next = Mutex(0)
            DispatchQueue.concurrentPerform(iterations: options.jobs) { job in
                while true {
                    let turn = next.withLock { turn in
                        defer { turn += 1 }
                        return turn
                    }
                    guard turn < mutants.count else { return }
                    let found = isNoticed(mutants[turn], store: "\(folder)/job-\(job)")
                    noticed.withLock { $0[turn] = found }
                }
            }
            // Where the scenarios do not pass any more as they are, something else than the rules has failed them.
            guard run(options.paths, store: "\(folder)/truth") == .passed else {
                throw Failure(
                    .environment, "the scenarios passed as they are and do not any more: nothing was measured")
            }
            let all = noticed.withLock { $0 }
            let survivors = zip(mutants, all).filter { !$1 }.map { mutant, _ in
                (mutant.place, mutant.files.isEmpty ? mutant.what + "; no scenario exercises it" : mutant.what)
            }
            return MutationResult(what: "rules", count: mutants.count, survivors: survivors)
        #else
            throw Failure(
                .environment, "only a debug build plays changed rules: swift build, then .build/debug/livsbuss")
        #endif
    }

    /// What the scenarios exercise as they are.
    private func exercises(in folder: String) throws -> [Exercise] {
        let log = "\(folder)/run.jsonl"
        guard run(options.paths + ["--log", log], store: "\(folder)/truth") == .passed else {
            throw Failure(.expectation, "the scenarios fail as they are; what fails already notices nothing")
        }
        return Exercise.all(of: try RunLog(path: log)).sorted { ($0.messages, $0.file) < ($1.messages, $1.file) }
    }

    private func mutants(of exercises: [Exercise]) -> [Mutant] {
        let runners = BuiltInAgencies.idleRunners
        var all: [Mutant] = []
        func isWanted(_ owner: Owner) -> Bool { options.owner.map { $0 == owner.description } ?? true }
        for rule in runners.flatMap(\.riverDescriptions) where isWanted(rule.owner) {
            let file = "\(rule.file)"
            let files = exercises.filter { $0.asks(riverAt: file, rule.line) }.map(\.file)
            for (number, sentence) in (rule.mine + rule.whole).enumerated() {
                for isNegated in [true, false] {
                    all.append(
                        Mutant(
                            mutation: .condition(file: file, line: rule.line, number: number, isNegated: isNegated),
                            place: "\(file):\(rule.line)",
                            what: "\(rule.owner) · \(rule.name): “\(sentence)” \(isNegated ? "negated" : "left out")",
                            files: files))
                }
            }
        }
        for runner in runners where isWanted(runner.owner) {
            for name in runner.timerNames where name != NoTimer.never.rawValue {
                let files = exercises.filter { $0.fires(runner.owner, name) }.map(\.file)
                all.append(
                    Mutant(
                        mutation: .timer(owner: runner.owner, name: name, days: 1), place: "\(runner.owner)",
                        what: "timer \(name) a day later", files: files))
            }
        }
        var told: Set<String> = []
        for (owner, tile, text) in exercises.flatMap(\.codes) where isWanted(owner) {
            guard let code = TileCode(rawValue: text), told.insert("\(owner) \(tile) \(text)").inserted else {
                continue
            }
            let files = exercises.filter { $0.shows(owner, tile, text) }.map(\.file)
            all.append(
                Mutant(
                    mutation: .code(owner: owner, tile: tile, code: code), place: "\(owner)",
                    what: "tile \(tile) with another code than \(text)", files: files))
        }
        return all.enumerated().filter { $0.offset % options.sample == 0 }.map(\.element)
    }

    private func isNoticed(_ mutant: Mutant, store: String) -> Bool {
        let first = Array(mutant.files.prefix(Self.firstFiles))
        let rest = Array(mutant.files.dropFirst(Self.firstFiles))
        for files in [first, rest] where !files.isEmpty {
            if run(files + ["--mutate", mutant.mutation.text], store: store) != .passed { return true }
        }
        return false
    }

    /// What became of a run of this program.
    private enum Ending {
        case passed
        /// It failed, trapped, or did not end in time.
        case failed
    }

    /// Runs this program.
    private func run(_ arguments: [String], store: String) -> Ending {
        let process = Process()
        process.executableURL = URL(
            fileURLWithPath: CommandLine.arguments[0].contains("/") ? CommandLine.arguments[0] : "/proc/self/exe")
        var words = ["run", "-q", "--store", store, "--restart"] + arguments
        if let topics = options.topics { words += ["--topics", topics] }
        process.arguments = words
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        do { try process.run() } catch { return .failed }
        let deadline = Date(timeIntervalSinceNow: Self.patience)
        while process.isRunning, Date() < deadline { Thread.sleep(forTimeInterval: 0.02) }
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
        return process.terminationReason == .exit && process.terminationStatus == 0 ? .passed : .failed
    }
}
