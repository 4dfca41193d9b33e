/// Finds where a text is not UTF-8: reading it all the same would put other letters in the place of those that are
/// written.
public enum UTF8Check {
    /// The place of the first byte that is not UTF-8: cut off, overlong, a surrogate or above U+10FFFF. Nil: all is.
    ///
    /// Columns count Unicode scalars from 1, as all places do; a byte order mark at the start is none.
    public static func firstOffence(in bytes: [UInt8]) -> SourcePosition? {
        guard String(validating: bytes, as: UTF8.self) == nil else { return nil }
        return bytes.withUnsafeBufferPointer { bytes in
            ByteCheck.firstOffence(in: bytes, .encodingOnly).map { position(of: $0.offset, in: bytes) }
        }
    }

    private static func position(of offset: Int, in bytes: UnsafeBufferPointer<UInt8>) -> SourcePosition {
        var (line, column) = (1, 1)
        for place in ByteCheck.byteOrderMarkLength(of: bytes)..<offset {
            if bytes[place] == 0x0A {
                (line, column) = (line + 1, 1)
            } else if bytes[place] & 0xC0 != 0x80 {
                column += 1
            }
        }
        return SourcePosition(line: line, column: column, offset: offset)
    }
}
