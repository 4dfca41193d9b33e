import Agencies
import AgencyKit
import Contracts
import Reports
import Runs
import Scenarios
import Simulation
import Terminal

/// Plays cases of a plan with a changed rule, as often as it is asked to.
///
/// As a process of its own (``answer()``) it reads one question a line, and answers each with a line: a wrong rule may
/// trap, or never end, and then it is the process that ends.
struct ChangePlayer {
    /// What a question's answer says.
    enum Answer: String {
        /// All cases have passed.
        case passed
        /// A case has failed.
        case failed
    }

    /// The line that says that some of the cases have passed and more are played.
    static let more = "more"

    private let plan: RunPlan
    /// The cases, by their numbers.
    private let instances: [ScenarioInstance]
    /// What both processes must have read alike, for cases to have the same numbers.
    let fingerprint: String
    private let options: RunOptions
    private let access: AccessRights

    init(_ options: MutateOptions) throws {
        var run = RunOptions()
        run.paths = options.paths
        run.topics = options.topics
        self.options = run
        plan = try RunPlan(run)
        instances = try plan.instances.thatGoOn()
        access = try plan.catalogue.rights()
        fingerprint = try plan.fingerprint(run, topics: plan.catalogue.topics.map(\.name))
    }

    /// A question as one line: which cases, with which change; without a change the rules are as they are.
    static func question(_ mutation: RuleMutation?, _ cases: some Sequence<Int>) -> String {
        (mutation?.text ?? "") + "\t" + cases.map(String.init).joined(separator: ",")
    }

    /// Answers questions until there are no more.
    func answer() throws {
        tell(fingerprint)
        while let line = readLine() {
            let parts = line.split(separator: "\t", omittingEmptySubsequences: false)
            let cases = parts.count == 2 ? parts[1].split(separator: ",").compactMap { Int($0) } : []
            let mutation = parts.first.flatMap { RuleMutation(text: String($0)) }
            guard parts.count == 2, mutation != nil || parts[0].isEmpty,
                cases.allSatisfy(instances.indices.contains)
            else { throw Failure(.invalidFile, "\(line.escapedLine) is no question") }
            let answer: Answer = try passes(cases, with: mutation) ? .passed : .failed
            tell(answer.rawValue)
        }
    }

    /// A line that whoever asks reads at once.
    private func tell(_ line: String) {
        TerminalOutput.standardOutput.writeLine(line)
        TerminalOutput.standardOutput.flush()
    }

    /// Whether all of some cases pass. They are played a few at first and then more, for the first that fails is enough.
    /// Between them whoever asks is told that they go on.
    private func passes(_ cases: [Int], with mutation: RuleMutation?) throws -> Bool {
        var first = 0
        var count = Self.firstCases
        while first < cases.count {
            let some = cases[first..<min(first + count, cases.count)].map { instances[$0] }
            guard try play(some, with: mutation, recorder: nil).allSatisfy(\.isEmpty) else { return false }
            first += count
            count = min(count * Self.growth, Self.mostCases)
            if first < cases.count { tell(Self.more) }
        }
        return true
    }

    private static let firstCases = 3
    private static let growth = 4
    /// So many cases take some seconds, on a loaded machine too, which is what whoever asks waits for.
    private static let mostCases = 48

    /// Plays all cases as they are.
    /// - Returns: what each exercises, but of those that are known to fail.
    /// - Throws: `Failure` where a case fails: what fails already notices nothing.
    func exercises() throws -> [Exercise] {
        let recorder = RunRecorder(
            RunDescription(
                program: "livsbuss \(Livsbuss.version)", seed: options.seed, broker: "embedded", partitions: 1,
                resolution: options.resolution, settings: [:], isResumed: false, isDeterministic: true),
            instances: instances, file: nil, keepsLog: true
        ) { _ in "" }
        let failures = try play(instances, with: nil, recorder: recorder)
        for (instance, failed) in zip(instances, failures) where instance.scenario.knownFailure == nil {
            guard let first = failed.first else { continue }
            throw Failure(
                .expectation,
                "\(instance.name) fails as it is: \(first.message); what fails already notices nothing")
        }
        guard let log = try recorder.log() else { return [] }
        return Exercise.all(of: log).filter { instances[$0.number].scenario.knownFailure == nil }
    }

    private func play(
        _ instances: [ScenarioInstance], with mutation: RuleMutation?, recorder: RunRecorder?
    ) throws -> [[ExpectationFailure]] {
        var settings = RunSettings(seed: options.seed)
        settings.mutation = mutation
        let run = ScenarioRun(
            instances,
            setup: RunSetup(
                settings: settings, topics: plan.catalogue.runTopics, schemas: plan.catalogue.schemas, access: access,
                runners: try Runners.of(
                    instances, programs: try .of(instances, []), types: access.types, access: access,
                    code: BuiltInAgencies.code)))
        if let recorder { run.record(recorder) }
        return try run.play().failures
    }
}
