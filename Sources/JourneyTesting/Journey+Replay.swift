import Agencies
public import AgencyKit
import Foundation
public import LifeEvents
import Scenarios

extension Journey {
    /// Replays a scenario of one world on an embedded Kafka broker of its own.
    ///
    /// - Parameters:
    ///   - path: the scenario file, looked for from the working directory and from the test's own folder upward.
    ///   - agencies: the code under test; it plays its owner's agencies in place of the built-in ones.
    ///   - events: event types of your own that are no part of LifeEvents; they get a topic each.
    ///   - name: which world of a matrix, as `income=0,protected=true`; a part of it may do. Nil: the only world.
    ///   - seed: of ids and draws.
    ///   - perturbation: permutes all that may not matter when not 0; ``digest`` must not move.
    ///   - file: where relative paths are looked for; the caller's own.
    /// - Throws: ``JourneyError``, and `KafkaError` if the broker fails. A failed expectation is no error.
    public static func replay(
        _ path: String, playing agencies: [any Agency] = [], events: [any LifeEvent.Type] = [],
        case name: String? = nil,
        seed: UInt64 = 1, perturbation: UInt64 = 0, file: StaticString = #filePath
    ) throws -> Journey {
        let scenarios = try scenarios(path, agencies, events, file)
        let chosen = try name.map { try choose($0, scenarios) } ?? scenarios
        guard let scenario = chosen.first, chosen.count == 1 else {
            throw JourneyError.cases(
                asked: "\(chosen.count) cases are meant, and one is wanted", names: chosen.map(\.caseName))
        }
        return try play([scenario], agencies, events, seed, perturbation, path: scenario.name.span.file)[0]
    }

    /// Replays all cases of a scenario in one pass, as ``replay(_:playing:events:case:seed:perturbation:file:)`` one.
    public static func replayAll(
        _ path: String, playing agencies: [any Agency] = [], events: [any LifeEvent.Type] = [], seed: UInt64 = 1,
        perturbation: UInt64 = 0, file: StaticString = #filePath
    ) throws -> [Journey] {
        let scenarios = try scenarios(path, agencies, events, file)
        return try play(
            scenarios, agencies, events, seed, perturbation, path: scenarios.first?.name.span.file ?? path)
    }

    /// Replays a scenario that is written in the test itself; it must have one world.
    ///
    /// - Parameter file: the name that failures carry, and the place from which contracts and includes are looked for.
    /// - Throws: as ``replay(_:playing:events:case:seed:perturbation:file:)``.
    public static func replay(
        text: String, playing agencies: [any Agency] = [], events: [any LifeEvent.Type] = [], seed: UInt64 = 1,
        perturbation: UInt64 = 0, file: String = "scenario.yaml"
    ) throws -> Journey {
        let reading = ScenarioFile.read(text: text, file: file, vocabulary: vocabulary(file, agencies, events))
        let scenarios = try checked(reading)
        guard scenarios.count == 1 else {
            throw JourneyError.cases(
                asked: "\(scenarios.count) cases are meant, and one is wanted", names: scenarios.map(\.caseName))
        }
        return try play(scenarios, agencies, events, seed, perturbation, path: file)[0]
    }

    // MARK: - Reading

    private static func scenarios(
        _ path: String, _ agencies: [any Agency], _ events: [any LifeEvent.Type], _ file: StaticString
    ) throws(JourneyError) -> [Scenario] {
        guard let found = Folders.find(path, from: "\(file)") else { throw .missing(path: path) }
        return try checked(ScenarioFile.read(path: found, vocabulary: vocabulary(found, agencies, events)))
    }

    private static func checked(_ reading: ScenarioReading) throws(JourneyError) -> [Scenario] {
        guard reading.isValid, !reading.scenarios.isEmpty else {
            let mistakes = reading.diagnostics.map { "\($0)" }.joined(separator: "\n")
            throw .invalid(mistakes.isEmpty ? "there is no scenario in \(reading.files.first ?? "the file")" : mistakes)
        }
        return reading.scenarios
    }

    private static func choose(_ name: String, _ scenarios: [Scenario]) throws(JourneyError) -> [Scenario] {
        guard let filter = CaseFilter(name) else {
            throw .cases(asked: "`\(name)` names no case", names: scenarios.map(\.caseName))
        }
        let chosen = scenarios.filter { filter.matches($0) }
        if chosen.isEmpty { throw .cases(asked: "`\(name)` is no case", names: scenarios.map(\.caseName)) }
        return chosen
    }

    /// The words of this version, and those of the code under test.
    private static func vocabulary(
        _ path: String, _ agencies: [any Agency], _ events: [any LifeEvent.Type]
    ) -> ScenarioVocabulary {
        var vocabulary = ScenarioVocabulary.builtIn
        if let catalogue = Playing.catalogue(for: path) { vocabulary.fillConcerns(by: catalogue) }
        vocabulary.rules = { BuiltInAgencies.ruleNames }
        let own = Playing.types(agencies, events).map(\.name)
        vocabulary.types = Array(Set((vocabulary.types ?? []) + own)).sorted()
        return vocabulary
    }
}

/// Looks for files upward.
enum Folders {
    /// A path as it is, else below a folder above `start`; nil if there is none.
    static func find(_ path: String, from start: String) -> String? {
        if FileManager.default.fileExists(atPath: path) { return path }
        guard !path.hasPrefix("/") else { return nil }
        var folder = URL(fileURLWithPath: start).deletingLastPathComponent()
        while folder.path != "/" {
            let candidate = folder.appendingPathComponent(path).path
            if FileManager.default.fileExists(atPath: candidate) { return candidate }
            folder.deleteLastPathComponent()
        }
        return nil
    }
}
