import YAML

/// Reads the named blocks of a library or a scenario, without looking into them.
enum BlockReader {
    static func version(_ map: inout MapReader, _ diagnostics: inout DiagnosticList) {
        guard let node = map.required("version", &diagnostics), node.scalar != "1" else { return }
        diagnostics.add(.unknownVersion, "this version of the language is not read", at: node.span, hint: "write 1")
    }

    static func name(_ node: YAMLNode, _ what: String, _ diagnostics: inout DiagnosticList) -> Located<String>? {
        guard let text = node.scalar, TimeText.isName(text), text != "start", text != "end" else {
            let shown = node.scalar.map { "`\(SourceLines.masked($0))`" } ?? node.kindName
            diagnostics.add(
                .badValue, "\(shown) cannot be \(what)", at: node.spanOfFirstLine,
                hint: "use a-z, 0-9 and single hyphens; `start` and `end` are taken")
            return nil
        }
        return Located(text, node.span)
    }

    static func blocks(
        _ map: inout MapReader, inLibrary: Bool, _ diagnostics: inout DiagnosticList
    ) -> [Block] {
        var blocks: [Block] = []
        if inLibrary {
            for entry in entries(map.optional("persons", &diagnostics), "persons", &diagnostics) {
                guard let name = name(entry.key, "a block's name", &diagnostics) else { continue }
                blocks.append(Block(name: name, content: .persons(entry.value)))
            }
            for entry in entries(map.optional("agencies", &diagnostics), "agencies", &diagnostics) {
                guard let name = name(entry.key, "a block's name", &diagnostics) else { continue }
                blocks.append(Block(name: name, content: .agencies(entry.value)))
            }
        }
        for entry in entries(map.optional("groups", &diagnostics), "groups", &diagnostics) {
            guard let name = name(entry.key, "a group's name", &diagnostics),
                let group = group(entry.value, name.value, &diagnostics)
            else { continue }
            blocks.append(Block(name: name, content: .group(group)))
        }
        return blocks
    }

    private static func entries(
        _ node: YAMLNode?, _ what: String, _ diagnostics: inout DiagnosticList
    ) -> [YAMLEntry] {
        guard let node else { return [] }
        if let entries = node.entries { return entries }
        diagnostics.add(.wrongKind, "\(what) is a map of names, not \(node.kindName)", at: node.spanOfFirstLine)
        return []
    }

    private static func group(
        _ node: YAMLNode, _ name: String, _ diagnostics: inout DiagnosticList
    ) -> Block.Group? {
        guard var map = MapReader(node, "a group", &diagnostics) else { return nil }
        let inputs = map.optional("inputs", &diagnostics).map { self.inputs($0, &diagnostics) } ?? []
        let steps = map.required("steps", &diagnostics)
        map.finish(&diagnostics)
        guard let steps else { return nil }
        guard let items = steps.items else {
            diagnostics.add(.wrongKind, "steps is a list, not \(steps.kindName)", at: steps.spanOfFirstLine)
            return nil
        }
        if items.isEmpty { diagnostics.add(.badValue, "the group has no step", at: steps.spanOfFirstLine) }
        checkInputs(inputs, items, name, &diagnostics)
        return Block.Group(inputs: inputs, steps: items)
    }

    private static func inputs(_ node: YAMLNode, _ diagnostics: inout DiagnosticList) -> [Located<String>] {
        guard let items = node.items else {
            diagnostics.add(.wrongKind, "inputs is a list of names, not \(node.kindName)", at: node.spanOfFirstLine)
            return []
        }
        var result: [Located<String>] = []
        guard items.count <= MatrixTableReader.maximumParameters else {
            diagnostics.add(
                .tooLarge, "more than \(MatrixTableReader.maximumParameters) inputs", at: node.spanOfFirstLine)
            return []
        }
        for item in items {
            guard let text = item.scalar, Substitution.isName(text) else {
                diagnostics.add(.badValue, "this cannot be an input's name", at: item.spanOfFirstLine)
                continue
            }
            if result.contains(where: { $0.value == text }) {
                diagnostics.add(.nameClash, "the input `\(text)` is declared twice", at: item.span)
            } else {
                result.append(Located(text, item.span))
            }
        }
        return result
    }

    /// A group's variables are checked where it is declared, so that a library is checked without a scenario.
    private static func checkInputs(
        _ inputs: [Located<String>], _ steps: [YAMLNode], _ name: String, _ diagnostics: inout DiagnosticList
    ) {
        var values: [String: YAMLNode] = [:]
        for (input, step) in inputs.map({ ($0, steps.first) }) {
            guard let step else { continue }
            values[input.value] = YAMLNode(
                content: .scalar(text: "x", style: .plain), range: step.range, file: step.file)
        }
        var trial = Substitution(values, .group(name))
        for step in steps { _ = trial.apply(step, &diagnostics) }
        for input in inputs where !trial.used.contains(input.value) {
            let message = "the input `\(input.value)` of the group `\(name)` is not used"
            diagnostics.add(.unusedParameter, message, at: input.span, hint: "take it away")
        }
    }
}
