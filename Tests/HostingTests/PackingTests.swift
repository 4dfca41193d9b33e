@testable import AgencyKit
import JSON
import LifeEvents
import Testing

@testable import Hosting

/// A case that was put away comes back as it was; a type that cannot be packed is found out.
@Suite struct PackingTests {
    enum Ground: Codable, Equatable, Sendable {
        case none
        case moved(to: String, on: Day?)
        case told([Subject])
    }

    struct Detail: CasePart {
        var name: String?
        var days: [Day] = []
        var chains: [FactChain<Day>] = []
    }

    struct Paid: Codable, Equatable, Sendable {
        var month: Month
        var amount: Int
        var chain: ChainHead
    }

    struct Whole: AgencyCase {
        var text = ""
        var isOpen = false
        var day: Day?
        var subject: Subject?
        var ids: [EventID] = []
        var ground: Ground?
        var grounds: [Ground] = []
        var paid: [Paid] = []
        @Part var detail: Detail
        @Part var death: FactChain<Day>
        var residence = FactChain<String>()
        var texts: [String?] = []
        var nested: [[Int]] = []
    }

    struct Dictionaried: AgencyCase {
        var counts: [String: Int] = [:]
    }

    /// Reads its fields in another order than it writes them; with texts in it, it has no plain memory.
    enum Turned: Codable, Equatable, Sendable {
        case both(String?, String?)
        case none

        enum Key: CodingKey { case first, second }

        init(from decoder: any Decoder) throws {
            let fields = try decoder.container(keyedBy: Key.self)
            let second = try fields.decodeIfPresent(String.self, forKey: .second)
            self = .both(try fields.decodeIfPresent(String.self, forKey: .first), second)
        }

        func encode(to encoder: any Encoder) throws {
            var fields = encoder.container(keyedBy: Key.self)
            guard case .both(let first, let second) = self else { return }
            try fields.encodeIfPresent(first, forKey: .first)
            try fields.encodeIfPresent(second, forKey: .second)
        }
    }

    struct Turning: AgencyCase {
        var turned = Turned.both("a", "b")
    }

    /// A structure with itself in it, and with fields of many sizes.
    struct Branching: AgencyCase {
        var small: UInt8 = 1
        var large = 2
        var flag: Bool?
        var name = "stem"
        var odd: Int16 = 3
        var twigs: [Branching] = []
        @Part var detail: Detail
    }

    private static func id(_ number: UInt64) -> EventID {
        EventID.v7(milliseconds: 1_800_000_000_000, ordinal: 1, hash62: number)
    }

    private static func subject(_ number: UInt64) -> Subject {
        Subject(seed: 1, scenario: "packing", case: "\(number)", name: "p")
    }

    /// A case in which each part may be there or not.
    private static func made(_ stream: inout RandomStream) -> Whole {
        func some() -> Bool { stream.uniform(below: 2) == 0 }
        func number(_ most: Int) -> Int { stream.uniform(below: most) }
        func day() -> Day { Day.earliest.adding(days: number(20_000)) }
        func text() -> String { String(repeating: "åb\u{1F600}", count: number(12)) }
        func chain() -> FactChain<Day> { some() ? FactChain(id(UInt64(number(1_000))), day()) : FactChain() }
        func ground() -> Ground {
            switch number(3) {
            case 0: .none
            case 1: .moved(to: text(), on: some() ? day() : nil)
            default: .told((0..<number(4)).map { subject(UInt64($0)) })
            }
        }
        var whole = Whole()
        whole.text = text()
        whole.isOpen = some()
        whole.day = some() ? day() : nil
        whole.subject = some() ? subject(7) : nil
        whole.ids = (0..<number(300)).map { id(UInt64($0)) }
        whole.ground = some() ? ground() : nil
        whole.grounds = (0..<number(4)).map { _ in ground() }
        whole.paid = (0..<number(30)).map {
            Paid(month: Month(of: day()), amount: $0 * 625 - 40, chain: some() ? ChainHead(id(9)) : ChainHead())
        }
        if some() {
            whole.detail.name = some() ? text() : nil
            whole.detail.days = (0..<number(5)).map { _ in day() }
            whole.detail.chains = (0..<number(5)).map { _ in chain() }
        }
        if some() { whole.death = chain() }
        if some() { whole.residence = FactChain(id(3), text()) }
        whole.texts = (0..<number(4)).map { _ in some() ? text() : nil }
        whole.nested = (0..<number(4)).map { Array(0..<$0) }
        return whole
    }

