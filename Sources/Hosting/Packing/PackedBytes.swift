/// The bytes of packed values, written and read at one place each.
///
/// Memory of its own instead of an array: a value is written in a dozen steps of a few bytes.
struct PackedBytes: ~Copyable {
    private var memory: UnsafeMutableRawPointer
    private var capacity: Int
    /// How many bytes there are.
    private(set) var count = 0
    /// Where the next value is read.
    private(set) var position = 0

    init() {
        capacity = 4_096
        memory = .allocate(byteCount: capacity, alignment: 16)
    }

    deinit { memory.deallocate() }

    /// The bytes.
    var written: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: memory, count: count) }

    /// Whether everything has been read.
    var isAtEnd: Bool { position == count }

    /// Forgets everything, and keeps the memory.
    mutating func removeAll() {
        count = 0
        position = 0
    }

    /// Takes bytes in place of all others, to be read from the beginning.
    mutating func set(count: Int, _ fill: (UnsafeMutableRawBufferPointer) throws -> Void) rethrows {
        removeAll()
        makeRoom(count)
        try fill(UnsafeMutableRawBufferPointer(start: memory, count: count))
        self.count = count
    }

    @inline(__always)
    mutating func write(_ byte: UInt8) {
        makeRoom(1)
        memory.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
        count += 1
    }

    @inline(__always)
    mutating func write(_ source: UnsafeRawPointer, _ length: Int) {
        makeRoom(length)
        (memory + count).copyMemory(from: source, byteCount: length)
        count += length
    }

    /// Writes a count: seven bits a byte, the lowest first.
    mutating func write(length: Int) {
        precondition(length >= 0, "nothing has less than no elements")
        var rest = length
        while rest > 0x7F {
            write(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        write(UInt8(rest))
    }

    /// The next byte without reading it; 0 at the end.
    @inline(__always)
    var next: UInt8 { position < count ? memory.load(fromByteOffset: position, as: UInt8.self) : 0 }

    @inline(__always)
    mutating func skip() { position += 1 }

    /// Reads so many bytes.
    @inline(__always)
    mutating func read(_ length: Int) throws(PackingError) -> UnsafeRawPointer {
        guard length <= count - position else { throw .damaged }
        defer { position += length }
        return UnsafeRawPointer(memory + position)
    }

    mutating func readLength() throws(PackingError) -> Int {
        var (length, shift) = (0, 0)
        while true {
            let byte = try read(1).load(as: UInt8.self)
            length |= Int(byte & 0x7F) << shift
            guard byte > 0x7F else { return length }
            shift += 7
            guard shift < 56 else { throw .damaged }
        }
    }

    @inline(__always)
    private mutating func makeRoom(_ length: Int) {
        if count + length > capacity { grow(count + length) }
    }

    private mutating func grow(_ needed: Int) {
        capacity = max(needed, capacity * 2)
        let larger = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 16)
        larger.copyMemory(from: memory, byteCount: count)
        memory.deallocate()
        memory = larger
    }
}

/// Why a value cannot be packed, or not be read again.
enum PackingError: Error {
    /// Its type encodes itself in a way that has no packed form: such a case stays in memory.
    case unsupported
    /// The bytes are not those of a value of its type.
    case damaged
}

/// Memory for values on their way, the last one given back first: to ask the system for it costs more than most values.
struct Scratch: ~Copyable {
    /// Cases take some kilobytes, with all that is read within them; what finds no room is asked for.
    private static let size = 1 << 18
    private static let alignment = 16

    private let memory = UnsafeMutableRawPointer.allocate(byteCount: Scratch.size, alignment: Scratch.alignment)
    private var used = 0

    deinit { memory.deallocate() }

    @inline(__always)
    mutating func take(_ size: Int, alignment: Int) -> UnsafeMutableRawPointer {
        let needed = (max(size, 1) + Self.alignment - 1) & ~(Self.alignment - 1)
        guard used + needed <= Self.size, alignment <= Self.alignment else {
            return .allocate(byteCount: needed, alignment: max(alignment, Self.alignment))
        }
        defer { used += needed }
        return memory + used
    }

    /// Gives back what was taken last of what was not yet given back.
    @inline(__always)
    mutating func give(_ place: UnsafeMutableRawPointer) {
        let offset = place - memory
        guard offset >= 0, offset < Self.size else { return place.deallocate() }
        precondition(offset < used, "what is given back was taken")
        used = offset
    }
}
