import LifeEvents

/// Finds a case's slot by its key: open addressing with linear probing over slot numbers, four bytes each.
///
/// The keys stand in the table of cases, so that each is kept once; a dictionary of 400,000 cases takes 30 MB.
struct SlotIndex {
    private var buckets = [Int32](repeating: -1, count: 16)
    private var count = 0

    /// The slot of a key; nil if there is none.
    func slot(of key: CaseKey, in keys: CaseKeys) -> Int? {
        var place = home(of: key)
        while buckets[place] >= 0 {
            let slot = Int(buckets[place])
            if keys.holds(key, in: slot) { return slot }
            place = next(place)
        }
        return nil
    }

    /// Adds the key that stands in a slot; it must not be there.
    mutating func insert(_ slot: Int, _ keys: CaseKeys) {
        // Beyond two thirds, searches grow long.
        if (count + 1) * 3 > buckets.count * 2 { grow(keys) }
        place(Int32(slot), keys[slot])
        count += 1
    }

    /// Takes the key away that stands in a slot.
    mutating func remove(_ slot: Int, _ keys: CaseKeys) {
        var hole = home(of: keys[slot])
        while buckets[hole] != slot {
            precondition(buckets[hole] >= 0, "a case that is forgotten was known")
            hole = next(hole)
        }
        count -= 1
        // What stands behind moves up, unless it would come before its home: no search may meet a gap.
        var place = next(hole)
        while buckets[place] >= 0 {
            let distance = (place - home(of: keys[Int(buckets[place])])) & (buckets.count - 1)
            if distance >= (place - hole) & (buckets.count - 1) {
                buckets[hole] = buckets[place]
                hole = place
            }
            place = next(place)
        }
        buckets[hole] = -1
    }

    private mutating func grow(_ keys: CaseKeys) {
        let old = buckets
        buckets = [Int32](repeating: -1, count: old.count * 2)
        for slot in old where slot >= 0 { place(slot, keys[Int(slot)]) }
    }

    private mutating func place(_ slot: Int32, _ key: CaseKey) {
        var place = home(of: key)
        while buckets[place] >= 0 { place = next(place) }
        buckets[place] = slot
    }

    private func next(_ place: Int) -> Int { (place + 1) & (buckets.count - 1) }

    /// A subject's key is a hash already; multiplying spreads what is the same in many keys.
    private func home(of key: CaseKey) -> Int {
        let words = key.agency.words
        var hash = key.subject.rawValue ^ UInt64(UInt32(bitPattern: key.world)) &* 0x9E37_79B9_7F4A_7C15
        hash = (hash ^ words.0 ^ (words.1 &* 0xBF58_476D_1CE4_E5B9)) &* 0x94D0_49BB_1331_11EB
        return Int(truncatingIfNeeded: (hash ^ (hash >> 31)) & UInt64(buckets.count - 1))
    }
}
