import Foundation
import LifeEvents
import Testing

@Suite struct EventIDTests {
    private static let id = EventID.v7(milliseconds: 1_772_434_800_000, ordinal: 0xABC, hash62: 0x0123_4567_89AB_CDEF)

    @Test func `a version 7 id holds time, ordinal and hash`() {
        #expect(Self.id.description == "019cad58-bd80-7abc-8123-456789abcdef")
        #expect(Self.id.milliseconds == 1_772_434_800_000)
        #expect(Self.id.ordinal == 0xABC)
        #expect(Self.id.isVersion7)
        #expect(!Self.id.isForeign)
    }

    @Test func `a hash cannot spoil version and variant`() {
        let id = EventID.v7(milliseconds: 0, ordinal: 0, hash62: .max)
        #expect(id.description == "00000000-0000-7000-bfff-ffffffffffff")
        let custom = EventID.custom(hash: (.max, .max))
        #expect(custom.description == "ffffffff-ffff-8fff-bfff-ffffffffffff")
        #expect(custom.version == 8)
        #expect(!custom.isVersion7)
    }

    @Test func `ids sort by time, then by ordinal, and like their texts`() {
        var ids: [EventID] = []
        for (time, ordinal) in [(5, 0), (5, 1), (5, 4_095), (6, 0), (1 << 40, 0)] as [(Int64, UInt16)] {
            ids.append(.v7(milliseconds: time, ordinal: ordinal, hash62: UInt64(99 - ids.count)))
        }
        #expect(ids.sorted() == ids)
        #expect(ids.map(\.description).sorted() == ids.map(\.description))
    }

    @Test func `Foundation reads and writes the same text`() throws {
        var stream = RandomStream(state: 11)
        for _ in 0..<500 {
            let id = EventID.custom(hash: (stream.next(), stream.next()))
            let uuid = try #require(UUID(uuidString: id.description))
            #expect(uuid.uuidString.lowercased() == id.description)
            #expect(EventID(id.description) == id)
            #expect(EventID(high: id.high, low: id.low) == id)
        }
    }

    @Test(arguments: [
        "0f0e0d0c-0b0a-1908-0706-050403020100", "a3bb189e-8bf9-4888-9912-ace4e6543002",
        "ffffffff-ffff-8fff-ffff-ffffffffffff",
    ])
    func `a lower-case UUID of version 1 to 8 is kept as it is`(text: String) throws {
        let id = try #require(EventID(text: text))
        #expect(!id.isForeign)
        #expect(id.description == text)
    }

    @Test(arguments: [
        "1", "A3BB189E-8BF9-4888-9912-ACE4E6543002", "a3bb189e-8bf9-0888-9912-ace4e6543002",
        "a3bb189e-8bf9-9888-9912-ace4e6543002", "a3bb189e-8bf9-f888-9912-ace4e6543002",
        "a3bb189e8bf948889912ace4e6543002",
        "a3bb189e-8bf9-4888-9912-ace4e654300g", "a3bb189e-8bf9-4888-9912_ace4e6543002",
        "a3bb189e-8bf9-4888-9912-ace4e65430021",
        "a3bb189e-8bf9-4888-9912-ace4e654300:", "a3bb189e-8bf9-4888-9912-ace4e654300`", "åä",
        "00000000-0000-0000-0000-000000000000",
    ])
    func `any other text is an id and comes back unchanged`(text: String) throws {
        let id = try #require(EventID(text: text))
        #expect(id.isForeign)
        #expect(id.version == 15)
        #expect(!id.isVersion7)
        #expect(id.description == text)
        #expect(EventID(high: id.high, low: id.low) == id)
    }

    @Test func `no byte but a lower-case hexadecimal digit is taken for one`() {
        let text = Array("019cad67-f580-7abc-8123-456789abcdef".utf8)
        for index in text.indices {
            for byte in UInt8.min...UInt8.max {
                var changed = text
                changed[index] = byte
                guard let id = EventID(bytes: changed) else { continue }
                var written: [UInt8] = []
                id.write(into: &written)
                #expect(written == changed)
            }
        }
    }

    @Test func `an empty, a too long and a broken text are no ids`() {
        #expect(EventID(text: "") == nil)
        #expect(EventID(text: String(repeating: "x", count: 601)) == nil)
        #expect(EventID(bytes: [0xC0]) == nil)
    }

    @Test(arguments: [(0, 0), (0x9000, 0), (0xF000, 1)] as [(UInt64, UInt64)])
    func `numbers that stand for nothing are no id`(high: UInt64, low: UInt64) {
        #expect(EventID(high: high, low: low) == nil)
    }

    @Test(arguments: [(1, 1), (1, 200), (300, 1), (398, 200), (399, 200)])
    func `what is written of a pair of source and id reads as the same id`(source: Int, id: Int) throws {
        let pair = try #require(
            EventID.outside(source: String(repeating: "s", count: source), id: String(repeating: "i", count: id)))
        #expect(pair.description.utf8.count == source + id + 1)
        #expect(EventID(text: pair.description) == pair)
    }

    @Test func `ids are strings when encoded`() throws {
        let encoded = try JSONEncoder().encode([Self.id])
        #expect(String(decoding: encoded, as: UTF8.self) == "[\"\(Self.id)\"]")
        #expect(try JSONDecoder().decode([EventID].self, from: encoded) == [Self.id])
    }

    @Test func `the digits of an id name it, and those of a foreign one before its text is known`() throws {
        let own = EventID.v7(milliseconds: 1_767_225_600_000, ordinal: 7, hash62: 99)
        #expect(EventID(digits: "\(own)") == own)
        let foreign = try #require(EventID.outside(source: "/outside/digits", id: "1"))
        func hex(_ word: UInt64) -> [Character] {
            let text = String(word, radix: 16)
            return Array(String(repeating: "0", count: 16 - text.count) + text)
        }
        let digits = hex(foreign.high) + hex(foreign.low)
        let text = [digits[0..<8], digits[8..<12], digits[12..<16], digits[16..<20], digits[20..<32]]
            .map { String($0) }.joined(separator: "-")
        #expect(EventID(digits: text) == foreign)
        for wrong in ["", "1", text.dropLast() + "g", text.replacing("-", with: ""), "+" + text.dropFirst()] {
            #expect(EventID(digits: String(wrong)) == nil, "\(wrong)")
        }
    }
}
