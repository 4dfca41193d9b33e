/// Finds keys that stand twice in an object.
enum DuplicateKeys {
    /// Up to so many keys each new one is compared with those before it; larger objects get a hash table when they end.
    static let filterLimit: UInt32 = 32

    /// Compares the key at `key` with the earlier keys of its object.
    @inline(never)
    static func search(
        object: UInt32, key: UInt32, _ storage: UnsafeMutablePointer<TapeStorage>
    ) throws(JSONError) {
        let token = storage.pointee.tokens[Int(key)]
        let bytes = storage.pointee.keyText(token)
        var earlier = object &+ 1
        while earlier < key {
            if storage.pointee.isKey(earlier, bytes, Int(token.length), hash: token.info) {
                throw JSONError(reason: .duplicateKey, offset: token.offset)
            }
            earlier = storage.pointee.tokens[Int(earlier) &+ 1].next
        }
    }

    /// Compares all keys of an object that ends before the token `end`.
    ///
    /// The table uses the standard library's hash, which is seeded anew in each process, so a sender cannot choose
    /// keys that all land in the same slot.
    @inline(never)
    static func check(
        object: UInt32, end: Int, _ storage: UnsafeMutablePointer<TapeStorage>
    ) throws(JSONError) {
        let keys = Int(storage.pointee.tokens[Int(object)].info)
        var slots = 64
        while slots < keys * 2 { slots *= 2 }
        storage.pointee.clearTable(slots)
        var key = object &+ 1
        while Int(key) < end {
            let token = storage.pointee.tokens[Int(key)]
            let bytes = storage.pointee.keyText(token)
            var hasher = Hasher()
            hasher.combine(bytes: UnsafeRawBufferPointer(start: bytes, count: Int(token.length)))
            var slot = hasher.finalize() & (slots - 1)
            while storage.pointee.table[slot] != Token.none {
                if storage.pointee.isKey(storage.pointee.table[slot], bytes, Int(token.length), hash: token.info) {
                    throw JSONError(reason: .duplicateKey, offset: token.offset)
                }
                slot = (slot + 1) & (slots - 1)
            }
            storage.pointee.table[slot] = key
            key = storage.pointee.tokens[Int(key) &+ 1].next
        }
    }
}
