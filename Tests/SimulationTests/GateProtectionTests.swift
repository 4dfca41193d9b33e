import AgencyKit
import Contracts
import Hosting
import JSON
import LifeEvents
import Testing

@testable import Simulation

/// The gate tells nobody where people with protected personal data are. A note's text stands for the place here, and a
/// note of a municipality says who is protected.
@Suite struct GateProtectionTests {
    private typealias Bench = GateBench

    private static func access(
        isReadByOthers: Bool = true, isWithheld: Bool = false
    ) throws -> AccessRights {
        let folder = try TemporarySchemas(level: "kommun", secret: "skatteverket", isWithheld: isWithheld)
        let readers = isReadByOthers ? ["skatteverket", "region"] : ["skatteverket"]
        func topic(_ owner: Owner) -> TopicManifest {
            TopicManifest(
                owner: owner, name: "\(owner).note.v1", config: TopicConfig(),
                access: readers.map { AccessRule(team: $0, application: $0, access: .read) }, informationClass: .c2,
                purposes: ["test"], titleSwedish: "", titleEnglish: "", file: "")
        }
        return AccessRights(topics: [topic(.kommun), topic(.skatteverket)], agencies: [], types: folder.types)
    }

    /// Says by a note of the municipality how protected somebody is.
    private static func protect(_ bench: Bench, _ subject: Subject, _ level: String, at minute: Int64) throws {
        let instant = Bench.minute(minute)
        let id = EventID.v7(milliseconds: instant.milliseconds, ordinal: 0, hash62: UInt64(minute) << 20)
        var writer = JSONWriter()
        let envelope = EventEnvelope(id: id, source: .kommun(1780), subject: subject, time: instant)
        try envelope.write(type: EventType("kommun.note.v1"), into: &writer) { try $0.encode(["level": level]) }
        var bucket = OutboxBucket()
        writer.bytes.withUnsafeBytes { _ = bucket.append(id, 1, 0, subject, $0) }
        try bench.play(minute, bucket)
    }

    private static func bench(_ access: AccessRights) -> Bench { Bench(access: access) }

    @Test(arguments: ["marked", "protected"])
    func `what gives away the place leaves out, for the protected person alone`(level: String) throws {
        let bench = Self.bench(try Self.access())
        try Self.protect(bench, Bench.ek, level, at: 1)
        let slices = try bench.play(2, [("Karlstad", Bench.ek), ("Lund", Bench.alm)])
        #expect(Bench.texts(slices).sorted() == ["?", "Lund"])
        #expect(bench.letters.isEmpty)
    }

    @Test func `a protection holds from its instant on, and until it is lifted`() throws {
        let bench = Self.bench(try Self.access())
        #expect(Bench.texts(try bench.play(1, [("before", Bench.ek)])) == ["before"])
        try Self.protect(bench, Bench.ek, "marked", at: 2)
        #expect(Bench.texts(try bench.play(3, [("meanwhile", Bench.ek)])) == ["?"])
        try Self.protect(bench, Bench.ek, "lifted", at: 4)
        #expect(Bench.texts(try bench.play(5, [("after", Bench.ek)])) == ["after"])
    }

    @Test func `who may not say who is protected protects nobody, and lifts no protection`() throws {
        let access = try Self.access()
        func mayWrite(_ owner: String) -> TopicManifest {
            TopicManifest(
                owner: .kommun, name: "kommun.note.v1", config: TopicConfig(),
                access: [AccessRule(team: owner, application: owner, access: .write)], informationClass: .c2,
                purposes: ["test"], titleSwedish: "", titleEnglish: "", file: "")
        }
        for (owner, isSaid) in [("kommun", true), ("region", false)] {
            let sayings = SayingRights(
                AccessRights(topics: [mayWrite(owner)], agencies: [], types: []), topics: Bench.topics.map(\.name), [])
            let bench = Bench(sayings: sayings, access: access)
            try Self.protect(bench, Bench.ek, "marked", at: 1)
            #expect(bench.gate.protected.isEmpty == !isSaid)
            bench.gate.protected.set("marked", of: Bench.ek, world: 0)
            try Self.protect(bench, Bench.ek, "lifted", at: 2)
            #expect(bench.gate.protected.isEmpty == isSaid)
        }
    }

    @Test func `a move of one in protected registration is told to nobody, and a letter says so without a word of it`()
        throws
    {
        for (level, texts, letters) in [("marked", ["?"], 0), ("protected", [], 1)] as [(String, [String], Int)] {
            let bench = Self.bench(try Self.access(isWithheld: true))
            try Self.protect(bench, Bench.ek, level, at: 1)
            #expect(Bench.texts(try bench.play(2, [("Karlstad", Bench.ek)])) == texts)
            #expect(bench.letters.map(\.reason) == Array(repeating: "protected", count: letters))
            let bytes = String(decoding: try bench.play(3).flatMap(\.bytes), as: UTF8.self)
            #expect(!bytes.contains("Karlstad"), "\(bytes)")
        }
    }

    @Test func `what only the owner reads travels whole, and the record of it lacks the place`() throws {
        let bench = Self.bench(try Self.access(isReadByOthers: false))
        try Self.protect(bench, Bench.ek, "protected", at: 1)
        var slices = try bench.play(2, [("Karlstad", Bench.ek), ("Lund", Bench.alm)])
        #expect(Bench.texts(slices).sorted() == ["Karlstad", "Lund"])
        var record = HandlingRecord()
        for place in slices.indices { _ = bench.gate.conceal(&slices[place], &record) }
        #expect(Bench.texts(slices).sorted() == ["?", "Lund"])
    }

    @Test func `an outsider who tells where a protected person is is refused, and its letter tells nothing`() throws {
        let bench = Self.bench(try Self.access())
        try Self.protect(bench, Bench.ek, "marked", at: 1)
        var outsider = Outsider()
        outsider.text = "Karlstad"
        bench.log.store.append(outsider.value, topic: Bench.note, key: nil, headers: [])
        // Cut off in the middle: nobody can say whom it is about, but the key stands in it.
        bench.log.store.append(Array(outsider.value.dropLast(3)), topic: Bench.note, key: nil, headers: [])
        try bench.readOutsiders()
        #expect(bench.letters.map(\.reason).sorted() == ["not-an-event", "protected"])
        let played = try bench.play(2)
        let bytes = String(decoding: played.flatMap(\.bytes), as: UTF8.self)
        #expect(bytes.contains("protected personal data") && !bytes.contains("Karlstad"), "\(bytes)")
    }

    @Test func `who is protected is known after a checkpoint too, and forgotten with the world`() throws {
        let bench = Self.bench(try Self.access())
        try Self.protect(bench, Bench.ek, "protected", at: 1)
        let rows = bench.gate.protected.changes()
        #expect(rows.count == 1 && bench.gate.protected.changes().isEmpty)
        var restored = ProtectionBook()
        for (row, value) in rows {
            #expect(try #require(value).withUnsafeBytes { restored.restore(row: row, $0) })
        }
        #expect(restored.level(of: Bench.ek) == .protected)
        restored.remove(0)
        #expect(restored.isEmpty && restored.changes().map(\.row) == [0])
    }
}
