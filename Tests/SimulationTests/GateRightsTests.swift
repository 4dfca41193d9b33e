import AgencyKit
import Contracts
import Hosting
import LifeEvents
import Testing

@testable import Simulation

/// Who may say what: the gate holds the run's own and outsiders alike to the access lists.
@Suite struct GateRightsTests {
    private typealias Bench = GateBench

    /// Only these owners may write notes.
    private static func sayings(_ writers: [String]) -> SayingRights {
        let topic = TopicManifest(
            owner: .skatteverket, name: TestNote.type.topic, config: TopicConfig(),
            access: writers.map { AccessRule(team: $0, application: $0, access: .write) }, informationClass: .c2,
            purposes: ["test"], titleSwedish: "", titleEnglish: "", file: "")
        return SayingRights(
            AccessRights(topics: [topic], agencies: [], types: []), topics: Bench.topics.map(\.name), [])
    }

    @Test func `a message of the run whose source may not say it becomes a dead letter`() throws {
        let bench = Bench(sayings: Self.sayings(["kommun"]))
        #expect(try bench.play(1, [("hej", Bench.ek)]).flatMap(\.messages).isEmpty)
        #expect(bench.letters.map(\.reason) == ["not-allowed"])
        #expect(bench.letters.map(\.topic) == ["skatteverket.dead-letter.v1"])
    }

    @Test func `a message whose source may say it travels`() throws {
        let bench = Bench(sayings: Self.sayings(["kommun", "skatteverket"]))
        #expect(Bench.texts(try bench.play(1, [("hej", Bench.ek)])) == ["hej"])
    }

    @Test(arguments: [
        ("/agency/kommun-1780", ["kommun"], []), ("/agency/kommun-1780", ["region"], ["not-allowed"]),
        ("https://example.com/a", ["kommun"], ["not-allowed"]),
        // The source is judged before the data: who may not speak learns nothing of the form.
        ("/agency/migrationsverket", [], ["not-allowed"]),
    ])
    func `an outsider is heard where a row lets its owner write`(
        source: String, writers: [String], reasons: [String]
    ) throws {
        let bench = Bench(sayings: Self.sayings(writers))
        var outsider = Outsider()
        outsider.source = source
        bench.log.store.append(outsider.value, topic: Bench.note, key: nil, headers: [])
        try bench.readOutsiders()
        #expect(bench.letters.map(\.reason) == reasons)
        #expect(try bench.play(1).flatMap(\.messages).filter(\.isOutside).count == 1 - reasons.count)
    }

    @Test func `where no manifest has the topic everybody may speak`() throws {
        let bench = Bench()
        var outsider = Outsider()
        outsider.source = "https://example.com/a"
        bench.log.store.append(outsider.value, topic: Bench.note, key: nil, headers: [])
        try bench.readOutsiders()
        #expect(bench.letters.isEmpty)
    }
}
