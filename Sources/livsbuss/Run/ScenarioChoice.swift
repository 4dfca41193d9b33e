import Reports
import Scenarios

/// Which of the scenarios that were read are played: by name, by tag, or because they failed in the last run.
struct ScenarioChoice {
    private let name: WildcardPattern?
    private let tags: [String]
    /// The titles of the worlds that failed; nil: all are meant.
    private let failed: Set<String>?

    /// - Throws: `Failure` where the last run is asked for and there is none.
    init(_ options: RunOptions) throws {
        name = options.filter.map { WildcardPattern($0) }
        tags = options.tags
        guard options.rerunsFailed else {
            failed = nil
            return
        }
        failed = Set(try RunSource.lastFailed().map(Self.caseTitle))
    }

    /// The title of a case by that of one of its worlds: without which copy it is, `move [income=0]`.
    private static func caseTitle(_ world: String) -> String {
        guard let bracket = world.firstIndex(of: "["), world.hasSuffix("]") else { return world }
        let name = world[..<bracket].prefix { $0 != " " }
        var parts = world[world.index(after: bracket)...].dropLast().split(
            separator: ",", omittingEmptySubsequences: false)
        if let last = parts.last, last.hasPrefix("copy-"), Int(last.dropFirst(5)) != nil { parts.removeLast() }
        return parts.isEmpty ? String(name) : "\(name) [\(parts.joined(separator: ","))]"
    }

    /// Whether a scenario is meant, some case of it at least.
    func takes(_ scenario: Scenario) -> Bool {
        if let name, !name.matches(scenario.name.value) { return false }
        return tags.isEmpty || scenario.tags.contains { tags.contains($0.value) }
    }

    /// Whether a case of a scenario is meant that ``takes(_:)`` has let through.
    func takes(case scenario: Scenario) -> Bool {
        failed?.contains(Self.title(scenario)) ?? true
    }

    /// As a run log has it.
    private static func title(_ scenario: Scenario) -> String {
        scenario.caseName.isEmpty ? scenario.name.value : "\(scenario.name.value) [\(scenario.caseName)]"
    }

    /// What is said if no scenario is meant; nil where none was chosen.
    var nothingFound: String? {
        if failed?.isEmpty == true { return "nothing failed in the last run" }
        if failed != nil { return "none of what failed in the last run is in these files" }
        if let name { return "--filter \(name): no scenario of this run has such a name" }
        if !tags.isEmpty { return "--tag \(tags.joined(separator: ", ")): no scenario of this run has it" }
        return nil
    }
}
