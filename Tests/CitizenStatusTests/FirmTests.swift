import JSON
import LifeEvents
import Testing

@testable import CitizenStatus

/// Who may act for a firm and see its page, as the company register and the firm itself tell.
@Suite struct FirmTests {
    private static func person(_ name: String) -> Subject {
        Subject(seed: 1, scenario: "firms", case: "", name: name)
    }

    private static let firm = person("firm")

    private static func id(_ number: UInt64) -> EventID { .custom(hash: (3, number << 8)) }

    private static func hour(_ number: UInt64) -> Instant {
        Instant(milliseconds: 1_767_225_600_000) + .minutes(Int64(number) * 60)
    }

    /// A message by its number, which is the hour of its publication, too; nil: what went before is annulled.
    private static func tell<Data: LifeEvent>(
        _ number: UInt64, _ data: Data?, as _: Data.Type = Data.self, by source: AgencyID = AgencyID(.bolagsverket),
        change: ChangeType? = nil, of previous: UInt64? = nil, to book: inout MandateBook
    ) throws {
        let envelope = EventEnvelope(
            id: id(number), source: source, subject: firm, time: hour(number),
            change: data == nil ? .annulled : change, previousID: previous.map(id))
        var writer = JSONWriter()
        try envelope.write(type: Data.type, into: &writer) { writer in
            if let data {
                try data.write(json: &writer)
            } else {
                try writer.encode(Annulled<Data>(reasonCode: "error"))
            }
        }
        var tape = JSONTape()
        try writer.withUnsafeBytes { bytes in
            try tape.parse(bytes)
            try book.take(try ReadEvent(tape.root))
        }
    }

    private static let day = Day("2026-01-12")!

    private static func filing(by filer: String = "ann") -> CompanyFiling {
        CompanyFiling(
            filedBy: person(filer), form: .limitedCompany, names: ["Fiktiva Köket AB"], seat: "1780", sni: ["56100"],
            shareCapital: 25_000, formedOn: day, founders: [person("ann"), person("bea")],
            officers: [
                BoardSeat(person: person("ann"), role: .chair), BoardSeat(person: person("carl"), role: .member),
            ],
            signatories: [[person("ann")]], feePaid: true, addressRef: "a")
    }

    private static func company(
        _ state: CompanyState, board: [String] = ["ann", "carl"], signs: [[String]] = [["ann"]],
        trustee: String? = nil
    ) -> Company {
        Company(
            state: state, form: .limitedCompany, municipality: "1780", sni: ["56100"], name: "Fiktiva Köket AB",
            officers: board.map { BoardSeat(person: person($0), role: .member) },
            signatories: signs.map { $0.map { person($0) } }, trustee: trustee.map { person($0) })
    }

    private static func holders(_ book: MandateBook, at hour: UInt64, acting: Bool = false) -> [String] {
        let names = ["ann", "bea", "carl", "dan", "eva"]
        return book.mandates(for: firm).filter { $0.holds(at: Self.hour(hour)) && ($0.mayAct || !acting) }
            .compactMap { mandate in names.first { person($0) == mandate.holder } }.sorted()
    }

    private static func grounds(_ book: MandateBook, at hour: UInt64) -> [Mandate.Ground] {
        book.mandates(for: firm).filter { $0.holds(at: Self.hour(hour)) }.map(\.ground)
    }

    @Test func `founders see it until it is registered, then the board and who signs`() throws {
        var book = MandateBook()
        #expect(!book.isFirm(Self.firm))
        try Self.tell(1, Self.filing(), by: .citizen, to: &book)
        try Self.tell(2, Company(state: .filed, form: .limitedCompany, municipality: "1780", sni: []), to: &book)
        #expect(book.isFirm(Self.firm))
        // Carl is named for the board: he may take the seat, and no more.
        #expect(Self.holders(book, at: 3) == ["ann", "bea", "carl"])
        #expect(Self.grounds(book, at: 3) == [.founder, .founder, .nominated])
        try Self.tell(5, Self.company(.registered), to: &book)
        #expect(Self.holders(book, at: 6) == ["ann", "carl"])
        #expect(Self.grounds(book, at: 6) == [.signatory, .officer])
        // Somebody else cannot found what is founded.
        try Self.tell(7, Self.filing(by: "dan"), by: .citizen, to: &book)
        #expect(Self.holders(book, at: 8) == ["ann", "carl"])
    }

