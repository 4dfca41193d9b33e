import Terminal
import YAML

/// The cases of a scenario file: one, or one for each row of its matrix.
struct MatrixTable {
    struct Row {
        /// `income=0,protected=true`; empty without a matrix.
        let name: String
        /// All parameters, those of `params` first.
        let values: [(name: String, value: YAMLNode, isVaried: Bool)]
    }

    /// The declared parameters with the places of their names, in the file's order.
    let parameters: [Located<String>]
    let rows: [Row]
}

/// Reads `params` and `matrix`.
struct MatrixTableReader {
    /// Cases beyond this are refused unread: a matrix is written to be looked at.
    static let maximumCases = 10_000
    static let maximumParameters = 100
    /// Comparisons that `exclude` may cost.
    static let maximumExclusions = 1_000_000

    /// One row while it is being put together: names with values, in the file's order.
    typealias Values = [(name: String, value: YAMLNode)]

    var diagnostics: DiagnosticList
    private let library: LibraryReader
    private let file: String
    private var parameters: [Located<String>] = []
    /// The names that the matrix varies, in the file's order.
    private var varied: [String] = []

    init(_ library: LibraryReader, file: String, _ diagnostics: DiagnosticList) {
        self.library = library
        self.file = file
        self.diagnostics = diagnostics
    }

    mutating func table(params: YAMLNode?, matrix: YAMLNode?) -> MatrixTable {
        var defaults: Values = []
        for entry in entries(params, "params") {
            guard let name = declare(entry.key), let value = scalar(entry.value, name) else { continue }
            defaults.append((name, value))
        }
        guard let matrix else {
            let row = MatrixTable.Row(name: "", values: defaults.map { ($0.name, $0.value, false) })
            return MatrixTable(parameters: parameters, rows: [row])
        }
        let before = diagnostics.all.count
        let rows = matrixRows(matrix)
        // A matrix that was not understood must not let every case complain.
        guard diagnostics.all.count == before else { return MatrixTable(parameters: parameters, rows: []) }
        checkKinds(rows, defaults)
        let whole = rows.compactMap { complete($0, defaults, matrix) }
        return MatrixTable(parameters: parameters, rows: named(whole, matrix))
    }

    // MARK: - Rows

    private mutating func matrixRows(_ node: YAMLNode) -> [Values] {
        guard let entries = node.entries else {
            diagnostics.add(.wrongKind, "matrix is a map of lists, not \(node.kindName)", at: node.spanOfFirstLine)
            return []
        }
        var rows: [Values] = []
        var excluded: [(values: Values, span: SourceSpan)] = []
        var lists: [(name: String, values: [YAMLNode])] = []
        var extra: [Values] = []
        for entry in entries {
            switch entry.name {
            case "cases":
                for item in list(entry.value, "cases") { extra.append(row(item)) }
            case "exclude":
                for item in list(entry.value, "exclude") { excluded.append((row(item), item.spanOfFirstLine)) }
            case "csv":
                extra += table(entry.value)
            default:
                guard let name = vary(entry.key) else { continue }
                let values = list(entry.value, name).compactMap { scalar($0, name) }
                if values.isEmpty, entry.value.items?.isEmpty == true {
                    diagnostics.add(.badMatrix, "`\(name)` has no values", at: entry.key.span)
                }
                lists.append((name, values))
            }
        }
        let product = lists.reduce(1) { min($0 * max($1.values.count, 1), Self.maximumCases + 1) }
        guard product + extra.count <= Self.maximumCases else {
            diagnostics.add(
                .tooLarge, "the matrix makes more than \(Self.maximumCases) cases", at: node.spanOfFirstLine)
            return []
        }
        if !lists.isEmpty {
            rows = [[]]
            for (name, values) in lists {
                rows = rows.flatMap { row in values.map { row + [(name, $0)] } }
            }
        }
        rows += extra
        return without(excluded, rows)
    }

