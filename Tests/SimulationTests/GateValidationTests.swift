import AgencyKit
import Contracts
import Foundation
import Hosting
import LifeEvents
import Testing

@testable import Simulation

/// What breaks the schema of its type does not travel, whoever has said it.
@Suite struct GateValidationTests {
    private typealias Bench = GateBench

    /// A note of at most four letters; an annulment says why.
    private static let schemas: MessageSchemas = {
        let folder = FileManager.default.temporaryDirectory.appending(path: "schemas-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let owner = folder.appending(path: "skatteverket")
        let note = owner.appending(path: "note.v1.schema.json")
        do {
            try FileManager.default.createDirectory(at: owner, withIntermediateDirectories: true)
            try Data(
                #"{"$defs": {"annulled": {"type": "object", "required": ["reasonCode"]}}}"#.utf8
            ).write(to: folder.appending(path: "types.schema.json"))
            try Data(
                """
                {"type": "object", "properties": {"text": {"type": "string", "maxLength": 4}}, "required": ["text"],
                 "additionalProperties": false}
                """.utf8
            ).write(to: note)
            return try MessageSchemas(folder: folder.path, files: [(type: TestNote.type, file: note.path)])
        } catch {
            Issue.record("\(error)")
            return MessageSchemas()
        }
    }()

    @Test(arguments: [UInt64(0), 1, 2, 3])
    func `a message of the run that breaks its schema becomes a dead letter, and the others travel`(
        perturbation: UInt64
    ) throws {
        let bench = Bench(RunSettings(perturbation: perturbation), schemas: Self.schemas)
        let notes = [("one", Bench.ek), ("three", Bench.ek), ("two", Bench.alm), ("seven", Bench.alm)]
        #expect(try Set(Bench.texts(bench.play(1, notes))) == ["one", "two"])
        #expect(bench.letters.map(\.reason) == ["not-valid", "not-valid"])
        #expect(Set(bench.letters.map(\.subject)) == [Bench.ek, Bench.alm])
        #expect(bench.gate.takeRecord().deadLetters == 2)
        // They leave at the next instant as any message does.
        #expect(Bench.texts(try bench.play(2)) == ["not-valid", "not-valid"])
    }

    @Test func `an outsider's message that breaks its schema is refused`() throws {
        let bench = Bench(schemas: Self.schemas)
        for text in ["fits", "too long"] {
            var outsider = Outsider()
            outsider.id = "\"\(text)\""
            outsider.text = text == "fits" ? "fits" : "longer"
            bench.log.store.append(outsider.value, topic: Bench.note, key: nil, headers: [])
        }
        try bench.readOutsiders()
        #expect(bench.letters.map(\.reason) == ["not-valid"])
        #expect(bench.letters.map(\.original) == ["too long"])
        #expect(Bench.texts(try bench.play(1)).contains("fits"))
    }

    @Test func `a type without a schema is held to nothing`() throws {
        let bench = Bench()
        #expect(Bench.texts(try bench.play(1, [("whatever it is", Bench.ek)])) == ["whatever it is"])
    }
}
