/// A piece of Swift source: a word, a number, one punctuation character, or `""` for a whole string literal.
struct Token: Equatable {
    let text: String
    let line: Int
    /// Whether it follows the token before it without a space, as the mark in `try!` does and in `try !done` does not.
    var isJoined = false

    var isWord: Bool { text.first.map { $0.isLetter || $0 == "_" } ?? false }
}

/// Source cut into tokens, so that no rule is fooled by comments, texts, spaces or line breaks.
///
/// Code inside a string's interpolation is cut like any other. Regular expression literals are not known.
struct SwiftTokens {
    private(set) var tokens: [Token] = []
    /// Each line's comment texts, without the slashes.
    private(set) var comments: [Int: String] = [:]
    /// What string literals say, without interpolations: each piece with the line that it begins in.
    private(set) var texts: [(line: Int, text: String)] = []

    private let bytes: [UInt8]
    private var index = 0
    private var line = 1

    init(_ source: String) {
        bytes = Array(source.utf8)
        code(untilClosingParenthesis: false)
    }

    private func byte(_ ahead: Int = 0) -> UInt8 {
        index + ahead < bytes.count ? bytes[index + ahead] : 0
    }

    private mutating func advance() {
        if byte() == UInt8(ascii: "\n") { line += 1 }
        index += 1
    }

    private mutating func emit(_ text: String, at start: Int) {
        let isJoined = start > 0 && bytes[start - 1] > 0x20
        tokens.append(Token(text: text, line: line, isJoined: isJoined))
    }

    private mutating func code(untilClosingParenthesis: Bool) {
        var depth = 0
        while index < bytes.count {
            let next = byte()
            if next == UInt8(ascii: "/"), byte(1) == UInt8(ascii: "/") {
                lineComment()
            } else if next == UInt8(ascii: "/"), byte(1) == UInt8(ascii: "*") {
                blockComment()
            } else if let hashes = hashesBeforeQuote() {
                string(hashes: hashes)
            } else if Self.isWord(next) {
                let start = index
                while Self.isWord(byte()) { index += 1 }
                emit(String(decoding: bytes[start..<index], as: UTF8.self), at: start)
            } else if next <= 0x20 || next == UInt8(ascii: "`") {
                advance()
            } else {
                if next == UInt8(ascii: "(") { depth += 1 }
                if next == UInt8(ascii: ")") {
                    if untilClosingParenthesis, depth == 0 { return }
                    depth -= 1
                }
                emit(String(UnicodeScalar(next)), at: index)
                advance()
            }
        }
    }

    private mutating func lineComment() {
        let start = index
        while index < bytes.count, byte() != UInt8(ascii: "\n") { index += 1 }
        comments[line, default: ""] += String(decoding: bytes[start..<index].drop { $0 == 0x2F }, as: UTF8.self)
    }

    private mutating func blockComment() {
        var depth = 0
        repeat {
            if byte() == UInt8(ascii: "/"), byte(1) == UInt8(ascii: "*") {
                depth += 1
                index += 2
            } else if byte() == UInt8(ascii: "*"), byte(1) == UInt8(ascii: "/") {
                depth -= 1
                index += 2
            } else {
                advance()
            }
        } while depth > 0 && index < bytes.count
    }

    /// The number of `#` before a string literal that starts here; nil if none does.
    private func hashesBeforeQuote() -> Int? {
        var count = 0
        while byte(count) == UInt8(ascii: "#") { count += 1 }
        return byte(count) == UInt8(ascii: "\"") ? count : nil
    }

    private mutating func string(hashes: Int) {
        emit("\"\"", at: index)
        index += hashes
        let quote = UInt8(ascii: "\"")
        let quotes = byte(1) == quote && byte(2) == quote ? 3 : 1
        index += quotes
        var piece = (start: index, line: line)
        while index < bytes.count {
            if matches(quote, quotes, then: hashes) {
                say(piece)
                index += quotes + hashes
                return
            }
            if matches(UInt8(ascii: "\\"), 1, then: hashes) {
                let end = index
                index += 1 + hashes
                if byte() == UInt8(ascii: "(") {
                    say(piece, until: end)
                    index += 1
                    code(untilClosingParenthesis: true)
                    piece = (index + 1, line)
                }
            }
            advance()
        }
    }

    private mutating func say(_ piece: (start: Int, line: Int), until end: Int? = nil) {
        guard piece.start < end ?? index else { return }
        texts.append((piece.line, String(decoding: bytes[piece.start..<(end ?? index)], as: UTF8.self)))
    }

    /// Whether a character stands here so many times, with so many `#` after it.
    private func matches(_ character: UInt8, _ times: Int, then hashes: Int) -> Bool {
        (0..<times).allSatisfy { byte($0) == character }
            && (times..<times + hashes).allSatisfy { byte($0) == UInt8(ascii: "#") }
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...:
            true
        default: false
        }
    }
}
