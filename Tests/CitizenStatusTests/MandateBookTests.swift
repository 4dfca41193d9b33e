import CitizenStatus
import JSON
import LifeEvents
import Testing

/// Who may act for whom, as registers tell.
@Suite struct MandateBookTests {
    private static func person(_ name: String) -> Subject {
        Subject(seed: 1, scenario: "mandates", case: "", name: name)
    }

    private static let start = Instant(milliseconds: 1_767_225_600_000)

    /// One message of a register, by its number; the hour of its publication is the number.
    fileprivate struct Told: Sendable {
        var number: UInt64
        var change: ChangeType?
        var previous: UInt64?
        var holders: [String]
        var isEstate = false
        var kind = RelationKind.custody

        init(
            _ number: UInt64, _ holders: [String] = [], change: ChangeType? = nil, of previous: UInt64? = nil,
            estate: Bool = false, kind: RelationKind = .custody
        ) {
            (self.number, self.change, self.previous, self.holders) = (number, change, previous, holders)
            (isEstate, self.kind) = (estate, kind)
        }
    }

    private static func id(_ number: UInt64) -> EventID { .custom(hash: (1, number << 8)) }

    private static func hour(_ number: UInt64) -> Instant { start + .minutes(Int64(number) * 60) }

    private static func take(_ told: Told, _ book: inout MandateBook) throws {
        let envelope = EventEnvelope(
            id: id(told.number), source: AgencyID(.skatteverket), subject: person("subject"), time: hour(told.number),
            change: told.change, previousID: told.previous.map(id))
        let day = try #require(Day("2026-03-03"))
        var writer = JSONWriter()
        let type = told.isEstate ? EstateInventory.type : FamilyRelation.type
        try envelope.write(type: type, into: &writer) { writer in
            if told.change == .annulled {
                try writer.encode(Annulled<FamilyRelation>(reasonCode: "error"))
            } else if told.isEstate {
                EstateInventory(state: .due, heldBy: day, dueDate: day, holders: told.holders.map(person))
                    .write(json: &writer)
            } else {
                FamilyRelation(
                    holder: person(told.holders[0]), kind: told.kind, from: day, municipality: "1780", concerns: []
                )
                .write(json: &writer)
            }
        }
        var tape = JSONTape()
        try writer.withUnsafeBytes { bytes in
            try tape.parse(bytes)
            try book.take(try ReadEvent(tape.root))
        }
    }

    /// A story, and who has a mandate at which hour.
    fileprivate struct Row: Sendable, CustomTestStringConvertible {
        fileprivate var told: [Told]
        /// By hour: the names of those whose mandate holds then.
        var holders: [(hour: UInt64, names: [String])]
        var testDescription: String
    }

    fileprivate static let rows = [
        Row(
            told: [Told(1, ["mother"]), Told(3, ["father"])],
            holders: [(0, []), (1, ["mother"]), (3, ["mother", "father"])], testDescription: "two guardians"),
        Row(
            told: [Told(1, ["mother"]), Told(2, ["father"], kind: .parenthood)], holders: [(2, ["mother"])],
            testDescription: "parenthood alone is no mandate"),
        Row(
            told: [Told(1, ["mother"]), Told(4, ["mother"], change: .ceased, of: 1)],
            holders: [(3, ["mother"]), (4, [])], testDescription: "custody that ends"),
        Row(
            told: [
                Told(1, ["mother"]), Told(4, ["mother"], change: .ceased, of: 1), Told(6, change: .annulled, of: 4),
            ],
            holders: [(3, ["mother"]), (6, ["mother"])], testDescription: "an end that was wrong"),
        Row(
            told: [
                Told(1, ["mother"]), Told(4, ["mother"], change: .ceased, of: 1), Told(6, ["mother"]),
            ],
            holders: [(3, ["mother"]), (5, []), (6, ["mother"])], testDescription: "custody that a court gives back"),
        Row(
            told: [Told(1, ["stranger"]), Told(2, change: .annulled, of: 1)], holders: [(1, []), (2, [])],
            testDescription: "custody that never was"),
        Row(
            told: [Told(1, ["mother"]), Told(2, ["mother"], change: .corrected, of: 1)],
            holders: [(1, ["mother"]), (2, ["mother"])], testDescription: "custody told anew"),
        Row(
            told: [
                Told(1, ["mother"]), Told(2, ["mother"], change: .corrected, of: 1), Told(3, change: .annulled, of: 2),
            ], holders: [(3, [])], testDescription: "annulled after a correction"),
        Row(
            told: [Told(1, ["widow"], estate: true), Told(2, ["widow", "son"], estate: true)],
            holders: [(1, ["widow"]), (2, ["widow", "son"])], testDescription: "a partner who was found later"),
        Row(
            told: [Told(1, ["widow"], estate: true), Told(2, change: .annulled, of: 1, estate: true)],
            holders: [(1, ["widow"]), (2, [])], testDescription: "an estate of one who lives"),
        Row(
            told: [Told(1, ["widow"], estate: true), Told(2, ["brother"], change: .corrected, of: 1, estate: true)],
            holders: [(1, ["widow"]), (2, ["brother"])], testDescription: "the wrong widow"),
        Row(
            told: [
                Told(1, ["widow", "son"], estate: true), Told(2, ["widow", "son"], estate: true),
            ],
            holders: [(1, ["widow", "son"]), (2, ["widow", "son"])],
            testDescription: "a child by another sees the page as the widow does"),
        Row(
            told: [Told(1, ["widow", "son"], estate: true), Told(2, ["widow"], estate: true)],
            holders: [(1, ["widow", "son"]), (2, ["widow"])],
            testDescription: "a child by another who waits for its share sees the page no longer"),
    ]

    @Test(arguments: rows) fileprivate func `a mandate holds from when it is told to when its end is told`(_ row: Row)
        throws
    {
        var book = MandateBook()
        for told in row.told { try Self.take(told, &book) }
        let mandates = book.mandates(for: Self.person("subject"))
        for (hour, names) in row.holders {
            let holding = mandates.filter { $0.holds(at: Self.hour(hour)) }.map(\.holder)
            #expect(holding == names.map(Self.person), "at hour \(hour)")
        }
        #expect(book.mandates(for: Self.person("somebody else")).isEmpty)
    }

    @Test(arguments: [true, false]) fileprivate func `a book knows so many mandates and no more`(isEstate: Bool) throws
    {
        var book = MandateBook()
        for number in 1...UInt64(MandateBook.mostMandates) { try Self.take(Told(number, ["\(number)"]), &book) }
        let more = UInt64(MandateBook.mostMandates) + 1
        #expect(throws: MandateBookIsFull.self) { try Self.take(Told(more, ["more"], estate: isEstate), &book) }
        #expect(book.mandates(for: Self.person("subject")).count == MandateBook.mostMandates)
        // What ends a mandate is taken, and one that never was makes room.
        try Self.take(Told(more + 1, ["1"], change: .ceased, of: 1), &book)
        #expect(book.mandates(for: Self.person("subject")).first?.until == Self.hour(more + 1))
        try Self.take(Told(more + 2, change: .annulled, of: 2), &book)
        try Self.take(Told(more + 3, ["more"], estate: isEstate), &book)
        #expect(book.mandates(for: Self.person("subject")).contains { $0.holder == Self.person("more") })
    }
}
