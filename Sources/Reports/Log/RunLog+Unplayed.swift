extension RunLog {
    /// The log of a run that played nothing: a file is wrong, everything is skipped, or nothing was chosen. It has not
    /// passed, so every report that is made of it says so, and a report of an earlier run in its place is not taken for
    /// this one's.
    /// - Parameters:
    ///   - reason: why, in a sentence.
    ///   - mistakes: in files, where they are the reason.
    public static func unplayed(
        _ description: RunDescription, because reason: String, mistakes: [FileMistake] = []
    ) -> RunLog {
        var start = RunStart(
            schema: RunRecord.schemaVersion, program: description.program, seed: description.seed,
            broker: description.broker, partitions: description.partitions, resolution: description.resolution,
            settings: description.settings, resumed: nil,
            skipped: description.skipped.isEmpty
                ? nil : description.skipped.map { RunStart.Skipped(scenario: $0.scenario, reason: $0.reason) })
        start.unplayed = reason
        start.mistakes = mistakes.isEmpty ? nil : mistakes
        var log = RunLog(name: "this run", start: start)
        log.end = RunEnd(
            passed: false, cases: 0, failedCases: 0, messages: 0, outside: 0, redelivered: 0, deadLetters: 0,
            instants: 0, wallMilliseconds: 0, deterministic: true)
        return log
    }

    /// Why nothing was played, in a sentence; nil where something was.
    public var unplayedReason: String? { start.unplayed }

    /// The mistakes in files for which nothing was played.
    var mistakes: [FileMistake] { start.mistakes ?? [] }

    /// Writes the log of a run that played nothing to a file.
    /// - Throws: `RunLogError` if it cannot be written.
    public func writeUnplayed(to path: String) throws(RunLogError) {
        let writer = try RunLogWriter(path: path)
        writer.append(.runStart(start))
        if let end { writer.append(.runEnd(end)) }
        try writer.finish()
    }
}
