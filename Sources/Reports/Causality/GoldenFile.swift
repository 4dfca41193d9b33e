import Terminal

/// An approved run as it was read from its file.
public struct GoldenFile: Sendable {
    /// A case of it.
    struct Case: Sendable, Equatable {
        /// The case's title.
        var title: String
        /// Its lines below the title, the digest first.
        var lines: [String]
        /// The line of its title in the file, from 1.
        var line: Int
    }

    /// Why a file is no approved run.
    public struct Fault: Error, Sendable, CustomStringConvertible {
        /// The line, from 1.
        public let line: Int
        /// What is wrong, without a full stop.
        public let description: String
    }

    /// What a run must have in common with the approved one, to be compared with it: form, seed, resolution.
    let settings: [String]
    private(set) var cases: [Case]

    static let comment = "# An approved run: what livsbuss run --approve wrote. Messages stand below what caused them."
    private static let form = "form 1"

    init(seed: UInt64, resolution: Int, cases: [Case]) {
        settings = [Self.form, "seed \(seed)", "resolution \(resolution) min"]
        self.cases = cases
    }

    /// Reads a file's text.
    /// - Throws: ``Fault`` for what `livsbuss run --approve` does not write: an empty file, the marks of a merge, a case
    ///   without a digest.
    public init(_ text: String) throws(Fault) {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last == "" { lines.removeLast() }
        guard !lines.isEmpty else { throw Fault(line: 1, description: "the file is empty") }
        for (number, line) in lines.enumerated() {
            for mark in ["<<<<<<<", "=======", ">>>>>>>"] where line.hasPrefix(mark) {
                throw Fault(line: number + 1, description: "the mark `\(mark)` of a merge stands there")
            }
        }
        let head = lines.enumerated().filter { !$1.hasPrefix("#") }.prefix(4)
        guard head.count == 4, head.first?.1 == Self.form else {
            throw Fault(line: (head.first?.0 ?? 0) + 1, description: "`\(Self.form)` is wanted there")
        }
        let found = head.map(\.1)
        guard found[1].hasPrefix("seed "), found[2].hasPrefix("resolution "), found[3].hasPrefix("cases ") else {
            throw Fault(line: head[head.startIndex].0 + 2, description: "seed, resolution and cases are wanted there")
        }
        for (number, line) in head.dropFirst() {
            guard let fault = Self.fault(ofSetting: line) else { continue }
            throw Fault(line: number + 1, description: fault)
        }
        settings = Array(found.prefix(3))
        cases = []
        for (number, line) in lines.enumerated().dropFirst((head.last?.0 ?? 0) + 1) where !line.isEmpty {
            if line.hasPrefix("case ") {
                let title = line.dropFirst(5)
                if cases.contains(where: { $0.title == title }) {
                    throw Fault(line: number + 1, description: "the case \(title) stands there a second time")
                }
                cases.append(Case(title: String(line.dropFirst(5)), lines: [], line: number + 1))
            } else if cases.isEmpty {
                throw Fault(line: number + 1, description: "a case is wanted there")
            } else {
                cases[cases.count - 1].lines.append(line)
            }
        }
        guard found[3] == "cases \(cases.count)", !cases.isEmpty else {
            throw Fault(
                line: (head.last?.0 ?? 0) + 1,
                description: "the file has \(counted(cases.count, "case")), not as it says there")
        }
        for one in cases where one.lines.first?.hasPrefix("digest ") != true {
            throw Fault(line: one.line, description: "the case has no digest below it")
        }
    }

    /// What is wrong with one of the lines of the head behind the form; nil if such a line is written. A setting that is
    /// none would be another than this run's, and the file would not be compared.
    private static func fault(ofSetting line: String) -> String? {
        func number<Number: FixedWidthInteger>(after word: String, before end: String, _: Number.Type) -> Number? {
            guard line.hasPrefix(word), line.hasSuffix(end), line.count > word.count + end.count else { return nil }
            let digits = line.dropFirst(word.count).dropLast(end.count)
            return Number(digits).flatMap { "\($0)" == digits ? $0 : nil }
        }
        if line.hasPrefix("seed ") {
            return number(after: "seed ", before: "", UInt64.self) == nil ? "`\(line)` names no seed" : nil
        }
        if line.hasPrefix("resolution ") {
            let minutes = number(after: "resolution ", before: " min", Int.self) ?? 0
            return 1...1_440 ~= minutes ? nil : "`\(line)` names no resolution, as `resolution 1 min` does"
        }
        return number(after: "cases ", before: "", Int.self) == nil ? "`\(line)` names no number of cases" : nil
    }

    /// The text of the file.
    var text: String {
        var lines = [Self.comment] + settings + ["cases \(cases.count)"]
        for one in cases { lines += ["", "case \(one.title)"] + one.lines }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The file with some cases as they are now, the others as they were.
    func replacing(_ new: [Case]) -> GoldenFile {
        var file = self
        for one in new {
            if let place = file.cases.firstIndex(where: { $0.title == one.title }) {
                file.cases[place] = one
            } else {
                file.cases.append(one)
            }
        }
        return file
    }
}
