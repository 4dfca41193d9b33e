/// Finds walks over dictionaries and sets whose order could reach a result.
///
/// Known by their declarations in the same file: `: [K: V]`, `: Set<…>`, `= [:]`, `= Set(…)` and the like. `.keys` and
/// `.values` are taken to be a dictionary's wherever they stand. A walk is fine if its result is sorted or counted, or
/// if `// order-free:` with a reason stands on its line or the line above.
struct UnorderedIteration {
    private let file: SourceFile
    private let unordered: Set<String>

    /// Members whose result has no order.
    private static let orderFree: Set = ["sorted", "count", "isEmpty", "contains", "allSatisfy"]
    /// Members whose result has one.
    private static let walks: Set = [
        "map", "flatMap", "compactMap", "forEach", "reduce", "first", "popFirst", "removeFirst", "enumerated", "lazy",
        "prefix", "dropFirst", "joined", "makeIterator",
    ]

    init(_ file: SourceFile) {
        self.file = file
        unordered = Self.unorderedNames(in: file)
    }

    func violations() -> [Violation] {
        var lines: [Int: String] = [:]
        for index in file.tokens.indices {
            if let what = loop(at: index) ?? view(at: index) ?? walk(at: index) {
                let line = file.tokens[index].line
                if !isAllowed(line), lines[line] == nil { lines[line] = what }
            }
        }
        return lines.sorted { $0.key < $1.key }.map { line, what in
            file.violation(line, "\(what) has no order: sort it, or say // order-free: why")
        }
    }

    private func isAllowed(_ line: Int) -> Bool {
        [line, line - 1].contains { line in
            guard let comment = file.comments[line], let marker = comment.firstRange(of: "order-free:") else {
                return false
            }
            return comment[marker.upperBound...].contains { $0.isLetter }
        }
    }

    // MARK: - What walks

    /// `for … in names {`, also through `zip(…)` and `Array(…)`.
    private func loop(at index: Int) -> String? {
        guard file.word(index) == "for", !["(", ",", ".", "_"].contains(file.word(index - 1)),
            let start = position(of: ["in"], after: index + 1)
        else { return nil }
        let end = position(of: ["{", "where"], after: start + 1) ?? file.tokens.count
        for place in start + 1..<end {
            let name = file.word(place)
            let isMade = ["Set", "Dictionary"].contains(name) && ["(", "<"].contains(file.word(place + 1))
            guard isMade || isUnorderedValue(at: place), isWalked(place, from: start + 1) else { continue }
            if !endsOrderFree(from: place + 1, to: end) { return name }
        }
        return nil
    }

    /// `.keys` and `.values` that are neither sorted nor assigned.
    private func view(at index: Int) -> String? {
        let name = file.word(index + 1)
        guard file.word(index) == ".", ["keys", "values"].contains(name), isOperand(index - 1),
            !["=", "[", "("].contains(file.word(index + 2))
        else { return nil }
        return endsOrderFree(from: index + 2, to: endOfHeader(index)) ? nil : ".\(name)"
    }

    /// `names.map { … }` and its like, and `Array(names)`.
    private func walk(at index: Int) -> String? {
        guard isUnorderedValue(at: index) else { return nil }
        let isListed = file.word(index - 2) == "Array" && file.word(index - 1) == "(" && file.word(index + 1) == ")"
        let isWalked = file.word(index + 1) == "." && Self.walks.contains(file.word(index + 2))
        guard isListed || isWalked else { return nil }
        return endsOrderFree(from: index + 1, to: endOfHeader(index)) ? nil : file.word(index)
    }

    /// Whether a name stands for the collection itself, not for one of its elements or a call.
    private func isUnorderedValue(at index: Int) -> Bool {
        unordered.contains(file.word(index)) && !["[", "(", ":"].contains(file.word(index + 1))
    }

