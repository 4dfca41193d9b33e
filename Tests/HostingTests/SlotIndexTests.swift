import LifeEvents
import Testing

@testable import Hosting

/// A case is found by its key, whatever came and went before it.
@Suite struct SlotIndexTests {
    private static func key(_ number: Int) -> CaseKey {
        // Few subjects and many worlds, and the other way round: keys that lie close together.
        CaseKey(
            world: Int32(number % 7), agency: .kommun(number % 3),
            subject: Subject(seed: 1, scenario: "", case: "", name: "\(number / 21)"))
    }

    @Test(arguments: [UInt64(1), 2, 3, 4, 5])
    func `an index agrees with a dictionary through thousands of cases that come and go`(seed: UInt64) {
        var stream = RandomStream(state: seed)
        var keys = CaseKeys()
        var index = SlotIndex()
        var known: [CaseKey: Int] = [:]
        var free: [Int] = []
        var slots = 0
        for step in 0..<20_000 {
            let key = Self.key(stream.uniform(below: 3_000))
            #expect(index.slot(of: key, in: keys) == known[key], "seed \(seed), step \(step)")
            if let slot = known[key] {
                // More come than go at first, later more go.
                guard stream.uniform(below: 100) < (step < 10_000 ? 30 : 80) else { continue }
                index.remove(slot, keys)
                known[key] = nil
                free.append(slot)
            } else {
                let slot = free.popLast() ?? slots
                if slot == slots { slots += 1 }
                if slot == keys.count { keys.appendPage() }
                keys[slot] = key
                index.insert(slot, keys)
                known[key] = slot
            }
        }
        for number in 0..<3_000 {
            #expect(index.slot(of: Self.key(number), in: keys) == known[Self.key(number)])
        }
    }
}
