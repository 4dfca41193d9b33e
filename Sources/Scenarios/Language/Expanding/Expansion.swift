import YAML

/// One case of a file with its variables replaced and its groups written out.
struct Expansion {
    /// Where steps stand: in the scenario itself, or in a use of a group.
    struct Scope {
        /// What goes before the ids of its steps: nothing, or the id of the `use` step and a hyphen.
        let prefix: String
        /// The id of the `use` step, from which `start` counts.
        let use: String?
        let group: String?
        /// The `use` steps that lead here, the innermost first.
        let uses: [SourceSpan]

        static let scenario = Scope(prefix: "", use: nil, group: nil, uses: [])
    }

    struct StepSource {
        let node: YAMLNode
        let scope: Scope
        /// Its place in the list it is written in, from 1.
        let number: Int
        /// Whether it is a `use` step, whose own steps follow.
        let isUse: Bool
    }

    let caseName: String
    let parameters: [(name: String, value: YAMLNode, isVaried: Bool)]
    /// The names as they are declared.
    let declared: [Located<String>]
    /// The scenario's map, variables replaced.
    let root: YAMLNode
    let steps: [StepSource]
    let file: LoadedFile
}

/// Makes the cases of a file, one after the other, within a bound on their whole size.
struct Expander {
    /// Values of all cases together: what a hostile file can make is bounded like what it can write.
    static let maximumNodes = 200_000
    static let maximumDepth = 16

    var diagnostics: DiagnosticList
    private let file: LoadedFile
    private let files: [String: LoadedFile]
    private var budget = Self.maximumNodes
    private(set) var used: Set<String> = []
    /// The names of the groups that steps use, each with its file.
    private(set) var usedGroups: Set<String> = []
    private static let untouched = ["scenario", "version", "include", "params", "matrix", "groups"]

    init(_ file: LoadedFile, _ files: [String: LoadedFile], _ diagnostics: DiagnosticList) {
        self.file = file
        self.files = files
        self.diagnostics = diagnostics
    }

    /// nil, with a message, when the cases become too large.
    mutating func expand(_ root: YAMLNode, _ row: MatrixTable.Row, of table: MatrixTable) -> Expansion? {
        guard let entries = root.entries else { return nil }
        let values = Dictionary(row.values.map { ($0.name, $0.value) }) { first, _ in first }
        var substitution = Substitution(values, .persons(Set(persons(in: root))))
        var result: [YAMLEntry] = []
        for entry in entries {
            guard !Self.untouched.contains(entry.name) else {
                result.append(entry)
                continue
            }
            result.append(YAMLEntry(key: entry.key, value: substitution.apply(entry.value, &diagnostics)))
        }
        used.formUnion(substitution.used)
        let tree = YAMLNode(content: .mapping(result), range: root.range, file: root.file)
        // What is the same in all cases is not made anew, so a table of many cases does not count for each of them.
        let own = result.filter { !Self.untouched.contains($0.name) }
        guard spend(YAMLNode(content: .mapping(own), range: root.range, file: root.file), at: tree) else { return nil }
        var steps: [Expansion.StepSource] = []
        if let items = tree.entry(named: "steps")?.value.items {
            guard append(items, .scenario, file, stack: [], to: &steps) else { return nil }
        }
        return Expansion(
            caseName: row.name, parameters: row.values, declared: table.parameters, root: tree, steps: steps,
            file: file)
    }

    /// The names that `$name` can mean besides parameters.
    private func persons(in root: YAMLNode) -> [String] {
        guard let given = root.entry(named: "given")?.value else { return [] }
        var names = given.entry(named: "citizens")?.value.entries?.map(\.name) ?? []
        names += given.entry(named: "organisations")?.value.items?.compactMap(\.scalar) ?? []
        for name in given.entry(named: "use")?.value.items ?? [] {
            if case .persons(let node)? = name.scalar.flatMap({ file.visible[$0] })?.content {
                names += node.entries?.map(\.name) ?? []
            }
        }
        return names
    }

    // MARK: - Groups

