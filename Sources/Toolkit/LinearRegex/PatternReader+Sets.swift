/// Brackets and what stands behind a backslash.
extension PatternReader {
    /// `[a-z]`, the opening bracket passed.
    mutating func bracket(_ start: Int) throws(LinearRegexError) -> ScalarSet {
        var set = ScalarSet()
        if next == "^" {
            set.isNegated = true
            place += 1
        }
        while let scalar = next {
            let itemStart = place
            place += 1
            switch scalar {
            case "]":
                guard !set.items.isEmpty else {
                    throw LinearRegexError(
                        "the brackets are empty; write \\] for a bracket", offset: start, count: place - start)
                }
                return set
            case "[":
                throw LinearRegexError("brackets do not stand in brackets; write \\[ for one", offset: itemStart)
            default: break
            }
            let item = scalar == "\\" ? try escape(itemStart) : .range(scalar...scalar)
            set.items.append(try range(from: item, itemStart))
        }
        throw LinearRegexError("a `[` without its `]`", offset: start)
    }

    /// The item, or the range that a hyphen behind it makes.
    private mutating func range(from item: ScalarSet.Item, _ start: Int) throws(LinearRegexError) -> ScalarSet.Item {
        guard case .range(let first) = item, next == "-", place + 1 < scalars.count, scalars[place + 1] != "]" else {
            return item
        }
        place += 1
        let lastStart = place
        let last = scalars[place]
        place += 1
        let end = last == "\\" ? try escape(lastStart) : .range(last...last)
        guard case .range(let range) = end else {
            throw LinearRegexError("a range ends with one character", offset: start, count: place - start)
        }
        guard first.lowerBound <= range.lowerBound else {
            throw LinearRegexError("the range runs backwards", offset: start, count: place - start)
        }
        return .range(first.lowerBound...range.lowerBound)
    }

    /// What a backslash begins, the backslash passed.
    mutating func escape(_ start: Int) throws(LinearRegexError) -> ScalarSet.Item {
        guard let scalar = next else { throw LinearRegexError("a backslash ends the pattern", offset: start) }
        place += 1
        func refused(_ sentence: String) -> LinearRegexError {
            LinearRegexError(sentence, offset: start, count: place - start)
        }
        let (word, space): (ScalarSet.Kind, ScalarSet.Kind) =
            dialect == .ecmaScript ? (.asciiWord, .scriptSpace) : (.word, .space)
        switch scalar {
        case "d": return .kind(.digit, isNegated: false)
        case "D": return .kind(.digit, isNegated: true)
        case "w": return .kind(word, isNegated: false)
        case "W": return .kind(word, isNegated: true)
        case "s": return .kind(space, isNegated: false)
        case "S": return .kind(space, isNegated: true)
        case "n": return .range("\n"..."\n")
        case "t": return .range("\t"..."\t")
        case "r": return .range("\r"..."\r")
        case "x": return try code(digits: 2, start)
        case "u" where next == "{":
            place += 1
            let item = try code(digits: nil, start)
            guard next == "}" else { throw refused("a `\\u{` without its `}`") }
            place += 1
            return item
        case "u": return try code(digits: 4, start)
        case "0"..."9", "k": throw refused("what a group has matched cannot be asked for again")
        case "b", "B", "A", "Z", "z", "G": throw refused("of places in the text only ^ and $ are read")
        case "p", "P": throw refused("properties of characters are not read; use \\w, \\d or brackets")
        default:
            guard !scalar.properties.isAlphabetic else { throw refused("`\\\(scalar)` means nothing here") }
            return .range(scalar...scalar)
        }
    }

    /// A scalar by its number in hexadecimal; without a count of digits, 1 to 6.
    private mutating func code(digits: Int?, _ start: Int) throws(LinearRegexError) -> ScalarSet.Item {
        var value: UInt32 = 0
        var count = 0
        while count < digits ?? 6, let scalar = next, let digit = Character(scalar).hexDigitValue, scalar.isASCII {
            value = value << 4 | UInt32(digit)
            count += 1
            place += 1
        }
        guard count == digits ?? max(1, count), let scalar = Unicode.Scalar(value) else {
            throw LinearRegexError(
                "this is no character's number in hexadecimal", offset: start, count: place - start)
        }
        return .range(scalar...scalar)
    }
}
