/// The pass over the bytes before the parser sees them.
///
/// It refuses what a parser and an editor may read differently, and what costs libyaml a time that grows with the
/// square of the file, such as thousands of `%TAG` lines.
struct ByteCheck {
    struct Offence {
        let offset: Int
        let code: YAMLError.Code
        let message: String
    }

    /// What is looked for.
    enum Scope {
        /// All that a YAML file may not have.
        case all
        /// Only what is not UTF-8.
        case encodingOnly
    }

    private let bytes: UnsafeBufferPointer<UInt8>

    private init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    /// How many bytes a byte order mark takes at the start: 3 or 0.
    static func byteOrderMarkLength(of bytes: UnsafeBufferPointer<UInt8>) -> Int {
        bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF ? 3 : 0
    }

    static func firstOffence(in bytes: UnsafeBufferPointer<UInt8>, _ scope: Scope = .all) -> Offence? {
        switch scope {
        case .all: ByteCheck(bytes).firstOffence()
        case .encodingOnly: ByteCheck(bytes).firstOffenceOfEncoding()
        }
    }

    private func firstOffenceOfEncoding() -> Offence? {
        var offset = 0
        while offset < bytes.count {
            guard bytes[offset] >= 0x80 else {
                offset += 1
                continue
            }
            let (scalar, width) = decode(at: offset)
            guard scalar != nil else {
                return Offence(offset: offset, code: .encoding, message: "the text is not UTF-8 here")
            }
            offset += width
        }
        return nil
    }

    private func firstOffence() -> Offence? {
        var offset = Self.byteOrderMarkLength(of: bytes)
        var lineStart = offset
        while offset < bytes.count {
            let byte = bytes[offset]
            switch byte {
            case 0x0A:
                lineStart = offset + 1
                offset += 1
            case UInt8(ascii: "%") where offset == lineStart:
                return Offence(offset: offset, code: .directive, message: "a line cannot begin with '%'")
            case 0x20...0x7E:
                offset += 1
            case 0x80...:
                let (scalar, width) = decode(at: offset)
                guard let scalar else {
                    return Offence(offset: offset, code: .encoding, message: "the text is not UTF-8 here")
                }
                if let offence = refuse(scalar, at: offset) { return offence }
                offset += width
            case 0x0D where offset + 1 < bytes.count && bytes[offset + 1] == 0x0A:
                offset += 1
            default:
                return refuse(UInt32(byte), at: offset)
            }
        }
        return nil
    }

    private func refuse(_ scalar: UInt32, at offset: Int) -> Offence? {
        let name =
            "U+" + String(repeating: "0", count: scalar > 0xFFF ? 0 : scalar > 0xFF ? 1 : 2)
            + (scalar < 0x10 ? "0" : "") + String(scalar, radix: 16, uppercase: true)
        switch scalar {
        case 0x09:
            return Offence(
                offset: offset, code: .tab, message: "a tab; use spaces, or \\t in a text with double quotes")
        case 0x0D:
            return Offence(offset: offset, code: .lineBreak, message: "a carriage return without a line feed")
        case 0x85, 0x2028, 0x2029:
            return Offence(
                offset: offset, code: .lineBreak, message: "\(name) ends a line only for some programs; use a line feed"
            )
        case 0xFEFF:
            return Offence(
                offset: offset, code: .byteOrderMark, message: "a byte order mark inside the file (U+FEFF)")
        case ..<0x20, 0x7F..<0xA0, 0xFFFE, 0xFFFF:
            return Offence(offset: offset, code: .controlCharacter, message: "a control character (\(name))")
        default:
            return nil
        }
    }

    /// The scalar at a byte of 0x80 or more, nil where the bytes are not UTF-8: cut off, overlong, a surrogate or
    /// above U+10FFFF.
    private func decode(at offset: Int) -> (scalar: UInt32?, width: Int) {
        let lead = bytes[offset]
        let width: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch lead {
        case 0xC2...0xDF: width = 2
        case 0xE0...0xEF:
            width = 3
            if lead == 0xE0 { second = 0xA0...0xBF }
            if lead == 0xED { second = 0x80...0x9F }
        case 0xF0...0xF4:
            width = 4
            if lead == 0xF0 { second = 0x90...0xBF }
            if lead == 0xF4 { second = 0x80...0x8F }
        default: return (nil, 1)
        }
        guard offset + width <= bytes.count, second.contains(bytes[offset + 1]) else { return (nil, 1) }
        var scalar = UInt32(lead) & (0x7F >> UInt32(width))
        for index in 1..<width {
            let byte = bytes[offset + index]
            guard byte & 0xC0 == 0x80 else { return (nil, 1) }
            scalar = scalar << 6 | UInt32(byte & 0x3F)
        }
        return (scalar, width)
    }
}