    private mutating func without(
        _ excluded: [(values: Values, span: SourceSpan)], _ rows: [Values]
    ) -> [Values] {
        var rows = rows
        if let first = excluded.first, excluded.count * rows.count > Self.maximumExclusions {
            diagnostics.add(.tooLarge, "the matrix has too many cases for so many exclusions", at: first.span)
            return []
        }
        for (pattern, span) in excluded where !pattern.isEmpty {
            let count = rows.count
            rows.removeAll { row in
                pattern.allSatisfy { wanted in
                    row.contains { $0.name == wanted.name && $0.value.scalar == wanted.value.scalar }
                }
            }
            if rows.count == count { diagnostics.add(.badMatrix, "this leaves out no case", at: span) }
        }
        return rows
    }

    private mutating func row(_ node: YAMLNode) -> Values {
        guard let entries = node.entries else {
            diagnostics.add(
                .wrongKind, "a case is a map of parameters, not \(node.kindName)", at: node.spanOfFirstLine)
            return []
        }
        return entries.compactMap { entry in
            guard let name = vary(entry.key), let value = scalar(entry.value, name) else { return nil }
            return (name, value)
        }
    }

    private mutating func table(_ node: YAMLNode) -> [Values] {
        guard let name = node.scalar, !name.isEmpty else {
            diagnostics.add(.wrongKind, "csv names a file", at: node.spanOfFirstLine)
            return []
        }
        let path = Project.path(name, from: file)
        guard library.checked(name, path, node, &diagnostics) else { return [] }
        let trail = [Diagnostic.Passage(kind: .included, span: node.span)]
        do {
            let bytes = try Project.bytes(of: path)
            diagnostics.addFile(path, source: String(decoding: bytes, as: UTF8.self), trail: trail, isTable: true)
            return try rows(CSVTable(utf8: bytes), path)
        } catch let error as YAMLError {
            diagnostics.addFile(path, source: "", trail: trail, isTable: true)
            diagnostics.add(error)
        } catch let problem as CSVTable.Problem {
            diagnostics.add(.badTable, problem.message, at: SourceSpan(file: path, range: problem.range))
        } catch {
            diagnostics.add(.unreadable, "`\(path)` cannot be read", at: node.span)
        }
        return []
    }

    private mutating func rows(_ table: CSVTable, _ path: String) -> [Values] {
        func node(_ cell: CSVTable.Cell) -> YAMLNode {
            let style: YAMLScalarStyle = cell.isQuoted ? .doubleQuoted : .plain
            return YAMLNode(content: .scalar(text: cell.text, style: style), range: cell.range, file: path)
        }
        let names = table.header.map { vary(node($0)) }
        if let second = names.indices.first(where: { at in
            names[at] != nil && names[..<at].contains(names[at])
        }) {
            diagnostics.add(.badTable, "a column is there twice", at: node(table.header[second]).span)
        }
        var rows: [Values] = []
        for record in table.rows {
            var row: Values = []
            for (name, cell) in zip(names, record) {
                guard let name, let value = scalar(node(cell), name) else { continue }
                row.append((name, value))
            }
            rows.append(row)
        }
        return rows
    }

    // MARK: - Checks

    /// A row with what `params` gives beside it; nil, with a message, if a parameter is still without a value.
    private mutating func complete(
        _ row: Values, _ defaults: Values, _ matrix: YAMLNode
    ) -> (name: String, Values)? {
        var values: Values = []
        var parts: [String] = []
        for parameter in parameters {
            let name = parameter.value
            if let own = row.first(where: { $0.name == name }) {
                values.append(own)
                parts.append("\(name)=\(own.value.scalar ?? "")")
            } else if let general = defaults.first(where: { $0.name == name }) {
                values.append(general)
                if varied.contains(name) { parts.append("\(name)=\(general.value.scalar ?? "")") }
            } else {
                let other = row.first?.value.span ?? matrix.spanOfFirstLine
                diagnostics.add(
                    .badParameter, "the case has no value for `\(name)`", at: other, hint: "add a default to params")
                return nil
            }
        }
        return (parts.joined(separator: ","), values)
    }

