import Foundation
import JSON
import LifeEvents
import Scenarios
import Testing

/// A folder of files for one test, removed with it; it is a project of its own.
final class LanguageFolder {
    let path: String

    init(_ files: [String: String] = [:]) throws {
        let name = "livsbuss-language-\(ProcessInfo.processInfo.globallyUniqueString)"
        path = FileManager.default.temporaryDirectory.appendingPathComponent(name).path
        try FileManager.default.createDirectory(atPath: "\(path)/Scenarios", withIntermediateDirectories: true)
        for (name, text) in files.sorted(by: { $0.key < $1.key }) { try write(text, to: name) }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ text: String, to name: String) throws {
        try text.write(toFile: "\(path)/\(name)", atomically: true, encoding: .utf8)
    }

    func read(_ name: String) -> ScenarioReading { ScenarioFile.read(path: "\(path)/\(name)") }
}

extension ScenarioReading {
    var messages: [String] { diagnostics.map { "\($0.code.rawValue) \($0.message)" } }
}

/// A scenario of known types with a few lines of its own. It ends after a year, unless it says when.
func languageText(_ head: String = "", steps: String, tail: String = "") -> String {
    let end = (head + tail).contains("until:") || !steps.contains("expect:") ? "" : "until: +12mo"
    return """
        scenario: s
        version: 1
        start: 2026-03-02T08:00
        \(head)
        given:
          citizens: {anna: {}, bo: {}, cia: {unborn: true}}
          agencies: [skatteverket, forsakringskassan, kommun-1780, region-17]
        steps:
        \(steps)
        \(tail)
        \(end)
        """
}

extension Scenario {
    func publication(_ id: String) throws -> PublishStep {
        let step = try #require(steps.first { $0.id.value == id }, "there is no step \(id)")
        guard case .publish(let publication) = step.action else { throw Missing() }
        return publication
    }

    func expectation(_ index: Int) throws -> Scenarios.Expectation {
        guard case .expect(let expectation) = steps[index].action else { throw Missing() }
        return expectation
    }

    struct Missing: Error {}

    /// A payload as JSON with names instead of keys.
    func json(_ data: DataNode) -> String {
        var writer = JSONWriter()
        let key = { Subject(seed: 1, scenario: "s", case: "", name: $0) }
        data.write(into: &writer, on: timeline, key: key)
        return citizens.reduce(writer.text) { $0.replacing(key($1.name.value).description, with: $1.name.value) }
    }
}
