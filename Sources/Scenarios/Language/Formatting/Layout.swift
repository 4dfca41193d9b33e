import YAML

/// The text of a document while it is written out again.
struct Layout {
    static let width = 120

    private let document: YAMLDocument
    private let comments: [YAMLComment]
    /// Which source lines are blank, from line 1 at index 1.
    private let isBlank: [Bool]
    private var nextComment = 0
    /// The source line that was written last.
    private var sourceLine = 0
    private var lines: [String] = []

    init(_ document: YAMLDocument) {
        self.document = document
        comments = YAMLComments.find(in: document)
        let split = document.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
        isBlank = [true] + split.map { line in line.allSatisfy { $0 == 0x20 || $0 == 0x0D } }
    }

    var text: String { lines.joined(separator: "\n") + "\n" }

    mutating func emit() throws(ScenarioFormatter.Problem) {
        try block(document.root, indent: 0, limit: .max)
        flush(before: .max, indent: 0)
    }

    static func withoutSpaceAtEnd(_ text: some StringProtocol) -> String {
        var end = text.endIndex
        while end > text.startIndex, text[text.index(before: end)] == " " { end = text.index(before: end) }
        return String(text[..<end])
    }

    // MARK: - Blocks

    /// Writes a value that begins a line of its own.
    private mutating func block(
        _ node: YAMLNode, indent: Int, limit: Int
    ) throws(ScenarioFormatter.Problem) {
        if isFlow(node) || node.scalar != nil {
            flush(before: node.range.start.offset, indent: indent)
            separate(node.range.start.line)
            lines.append(spaces(indent))
            try value(node, indent: indent, limit: limit)
            return
        }
        let column = node.range.start.column
        switch node.content {
        case .sequence(let items):
            for (index, item) in items.enumerated() {
                let end = index + 1 < items.count ? items[index + 1].range.start.offset : limit
                flush(before: item.range.start.offset, indent: indent)
                separate(item.range.start.line)
                lines.append(spaces(indent) + "-")
                try self.item(item, indent: indent + 2, limit: end)
            }
        case .mapping(let entries):
            for (index, entry) in entries.enumerated() {
                let end = index + 1 < entries.count ? entries[index + 1].key.range.start.offset : limit
                flush(before: entry.key.range.start.offset, indent: indent)
                separate(entry.key.range.start.line)
                lines.append(spaces(indent))
                try self.entry(entry, indent: indent, limit: end)
            }
        case .scalar: break
        }
        // A comment below the last entry, as far in as the entries are, belongs to them.
        while let comment = comments.dropFirst(nextComment).first, comment.position.offset < limit,
            comment.position.column >= column
        {
            flush(before: comment.position.offset + 1, indent: indent)
        }
    }

    /// What follows a dash.
    private mutating func item(
        _ node: YAMLNode, indent: Int, limit: Int
    ) throws(ScenarioFormatter.Problem) {
        guard !isFlow(node), node.scalar == nil else {
            append(" ")
            try value(node, indent: indent, limit: limit)
            return
        }
        // The first entry stands on the dash's line, the others below it.
        switch node.content {
        case .mapping(let entries):
            guard let first = entries.first else { return }
            append(" ")
            let end = entries.count > 1 ? entries[1].key.range.start.offset : limit
            try entry(first, indent: indent, limit: end)
            guard entries.count > 1 else { return }
            let rest = YAMLNode(
                content: .mapping(Array(entries.dropFirst())),
                range: SourceRange(start: entries[1].key.range.start, end: node.range.end), file: node.file)
            try block(rest, indent: indent, limit: limit)
        default:
            try block(node, indent: indent, limit: limit)
        }
    }

    /// A key and its value; the line has its indentation already.
    private mutating func entry(
        _ entry: YAMLEntry, indent: Int, limit: Int
    ) throws(ScenarioFormatter.Problem) {
        guard entry.key.range.start.line == entry.key.range.end.line else {
            throw .unsupported(entry.key.range.start, "a key of several lines")
        }
        append(raw(entry.key) + ":")
        sourceLine = entry.key.range.end.line
        if entry.value.isPlainEmpty {
            trailingComment(before: limit)
        } else if isFlow(entry.value) || entry.value.scalar != nil {
            append(" ")
            try value(entry.value, indent: indent + 2, limit: limit)
        } else {
            trailingComment(before: entry.value.range.start.offset)
            try block(entry.value, indent: indent + 2, limit: limit)
        }
    }

    // MARK: - Values

    /// A scalar or a flow collection behind what is on the line, with its comment.
    private mutating func value(
        _ node: YAMLNode, indent: Int, limit: Int
    ) throws(ScenarioFormatter.Problem) {
        if node.style == .literal || node.style == .folded { return try blockScalar(node, indent: indent) }
        // A comment between a key and a value below it would be swallowed.
        while let comment = comments.dropFirst(nextComment).first, comment.position.offset < node.range.start.offset {
            append(lines.last?.hasSuffix(" ") == true ? comment.text : " " + comment.text)
            nextComment += 1
            lines.append(spaces(indent))
        }
        if node.scalar != nil {
            try scalar(node, indent: indent)
        } else {
            try flow(node, indent: indent)
        }
        sourceLine = node.range.end.line
        trailingComment(before: limit)
    }

