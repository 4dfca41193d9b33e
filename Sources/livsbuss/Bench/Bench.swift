import Agencies
import CitizenStatus
import Contracts
import Foundation
import JSON
import LifeEvents
import Runs
import Scenarios
import Simulation
import Terminal

/// Measures the engine on a population, with its store on disk, against the raw loop: the same records through one
/// producer and one consumer without any handling, in the same process.
struct Bench {
    let journeys: Int
    let days: Int
    let validates: Bool
    let json: Bool
    let output: TerminalOutput

    private static let resolution: Int64 = 3_600_000
    /// One round takes a fraction of a second, in which a machine may be twice as fast as in the next.
    private static let rawRounds = 9

    func perform() throws -> Int32 {
        let catalogue = try Places.catalogue(nil)
        let folder = ".livsbuss/bench"
        let lock = try StoreLock(StoreFolder(folder))
        try lock.clear()
        defer { try? lock.clear() }
        let engine = try runEngine(catalogue, folder)
        let peak = Self.peakMemory()
        let raw = try RawLoop(folder: folder).median(of: Self.rawRounds)
        let rate = Double(engine.result.total) / engine.seconds
        report(engine.result, seconds: engine.seconds, rate: rate, raw: raw, peak: peak)
        return 0
    }

    private func runEngine(_ catalogue: Catalogue, _ folder: String) throws -> (result: RunResult, seconds: Double) {
        let scenarios = try ["first-child", "death", "move"].map { name in
            let path = "\(Self.scenarioFolder(catalogue))/\(name).yaml"
            guard let scenario = ScenarioFile.parse(path: path).scenario else {
                throw Failure(.invalidFile, "\(path): the shipped scenario cannot be read")
            }
            if let step = scenario.stepOnCalendarDay {
                throw Failure(
                    .invalidFile,
                    "\(path): the step \(step.id) is at a calendar day, and a population starts on every day: count from "
                        + "the start, as +3d 09:00")
            }
            return scenario
        }
        let played = scenarios.flatMap { $0.agencies.map(\.id.value) }
        var setup = RunSetup(
            settings: RunSettings(resolution: Self.resolution), topics: catalogue.runTopics,
            schemas: validates ? catalogue.schemas : MessageSchemas(),
            access: try catalogue.rights(),
            runners: try Runners.of(played, code: BuiltInAgencies.code),
            store: try StatusStore(path: "\(folder)/status.sqlite", topics: catalogue.topics.map(\.name)))
        setup.source = try Population(scenarios, journeys: journeys, days: days, seed: 1, resolution: Self.resolution)
        setup.stopwatch = nanoseconds
        setup.wantsCheckpoint = Pulse(milliseconds: 900, now: nanoseconds).beat
        let start = nanoseconds()
        let result = try setup.play()
        let all = Double(nanoseconds() - start) / 1e9
        return (result, all - Double(result.stages.finish) / 1e9)
    }

    private static func scenarioFolder(_ catalogue: Catalogue) -> String {
        let topics = URL(fileURLWithPath: catalogue.topics.first?.file ?? "Topics/x/y").deletingLastPathComponent()
        return topics.deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Scenarios").path
    }

    private static func peakMemory() -> Int64 {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return Int64(usage.ru_maxrss) * 1_024
    }

    private func report(_ result: RunResult, seconds: Double, rate: Double, raw: Double, peak: Int64) {
        let stages: [(String, Int64)] = [
            ("transport", result.stages.transport), ("handling", result.stages.handling),
            ("digest", result.stages.digest), ("projection", result.stages.projection),
            ("checkpoint", result.stages.checkpoint), ("worlds", result.stages.worlds),
            ("finish (not in the rate)", result.stages.finish),
        ]
        let perInstant = Double(result.total) / Double(max(result.instants, 1))
        if json {
            var writer = JSONWriter(pretty: true)
            writer.beginObject()
            writer.key("journeys")
            writer.int(Int64(journeys))
            writer.key("messages")
            writer.int(Int64(result.total))
            writer.key("messagesPerSecond")
            writer.double(rate.rounded())
            writer.key("rawMessagesPerSecond")
            writer.double(raw.rounded())
            writer.key("ratio")
            writer.double((rate / raw * 1_000).rounded() / 1_000)
            writer.key("peakMemoryBytes")
            writer.int(peak)
            writer.key("seconds")
            writer.double((seconds * 1_000).rounded() / 1_000)
            writer.key("messagesPerInstant")
            writer.double(perInstant.rounded())
            writer.key("cores")
            writer.int(Int64(ProcessInfo.processInfo.activeProcessorCount))
            writer.key("stageSeconds")
            writer.beginObject()
            for (name, time) in stages {
                writer.key(name)
                writer.double((Double(time) / 1e6).rounded() / 1_000)
            }
            writer.endObject()
            writer.endObject()
            output.writeLine(writer.text)
            return
        }
        let cores = counted(ProcessInfo.processInfo.activeProcessorCount, "core")
        output.writeLine("\(counted(journeys, "journey")) on \(cores)")
        output.writeLine("  messages             \(result.total), \(Int(perInstant)) an instant")
        output.writeLine("  engine               \(Int(rate)) messages/s (\(Int(seconds * 10) / 10) s)")
        output.writeLine("  raw loop             \(Int(raw)) messages/s, median of \(Self.rawRounds)")
        output.writeLine("  ratio                \(Double(Int(rate / raw * 1_000)) / 1_000)")
        output.writeLine("  peak memory          \(peak >> 20) MiB")
        for (name, time) in stages {
            let perMessage = Double(time) / Double(max(result.total, 1)) / 1_000
            output.writeLine("  \(name.padded(to: 26)) \(Double(Int(perMessage * 100)) / 100) µs a message")
        }
    }
}

/// A monotonic clock in nanoseconds.
func nanoseconds() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
}
