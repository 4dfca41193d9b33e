import Foundation
import Hosting
import LifeEvents
import Scenarios
import Testing

@testable import Reports
@testable import Simulation

@Suite struct RunRecorderTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "livsbuss-log-\(UUID().uuidString)")

    private func instances(_ count: Int) throws -> [ScenarioInstance] {
        let text = """
            scenario: s
            version: 1
            start: 2026-03-02T08:00
            given: {citizens: {anna: {}}, agencies: [skatteverket]}
            steps: [{id: a, at: +1d, publish: skatteverket.death.v1, for: anna, data: {deathDate: 2026-03-01}}]
            until: +9d
            """
        let scenario = try #require(ScenarioFile.read(text: text, file: "s.yaml").scenarios.first)
        return try (0..<count).map { try ScenarioInstance(scenario, worldName: "copy-\($0)", seed: 1) }
    }

    private func recorder(_ instances: [ScenarioInstance], file: String?) throws -> RunRecorder {
        RunRecorder(
            RunDescription(
                program: "test", seed: 1, broker: "embedded", partitions: 1, resolution: 1, settings: [:],
                isResumed: false, isDeterministic: true),
            instances: instances, file: try file.map { try RunLogWriter(path: $0) }, keepsLog: true
        ) { _ in "" }
    }

    private func play(_ instances: [ScenarioInstance], _ recorder: RunRecorder) {
        for (world, instance) in instances.enumerated() {
            for message in instance.world.script {
                let envelope = EventEnvelope(
                    id: message.id, source: .skatteverket, subject: message.subject, time: message.due)
                recorder.see(
                    ObservedMessage(
                        world: world, envelope: envelope, type: message.topic, data: nil, isOutside: false))
            }
            recorder.see(
                ObservedFault(
                    world: world, time: instance.world.until, kind: "late", target: nil, message: nil, text: "é\n"))
        }
        recorder.endInstant()
    }

    private func finish(_ recorder: RunRecorder, _ count: Int) throws -> RunLog {
        let digests = Array(repeating: RunDigest(), count: count)
        let result = RunResult(digests: digests, messages: digests.map { _ in 1 })
        try recorder.finish(result, failures: digests.map { _ in [] }, milliseconds: 0)
        return try #require(try recorder.log())
    }

    private func content(_ log: RunLog) -> [[RunRecord]] {
        #expect(log.defect == nil)
        return (log.worlds + [log.outside]).map { one in
            (one.start.map { [.worldStart($0)] } ?? []) + one.records + one.met.map { .expectPass($0) }
                + (one.end.map { [.worldEnd($0)] } ?? [])
        }
    }

    @Test func `a log that goes to a file is not kept in memory, and reads back as it would have been`() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let instances = try instances(2)
        let filed = try recorder(instances, file: folder.appending(path: "run.jsonl").path)
        let kept = try recorder(instances, file: nil)
        for recorder in [filed, kept] { play(instances, recorder) }
        #expect(try filed.part().kept == nil)
        #expect(try filed.log()?.messageCount == 2)
        let content = try content(finish(filed, 2))
        #expect(content == (try self.content(finish(kept, 2))))
        #expect(content.map(\.count) == [4, 4, 0])
    }

    @Test func `the parts of several jobs are the log of all, wherever they are kept`() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let all = try instances(3)
        let alone = try recorder(all, file: nil)
        play(all, alone)
        let wanted = try content(finish(alone, 3))
        for isFiled in [false, true] {
            func file(_ name: String) -> String? { isFiled ? folder.appending(path: name).path : nil }
            let whole = try recorder(all, file: file("run.jsonl"))
            for (first, end) in [(0, 2), (2, 3)] {
                let own = Array(all[first..<end])
                let part = try recorder(own, file: file("part-\(first)"))
                play(own, part)
                try whole.adopt(part.part(), first: first)
            }
            #expect(try content(finish(whole, 3)) == wanted)
        }
    }

    @Test func `a log that cannot be read back is kept in memory`() throws {
        let instances = try instances(1)
        let recorder = try recorder(instances, file: "/dev/null")
        play(instances, recorder)
        #expect(try finish(recorder, 1).messageCount == 1)
    }
}
