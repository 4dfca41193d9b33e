internal import LinearRegex
internal import Terminal

/// The values of keywords.
extension SchemaCompiler {
    private static let types: [(name: String, kinds: Kinds)] = [
        ("null", .null), ("boolean", .bool), ("number", .number), ("integer", .integer), ("string", .string),
        ("array", .array), ("object", .object),
    ]

    mutating func kinds(_ value: SourceValue) -> Kinds {
        let values = value.elements ?? [value]
        if values.isEmpty { refuse(value, "type names at least one type") }
        var kinds: Kinds = []
        for value in values {
            guard let name = value.text else {
                refuse(value, "a type is one of \(Self.types.map(\.name).joined(separator: ", "))")
                continue
            }
            if let type = Self.types.first(where: { $0.name == name }) {
                kinds.insert(type.kinds)
            } else {
                let meant = SpellingGuess.nearest(to: name, among: Self.types.map(\.name))
                let names = Self.types.map(\.name).joined(separator: ", ")
                refuse(value, "'\(name)' is no type; " + (meant.map { "did you mean \($0)?" } ?? "there are \(names)"))
            }
        }
        return kinds
    }

    /// A whole number from 0; beyond 32 bits it bounds nothing that is read.
    mutating func count(_ keyword: Keyword, _ value: SourceValue) -> UInt32 {
        if case .number(let text) = value.content {
            if let whole = value.whole { return UInt32(clamping: whole) }
            let number = Self.decimal(text) { ($0.isWhole, $0.isNegative) }
            if number == (true, false) { return .max }
        }
        refuse(value, "\(keyword.rawValue) is a whole number from 0")
        return 0
    }

    private static func decimal<Result>(_ text: String, _ body: (DecimalText) -> Result) -> Result {
        Array(text.utf8).withUnsafeBytes { body(DecimalText($0)) }
    }

    mutating func bound(_ operation: Instruction.Operation, _ keyword: Keyword, _ value: SourceValue) {
        guard case .number(let text) = value.content else { return refuse(value, "\(keyword.rawValue) is a number") }
        let small = Int64(text)
        tables.bounds.append(Bound(text: tables.pool(text), value: small ?? 0, isInt64: small != nil))
        emit(operation, keyword, value, first: UInt32(tables.bounds.count - 1))
    }

    mutating func multipleOf(_ value: SourceValue) {
        guard case .number(let text) = value.content, let divisor = Self.decimal(text, { $0.divisor }) else {
            return refuse(value, "multipleOf is a number above 0 of at most 18 digits")
        }
        tables.divisors.append(divisor)
        emit(.multipleOf, .multipleOf, value, first: UInt32(tables.divisors.count - 1))
    }

    /// The number of a pattern; nil if it is not read.
    mutating func pattern(_ text: String, at offset: Int) -> UInt32? {
        if let known = tables.patterns.firstIndex(where: { $0.regex.pattern.utf8.elementsEqual(text.utf8) }) {
            return UInt32(known)
        }
        do {
            tables.patterns.append(TextSearch(try LinearRegex(text, dialect: .ecmaScript)))
            return UInt32(tables.patterns.count - 1)
        } catch {
            index.report(current.document, offset, "the pattern '\(text)' is not read: \(error.message)")
            return nil
        }
    }

    mutating func format(_ value: SourceValue) {
        guard let name = value.text else { return refuse(value, "format is a text") }
        guard assertsFormats else { return }
        if let number = formats.firstIndex(where: { $0.name == name }) {
            return emit(.format, .format, value, first: UInt32(number))
        }
        let meant = SpellingGuess.nearest(to: name, among: formats.map(\.name))
        let names = formats.map(\.name).joined(separator: ", ")
        refuse(
            value, "the format '\(name)' is not known; " + (meant.map { "did you mean \($0)?" } ?? "there are \(names)")
        )
    }

    /// A list of different texts.
    mutating func names(_ value: SourceValue, _ what: String) -> [String]? {
        var seen: Set<[UInt8]> = []
        var names: [String] = []
        for element in value.elements ?? [SourceValue.nothing] {
            guard let name = element.text, seen.insert(Array(name.utf8)).inserted else {
                refuse(value, "\(what) is a list of different names")
                return nil
            }
            names.append(name)
        }
        return names
    }
}