    /// Whether a token can end an expression, so that the dot after it asks for a member.
    private func isOperand(_ index: Int) -> Bool {
        guard file.tokens.indices.contains(index) else { return false }
        return file.tokens[index].isWord && !["return", "case", "in"].contains(file.word(index))
            || [")", "]", "}", "?", "!", ">"].contains(file.word(index)) || file.word(index).first?.isNumber == true
    }

    /// Follows the members and calls after a value until one makes its order irrelevant.
    private func endsOrderFree(from start: Int, to end: Int) -> Bool {
        var index = start
        while index < end {
            switch file.word(index) {
            case "?", "!", ")", "<", ">": index += 1
            case "(", "[", "{": index = file.afterBracket(at: index)
            case ".":
                let member = file.word(index + 1)
                if Self.orderFree.contains(member) { return true }
                if ["min", "max"].contains(member), file.word(index + 3) == ")" { return true }
                index += 2
            default: return false
            }
        }
        return false
    }

    /// Where a loop's or condition's header ends, so that its body is not taken for a trailing closure.
    private func endOfHeader(_ index: Int) -> Int {
        let line = file.tokens[index].line
        var start = index
        while start > 0, file.tokens[start - 1].line == line { start -= 1 }
        guard (start..<index).contains(where: { ["for", "if", "guard", "while", "switch"].contains(file.word($0)) })
        else { return file.tokens.count }
        return position(of: ["{"], after: index) ?? file.tokens.count
    }

    /// The next of some words outside brackets; nil if a brace or a closing bracket comes first.
    private func position(of words: [String], after start: Int) -> Int? {
        var index = start
        while index < file.tokens.count {
            let word = file.word(index)
            if words.contains(word) { return index }
            if ["{", "}", ")", "]"].contains(word) { return nil }
            index = ["(", "["].contains(word) ? file.afterBracket(at: index) : index + 1
        }
        return nil
    }

    /// Whether a place is what the loop walks: in no bracket but those of `zip(…)` and `Array(…)`.
    private func isWalked(_ place: Int, from start: Int) -> Bool {
        var open: [String] = []
        for index in start..<place {
            switch file.word(index) {
            case "(": open.append(file.word(index - 1))
            case "[": open.append("[")
            case ")", "]": _ = open.popLast()
            default: break
            }
        }
        return open.allSatisfy { ["zip", "Array", "in", "("].contains($0) }
    }

    // MARK: - What has no order

    private static func unorderedNames(in file: SourceFile) -> Set<String> {
        var names: Set<String> = []
        for index in file.tokens.indices where file.tokens[index].isWord {
            var value = index + 2
            switch file.word(index + 1) {
            case ":":
                while ["inout", "borrowing", "consuming", "sending"].contains(file.word(value)) { value += 1 }
                if isUnorderedType(at: value, in: file) { names.insert(file.word(index)) }
            case "=" where file.word(index + 2) != "=":
                if isUnorderedValue(at: value, in: file) { names.insert(file.word(index)) }
            default: break
            }
        }
        return names
    }

    private static func isUnorderedType(at index: Int, in file: SourceFile) -> Bool {
        ["Set", "Dictionary"].contains(file.word(index)) || isDictionary(at: index, in: file)
    }

    private static func isUnorderedValue(at index: Int, in file: SourceFile) -> Bool {
        guard isUnorderedType(at: index, in: file) else { return false }
        var end = index
        while [file.word(index), "<", "(", "["].contains(file.word(end)) || end == index {
            end = ["(", "["].contains(file.word(end)) ? file.afterBracket(at: end) : end + 1
        }
        return !(file.word(end) == "." && orderFree.contains(file.word(end + 1)))
    }

    /// Whether brackets hold a colon of their own, and not that of a `? :`.
    private static func isDictionary(at index: Int, in file: SourceFile) -> Bool {
        guard file.word(index) == "[" else { return false }
        var place = index + 1
        while place < file.tokens.count {
            switch file.word(place) {
            case ":": return true
            case "]": return false
            case "?" where file.word(place + 1) != ":": return false
            case "(", "[", "{": place = file.afterBracket(at: place)
            default: place += 1
            }
        }
        return false
    }
}