    private mutating func scalar(_ node: YAMLNode, indent: Int) throws(ScenarioFormatter.Problem) {
        let parts = raw(node).split(separator: "\n", omittingEmptySubsequences: false)
        append(Self.withoutSpaceAtEnd(parts.first ?? ""))
        for part in parts.dropFirst() {
            let words = part.drop { $0 == " " }
            lines.append(words.isEmpty ? "" : spaces(indent) + words)
        }
    }

    private mutating func blockScalar(_ node: YAMLNode, indent: Int) throws(ScenarioFormatter.Problem) {
        let source = raw(node).split(separator: "\n", omittingEmptySubsequences: false)
        let header = source.first.map { String($0.prefix { "|>-".contains($0) }) } ?? ""
        let rest = source.first?.dropFirst(header.count).first
        guard rest == nil || rest == " " else {
            throw .unsupported(node.range.start, "a text with `+` or a number behind its `|` or `>`")
        }
        append(header)
        trailingComment(before: node.range.start.offset + (source.first?.utf8.count ?? 0) + 1)
        let depth = source.dropFirst().first { !$0.allSatisfy { $0 == " " } }?.prefix { $0 == " " }.count ?? 0
        for line in source.dropFirst() {
            let content = line.dropFirst(depth)
            lines.append(content.isEmpty ? "" : spaces(indent) + content)
        }
        sourceLine = node.range.end.line
    }

    /// A flow collection: on one line if it was, or fits and has no comments; else an item a line.
    private mutating func flow(_ node: YAMLNode, indent: Int) throws(ScenarioFormatter.Problem) {
        let isOneLine = node.range.start.line == node.range.end.line
        let hasComment = comments.dropFirst(nextComment).first.map { $0.position < node.range.end } ?? false
        let text = try flat(node)
        if !hasComment, isOneLine || (lines.last?.count ?? 0) + text.count <= Self.width {
            append(text)
            return
        }
        let (open, close) = node.items != nil ? ("[", "]") : ("{", "}")
        append(open)
        sourceLine = node.range.start.line
        let parts: [(node: YAMLNode, key: YAMLNode?)] =
            node.items?.map { ($0, nil) } ?? node.entries?.map { ($0.value, $0.key) } ?? []
        let outer = max(0, indent - 2)
        for (index, part) in parts.enumerated() {
            let start = (part.key ?? part.node).range.start
            if index == 0 { trailingComment(before: start.offset) }
            flush(before: start.offset, indent: outer + 2)
            separate(start.line)
            let key = try part.key.map { (key) throws(ScenarioFormatter.Problem) in try flat(key) + ": " } ?? ""
            lines.append(spaces(outer + 2) + key)
            if part.node.scalar == nil {
                try flow(part.node, indent: outer + 4)
            } else {
                append(try flat(part.node))
            }
            append(",")
            sourceLine = part.node.range.end.line
            let next =
                index + 1 < parts.count ? (parts[index + 1].key ?? parts[index + 1].node).range.start : node.range.end
            trailingComment(before: next.offset)
        }
        flush(before: node.range.end.offset, indent: outer + 2)
        lines.append(spaces(outer) + close)
        sourceLine = node.range.end.line
    }

    private func flat(_ node: YAMLNode) throws(ScenarioFormatter.Problem) -> String {
        switch node.content {
        case .scalar(let text, let style):
            if node.range.start.line == node.range.end.line { return raw(node) }
            guard style == .plain, !text.contains("\n") else {
                throw .unsupported(node.range.start, "a text of several lines inside brackets")
            }
            return text
        case .sequence(let items):
            var parts: [String] = []
            for item in items { parts.append(try flat(item)) }
            return "[\(parts.joined(separator: ", "))]"
        case .mapping(let entries):
            var parts: [String] = []
            for entry in entries { parts.append("\(try flat(entry.key)): \(try flat(entry.value))") }
            return "{\(parts.joined(separator: ", "))}"
        }
    }

    // MARK: - Comments and lines

    /// Comments on lines of their own before a place.
    private mutating func flush(before offset: Int, indent: Int) {
        while let comment = comments.dropFirst(nextComment).first, comment.position.offset < offset {
            separate(comment.position.line)
            lines.append(spaces(indent) + Self.withoutSpaceAtEnd(comment.text))
            sourceLine = comment.position.line
            nextComment += 1
        }
    }

    /// A comment behind what was written last, on its line.
    private mutating func trailingComment(before limit: Int) {
        guard let comment = comments.dropFirst(nextComment).first, comment.position.line == sourceLine,
            comment.position.offset < limit
        else { return }
        append(" " + Self.withoutSpaceAtEnd(comment.text))
        nextComment += 1
    }

    /// A blank line where the source has one or more between what was written last and a line.
    private mutating func separate(_ line: Int) {
        guard !lines.isEmpty, sourceLine > 0, line > sourceLine + 1 else { return }
        let hasBlank = (sourceLine + 1..<line).contains { $0 < isBlank.count && isBlank[$0] }
        if hasBlank, lines.last?.isEmpty == false { lines.append("") }
    }

    private mutating func append(_ text: String) {
        if lines.isEmpty { lines.append("") }
        lines[lines.count - 1] += text
    }

    private func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }

    private func isFlow(_ node: YAMLNode) -> Bool {
        guard node.scalar == nil, node.range.start.offset < document.utf8.count else { return false }
        let byte = document.utf8[node.range.start.offset]
        return byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[")
    }

    private func raw(_ node: YAMLNode) -> String {
        let text = String(
            decoding: document.utf8[node.range.start.offset..<node.range.end.offset], as: UTF8.self)
        return text.replacing("\r\n", with: "\n")
    }
}
