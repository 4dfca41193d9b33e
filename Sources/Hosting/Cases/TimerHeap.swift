import LifeEvents

/// A binary heap of due times, each with the slot of the case it belongs to. Stale entries are dropped by the reader.
struct TimerHeap {
    private var entries: [(due: Instant, slot: Int)] = []

    var first: (Instant, Int)? { entries.first.map { ($0.due, $0.slot) } }

    /// How many entries there are, stale ones among them.
    var count: Int { entries.count }

    /// Keeps the entries that hold, and gives back the memory of the others.
    mutating func removeStale(_ holds: (_ due: Instant, _ slot: Int) -> Bool) {
        let kept = entries.filter { holds($0.due, $0.slot) }
        // In rising order every parent comes before its children.
        entries = kept.sorted { ($0.due, $0.slot) < ($1.due, $1.slot) }
    }

    mutating func insert(_ due: Instant, _ slot: Int) {
        entries.append((due, slot))
        var child = entries.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard precedes(child, parent) else { return }
            entries.swapAt(child, parent)
            child = parent
        }
    }

    mutating func removeFirst() {
        entries.swapAt(0, entries.count - 1)
        entries.removeLast()
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < entries.count && precedes(child, least) {
                least = child
            }
            guard least != parent else { return }
            entries.swapAt(parent, least)
            parent = least
        }
    }

    private func precedes(_ left: Int, _ right: Int) -> Bool {
        (entries[left].due, entries[left].slot) < (entries[right].due, entries[right].slot)
    }
}
