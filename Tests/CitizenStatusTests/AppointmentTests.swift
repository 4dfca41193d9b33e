import JSON
import LifeEvents
import Testing

@testable import CitizenStatus

/// Who is god man for whom, as the chief guardian tells.
@Suite struct AppointmentTests {
    private static func person(_ name: String) -> Subject {
        Subject(seed: 1, scenario: "god-men", case: "", name: name)
    }

    private static func id(_ number: UInt64) -> EventID { .custom(hash: (2, number << 8)) }

    private static func hour(_ number: UInt64) -> Instant {
        Instant(milliseconds: 1_767_225_600_000) + .minutes(Int64(number) * 60)
    }

    /// A message of the chief guardian by its number, which is the hour of its publication, too.
    private static func tell(
        _ number: UInt64, _ holder: String, _ scope: [GuardianshipScope] = [.guardRights], change: ChangeType? = nil,
        of previous: UInt64? = nil, to book: inout MandateBook
    ) throws {
        let envelope = EventEnvelope(
            id: id(number), source: .kommun(1780), subject: person("principal"), time: hour(number), change: change,
            previousID: previous.map(id))
        let day = try #require(Day("2026-03-03"))
        var writer = JSONWriter()
        try envelope.write(type: Guardianship.type, into: &writer) { writer in
            if change == .annulled {
                try writer.encode(Annulled<Guardianship>(reasonCode: "error"))
            } else {
                Guardianship(
                    holder: person(holder), kind: .godMan, scope: scope, capacity: .full, from: day,
                    municipality: "1780", caseRef: "g", concerns: []
                ).write(json: &writer)
            }
        }
        var tape = JSONTape()
        try writer.withUnsafeBytes { bytes in
            try tape.parse(bytes)
            try book.take(try ReadEvent(tape.root))
        }
    }

    private static func holders(_ book: MandateBook, at hour: UInt64) -> [Subject] {
        book.mandates(for: person("principal")).filter { $0.holds(at: Self.hour(hour)) }.map(\.holder)
    }

    @Test func `a god man acts from the decision to its end`() throws {
        var book = MandateBook()
        try Self.tell(1, "ann", [.manageProperty], to: &book)
        try Self.tell(5, "ann", change: .ceased, of: 1, to: &book)
        #expect(Self.holders(book, at: 0).isEmpty)
        #expect(Self.holders(book, at: 4) == [Self.person("ann")])
        #expect(Self.holders(book, at: 5).isEmpty)
        #expect(book.mandates(for: Self.person("principal")).map(\.scope) == [[.manageProperty]])
        #expect(book.mandates(for: Self.person("ann")).isEmpty)
    }

    @Test func `an end in error restores, and a decision in error never was`() throws {
        var book = MandateBook()
        try Self.tell(1, "ann", to: &book)
        try Self.tell(5, "ann", change: .ceased, of: 1, to: &book)
        try Self.tell(6, "", change: .annulled, of: 5, to: &book)
        #expect(Self.holders(book, at: 7) == [Self.person("ann")])
        try Self.tell(8, "", change: .annulled, of: 1, to: &book)
        #expect(book.mandates(for: Self.person("principal")).isEmpty)
    }

    @Test func `another god man takes over, and one in error gives back`() throws {
        var book = MandateBook()
        try Self.tell(1, "ann", to: &book)
        try Self.tell(3, "bea", [.careForPerson], change: .corrected, of: 1, to: &book)
        #expect(Self.holders(book, at: 2) == [Self.person("ann")])
        #expect(Self.holders(book, at: 4) == [Self.person("bea")])
        try Self.tell(5, "", change: .annulled, of: 3, to: &book)
        #expect(Self.holders(book, at: 6) == [Self.person("ann")])
    }

    @Test func `two god men act beside each other`() throws {
        var book = MandateBook()
        try Self.tell(1, "ann", to: &book)
        try Self.tell(2, "bea", [.estateShare], to: &book)
        try Self.tell(4, "ann", change: .ceased, of: 1, to: &book)
        #expect(Set(Self.holders(book, at: 3)) == [Self.person("ann"), Self.person("bea")])
        #expect(Self.holders(book, at: 4) == [Self.person("bea")])
    }
}
