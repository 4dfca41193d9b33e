import AgencyKit
import LifeEvents
import Testing

@testable import Simulation

/// What checks are told beyond the journal comes again where a run goes on.
@Suite struct CheckNotesTests {
    private static let message = EventID.v7(milliseconds: 1_767_225_600_000, ordinal: 1, hash62: 7)

    private static func report(_ outcome: RiverOutcome, river: String = "take") -> RiverReport {
        RiverReport(agency: .kommun(1780), river: river, file: "a", line: 1, outcome: outcome, world: 3)
    }

    @Test func `refusals and speakers come back with their message, once, and other outcomes are not kept`() throws {
        let outside = try #require(EventID.outside(source: "/outside/notes", id: "1"))
        var notes = CheckNotes()
        notes.note(Self.message, Self.report(.notWhole(["no date", "no name"])))
        notes.note(Self.message, Self.report(.notWhole([]), river: "other"))
        notes.note(Self.message, from: .kommun(1780))
        notes.note(outside, Self.report(.notWhole(["late"])))
        for outcome in [RiverOutcome.handled, .notMine(["another's"]), .denied("no right")] {
            notes.note(Self.message, Self.report(outcome))
        }
        let rows = notes.changes()
        #expect(rows.map(\.row) == [0, 1, 2, 3])
        #expect(notes.changes().isEmpty)
        notes.note(Self.message, from: .kommun(180))
        #expect(notes.changes().map(\.row) == [4])

        var restored = CheckNotes()
        for (row, value) in rows { #expect(value.withUnsafeBytes { restored.restore(row: row, $0) }) }
        #expect(restored.changes().isEmpty)
        let known = restored.take(Self.message)
        #expect(known.speaker == .kommun(1780))
        #expect(known.refusals.map(\.sentences) == [["no date", "no name"], []])
        #expect(known.refusals.map(\.river) == ["take", "other"])
        #expect(known.refusals.allSatisfy { $0.agency == .kommun(1780) && $0.world == 3 })
        #expect(restored.take(Self.message).refusals.isEmpty)
        #expect(restored.take(outside).refusals.map(\.sentences) == [["late"]])
        restored.note(Self.message, from: .kommun(180))
        #expect(restored.changes().map(\.row) == [4], "rows go on where the former life has ended")
    }

    @Test func `a row that was cut is refused`() throws {
        var notes = CheckNotes()
        notes.note(Self.message, Self.report(.notWhole(["no date"])))
        let value = try #require(notes.changes().first?.value)
        for length in 0..<value.count {
            var restored = CheckNotes()
            #expect(!Array(value.prefix(length)).withUnsafeBytes { restored.restore(row: 0, $0) })
        }
    }
}
