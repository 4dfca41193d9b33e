import YAML

/// A named block that a scenario can use as a whole.
struct Block {
    enum Content {
        /// Citizens, as in `given`.
        case persons(YAMLNode)
        /// Agencies, as in `given`.
        case agencies(YAMLNode)
        /// Steps.
        case group(Group)
    }

    /// The name with its file: two libraries may have groups of one name.
    var key: String { "\(name.span.file)#\(name.value)" }

    struct Group {
        let inputs: [Located<String>]
        let steps: [YAMLNode]
    }

    let name: Located<String>
    let content: Content

    var kind: String {
        switch content {
        case .persons: "persons"
        case .agencies: "agencies"
        case .group: "a group of steps"
        }
    }
}

/// A file with what it can see: its own blocks, and those of the files that it includes itself.
struct LoadedFile {
    let path: String
    let own: [Block]
    /// Blocks by name.
    let visible: [String: Block]

    /// The groups among them, sorted.
    var groupNames: [String] {
        visible.keys.sorted().filter { name in
            if case .group? = visible[name]?.content { true } else { false }
        }
    }
}

/// Reads libraries, each once, and the blocks of scenarios.
struct LibraryReader {
    static let maximumFiles = 64
    static let maximumDepth = 16
    /// Values of all included files together.
    static let maximumValues = 200_000

    private let project: Project
    private(set) var loaded: [String: LoadedFile] = [:]
    private var stack: [String] = []
    private var values = 0

    init(scenario path: String) {
        project = Project(scenario: path)
    }

    /// What a file's `include` and its own blocks give it.
    mutating func file(
        _ path: String, includes: YAMLNode?, own: [Block], trail: [Diagnostic.Passage],
        _ diagnostics: inout DiagnosticList
    ) -> LoadedFile {
        stack.append(path)
        defer { stack.removeLast() }
        var visible: [String: Block] = [:]
        for block in own { add(block, to: &visible, &diagnostics) }
        for entry in list(includes, &diagnostics) {
            guard let included = include(entry, from: path, trail: trail, &diagnostics) else { continue }
            for block in included.own { add(block, to: &visible, &diagnostics) }
        }
        let file = LoadedFile(path: path, own: own, visible: visible)
        loaded[path] = file
        return file
    }

    private func add(_ block: Block, to visible: inout [String: Block], _ diagnostics: inout DiagnosticList) {
        guard let first = visible.updateValue(block, forKey: block.name.value) else { return }
        guard first.name.span != block.name.span else { return }
        let note = Diagnostic.Note("the first is here", at: first.name.span)
        diagnostics.add(.nameClash, "two blocks are named `\(block.name.value)`", at: block.name.span, notes: [note])
    }

    private func list(_ node: YAMLNode?, _ diagnostics: inout DiagnosticList) -> [YAMLNode] {
        guard let node else { return [] }
        if let items = node.items { return items }
        diagnostics.add(.wrongKind, "include is a list of files, not \(node.kindName)", at: node.spanOfFirstLine)
        return []
    }

    private mutating func include(
        _ node: YAMLNode, from path: String, trail: [Diagnostic.Passage], _ diagnostics: inout DiagnosticList
    ) -> LoadedFile? {
        guard let name = node.scalar, !name.isEmpty else {
            diagnostics.add(.wrongKind, "a file's name is text, not \(node.kindName)", at: node.spanOfFirstLine)
            return nil
        }
        let target = Project.path(name, from: path)
        if stack.contains(target) {
            let chain = (stack.drop { $0 != target } + [target]).joined(separator: " → ")
            diagnostics.add(.includeCycle, "the files include each other: \(chain)", at: node.span)
            return nil
        }
        if let known = loaded[target] { return known }
        guard loaded.count < Self.maximumFiles, stack.count < Self.maximumDepth else {
            let message = "more than \(Self.maximumFiles) files, or \(Self.maximumDepth) one inside the other"
            diagnostics.add(.tooLarge, message, at: node.span)
            return nil
        }
        // Said once, and nothing more is opened.
        guard values <= Self.maximumValues,
            let document = open(name, as: target, node, trail, &diagnostics)
        else { return nil }
        values += document.root.valueCount
        guard values <= Self.maximumValues else {
            diagnostics.add(.tooLarge, "all included files have more than \(Self.maximumValues) values", at: node.span)
            return nil
        }
        let inner = [Diagnostic.Passage(kind: .included, span: node.span)] + trail
        return library(document, trail: inner, &diagnostics)
    }

    /// Opens a table or library that a file names; nil, with a message, if it may not or cannot be read.
    private func open(
        _ name: String, as target: String, _ node: YAMLNode, _ trail: [Diagnostic.Passage],
        _ diagnostics: inout DiagnosticList
    ) -> YAMLDocument? {
        guard checked(name, target, node, &diagnostics) else { return nil }
        do {
            let document = try YAMLDocument(contentsOf: target)
            let inner = [Diagnostic.Passage(kind: .included, span: node.span)] + trail
            diagnostics.addFile(target, source: String(decoding: document.utf8, as: UTF8.self), trail: inner)
            return document
        } catch {
            let inner = [Diagnostic.Passage(kind: .included, span: node.span)] + trail
            diagnostics.addFile(target, source: SourceLines.contents(of: error), trail: inner)
            diagnostics.add(error)
            return nil
        }
    }

    /// Whether a file may be opened; says why not.
    func checked(_ name: String, _ target: String, _ node: YAMLNode, _ diagnostics: inout DiagnosticList) -> Bool {
        do {
            try project.check(name, resolvedAs: target)
            return true
        } catch {
            switch error {
            case .outside(let why):
                diagnostics.add(
                    .includeOutside, "`\(name)` is \(why)", at: node.span, hint: "name a file of this project")
            case .unreadable(let why):
                diagnostics.add(.unreadable, "`\(target)` cannot be read: \(why)", at: node.span)
            }
            return false
        }
    }

    /// Reads a library: `library`, `version`, `include`, and blocks.
    mutating func library(
        _ document: YAMLDocument, trail: [Diagnostic.Passage], _ diagnostics: inout DiagnosticList
    ) -> LoadedFile? {
        guard var map = MapReader(document.root, "a library", &diagnostics) else { return nil }
        if map.has("scenario") {
            let span = map.keySpan("scenario") ?? map.span
            diagnostics.add(.unknownDocument, "a scenario cannot be included, only a library", at: span)
            return nil
        }
        _ = map.required("library", &diagnostics).flatMap { BlockReader.name($0, "a library's name", &diagnostics) }
        BlockReader.version(&map, &diagnostics)
        let includes = map.optional("include", &diagnostics)
        let own = BlockReader.blocks(&map, inLibrary: true, &diagnostics)
        map.finish(&diagnostics)
        return file(document.file, includes: includes, own: own, trail: trail, &diagnostics)
    }
}
