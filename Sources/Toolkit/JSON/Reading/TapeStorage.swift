/// The buffers behind a tape. They are kept from one message to the next and only grow.
struct TapeStorage {
    /// The message, owned by the caller.
    var source: UnsafeRawPointer
    var tokens: UnsafeMutablePointer<Token>
    var tokenCapacity: Int
    /// Text of strings that had escapes.
    var scratch: UnsafeMutablePointer<UInt8>
    var scratchCapacity: Int
    /// For each open object 64 bits of the hashes of its keys: a clear bit proves a key new.
    var filters: UnsafeMutablePointer<UInt64>
    /// Slots of the hash table for objects of many keys.
    var table: UnsafeMutablePointer<UInt32>
    var tableCapacity: Int

    init() {
        tokenCapacity = 64
        tokens = .allocate(capacity: tokenCapacity)
        scratchCapacity = 0
        scratch = .allocate(capacity: 0)
        filters = .allocate(capacity: JSONTape.depthLimit)
        tableCapacity = 0
        table = .allocate(capacity: 0)
        source = UnsafeRawPointer(tokens)
        clear()
    }

    func deallocate() {
        tokens.deallocate()
        scratch.deallocate()
        filters.deallocate()
        table.deallocate()
    }

    /// Leaves a lone `null`, so that the root can be read even when there is no message.
    mutating func clear() {
        source = UnsafeRawPointer(tokens)
        tokens.initialize(to: Token(.null, at: 0, length: 0, next: 1, info: 0))
    }

    /// Room for at least double the tokens; the first `count` are kept.
    mutating func growTokens(keeping count: Int) {
        let larger = UnsafeMutablePointer<Token>.allocate(capacity: tokenCapacity * 2)
        larger.moveInitialize(from: tokens, count: count)
        tokens.deallocate()
        tokens = larger
        tokenCapacity *= 2
    }

    /// Room for `count` bytes of decoded text. Called before the first escape of a message, so nothing is kept.
    mutating func reserveScratch(_ count: Int) {
        guard count > scratchCapacity else { return }
        scratch.deallocate()
        scratchCapacity = count
        scratch = .allocate(capacity: count)
    }

    /// A table of `count` empty slots.
    mutating func clearTable(_ count: Int) {
        if count > tableCapacity {
            table.deallocate()
            tableCapacity = count
            table = .allocate(capacity: count)
        }
        table.update(repeating: Token.none, count: count)
    }

    @inline(__always)
    func keyText(_ token: Token) -> UnsafeRawPointer {
        (token.is(.string) ? source : UnsafeRawPointer(scratch)) + Int(token.next)
    }

    @inline(__always)
    func text(_ token: Token) -> UnsafeRawPointer {
        (token.is(.string) ? source : UnsafeRawPointer(scratch)) + Int(token.info)
    }

    /// Whether the key at `index` is `count` bytes that equal `bytes`.
    @inline(__always)
    func isKey(_ index: UInt32, _ bytes: UnsafeRawPointer, _ count: Int, hash: UInt32) -> Bool {
        let token = tokens[Int(index)]
        return token.info == hash && Int(token.length) == count && sameBytes(keyText(token), bytes, count)
    }
}
