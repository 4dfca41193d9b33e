/// A place in a file.
public struct SourcePosition: Hashable, Sendable {
    /// The line, from 1.
    public let line: Int
    /// The column, from 1, in Unicode scalars: `Å` is one, an emoji may be several.
    public let column: Int
    /// The offset in bytes from the start of the file, a byte order mark included.
    public let offset: Int

    /// The first place of every file.
    public static let start = SourcePosition(line: 1, column: 1, offset: 0)

    /// A place with every part given.
    public init(line: Int, column: Int, offset: Int) {
        self.line = line
        self.column = column
        self.offset = offset
    }
}

extension SourcePosition: Comparable {
    /// Whether one place of a file comes before another.
    public static func < (left: SourcePosition, right: SourcePosition) -> Bool {
        left.offset < right.offset
    }
}

extension SourcePosition: CustomStringConvertible {
    /// `line:column`.
    public var description: String { "\(line):\(column)" }
}

/// A stretch of a file; the end is the first place after it.
public struct SourceRange: Hashable, Sendable {
    /// Where it begins.
    public let start: SourcePosition
    /// The first place after it; the same as the start when the stretch is empty.
    public let end: SourcePosition

    /// A stretch between two places.
    public init(start: SourcePosition, end: SourcePosition) {
        self.start = start
        self.end = end
    }
}

extension SourceRange: CustomStringConvertible {
    /// `line:column–line:column`.
    public var description: String { "\(start)–\(end)" }
}
