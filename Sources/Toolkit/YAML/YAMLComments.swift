/// A comment of a file.
public struct YAMLComment: Equatable, Sendable {
    /// Where its `#` stands.
    public let position: SourcePosition
    /// The text from the `#` to the end of the line.
    public let text: String

    /// A comment at a place.
    public init(position: SourcePosition, text: String) {
        self.position = position
        self.text = text
    }
}

/// Finds the comments, which the nodes do not hold.
public enum YAMLComments {
    /// All comments in the file's order. Walks the file once.
    public static func find(in document: YAMLDocument) -> [YAMLComment] {
        let scalars = scalars(under: document.root)
        let bytes = document.utf8
        var next = scalars.startIndex
        var comments: [YAMLComment] = []
        var offset = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        var line = 1
        var column = 1

        func advance(to end: Int) {
            while offset < end {
                if bytes[offset] == 0x0A {
                    line += 1
                    column = 1
                } else if bytes[offset] & 0xC0 != 0x80 || offset == 0 {
                    column += 1
                }
                offset += 1
            }
        }

        while offset < bytes.count {
            if next < scalars.endIndex, offset >= scalars[next].contentStart {
                advance(to: max(offset, scalars[next].end))
                next += 1
            } else if bytes[offset] == UInt8(ascii: "#") {
                var end = bytes[offset...].firstIndex(of: 0x0A) ?? bytes.count
                if end < bytes.count, bytes[end - 1] == 0x0D { end -= 1 }
                let position = SourcePosition(line: line, column: column, offset: offset)
                comments.append(
                    YAMLComment(position: position, text: String(decoding: bytes[offset..<end], as: UTF8.self)))
                advance(to: end)
            } else {
                advance(to: offset + 1)
            }
        }
        return comments

        /// The stretches where a `#` is text. A block scalar's own line, `| # note`, may end with a comment.
        func scalars(under root: YAMLNode) -> [(contentStart: Int, end: Int)] {
            var found: [(contentStart: Int, end: Int)] = []
            var waiting = [root]
            while let node = waiting.popLast() {
                switch node.content {
                case .scalar(_, let style):
                    var start = node.range.start.offset
                    let end = node.range.end.offset
                    if style == .literal || style == .folded {
                        start = document.utf8[start..<end].firstIndex(of: 0x0A) ?? end
                    }
                    if start < end { found.append((start, end)) }
                case .sequence(let items):
                    waiting += items.reversed()
                case .mapping(let entries):
                    for entry in entries.reversed() { waiting += [entry.value, entry.key] }
                }
            }
            return found
        }
    }
}
