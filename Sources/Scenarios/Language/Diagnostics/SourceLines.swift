import Terminal
import YAML

/// The lines of a file, for showing them under a message.
struct SourceLines {
    /// Part of a line, or all of it.
    struct Excerpt {
        let text: String
        /// How many scalars of the line are left out before the text.
        let dropped: Int
    }

    /// Longer lines, in bytes, are shown in part.
    private static let longest = 240
    private static let before = 60
    private static let after = 100
    /// What is read around the part, so that a number at its edge is hidden too.
    private static let margin = 40

    private let bytes: [UInt8]
    private let starts: [Int]

    init(_ text: String) {
        bytes = Array(text.utf8)
        var starts = bytes.isEmpty ? [] : [0]
        for (offset, byte) in bytes.enumerated() where byte == 0x0A { starts.append(offset + 1) }
        self.starts = starts
    }

    /// The line of a place with whatever may be a personal number hidden, a long line around the place; nil after the
    /// end. A tab is shown as a space, so that carets below stand right.
    func excerpt(at place: SourcePosition) -> Excerpt? {
        guard place.line >= 1, place.line <= starts.count else { return nil }
        let start = starts[place.line - 1]
        var end = place.line < starts.count ? starts[place.line] - 1 : bytes.count
        if end > start, bytes[end - 1] == 0x0D { end -= 1 }
        guard end - start > Self.longest else {
            return Excerpt(text: Self.shown(bytes[start..<end]), dropped: 0)
        }
        let offset = min(max(place.offset, start), end)
        let first = back(from: offset, Self.before, notBefore: start)
        let last = forward(from: offset, Self.after, notAfter: end)
        let outerFirst = back(from: first, Self.margin, notBefore: start)
        let outerLast = forward(from: last, Self.margin, notAfter: end)
        var scalars = Array(Self.shown(bytes[outerFirst..<outerLast]).unicodeScalars)
        scalars.removeLast(Self.count(bytes[last..<outerLast]))
        scalars.removeFirst(Self.count(bytes[outerFirst..<first]))
        var dropped = Self.count(bytes[start..<first])
        var text = String.UnicodeScalarView()
        if dropped > 0, !scalars.isEmpty, first < offset {
            // The dots stand for the scalar that they replace and all before it.
            scalars[0] = "…"
        } else if dropped > 0 {
            dropped -= 1
            text.append("…")
        }
        text.append(contentsOf: scalars)
        if last < end { text.append("…") }
        return Excerpt(text: String(text), dropped: dropped)
    }

    private func back(from offset: Int, _ count: Int, notBefore limit: Int) -> Int {
        var (offset, left) = (offset, count)
        while offset > limit, left > 0 {
            repeat { offset -= 1 } while offset > limit && bytes[offset] & 0xC0 == 0x80
            left -= 1
        }
        return offset
    }

    private func forward(from offset: Int, _ count: Int, notAfter limit: Int) -> Int {
        var (offset, left) = (offset, count)
        while offset < limit, left > 0 {
            repeat { offset += 1 } while offset < limit && bytes[offset] & 0xC0 == 0x80
            left -= 1
        }
        return offset
    }

    private static func count(_ bytes: ArraySlice<UInt8>) -> Int { bytes.count { $0 & 0xC0 != 0x80 } }

    private static func shown(_ bytes: ArraySlice<UInt8>) -> String {
        masked(EscapedText.masked(String(decoding: bytes.map { $0 == 0x09 ? 0x20 : $0 }, as: UTF8.self)))
    }

    /// Stars for the last digits of a stretch that has ten digits or more, hyphens and plus signs not counted.
    static func masked(_ line: String) -> String {
        var result = Array(line.unicodeScalars)
        var start = 0
        while start < result.count {
            var end = start
            while end < result.count, isDigit(result[end]) || (end > start && isSign(result[end])) { end += 1 }
            let digits = (start..<end).filter { isDigit(result[$0]) }
            if digits.count >= 10 {
                for place in digits.suffix(max(4, digits.count - 8)) { result[place] = "*" }
            }
            start = max(end, start + 1)
        }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: result)
        return String(text)
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
    private static func isSign(_ scalar: Unicode.Scalar) -> Bool { scalar == "-" || scalar == "+" }
}
