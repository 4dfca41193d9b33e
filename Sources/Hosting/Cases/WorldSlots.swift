/// The slots of each world's cases: each slot knows the one that was added before it, 4 bytes, and a world its last one.
///
/// A list for each world takes some 80 bytes, and a world has cases at a dozen agencies.
struct WorldSlots {
    private var last: [Int32: Int32] = [:]
    /// By slot: the slot of the same world that was added before it; -1 for the first.
    private var previous = PagedArray(repeating: Int32(-1))

    mutating func appendPage() { previous.appendPage() }

    /// Adds a slot, for which there is room.
    mutating func add(_ slot: Int, to world: Int32) {
        previous[slot] = last[world] ?? -1
        last[world] = Int32(slot)
    }

    /// The slots of a world, in the order in which they were added.
    func slots(of world: Int32) -> [Int] {
        var slots: [Int] = []
        // order-free: the value of one key
        var slot = last[world] ?? -1
        while slot >= 0 {
            slots.append(Int(slot))
            slot = previous[Int(slot)]
        }
        slots.reverse()
        return slots
    }

    /// Forgets a world; its slots, as ``slots(of:)`` gives them.
    mutating func remove(_ world: Int32) -> [Int] {
        defer { last[world] = nil }
        return slots(of: world)
    }

    /// Forgets all worlds.
    mutating func removeAll() { last.removeAll() }
}
