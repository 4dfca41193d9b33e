import CYAML

/// Builds nodes from events with a stack of its own, so that no file can exhaust the program's.
struct TreeBuilder: ~Copyable {
    /// A sequence or mapping that is not closed yet.
    private struct Frame {
        let start: SourcePosition
        let isMapping: Bool
        var items: [YAMLNode] = []
        var entries: [YAMLEntry] = []
        var key: YAMLNode?
        /// The keys' places, once there are many; few are looked for one after another.
        var firstPlaces: [String: SourcePosition] = [:]
        static let few = 24

        var expectsKey: Bool { isMapping && key == nil }
        var lastEnd: SourcePosition { (isMapping ? entries.last?.value : items.last)?.range.end ?? start }

        mutating func take(key node: YAMLNode) throws(YAMLError) {
            guard let name = node.scalar, !node.isPlainEmpty else {
                throw refusal(of: node, .missingKey, "there is no key before the ':'")
            }
            if name == "<<", node.style == .plain {
                throw refusal(of: node, .mergeKey, "merge keys (<<) are not read; write the keys out")
            }
            if let first = firstPlace(of: name, node.range.start) {
                throw refusal(
                    of: node, .duplicateKey, "the key '\(name)' is here twice; the first is on line \(first.line)",
                    related: first)
            }
            key = node
        }

        /// Where a key stood before; nil for a new one, which is remembered.
        private mutating func firstPlace(of name: String, _ place: SourcePosition) -> SourcePosition? {
            guard entries.count >= Self.few else { return entries.first { $0.name == name }?.key.range.start }
            if firstPlaces.isEmpty {
                for entry in entries { firstPlaces[entry.name] = entry.key.range.start }
            }
            return firstPlaces.updateValue(place, forKey: name)
        }

        private func refusal(
            of node: YAMLNode, _ code: YAMLError.Code, _ message: String, related: SourcePosition? = nil
        ) -> YAMLError {
            YAMLError(file: node.file, position: node.range.start, code: code, message: message, related: related)
        }
    }

    private let file: String
    private let limits: YAMLLimits
    private let bytes: UnsafeBufferPointer<UInt8>
    private var cursor: MarkCursor
    private var stack: [Frame] = []
    private var root: YAMLNode?
    private var nodes = 0

    /// - Parameter start: the first byte after a byte order mark.
    init(bytes: UnsafeBufferPointer<UInt8>, start: Int, file: String, limits: YAMLLimits) {
        self.bytes = bytes
        self.file = file
        self.limits = limits
        cursor = MarkCursor(bytes: bytes, start: start)
    }

    mutating func build(from reader: inout EventReader) throws(YAMLError) -> YAMLNode {
        while reader.next() {
            let event = reader.event
            switch event.type {
            case YAML_DOCUMENT_START_EVENT:
                if root != nil { throw error(.secondDocument, at: event.start_mark, "a file holds one document") }
            case YAML_ALIAS_EVENT:
                throw error(.alias, at: event.start_mark, SyntaxMessage.alias)
            case YAML_SCALAR_EVENT:
                try addScalar(event)
            case YAML_SEQUENCE_START_EVENT:
                let start = event.data.sequence_start
                try refuse(anchor: start.anchor, tag: start.tag, at: event.start_mark)
                try open(event, isMapping: false)
            case YAML_MAPPING_START_EVENT:
                let start = event.data.mapping_start
                try refuse(anchor: start.anchor, tag: start.tag, at: event.start_mark)
                try open(event, isMapping: true)
            case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT:
                try close(event)
            case YAML_STREAM_END_EVENT:
                guard let root else { throw .empty(file) }
                return root
            default:
                break
            }
        }
        throw syntaxError(reader.problem)
    }

    private mutating func addScalar(_ event: yaml_event_t) throws(YAMLError) {
        let scalar = event.data.scalar
        try refuse(anchor: scalar.anchor, tag: scalar.tag, at: event.start_mark)
        try count(at: event.start_mark)
        let style = YAMLScalarStyle(scalar.style)
        let start = cursor.position(of: event.start_mark)
        var end = cursor.position(of: event.end_mark)
        if style == .literal || style == .folded { end = cursor.trimmed(end: end, after: start) }
        let text = String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
        try add(
            YAMLNode(content: .scalar(text: text, style: style), range: SourceRange(start: start, end: end), file: file)
        )
    }

    private mutating func open(_ event: yaml_event_t, isMapping: Bool) throws(YAMLError) {
        try count(at: event.start_mark)
        if stack.last?.expectsKey == true {
            throw error(.keyNotScalar, at: event.start_mark, "a key must be text, not a list or a mapping")
        }
        if stack.count >= limits.depth {
            throw error(.tooDeep, at: event.start_mark, "more than \(limits.depth) levels of nesting")
        }
        stack.append(Frame(start: cursor.position(of: event.start_mark), isMapping: isMapping))
    }

    private mutating func close(_ event: yaml_event_t) throws(YAMLError) {
        guard let frame = stack.popLast() else { return }
        // A bracket has a width. Without one the end mark is the next token, which may be many lines away.
        let hasBracket = event.end_mark.index > event.start_mark.index
        let end = hasBracket ? cursor.position(of: event.end_mark) : frame.lastEnd
        try add(
            YAMLNode(
                content: frame.isMapping ? .mapping(frame.entries) : .sequence(frame.items),
                range: SourceRange(start: frame.start, end: end), file: file))
    }

    private mutating func add(_ node: YAMLNode) throws(YAMLError) {
        guard let top = stack.indices.last else {
            root = node
            return
        }
        if !stack[top].isMapping {
            stack[top].items.append(node)
        } else if let key = stack[top].key {
            stack[top].entries.append(YAMLEntry(key: key, value: node))
            stack[top].key = nil
        } else {
            try stack[top].take(key: node)
        }
    }

    private mutating func count(at mark: yaml_mark_t) throws(YAMLError) {
        nodes += 1
        if nodes > limits.nodes { throw error(.tooManyNodes, at: mark, "more than \(limits.nodes) values") }
    }

    private mutating func refuse(
        anchor: UnsafeMutablePointer<UInt8>?, tag: UnsafeMutablePointer<UInt8>?, at mark: yaml_mark_t
    ) throws(YAMLError) {
        if anchor != nil { throw error(.anchor, at: mark, SyntaxMessage.anchor) }
        if tag != nil { throw error(.tag, at: mark, SyntaxMessage.tag) }
    }

    private mutating func error(_ code: YAMLError.Code, at mark: yaml_mark_t, _ message: String) -> YAMLError {
        YAMLError(file: file, position: cursor.position(of: mark), code: code, message: message)
    }

    private mutating func syntaxError(_ problem: EventReader.Problem) -> YAMLError {
        let position = cursor.position(of: problem.mark)
        let related = problem.contextMark.map { cursor.position(of: $0) }
        let here = SyntaxMessage.Place(bytes: bytes, offset: position.offset)
        let (code, message) = SyntaxMessage.explain(problem, at: here)
        return YAMLError(
            file: file, position: position, code: code, message: message, related: related == position ? nil : related)
    }
}

extension YAMLScalarStyle {
    fileprivate init(_ style: yaml_scalar_style_t) {
        switch style {
        case YAML_SINGLE_QUOTED_SCALAR_STYLE: self = .singleQuoted
        case YAML_DOUBLE_QUOTED_SCALAR_STYLE: self = .doubleQuoted
        case YAML_LITERAL_SCALAR_STYLE: self = .literal
        case YAML_FOLDED_SCALAR_STYLE: self = .folded
        default: self = .plain
        }
    }
}
