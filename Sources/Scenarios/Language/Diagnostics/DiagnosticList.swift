import YAML

/// The mistakes of one file, with the lines they stand on.
struct DiagnosticList {
    /// More would not be read.
    static let limit = 50

    private(set) var all: [Diagnostic] = []
    private var surplus = 0
    private let source: SourceLines

    init(source: String) {
        self.source = SourceLines(source)
    }

    var hasErrors: Bool { all.contains { $0.severity == .error } }

    mutating func add(_ diagnostic: Diagnostic) {
        guard all.count < Self.limit else {
            surplus += 1
            return
        }
        var diagnostic = diagnostic
        diagnostic.sourceLine = source.line(diagnostic.span.range.start.line)
        all.append(diagnostic)
    }

    mutating func add(
        _ code: DiagnosticCode, _ message: String, at span: SourceSpan, hint: String? = nil,
        notes: [Diagnostic.Note] = []
    ) {
        add(Diagnostic(code, message, at: span, hint: hint, notes: notes))
    }

    /// In the file's order, with a last one that counts those left out.
    func sorted() -> [Diagnostic] {
        // By offset and then by when it was found: `sort` does not promise to keep the order of equals.
        let order = all.indices.sorted {
            (all[$0].span.range.start.offset, $0) < (all[$1].span.range.start.offset, $1)
        }
        var result = order.map { all[$0] }
        if surplus > 0, let last = result.last {
            let message = "\(surplus) more mistakes are not shown"
            result.append(Diagnostic(.tooMany, message, at: last.span))
        }
        return result
    }
}
