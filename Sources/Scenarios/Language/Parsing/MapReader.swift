import Terminal
import YAML

/// Reads the keys of one map of the file; ``finish(_:)`` then refuses those that nobody asked for.
///
/// A new key of the language is one more `optional` call.
struct MapReader {
    /// What the map is, for messages: "a step".
    let what: String
    /// The place to point at when a key is missing: the map if it is on one line, else its first key.
    let span: SourceSpan
    private let entries: [YAMLEntry]
    private var asked: [String] = []

    /// nil, with a message, if the node is no map.
    init?(_ node: YAMLNode, _ what: String, _ diagnostics: inout DiagnosticList) {
        guard let entries = node.entries else {
            let message = "\(what) is a map of keys, not \(node.kindName)"
            diagnostics.add(.wrongKind, message, at: node.spanOfFirstLine)
            return nil
        }
        self.what = what
        self.entries = entries
        span = node.spanOfFirstLine
    }

    /// The value of a key that may be absent. A key without a value counts as a mistake.
    mutating func optional(_ key: String, _ diagnostics: inout DiagnosticList) -> YAMLNode? {
        asked.append(key)
        guard let entry = entries.first(where: { $0.name == key }) else { return nil }
        guard !entry.value.isPlainEmpty else {
            diagnostics.add(.badValue, "the key `\(key)` has no value", at: entry.key.span)
            return nil
        }
        return entry.value
    }

    /// The value of a key that must be there.
    mutating func required(_ key: String, _ diagnostics: inout DiagnosticList) -> YAMLNode? {
        if !has(key) { diagnostics.add(.missingKey, "\(what) needs the key `\(key)`", at: span) }
        return optional(key, &diagnostics)
    }

    /// Takes a key that is read elsewhere.
    mutating func allow(_ key: String) {
        asked.append(key)
    }

    func has(_ key: String) -> Bool {
        entries.contains { $0.name == key }
    }

    /// Whether some key that nobody asked for looks like one of these.
    func hasMisspelling(of keys: [String]) -> Bool {
        entries.contains { SpellingGuess.nearest(to: $0.name, among: keys) != nil }
    }

    /// The place of a key that is there.
    func keySpan(_ key: String) -> SourceSpan? {
        entries.first { $0.name == key }?.key.span
    }

    /// Reports every key that was not asked for.
    /// - Returns: whether there is none.
    @discardableResult
    func finish(_ diagnostics: inout DiagnosticList) -> Bool {
        var isKnown = true
        for entry in entries where !asked.contains(entry.name) {
            isKnown = false
            diagnostics.add(
                .unknownKey, "unknown key `\(entry.name)` in \(what)", at: entry.key.span,
                hint: diagnostics.guess(entry.name, among: asked.filter { key in !has(key) }))
        }
        return isKnown
    }
}

extension YAMLNode {
    var span: SourceSpan { SourceSpan(file: file, range: range) }

    /// The whole node if it is on one line, else its first key or item.
    var spanOfFirstLine: SourceSpan {
        if range.start.line == range.end.line { return span }
        return entries?.first?.key.span ?? items?.first?.spanOfFirstLine ?? span
    }

    var kindName: String {
        switch content {
        case .scalar: isPlainEmpty ? "nothing" : "text"
        case .sequence: "a list"
        case .mapping: "a map"
        }
    }

    /// A stretch of the text of a scalar, in Unicode scalars; the whole if lines or escapes are in the way.
    func span(from offset: Int, count: Int) -> SourceSpan {
        let text = scalar ?? ""
        let quotes = style == .plain ? 0 : 1
        let width = text.unicodeScalars.count + 2 * quotes
        guard range.start.line == range.end.line, range.end.column - range.start.column == width else { return span }
        let bytes = { (scalars: Int) in text.unicodeScalars.prefix(scalars).reduce(0) { $0 + UTF8.width($1) } }
        let place = { (scalars: Int) in
            SourcePosition(
                line: range.start.line, column: range.start.column + quotes + scalars,
                offset: range.start.offset + quotes + bytes(scalars))
        }
        return SourceSpan(file: file, range: SourceRange(start: place(offset), end: place(offset + count)))
    }
}