    @Test(arguments: [1, 2, 3, 4] as [UInt64]) func `what was packed is read as it was`(seed: UInt64) throws {
        var stream = RandomStream(state: seed)
        let packing = PackingState()
        for _ in 0..<500 {
            let whole = Self.made(&stream)
            try packing.pack(whole)
            // A part that is as at its beginning was never touched, for who reads it.
            let restored = try JSONTape.reading(Array(JSONWriter.string(encoding: whole).utf8)) {
                try $0.decode(Whole.self)
            }
            let read = try packing.unpack(Whole.self)
            #expect(try JSONWriter.string(encoding: read) == JSONWriter.string(encoding: restored))
        }
    }

    @Test func `a structure that has itself in it comes back, branch by branch`() throws {
        let packing = PackingState()
        var tree = Branching()
        for level in 0..<20 {
            var next = Branching()
            next.small = UInt8(level)
            next.flag = level % 3 == 0 ? nil : level % 2 == 0
            next.odd = Int16(-level)
            next.name = String(repeating: "å", count: level)
            if level % 4 == 1 { next.detail.days = [Day.earliest.adding(days: level)] }
            next.twigs = [tree, Branching()]
            tree = next
        }
        try packing.pack(tree)
        let read = try packing.unpack(Branching.self)
        #expect(try JSONWriter.string(encoding: read) == JSONWriter.string(encoding: tree))
    }

    @Test func `a structure is packed as its fields, not as it encodes itself`() throws {
        let packing = PackingState()
        #expect(packing.packing(of: Branching.self) is StructurePacking)
        #expect(packing.packing(of: FactChain<Day>.self) is StructurePacking)
        #expect(!(packing.packing(of: [String: Int].self) is StructurePacking))
        #expect(!(packing.packing(of: Ground.self) is StructurePacking))
    }

    @Test func `a chain with former events, an end and what waits comes back`() throws {
        let packing = PackingState()
        var chain = FactChain(Self.id(1), Day.earliest)
        _ = try chain.move(Self.id(2), .corrected, Self.id(1), Day.earliest.adding(days: 1))
        _ = try chain.move(Self.id(3), .ceased, Self.id(2), Day.earliest.adding(days: 9))
        _ = try chain.move(Self.id(5), .annulled, Self.id(4), nil)
        #expect(chain.waitingCount == 1)
        for own in [chain, FactChain(), FactChain(Self.id(1), Day.earliest)] {
            try packing.pack(own)
            #expect(try packing.unpack(FactChain<Day>.self) == own)
        }
    }

    @Test func `bytes that end too early, or too late, are no case`() throws {
        let packing = PackingState()
        var stream = RandomStream(state: 9)
        try packing.pack(Self.made(&stream))
        let bytes = Array(packing.bytes.written)
        for count in [0, 1, bytes.count / 2, bytes.count - 1] {
            packing.bytes.set(count: count) { $0.copyBytes(from: bytes.prefix(count)) }
            #expect(throws: PackingError.self) { try packing.unpack(Whole.self) }
        }
        packing.bytes.set(count: bytes.count + 1) { $0.copyBytes(from: bytes + [0]) }
        #expect(throws: PackingError.self) { try packing.unpack(Whole.self) }
    }

    @Test func `a case with a dictionary, or one that reads in another order than it writes, stays in memory`() {
        let shelf = CaseShelf(ShelfFile(folder: "/nowhere"), PackingState())
        var dictionaried = Dictionaried()
        dictionaried.counts = ["a": 1]
        #expect(shelf.put(dictionaried) == nil)
        #expect(CaseShelf(ShelfFile(folder: "/nowhere"), PackingState()).put(Turning()) == nil)
    }
}
