import JSON
import LifeEvents
import Testing

import AgencyKit
@testable import Hosting

/// A checkpoint's pages: what stands in them is what a resumed run knows.
@Suite struct CaseLogTests {
    /// Plays checkpoints over some cases, each of which is changed, ended or left alone at random.
    private struct Play {
        var log = CasePageLog()
        /// What the file holds: by page the slots with their version; -1 for gone.
        var pages: [Int64: [(slot: Int32, version: Int)]] = [:]
        var versions: [Int32: Int] = [:]
        var changed: Set<Int32> = []
        var largest = 0

        mutating func checkpoint() {
            var dropped: [Int64] = []
            var again: [Int32] = []
            log.clean { page, slot in
                if let slot { again.append(slot) } else { dropped.append(page) }
            }
            changed.formUnion(again)
            for page in dropped { pages[page] = nil }
            let written = changed.sorted().filter { versions[$0] != nil || log.holds(Int($0)) }
            let number = log.add(slots: written) { versions[$0] != nil }
            pages[number] = written.map { ($0, versions[$0] ?? -1) }
            changed = []
            largest = max(largest, pages.values.map(\.count).reduce(0, +))
        }

        /// What reading the pages in the order of their numbers gives.
        var restored: [Int32: Int] {
            var found: [Int32: Int] = [:]
            for number in pages.keys.sorted() {
                for entry in pages[number] ?? [] { found[entry.slot] = entry.version < 0 ? nil : entry.version }
            }
            return found
        }
    }

    @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
    func `the pages of all checkpoints give the newest version of each case and nothing that is gone`(
        seed: UInt64
    ) {
        var stream = RandomStream(state: seed)
        var play = Play()
        for round in 0..<400 {
            for _ in 0..<stream.uniform(below: 200) {
                let slot = Int32(stream.uniform(below: 3_000))
                play.changed.insert(slot)
                play.versions[slot] = stream.uniform(below: 4) == 0 ? nil : round
            }
            play.checkpoint()
            #expect(play.restored == play.versions)
        }
        // At most twice the living cases, the slack of a small log, and one checkpoint's own.
        #expect(play.largest < 2 * 3_000 + 4_096 + 400)
    }

    @Test func `a log that was read back goes on as the one that wrote it`() {
        var play = Play()
        for slot in 0..<100 as Range<Int32> {
            play.versions[slot] = 1
            play.changed.insert(slot)
        }
        play.checkpoint()
        var read = CasePageLog()
        for number in play.pages.keys.sorted() {
            read.note(page: number, slots: play.pages[number]?.map(\.slot) ?? []) { play.versions[$0] != nil }
        }
        #expect(read.add(slots: [1]) { _ in true } == play.log.add(slots: [1]) { _ in true })
        #expect(read.holds(99))
        #expect(!read.holds(100))
    }
}

@Suite struct PartTests {
    struct Visits: CasePart {
        var count = 0
        var names: [String] = []
    }

    struct House: Codable {
        @Part var visits: Visits
        @Part var repairs: Visits
    }

    @Test func `a part is kept only once it was changed`() throws {
        var house = House()
        house.visits.count = 2
        let text = try JSONText.of(house)
        #expect(text == #"{"visits":{"count":2,"names":[]}}"#)
        let again = try JSONText.read(text, as: House.self)
        #expect(again.visits == house.visits)
        #expect(again.repairs == Visits())
    }

    @Test func `a copy of a case does not see what is changed in the other`() {
        var house = House()
        house.visits.names.append("Ek")
        let copy = house
        house.visits.names.append("Alm")
        #expect(copy.visits.names == ["Ek"])
        #expect(house.visits.names == ["Ek", "Alm"])
    }
}

private enum JSONText {
    static func of(_ value: some Encodable) throws -> String { try JSONWriter.string(encoding: value) }

    static func read<Value: Decodable>(_ text: String, as type: Value.Type) throws -> Value {
        try JSONTape.reading(text) { try $0.decode(Value.self) }
    }
}
