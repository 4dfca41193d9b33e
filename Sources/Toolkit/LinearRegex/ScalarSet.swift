/// A set of Unicode scalars, as a pattern writes it in brackets.
struct ScalarSet: Sendable {
    /// The letters behind a backslash that stand for a kind of scalar.
    enum Kind: Sendable {
        case digit, word, space

        func contains(_ scalar: Unicode.Scalar) -> Bool {
            switch self {
            case .digit: return ("0"..."9").contains(scalar)
            case .space: return scalar.properties.isWhitespace
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

    enum Item: Sendable {
        case range(ClosedRange<Unicode.Scalar>)
        case kind(Kind, isNegated: Bool)
    }

    var items: [Item] = []
    var isNegated = false

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        let isListed = items.contains { item in
            switch item {
            case .range(let range): range.contains(scalar)
            case .kind(let kind, let isNegated): kind.contains(scalar) != isNegated
            }
        }
        return isListed != isNegated
    }
}
