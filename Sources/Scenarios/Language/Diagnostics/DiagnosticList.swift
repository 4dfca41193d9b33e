import Terminal
import YAML

/// The mistakes of one scenario and the files it includes, with the lines they stand on.
struct DiagnosticList {
    /// More would not be read.
    static let limit = 50
    /// More words are not compared with a misspelt one.
    static let maximumCandidates = 500

    private struct Identity: Hashable {
        let code: DiagnosticCode
        let message: String
        let span: SourceSpan
    }

    private struct File {
        let lines: SourceLines
        let trail: [Diagnostic.Passage]
        let isTable: Bool
    }

    private(set) var all: [Diagnostic] = []
    /// The files in the order in which they were read.
    private(set) var files: [String] = []
    /// The uses of groups that are being read, the innermost first.
    var uses: [SourceSpan] = []
    private var sources: [String: File] = [:]
    /// The place of each mistake in ``all``; nil if it was one too many.
    private var seen: [Identity: Int?] = [:]
    private var currentCase: String?
    /// For mistakes that a case has made: the first such case, the last, and how many.
    private var cases: [Int: (first: String, last: String, count: Int)] = [:]
    /// Mistakes of a value where it is used, which are told where the table says it.
    private var repeated: Set<Int> = []
    private var surplus = 0

    init(source: String, file: String) {
        addFile(file, source: source, trail: [])
    }

    var hasErrors: Bool { all.contains { $0.severity == .error } }
    /// Whether nothing more will be shown.
    var isFull: Bool { surplus > 0 }

    /// Makes the lines of a further file known.
    /// - Parameter isTable: whether it holds rows of values, and not a scenario.
    mutating func addFile(_ file: String, source: String, trail: [Diagnostic.Passage], isTable: Bool = false) {
        guard sources[file] == nil else { return }
        files.append(file)
        sources[file] = File(lines: SourceLines(source), trail: trail, isTable: isTable)
    }

    /// A question for behind the carets; nil without a guess, and nil when nothing more is shown anyway: guessing costs
    /// the number of candidates, and a hostile file makes many mistakes.
    func guess(_ word: String, among candidates: @autoclosure () -> [String]) -> String? {
        isFull ? nil : Self.question(word, among: candidates().prefix(Self.maximumCandidates))
    }

    /// A question for behind the carets; nil without a guess.
    static func question(_ word: String, among candidates: some Sequence<String>) -> String? {
        SpellingGuess.nearest(to: word, among: candidates).map { "did you mean `\($0)`?" }
    }

    /// Adds a mistake, once: the cases of a matrix make the same ones.
    mutating func add(_ diagnostic: Diagnostic) {
        let identity = Identity(code: diagnostic.code, message: diagnostic.message, span: diagnostic.span)
        if let known = seen[identity] {
            if let known { count(known) }
            return
        }
        guard all.count < Self.limit else {
            seen[identity] = .some(nil)
            surplus += 1
            return
        }
        seen[identity] = all.count
        count(all.count)
        var diagnostic = diagnostic.shortened()
        let file = sources[diagnostic.span.file]
        let excerpt = file?.lines.excerpt(at: diagnostic.span.range.start)
        diagnostic.sourceLine = excerpt?.text
        diagnostic.droppedColumns = excerpt?.dropped ?? 0
        diagnostic.trail = uses.map { Diagnostic.Passage(kind: .used, span: $0) } + (file?.trail ?? [])
        all.append(diagnostic)
    }

    private mutating func count(_ index: Int) {
        guard let currentCase else { return }
        let known = cases[index]
        guard known?.last != currentCase else { return }
        cases[index] = (known?.first ?? currentCase, currentCase, (known?.count ?? 0) + 1)
    }

    /// What is added from here belongs to a case of the matrix.
    mutating func beginCase(_ name: String) {
        currentCase = name.isEmpty ? nil : name
    }

    /// Says of mistakes that only some cases make which those are.
    mutating func endCases(of total: Int) {
        currentCase = nil
        guard !isFull else { return }
        for index in all.indices {
            guard let made = cases[index], made.count < total else { continue }
            let others = made.count == 1 ? "" : " and \(made.count - 1) more, not in all"
            all[index].notes.append(Diagnostic.Note("in the case \(made.first)\(others)"))
        }
        for index in all.indices where sources[all[index].span.file]?.isTable == true {
            for other in all.indices
            where all[other].code == all[index].code && all[other].message == all[index].message
                && sources[all[other].span.file]?.isTable == false && cases[other]?.first == cases[index]?.first
            {
                repeated.insert(other)
            }
        }
    }

    mutating func add(
        _ code: DiagnosticCode, _ message: String, at span: SourceSpan, hint: String? = nil,
        notes: [Diagnostic.Note] = []
    ) {
        add(Diagnostic(code, message, at: span, hint: hint, notes: notes))
    }

    /// In the files' order, with a last one that counts those left out.
    func sorted() -> [Diagnostic] {
        let rank = Dictionary(uniqueKeysWithValues: files.enumerated().map { ($1, $0) })
        // By place and then by when it was found: `sort` does not promise to keep the order of equals.
        let order = all.indices.filter { !repeated.contains($0) }.sorted { left, right in
            let (a, b) = (all[left].span, all[right].span)
            return (rank[a.file] ?? .max, a.range.start.offset, left) < (
                rank[b.file] ?? .max, b.range.start.offset, right
            )
        }
        var result = order.map { all[$0] }
        if surplus > 0, let last = result.last {
            let message = "\(counted(surplus, "more mistake is", several: "more mistakes are")) not shown"
            result.append(Diagnostic(.tooMany, message, at: last.span))
        }
        return result
    }
}