    private mutating func named(_ rows: [(name: String, Values)], _ matrix: YAMLNode) -> [MatrixTable.Row] {
        var seen: Set<String> = []
        var result: [MatrixTable.Row] = []
        for (name, values) in rows {
            if seen.insert(name).inserted {
                let varied = varied
                result.append(
                    MatrixTable.Row(name: name, values: values.map { ($0.name, $0.value, varied.contains($0.name)) }))
            } else {
                let span = values.first { varied.contains($0.name) }?.value.span ?? matrix.spanOfFirstLine
                diagnostics.add(.badMatrix, "the case \(name) is there twice", at: span)
            }
        }
        if result.isEmpty, rows.isEmpty, !diagnostics.hasErrors {
            diagnostics.add(.badMatrix, "the matrix leaves no case", at: matrix.spanOfFirstLine)
        }
        return result
    }

    private mutating func checkKinds(_ rows: [Values], _ defaults: Values) {
        var kinds: [String: (kind: String, span: SourceSpan)] = [:]
        for (name, value) in defaults + rows.joined() {
            let kind = Self.kind(value)
            guard let first = kinds[name] else {
                kinds[name] = (kind, value.span)
                continue
            }
            guard first.kind != kind else { continue }
            diagnostics.add(
                .badParameter, "a value of `\(name)` is \(kind), another \(first.kind)", at: value.span,
                hint: "quote a number that is meant as text",
                notes: [Diagnostic.Note("the other is here", at: first.span)])
        }
    }

    private static func kind(_ node: YAMLNode) -> String {
        guard let text = node.scalar, node.style == .plain else { return "text" }
        if text == "true" || text == "false" { return "true or false" }
        if let number = Int64(text), String(number) == text { return "a number" }
        return text.hasPrefix("$") ? "a person" : "text"
    }

    // MARK: - Small parts

    private mutating func declare(_ key: YAMLNode) -> String? {
        guard let name = key.scalar, Substitution.isName(name), !["cases", "exclude", "csv"].contains(name) else {
            diagnostics.add(
                .badValue, "`\(SourceLines.masked(key.scalar ?? ""))` cannot be a parameter's name", at: key.span,
                hint: "use a-z, 0-9, `-` and `_`; `cases`, `exclude` and `csv` are taken")
            return nil
        }
        guard !parameters.contains(where: { $0.value == name }) else { return name }
        guard parameters.count < Self.maximumParameters else {
            diagnostics.add(.tooLarge, "more than \(Self.maximumParameters) parameters", at: key.span)
            return nil
        }
        parameters.append(Located(name, key.span))
        return name
    }

    private mutating func vary(_ key: YAMLNode) -> String? {
        guard let name = declare(key) else { return nil }
        if !varied.contains(name) { varied.append(name) }
        return name
    }

    /// A value is one scalar, and can stand in a case's name.
    private mutating func scalar(_ node: YAMLNode, _ name: String) -> YAMLNode? {
        guard let text = node.scalar, !node.isPlainEmpty else {
            diagnostics.add(
                .badParameter, "a value of `\(name)` is one number, text or person, not \(node.kindName)",
                at: node.isPlainEmpty ? node.span : node.spanOfFirstLine)
            return nil
        }
        let reserved = text.unicodeScalars.first { ",=[]\n\"'".unicodeScalars.contains($0) }
        guard reserved == nil, !EscapedText.isNeeded(text), text.utf8.count <= 100 else {
            diagnostics.add(
                .badParameter,
                "a value of `\(name)` has a comma, equals sign, bracket, quote or control character, or is long",
                at: node.span, hint: "give it a short name; it becomes part of the case's")
            return nil
        }
        return node
    }

    private mutating func entries(_ node: YAMLNode?, _ what: String) -> [YAMLEntry] {
        guard let node else { return [] }
        if let entries = node.entries { return entries }
        diagnostics.add(.wrongKind, "\(what) is a map of keys, not \(node.kindName)", at: node.spanOfFirstLine)
        return []
    }

    private mutating func list(_ node: YAMLNode, _ what: String) -> [YAMLNode] {
        if let items = node.items { return items }
        diagnostics.add(.wrongKind, "\(what) is a list, not \(node.kindName)", at: node.spanOfFirstLine)
        return []
    }
}
