/// Finds lines and columns of a document without reading it from its start each time: every keyword has a place, and
/// a document may be one line of a megabyte.
struct SourcePlaces: Sendable {
    private static let block = 128

    private let bytes: [UInt8]
    /// Where each line starts.
    private var lines = [0]
    /// How many Unicode scalars start before each block of bytes.
    private var scalars: [Int] = []

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        var count = 0
        for (offset, byte) in bytes.enumerated() {
            if offset % Self.block == 0 { scalars.append(count) }
            if byte & 0xC0 != 0x80 { count += 1 }
            if byte == UInt8(ascii: "\n") { lines.append(offset + 1) }
        }
        scalars.append(count)
    }

    /// Line and column from 1; columns count Unicode scalars. Behind the end stands the end.
    func place(_ offset: Int) -> (line: Int, column: Int) {
        let offset = min(offset, bytes.count)
        var (low, high) = (0, lines.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if lines[middle] <= offset { low = middle } else { high = middle }
        }
        return (low + 1, scalarCount(offset) - scalarCount(lines[low]) + 1)
    }

    private func scalarCount(_ offset: Int) -> Int {
        let start = offset / Self.block * Self.block
        return scalars[offset / Self.block] + bytes[start..<offset].count { $0 & 0xC0 != 0x80 }
    }
}
