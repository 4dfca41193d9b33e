import CitizenStatus
import LifeEvents
import Testing

/// What operators note about dead letters, and how one letter is found while a run goes on.
@Suite struct DeadLetterNoteTests {
    @Test func `notes are kept in their order, beside the letters, and change no row of the run`() throws {
        let store = try StatusStore.inMemory()
        #expect(try store.deadLetterNotes().isEmpty)
        let notes = (0..<12).map { DeadLetterNoteRow(letter: "letter \($0 % 3)", text: "{\"number\":\($0)}") }
        try store.note(Array(notes.prefix(5)))
        try store.setProperty("dead-letter", "another property")
        try store.note(Array(notes.dropFirst(5)))
        #expect(try store.deadLetterNotes() == notes)
        try store.check()
    }

    @Test func `a dead letter is found by its id among the messages of its instant`() throws {
        let store = try StatusStore.inMemory()
        for hour in 1...3 as ClosedRange<Int64> {
            try store.append(hour: hour) { batch in
                let milliseconds = batch.instant.milliseconds
                for hash in 1...4 as ClosedRange<UInt64> {
                    let id = EventID.v7(milliseconds: milliseconds, ordinal: 0, hash62: hash)
                    batch.add(
                        id, type: "livsbuss.dead-letter.v1", data: #"{"reason":"\#(hour)-\#(hash)"}"#, topic: 2,
                        dead: hash > 1)
                }
            }
        }
        let instant = InstantBatch(hour: 2).instant.milliseconds
        func reason(_ hash: UInt64, _ milliseconds: Int64 = instant) throws -> String? {
            try store.deadLetter(.v7(milliseconds: milliseconds, ordinal: 0, hash62: hash))?.reason
        }
        #expect(try reason(3) == "2-3")
        // One that is no dead letter, one that is not there, an instant without messages, an id of another form.
        #expect(try reason(1) == nil)
        #expect(try reason(5) == nil)
        #expect(try reason(3, instant + 1) == nil)
        #expect(try store.deadLetter(.custom(hash: (1, 2))) == nil)
    }
}
