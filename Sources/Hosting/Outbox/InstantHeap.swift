package import LifeEvents

/// Distinct instants, the earliest first.
package struct InstantHeap {
    private var sorted: [Instant] = []

    package init() {}

    package var first: Instant? { sorted.last }

    package mutating func insert(_ instant: Instant) {
        // Kept in falling order: most insertions are near the end, where the next instants stand.
        let place = sorted.partitioningIndex { $0 <= instant }
        if place < sorted.count, sorted[place] == instant { return }
        sorted.insert(instant, at: place)
    }

    package mutating func remove(_ instant: Instant) {
        if let place = sorted.lastIndex(of: instant) { sorted.remove(at: place) }
    }
}

extension Array {
    /// The first place whose element belongs to the second part, in an array whose elements are so parted.
    package func partitioningIndex(where belongsToSecondPart: (Element) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if belongsToSecondPart(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