    /// - Returns: false when the steps become too many.
    private mutating func append(
        _ items: [YAMLNode], _ scope: Expansion.Scope, _ file: LoadedFile, stack: [String],
        to steps: inout [Expansion.StepSource]
    ) -> Bool {
        for (index, item) in items.enumerated() {
            let isUse = item.entry(named: "use") != nil
            steps.append(Expansion.StepSource(node: item, scope: scope, number: index + 1, isUse: isUse))
            guard isUse else { continue }
            diagnostics.uses = scope.uses
            defer { diagnostics.uses = [] }
            guard let name = item.entry(named: "use")?.value, let block = block(name, file),
                case .group(let group) = block.content
            else { continue }
            let key = block.key
            usedGroups.insert(key)
            guard !stack.contains(key), stack.count < Self.maximumDepth else {
                let message =
                    stack.contains(key)
                    ? "the group `\(block.name.value)` uses itself" : "the groups are nested too deep"
                diagnostics.add(.groupCycle, message, at: name.span)
                continue
            }
            guard let values = inputs(of: item, group, block.name.value) else { continue }
            let id = item.entry(named: "id")?.value.scalar ?? block.name.value
            let inner = Expansion.Scope(
                prefix: "\(scope.prefix)\(id)-", use: scope.prefix + id, group: block.name.value,
                uses: [item.spanOfFirstLine] + scope.uses)
            var substitution = Substitution(values, .group(block.name.value))
            var written: [YAMLNode] = []
            for step in group.steps {
                guard spend(step, at: name) else { return false }
                written.append(substitution.apply(step, &diagnostics))
            }
            let home = files[block.name.span.file] ?? file
            guard append(written, inner, home, stack: stack + [key], to: &steps) else { return false }
        }
        return true
    }

    private mutating func block(_ name: YAMLNode, _ file: LoadedFile) -> Block? {
        guard let text = name.scalar else {
            diagnostics.add(.wrongKind, "use names a group", at: name.spanOfFirstLine)
            return nil
        }
        guard let block = file.visible[text], case .group = block.content else {
            diagnostics.add(
                .unknownBlock, "there is no group `\(text)`", at: name.span,
                hint: diagnostics.guess(text, among: file.groupNames)
                    ?? "include the library that has it")
            return nil
        }
        return block
    }

    private mutating func inputs(
        of step: YAMLNode, _ group: Block.Group, _ name: String
    ) -> [String: YAMLNode]? {
        let node = step.entry(named: "with")?.value
        if let node, node.entries == nil {
            diagnostics.add(.wrongKind, "with is a map of inputs, not \(node.kindName)", at: node.spanOfFirstLine)
            return nil
        }
        let entries = node?.entries ?? []
        var isWhole = true
        var values: [String: YAMLNode] = [:]
        for entry in entries {
            guard group.inputs.contains(where: { $0.value == entry.name }) else {
                diagnostics.add(
                    .badInputs, "`\(entry.name)` is no input of the group `\(name)`", at: entry.key.span,
                    hint: diagnostics.guess(entry.name, among: group.inputs.map(\.value)))
                isWhole = false
                continue
            }
            guard entry.value.scalar != nil, !entry.value.isPlainEmpty else {
                diagnostics.add(
                    .badInputs, "an input is one number, text or person", at: entry.value.spanOfFirstLine)
                isWhole = false
                continue
            }
            values[entry.name] = entry.value
        }
        for input in group.inputs where values[input.value] == nil {
            guard !entries.contains(where: { $0.name == input.value }) else { continue }
            diagnostics.add(
                .badInputs, "the group `\(name)` needs the input `\(input.value)`", at: step.spanOfFirstLine,
                notes: [Diagnostic.Note("it is declared here", at: input.span)])
            isWhole = false
        }
        return isWhole ? values : nil
    }

    // MARK: - Bounds

    private mutating func spend(_ node: YAMLNode, at place: YAMLNode) -> Bool {
        budget -= node.valueCount
        if budget >= 0 { return true }
        diagnostics.add(
            .tooLarge, "the cases and groups make more than \(Self.maximumNodes) values", at: place.spanOfFirstLine,
            hint: "split the file")
        return false
    }
}

extension YAMLNode {
    /// How many values a node is, itself included; walks them all.
    var valueCount: Int {
        switch content {
        case .scalar: 1
        case .sequence(let items): items.reduce(1) { $0 + $1.valueCount }
        case .mapping(let entries): entries.reduce(1) { $0 + 1 + $1.value.valueCount }
        }
    }
}
