/// The values of an instant's messages, in chunks that never move: one array that doubles takes three times the memory of
/// what it holds at the moment at which it grows, and is copied as a whole when a checkpoint still holds it while the next
/// message comes. On a day on which benefits are paid an instant has a hundred megabytes: all but the newest chunks stand in
/// a file then, where there is a place for one.
public struct MessageBytes: Sendable {
    /// A chunk ends when it has so many bytes, or before a value that it has no room for; a larger value has a chunk of its
    /// own.
    public static let chunkSize = 1 << 20

    /// So large is the first chunk of an instant of which nothing is known, bytes.
    private static let firstChunk = 4_096

    /// So many whole chunks stay in memory: an instant of tens of thousands of messages needs no file.
    static let mostInMemory = 16

    /// The chunks; those that stand in the file are empty.
    @usableFromInline var chunks: [[UInt8]] = []
    /// So many of the first chunks stand in the file.
    @usableFromInline var inFile = 0
    private var overflow: Overflow?
    /// So many bytes there are in all.
    public private(set) var count = 0

    /// No bytes.
    /// - Parameter room: where there is room for what is too much for memory; nil: all stays there.
    init(_ room: OverflowRoom? = nil) { overflow = room.map { Overflow(room: $0) } }

    /// Adds a value.
    /// - Parameters:
    ///   - growsFast: whether much more is likely to come soon; else a chunk takes hardly more than it needs.
    ///   - spares: memory that may be used.
    /// - Returns: where it stands.
    mutating func append(_ value: UnsafeRawBufferPointer, growsFast: Bool, _ spares: inout SpareChunks) -> Int {
        if growsFast { useSpare(for: value.count, &spares) }
        return write(value.count, growsFast: growsFast) { $0.append(contentsOf: value) }
    }

    private mutating func useSpare(for length: Int, _ spares: inout SpareChunks) {
        let used = chunks.last?.count ?? 0
        guard used + length > chunks.last?.capacity ?? 0 else { return }
        if chunks.isEmpty || used + length > Self.chunkSize {
            if let spare = spares.take(length) { begin(with: spare) }
        } else if var spare = spares.take(used + length) {
            spare += chunks[chunks.count - 1]
            chunks[chunks.count - 1] = spare
        }
    }

    /// Adds a value of a known length that is written by somebody else.
    /// - Returns: where it stands.
    mutating func write(_ length: Int, growsFast: Bool, _ body: (inout [UInt8]) -> Void) -> Int {
        makeRoom(for: length, growsFast)
        let last = chunks.count - 1
        let offset = chunks[last].count
        body(&chunks[last])
        precondition(chunks[last].count == offset + length, "a value has the length that was said")
        count += length
        return last << Self.offsetBits | offset
    }

    private mutating func makeRoom(for length: Int, _ growsFast: Bool) {
        guard let last = chunks.last else { return begin(growsFast ? max(length, Self.firstChunk) : length) }
        let needed = last.count + length
        guard needed > last.capacity else { return }
        // What follows a whole chunk is as large as that, more often than not.
        guard needed <= Self.chunkSize else { return begin(growsFast ? max(length, Self.chunkSize) : length) }
        let room = growsFast ? needed * 2 : needed + needed / 4
        chunks[chunks.count - 1].reserveCapacity(min(room, Self.chunkSize))
    }

    private mutating func begin(_ capacity: Int) {
        begin(with: [])
        chunks[chunks.count - 1].reserveCapacity(capacity)
    }

    private mutating func begin(with chunk: [UInt8]) {
        if chunks.count - inFile >= Self.mostInMemory, overflow?.put(chunks[inFile]) ?? false {
            chunks[inFile] = []
            inFile += 1
        }
        chunks.append(chunk)
    }

    /// How much memory the chunks hold, bytes.
    var capacity: Int { chunks.reduce(0) { $0 + $1.capacity } }

    /// Why values that stand in the file cannot be read, if that is so.
    var failure: ShelfError? { overflow?.room.failure }

    /// Where a value stands has the number of its chunk above so many bits, and its place there below.
    @usableFromInline static var offsetBits: Int { 40 }

    /// Lends a value. One that stands in the file and cannot be read is empty; the room says so.
    @inlinable public func withBytes<Result>(
        start: Int, count: Int, _ body: (UnsafeRawBufferPointer) throws -> Result
    ) rethrows -> Result {
        guard start >> Self.offsetBits >= inFile else { return try withBytesOfFile(start, count, body) }
        return try chunks[start >> Self.offsetBits].withUnsafeBytes { chunk in
            let offset = start & (1 << Self.offsetBits - 1)
            return try body(UnsafeRawBufferPointer(rebasing: chunk[offset..<offset + count]))
        }
    }

    @usableFromInline func withBytesOfFile<Result>(
        _ start: Int, _ count: Int, _ body: (UnsafeRawBufferPointer) throws -> Result
    ) rethrows -> Result {
        try withUnsafeTemporaryAllocation(byteCount: count, alignment: 16) { bytes in
            let offset = start & (1 << Self.offsetBits - 1)
            let isRead = overflow?.read(start >> Self.offsetBits, offset, into: bytes) ?? false
            return try body(UnsafeRawBufferPointer(rebasing: bytes[0..<(isRead ? count : 0)]))
        }
    }
}

/// Memory of buckets that were published, for the next.
struct SpareChunks {
    private var chunks: [[UInt8]] = []

    /// So many chunks are kept; what an instant out of the ordinary had is given back.
    private static let most = 4

    /// How much memory the chunks hold, bytes.
    var capacity: Int { chunks.reduce(0) { $0 + $1.capacity } }

    /// Takes back the memory of values that are done with.
    mutating func give(_ bytes: consuming MessageBytes) {
        var given: [[UInt8]] = []
        swap(&given, &bytes.chunks)
        while chunks.count < Self.most, var chunk = given.popLast() {
            // An allocation is rounded up to pages.
            guard chunk.capacity > 0, chunk.capacity <= MessageBytes.chunkSize + MessageBytes.chunkSize / 64 else {
                continue
            }
            chunk.removeAll(keepingCapacity: true)
            chunks.append(chunk)
        }
    }

    /// Empty memory for so many bytes; nil if there is none.
    mutating func take(_ needed: Int) -> [UInt8]? {
        guard needed <= MessageBytes.chunkSize, let place = chunks.firstIndex(where: { $0.capacity >= needed }) else {
            return nil
        }
        return chunks.remove(at: place)
    }
}
