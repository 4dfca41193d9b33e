import Terminal

/// Which world of a run is meant: by the title `move [income=0,age=7]`, by the scenario `move`, or by values of its name,
/// `income=0`.
public struct WorldChoice: Sendable {
    private let text: String

    /// A choice of that text.
    public init(_ text: String) {
        self.text = text
    }

    /// Whether a world is meant.
    /// - Parameter name: the world's own, as `income=0,age=7`; empty for a scenario that is run once.
    public func takes(scenario: String, name: String) -> Bool {
        if text == scenario || text == name || text == "\(scenario) [\(name)]" || text == "\(scenario)[\(name)]" {
            return true
        }
        let parts = name.split(separator: ",")
        return text.split(separator: ",", omittingEmptySubsequences: false).allSatisfy { parts.contains($0) }
    }

    /// That no world is meant, with those that there are.
    public func nothing(_ titles: [String]) -> String {
        let shown = titles.prefix(10).map(\.escapedLine).joined(separator: "\n  ")
        let more = titles.count > 10 ? "\n  … and \(titles.count - 10) more" : ""
        return "--case \(text.escapedLine): there is no such case in the run; they are\n  \(shown)\(more)"
    }
}

extension RunLog {
    /// The log with the worlds that are meant, and without what belongs to none.
    /// - Throws: `QuestionError` if none is.
    public func only(_ choice: WorldChoice) throws(QuestionError) -> RunLog {
        var log = self
        log.outside = WorldLog(start: nil)
        log.worlds = worlds.filter { one in
            one.start.map { choice.takes(scenario: $0.scenario, name: $0.name) } ?? false
        }
        guard !log.worlds.isEmpty else { throw QuestionError(description: choice.nothing(worlds.map(\.title))) }
        return log
    }
}
