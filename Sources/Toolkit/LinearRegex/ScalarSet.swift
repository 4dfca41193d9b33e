/// A set of Unicode scalars, as a pattern writes it in brackets.
struct ScalarSet: Hashable, Sendable {
    /// The letters behind a backslash that stand for a kind of scalar.
    enum Kind: Hashable, Sendable {
        case digit, word, space
        /// What ECMA-262 means by `\w` and `\s`.
        case asciiWord, scriptSpace

        func contains(_ scalar: Unicode.Scalar) -> Bool {
            switch self {
            case .digit: return ("0"..."9").contains(scalar)
            case .space: return scalar.properties.isWhitespace
            case .asciiWord: return scalar.isASCII && Kind.word.contains(scalar)
            case .scriptSpace:
                // ECMA-262 counts the byte order mark as white space and the next-line control not.
                return scalar == "\u{FEFF}" || scalar != "\u{85}" && scalar.properties.isWhitespace
            case .word:
                if scalar.isASCII {
                    return ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
                        || ("0"..."9").contains(scalar) || scalar == "_"
                }
                switch scalar.properties.generalCategory {
                // A letter may be written as a base letter and marks.
                case .decimalNumber, .nonspacingMark, .spacingMark: return true
                default: return scalar.properties.isAlphabetic
                }
            }
        }
    }

    enum Item: Hashable, Sendable {
        case range(ClosedRange<Unicode.Scalar>)
        case kind(Kind, isNegated: Bool)

        func contains(_ scalar: Unicode.Scalar) -> Bool {
            switch self {
            case .range(let range): range.contains(scalar)
            case .kind(let kind, let isNegated): kind.contains(scalar) != isNegated
            }
        }
    }

    var items: [Item] = []
    var isNegated = false

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        // By index: a closure would be allocated for each scalar of a text in builds that are not optimised.
        for index in items.indices where items[index].contains(scalar) { return !isNegated }
        return isNegated
    }
}
