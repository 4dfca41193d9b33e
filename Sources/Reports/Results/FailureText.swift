import AgencyKit
import LifeEvents
import Scenarios

extension RunLog {
    /// What a terminal and a JUnit report say of a failed world, lines without indent; nil for one that passed.
    ///
    /// A block for each failed expectation: what was wanted and what came, where it is written, when and in which world,
    /// what came near, why the agency that should have acted did not; and last the command that runs the world alone.
    public func failureText(ofWorld number: Int) -> String? {
        guard worlds.indices.contains(number), !worlds[number].failures.isEmpty else { return nil }
        let failed = worlds[number]
        var lines: [String] = []
        for failure in failed.failures.prefix(10) { lines += block(failure, failed) }
        if failed.failures.count > 10 { lines.append("  … and \(failed.failures.count - 10) more") }
        if let repro = failed.start?.repro, failed.failures.contains(where: { $0.repro == nil }) {
            lines.append("  repro: \(repro)")
        }
        return lines.joined(separator: "\n")
    }

    /// Why the agency that should have acted did not, for one failed expectation; empty where the log does not tell.
    public func whyNot(ofWorld number: Int, place: String, step: String) -> [String] {
        guard worlds.indices.contains(number) else { return [] }
        let world = worlds[number]
        guard let failure = world.failures.first(where: { $0.place == place && $0.step == step }) else { return [] }
        return world.whyNot(failure, faults: outside.faults)
    }

    /// The command that shows what failed at a place of a world: it plays the world alone, if that shows it.
    public func repro(ofWorld number: Int, place: String) -> String? {
        guard worlds.indices.contains(number) else { return nil }
        let own = worlds[number].failures.first { $0.place == place && $0.repro != nil }
        return own?.repro ?? worlds[number].start?.repro
    }

    /// How many expectations failed in the world.
    public func failureCount(ofWorld number: Int) -> Int {
        worlds.indices.contains(number) ? worlds[number].failures.count : 0
    }

    /// What is told of one failed expectation.
    func block(_ failure: ExpectationResult, _ failed: WorldLog) -> [String] {
        let code = failure.code.map { "failed[\($0)]: " } ?? "failed: "
        var lines = ["\(code)\(failure.message)    \(failure.place) (\(failure.label))"]
        var state: [String] = []
        if let time = failure.decided ?? failure.deadline { state.append("virtual time \(time.asWritten)") }
        if let name = failed.start?.name, !name.isEmpty { state.append("case \(name)") }
        state.append("seed \(start.seed)")
        lines.append("  " + state.joined(separator: " · "))
        for line in failure.nearest ?? [] {
            lines.append(failure.step == "golden" ? line : "  \(failure.nearestWord): \(line)")
        }
        for reason in failed.whyNot(failure, faults: outside.faults) { lines.append("  why-not: \(reason)") }
        if let repro = failure.repro { lines.append("  repro: \(repro)") }
        return lines
    }
}

extension ExpectationResult {
    /// `file:line:column`.
    var place: String { "\(file):\(line):\(column)" }

    /// `step allowance`, or what it is if it is no step.
    var label: String { ["then", "invariant", "golden", "dead-letter"].contains(step) ? step : "step \(step)" }

    /// What the lines of `nearest` are.
    var nearestWord: String { witnessed == true ? "came" : "nearest" }

    /// Whether something was waited for that did not come.
    var isMissing: Bool {
        guard let code else { return !message.contains("expected no ") }
        let missing: [FailureCode] = [
            .messageMissing, .wrongCount, .tileMissing, .wrongOrder, .tooLate, .deadLetterMissing, .notRefused,
            .finalTile, .earlierTile, .finalCount,
        ]
        return witnessed != true && missing.contains { $0.rawValue == code }
    }
}

extension Delivery {
    /// What became of the message, in words.
    var sentence: String {
        switch outcome {
        case .handled: "handled"
        case .notMine: "not its own: \(refusal)"
        case .notWhole: "not whole: \(refusal)"
        case .denied: "no right: \(reason ?? "")"
        }
    }

    /// The sentences of the conditions that did not hold.
    var sentences: [String] { (reason ?? "").split(separator: RiverOutcome.separator).map(String.init) }

    /// `“is alive” and “is a new fact” do not hold`
    var refusal: String {
        let quoted = sentences.map { "“\($0)”" }.joined(separator: " and ")
        return quoted + (sentences.count == 1 ? " does not hold" : " do not hold")
    }

    /// `file:line` of the rule.
    var place: String { "\(file):\(line)" }
}
