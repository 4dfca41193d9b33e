/// The lines of a file, for showing them under a message.
struct SourceLines {
    private let lines: [Substring.UTF8View.SubSequence]

    init(_ text: String) {
        lines = text.isEmpty ? [] : text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    }

    /// A line, counted from 1, with whatever may be a personal number hidden; nil after the end.
    ///
    /// A tab is shown as a space, so that carets below stand right.
    func line(_ number: Int) -> String? {
        guard number >= 1, number <= lines.count else { return nil }
        let line = String(Substring(lines[number - 1]))
        let shown = String(line.map { $0 == "\t" ? " " : $0 })
        return Self.masked(shown.hasSuffix("\r") ? String(shown.dropLast()) : shown)
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
