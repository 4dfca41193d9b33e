import Agencies
import AgencyKit
import Dispatch
import Hosting
import LifeEvents
import Processes
import Reports
import Synchronization
import Terminal

/// Plays scenarios with one rule changed, in processes beside this one: a wrong rule may trap, or never end.
struct RuleMutants {
    private let options: MutateOptions

    init(_ options: MutateOptions) { self.options = options }

    /// - Throws: `Failure` where this build plays no changed rules, and where the scenarios fail as they are.
    func perform() throws -> MutationResult {
        #if MUTATIONS
            let player = try ChangePlayer(options)
            let fingerprint = player.fingerprint
            let exercises = try player.exercises()
            let changes = try RuleChange.all(exercises, owners: owners()).enumerated()
                .filter { $0.offset % options.sample == 0 }.map(\.element)
            let progress = Mutex(ProgressLine(on: .standardError, plainStep: 0.1))
            let noticed = Mutex<[Bool]>(Array(repeating: false, count: changes.count))
            let next = Mutex(0)
            let failure = Mutex<(any Error)?>(nil)
            DispatchQueue.concurrentPerform(iterations: min(options.jobs, max(changes.count, 1))) { _ in
                var desk = ChangeAsker(options, fingerprint: fingerprint)
                do {
                    while failure.withLock({ $0 == nil }) {
                        let turn = next.withLock { turn in
                            defer { turn += 1 }
                            return turn
                        }
                        guard turn < changes.count else { break }
                        let found = try desk.isNoticed(changes[turn])
                        noticed.withLock { $0[turn] = found }
                        progress.withLock { $0.draw(Double(turn + 1) / Double(changes.count), changes[turn].what) }
                    }
                    // Where the cases do not pass any more as they are, something else than the rules has failed them.
                    guard try desk.passAsTheyAre(exercises.map(\.number)) else {
                        throw Failure(
                            .environment, "the scenarios passed as they are and do not any more: nothing was measured")
                    }
                } catch {
                    failure.withLock { $0 = $0 ?? error }
                }
            }
            progress.withLock { $0.clear() }
            if let error = failure.withLock({ $0 }) { throw error }
            return Self.result(changes, noticed.withLock { $0 })
        #else
            throw Failure(
                .environment, "only a debug build plays changed rules: swift build, then .build/debug/livsbuss")
        #endif
    }

    /// The owners that are asked for; none: all.
    private func owners() throws -> [Owner] {
        let known = Set(BuiltInAgencies.idleRunners.map(\.owner)).sorted()
        return try options.owners.map { name in
            guard let owner = known.first(where: { $0.description == name }) else {
                let names = known.map(\.description).joined(separator: ", ")
                throw Failure(.invalidFile, "there are no rules of \(name.escapedLine); there are those of \(names)")
            }
            return owner
        }
    }

    private static func result(_ changes: [RuleChange], _ noticed: [Bool]) -> MutationResult {
        let survivors = zip(changes, noticed).filter { !$1 }.map { change, _ in
            (change.place, change.cases.isEmpty ? change.what + "; no scenario exercises it" : change.what)
        }
        var shares: [MutationResult.Share] = []
        for owner in Set(changes.map(\.owner)).sorted() {
            let own = zip(changes, noticed).filter { $0.0.owner == owner }
            shares.append(
                MutationResult.Share(owner: "\(owner)", count: own.count, noticed: own.count { $0.1 }))
        }
        shares.sort { ($1.count - $1.noticed, $0.owner) < ($0.count - $0.noticed, $1.owner) }
        return MutationResult(what: "rules", count: changes.count, survivors: survivors, shares: shares)
    }
}

/// Asks a ``ChangePlayer`` in another process, and begins another where a change has ended it.
private struct ChangeAsker {
    private let options: MutateOptions
    private let fingerprint: String
    private var child: ChildProcess?

    /// So many milliseconds may pass between two groups of cases: a change that makes a run endless is noticed by that.
    /// A group takes some seconds of a processor.
    private static let patience: Int32 = 120_000
    /// The most bytes of a line that is read.
    private static let longestLine = 1_024
    /// The most bytes of data of a process: a rule that publishes for ever ends itself.
    private static let memory: UInt = 4 << 30

    init(_ options: MutateOptions, fingerprint: String) {
        self.options = options
        self.fingerprint = fingerprint
    }

    /// Whether a case fails with a change, or the change makes the run trap, or never end.
    /// - Throws: `Failure` where the same cases give no answer without the change either: then it is not the change.
    mutating func isNoticed(_ change: RuleChange) throws -> Bool {
        guard !change.cases.isEmpty else { return false }
        if let answer = try ask(ChangePlayer.question(change.mutation, change.cases)) { return answer == .failed }
        guard try passAsTheyAre(change.cases) else {
            throw Failure(
                .environment,
                "the cases of \(change.what) are not played to the end without the change either: nothing was measured")
        }
        return true
    }

    /// Whether cases pass with the rules as they are.
    mutating func passAsTheyAre(_ cases: [Int]) throws -> Bool {
        try ask(ChangePlayer.question(nil, cases)) == .passed
    }

    /// - Returns: nil where the process has ended, or been ended, over the question.
    private mutating func ask(_ question: String) throws -> ChangePlayer.Answer? {
        let child = try started()
        do throws(ExchangeFailure) {
            var line = try Self.exchange(child, question + "\n")
            while line == ChangePlayer.more { line = try Self.exchange(child, "") }
            return ChangePlayer.Answer(rawValue: line)
        } catch {
            child.kill()
            self.child = nil
            return nil
        }
    }

    private static func exchange(_ child: ChildProcess, _ text: String) throws(ExchangeFailure) -> String {
        var answer = ""
        try child.exchange(Array(text.utf8), lines: 1, silence: patience, longest: longestLine) {
            answer = String(decoding: $0, as: UTF8.self)
        }
        return answer
    }

    private mutating func started() throws -> ChildProcess {
        if let child { return child }
        var words = ["/proc/self/exe", "mutate", "--rules", "--answer"] + options.paths
        if let topics = options.topics ?? (try? Places.topicsFolder(nil)) { words += ["--topics", topics] }
        let new = try ChildProcess(
            words, folder: ".", environment: ["PATH=/usr/local/bin:/usr/bin:/bin", "LANG=C.UTF-8"],
            memory: Self.memory)
        let greeting = Result { () throws(ExchangeFailure) in try Self.exchange(new, "") }
        guard case .success(fingerprint) = greeting else {
            throw Failure(.environment, "the scenarios were read, and cannot be read any more as they were")
        }
        child = new
        return new
    }
}
