import CitizenStatus
import JSON
import LifeEvents
import Testing

/// Which lines of a page go by post, and when they are there.
@Suite struct LetterBookTests {
    private static let widow = Subject(seed: 1, scenario: "letters", case: "", name: "widow")
    private static let son = Subject(seed: 1, scenario: "letters", case: "", name: "son")

    /// A message of an hour, written and read as on the bus.
    private func take<Data: LifeEvent>(
        _ data: Data, about subject: Subject = Self.widow, on day: String, _ book: inout LetterBook
    ) throws {
        let instant = Stockholm.instant(try #require(Day(day)), hour: 10)
        let envelope = EventEnvelope(
            id: .custom(hash: (1, UInt64(instant.milliseconds))), source: AgencyID(.forsakringskassan),
            subject: subject,
            time: instant)
        var writer = JSONWriter()
        try envelope.write(type: Data.type, into: &writer) { writer in try data.write(json: &writer) }
        var tape = JSONTape()
        try writer.withUnsafeBytes { bytes in
            try tape.parse(bytes)
            try book.take(try ReadEvent(tape.root))
        }
    }

    private func household(_ mailbox: Bool) -> Household {
        Household(members: [HouseholdMember(person: Self.widow, role: .other, mailbox: mailbox, eId: false)])
    }

    private let tile = StatusTile(tile: .childBenefit, code: .ongoing, text: "Barnbidrag")

    @Test func `who has digital post gets no letter, and so does who never said`() throws {
        var book = LetterBook()
        try take(tile, on: "2026-03-04", &book)
        try take(household(true), on: "2026-03-05", &book)
        try take(tile, on: "2026-03-06", &book)
        #expect(book.letters(to: Self.widow).isEmpty)
    }

    @Test(arguments: [
        // Posted the next working day, three days on its way.
        ("2026-03-04", "2026-03-05", "2026-03-08"), ("2026-03-06", "2026-03-09", "2026-03-12"),
        ("2026-04-02", "2026-04-07", "2026-04-10"),
    ])
    func `who has none gets a letter for each line`(row: (written: String, posted: String, arrives: String)) throws {
        var book = LetterBook()
        try take(household(false), on: "2026-01-01", &book)
        try take(tile, on: row.written, &book)
        try take(tile, about: Self.son, on: row.written, &book)
        let letter = try #require(book.letters(to: Self.widow).first)
        #expect(letter.posted == Day(row.posted) && letter.arrives == Day(row.arrives) && !letter.isForwarded)
        #expect(letter.tile == "child-benefit" && letter.agency == .forsakringskassan)
        #expect(book.letters(to: Self.son).isEmpty)
    }

    @Test func `who opens a mailbox gets no more letters`() throws {
        var book = LetterBook()
        try take(household(false), on: "2026-01-01", &book)
        try take(tile, on: "2026-03-04", &book)
        try take(household(true), on: "2026-03-05", &book)
        try take(tile, on: "2026-03-06", &book)
        #expect(book.letters(to: Self.widow).count == 1)
    }

    @Test func `to who is protected each line goes through Skatteverket until the protection is lifted`() throws {
        var book = LetterBook()
        try take(
            RegisterEntry(
                municipality: "1780", civilStatus: .unmarried, birthDate: try #require(Day("1990-01-01")),
                protection: .protected), on: "2026-01-01", &book)
        try take(tile, on: "2026-03-04", &book)
        try take(Protection(level: .lifted), on: "2026-03-05", &book)
        try take(tile, on: "2026-03-06", &book)
        let letters = book.letters(to: Self.widow)
        #expect(letters.map(\.isForwarded) == [true])
        #expect(letters.map(\.arrives) == [Day("2026-03-10")])
    }
}
