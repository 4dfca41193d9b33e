import Terminal

/// What a command line says, by the declarations of its command; values are still text.
struct ParsedLine: Equatable {
    /// The texts given, by ``Declaration/label``; a flag that is given has an empty list.
    var values: [String: [String]] = [:]
    var asksForHelp = false
    var errors: [UsageError] = []
}

/// Sorts the words of a command line into the declared options and arguments.
struct LineParser {
    private let declarations: [Declaration]
    private var words: ArraySlice<String>
    private var positionals: [String] = []
    private var hasUnknownOption = false
    private var line = ParsedLine()

    /// Parses the words behind a command's name; all errors are collected in the result.
    static func parse(_ words: ArraySlice<String>, by declarations: [Declaration]) -> ParsedLine {
        var parser = LineParser(declarations: declarations, words: words)
        parser.sortWords()
        parser.placePositionals()
        return parser.line
    }

    private init(declarations: [Declaration], words: ArraySlice<String>) {
        self.declarations = declarations
        self.words = words
    }

    private mutating func sortWords() {
        while let word = words.popFirst() {
            if !Self.looksLikeOption(word) {
                positionals.append(word)
            } else if word == "--" {
                positionals += words
                words = []
            } else if word.hasPrefix("--") {
                readLong(word)
            } else {
                readShorts(word)
            }
        }
    }

    /// Whether a word begins with a dash and is neither a lone dash (standard input, by custom) nor a negative number.
    static func looksLikeOption(_ word: String) -> Bool {
        var rest = word[...].utf8
        guard rest.popFirst() == UInt8(ascii: "-"), let second = rest.popFirst() else { return false }
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        let isNumber =
            digits.contains(second) || second == UInt8(ascii: ".") && rest.first.map(digits.contains) ?? false
        return !isNumber
    }

    private mutating func readLong(_ word: String) {
        let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let name = parts.first.map(String.init) ?? ""
        let attached = parts.count > 1 ? String(parts[1]) : nil
        if let declaration = declarations.first(where: { !$0.isPositional && $0.name == name }) {
            read(declaration, attached: attached)
        } else {
            rejectOption("--\(name)", guess: guess(for: name), hasValue: attached != nil)
        }
    }

    private mutating func readShorts(_ word: String) {
        let name = String(word.dropFirst())
        if name.count > 1, let long = declarations.first(where: { !$0.isPositional && $0.name == name }) {
            return rejectOption(word, guess: long, hasValue: false)
        }
        var letters = name[...]
        while let letter = letters.popFirst() {
            guard let declaration = declarations.first(where: { $0.short == letter }) else {
                let guess = declarations.first { $0.short?.lowercased() == letter.lowercased() }
                return rejectOption("-\(letter)", guess: guess, guessIsShort: true, hasValue: !letters.isEmpty)
            }
            guard declaration.takesValue else {
                read(declaration, attached: nil)
                continue
            }
            if letters.first == "=" { letters.removeFirst() }
            let isAttached = letters.endIndex > letters.startIndex || word.hasSuffix("=")
            return read(declaration, attached: isAttached ? String(letters) : nil)
        }
    }

    private mutating func read(_ declaration: Declaration, attached: String?) {
        let label = declaration.label
        switch declaration.kind {
        case .flag:
            if let attached { line.errors.append(.unwantedValue(label, value: attached)) }
            if declaration == .helpFlag { line.asksForHelp = true }
            line.values[label] = []
        case .option(let isRepeatable, _):
            guard let value = attached ?? nextValue() else {
                line.errors.append(.missingValue(label, valueName: declaration.valueName))
                // An empty list: given, so that nothing calls it missing, but without a text to read.
                line.values[label, default: []] += []
                return
            }
            if !isRepeatable && !line.values[label, default: []].isEmpty {
                line.errors.append(.givenTwice(label))
            } else {
                line.values[label, default: []].append(value)
            }
        case .positional, .rest:
            break
        }
    }

    private mutating func nextValue() -> String? {
        guard let next = words.first, !Self.looksLikeOption(next) else { return nil }
        return words.popFirst()
    }

    private mutating func rejectOption(
        _ text: String, guess: Declaration?, guessIsShort: Bool = false, hasValue: Bool
    ) {
        let spelling = guessIsShort ? guess?.short.map { "-\($0)" } : guess?.label
        line.errors.append(.unknownOption(text, guess: spelling))
        hasUnknownOption = true
        // The word behind it was meant as its value, and would only cause a second, misleading error.
        if let guess, guess.takesValue, !hasValue { _ = nextValue() }
    }

    private func guess(for name: String) -> Declaration? {
        let candidates = declarations.filter { !$0.isPositional && !$0.isHidden }
        let guess = SpellingGuess.nearest(to: name, among: candidates.map(\.name))
        return candidates.first { $0.name == guess }
    }

    private mutating func placePositionals() {
        var remaining = positionals[...]
        for declaration in declarations where declaration.isPositional {
            switch declaration.kind {
            case .positional(let isRequired):
                if let text = remaining.popFirst() {
                    line.values[declaration.label] = [text]
                } else if isRequired {
                    line.errors.append(.missing(declaration.label))
                }
            case .rest(let minimum):
                line.values[declaration.label] = Array(remaining)
                if remaining.count < minimum {
                    line.errors.append(.tooFew(declaration.label, given: remaining.count, minimum: minimum))
                }
                remaining = []
            case .flag, .option:
                break
            }
        }
        // Behind an unknown option, what is left over may well be its value.
        if !hasUnknownOption { line.errors += remaining.map { .unexpectedArgument($0) } }
        for declaration in declarations {
            if declaration.kind == .option(isRepeatable: false, isRequired: true), line.values[declaration.label] == nil
            {
                line.errors.append(.missing(declaration.label))
            }
        }
    }
}
