import LifeEvents

/// Numbers for a few hundred names given as bytes; looking up a known name makes no string.
struct NameTable {
    private var names: [[UInt8]] = []
    private var numbers: [Int64] = []
    /// Places in `names`, -1 for free; a power of two, at most half full.
    private var slots = [Int32](repeating: -1, count: 64)

    /// How many names there are.
    var count: Int { names.count }

    /// The number of a name; nil if it is new.
    func number(of name: UnsafeRawBufferPointer) -> Int64? {
        let place = slots[slot(of: name)]
        return place >= 0 ? numbers[Int(place)] : nil
    }

    /// Adds a name that is not there yet.
    mutating func add(_ name: UnsafeRawBufferPointer, number: Int64) {
        if names.count * 2 >= slots.count { grow() }
        slots[slot(of: name)] = Int32(names.count)
        names.append(Array(name))
        numbers.append(number)
    }

    /// The slot where the name is, or where it would go.
    private func slot(of name: UnsafeRawBufferPointer) -> Int {
        let hash = SipHash24.hash(bytes: name, key: .init(1, 2))
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] >= 0, !names[Int(slots[slot])].elementsEqual(name) {
            slot = (slot + 1) & (slots.count - 1)
        }
        return slot
    }

    private mutating func grow() {
        slots = [Int32](repeating: -1, count: slots.count * 2)
        for (place, name) in names.enumerated() {
            name.withUnsafeBytes { slots[slot(of: $0)] = Int32(place) }
        }
    }
}
