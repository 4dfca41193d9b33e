import CYAML

/// Turns libyaml's marks, which count Unicode scalars, into positions with byte offsets.
///
/// It walks from the mark before. Marks come nearly in order, so a whole file is walked about once.
struct MarkCursor {
    private let bytes: UnsafeBufferPointer<UInt8>
    private let start: Int
    private var index = 0
    private var offset: Int

    /// - Parameter start: the first byte that libyaml sees, after a byte order mark.
    init(bytes: UnsafeBufferPointer<UInt8>, start: Int) {
        self.bytes = bytes
        self.start = start
        offset = start
    }

    mutating func position(of mark: yaml_mark_t) -> SourcePosition {
        let target = Int(mark.index)
        while index < target, offset < bytes.count {
            repeat { offset += 1 } while isContinuation(offset)
            index += 1
        }
        while index > target, offset > start {
            repeat { offset -= 1 } while isContinuation(offset)
            index -= 1
        }
        // At the end of a file without a last line break libyaml pretends that there was one.
        if offset == bytes.count, mark.column == 0, offset > start, bytes[offset - 1] != 0x0A {
            return SourcePosition(line: Int(mark.line), column: column(at: offset), offset: offset)
        }
        return SourcePosition(line: Int(mark.line) + 1, column: Int(mark.column) + 1, offset: offset)
    }

    /// The end of a block scalar without the blank lines that libyaml counts to it.
    func trimmed(end: SourcePosition, after scalarStart: SourcePosition) -> SourcePosition {
        var offset = end.offset
        var line = end.line
        while offset > scalarStart.offset + 1, [0x20, 0x0A, 0x0D].contains(bytes[offset - 1]) {
            offset -= 1
            if bytes[offset] == 0x0A { line -= 1 }
        }
        // Spaces at the end of the last line are text.
        while offset < end.offset, bytes[offset] == 0x20 { offset += 1 }
        return SourcePosition(line: line, column: column(at: offset), offset: offset)
    }

    /// The position of a byte, counted from the start of the file.
    func position(atOffset offset: Int) -> SourcePosition {
        let line = 1 + bytes[..<offset].count { $0 == 0x0A }
        return SourcePosition(line: line, column: column(at: offset), offset: offset)
    }

    private func column(at offset: Int) -> Int {
        var column = 1
        var at = offset
        while at > start, bytes[at - 1] != 0x0A {
            at -= 1
            if !isContinuation(at) { column += 1 }
        }
        return column
    }

    private func isContinuation(_ offset: Int) -> Bool {
        offset < bytes.count && bytes[offset] & 0xC0 == 0x80
    }
}