    @Test func `who leaves the board sees nothing from that instant`() throws {
        var book = MandateBook()
        try Self.tell(1, Self.company(.registered), to: &book)
        try Self.tell(5, Self.company(.changed, board: ["carl"], signs: [["carl"]]), to: &book)
        #expect(Self.holders(book, at: 4) == ["ann", "carl"])
        #expect(Self.holders(book, at: 5) == ["carl"])
    }

    @Test func `from a bankruptcy the trustee acts and the board sees, until it is lifted`() throws {
        var book = MandateBook()
        try Self.tell(1, Self.company(.registered), to: &book)
        try Self.tell(3, Self.company(.bankrupt, trustee: "eva"), to: &book)
        #expect(Self.holders(book, at: 4) == ["ann", "carl", "eva"])
        #expect(Self.holders(book, at: 4, acting: true) == ["eva"])
        try Self.tell(6, nil, as: Company.self, of: 3, to: &book)
        #expect(Self.holders(book, at: 7, acting: true) == ["ann", "carl"])
        try Self.tell(8, Self.company(.dissolved), to: &book)
        #expect(Self.holders(book, at: 9).isEmpty)
    }

    @Test func `a correction says who was never on the board`() throws {
        var book = MandateBook()
        try Self.tell(1, Self.company(.registered), to: &book)
        try Self.tell(3, Self.company(.registered, board: ["ann"]), change: .corrected, of: 1, to: &book)
        #expect(Self.holders(book, at: 4) == ["ann"])
    }

    @Test func `founders still see why a formation came to nothing, and may begin anew`() throws {
        var book = MandateBook()
        try Self.tell(1, Self.filing(), by: .citizen, to: &book)
        try Self.tell(2, Company(state: .filed, form: .limitedCompany, municipality: "1780", sni: []), to: &book)
        try Self.tell(3, nil, as: Company.self, of: 2, to: &book)
        #expect(Self.holders(book, at: 4) == ["ann", "bea", "carl"])
        var another = Self.filing(by: "dan")
        another.founders = [Self.person("dan")]
        another.officers = [BoardSeat(person: Self.person("dan"), role: .ceo)]
        try Self.tell(5, another, by: .citizen, to: &book)
        #expect(Self.holders(book, at: 6) == ["dan"])
    }

    @Test func `a mandate counts that somebody who signs has given, until it is withdrawn`() throws {
        var book = MandateBook()
        func mandate(by giver: String, to holder: String) -> GrantedMandate {
            GrantedMandate(
                filedBy: Self.person(giver), kind: .powerOfAttorney, holder: Self.person(holder),
                scope: [.taxRegistration], from: Self.day, concerns: [])
        }
        try Self.tell(1, Self.company(.registered), to: &book)
        try Self.tell(2, mandate(by: "carl", to: "dan"), by: .citizen, to: &book)
        try Self.tell(3, mandate(by: "ann", to: "eva"), by: .citizen, to: &book)
        #expect(Self.holders(book, at: 4) == ["ann", "carl", "eva"])
        #expect(book.mandates(for: Self.firm).last?.mandateScope == [.taxRegistration])
        try Self.tell(6, mandate(by: "ann", to: "eva"), by: .citizen, change: .ceased, of: 3, to: &book)
        #expect(Self.holders(book, at: 6) == ["ann", "carl"])
    }

    @Test func `a sole trader's business is that of who registered it first`() throws {
        var book = MandateBook()
        func filing(_ person: String) -> TaxRegistrationFiling {
            TaxRegistrationFiling(
                filedBy: Self.person(person), form: .soleTrader, kinds: [.fTax], expectedTurnover: 1)
        }
        try Self.tell(1, filing("dan"), by: .citizen, to: &book)
        try Self.tell(2, filing("eva"), by: .citizen, to: &book)
        #expect(Self.holders(book, at: 3) == ["dan"])
        #expect(book.mandates(for: Self.firm).map(\.ground) == [.soleTrader])
    }
}
