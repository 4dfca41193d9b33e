/// What a pattern says, before it is turned into instructions.
indirect enum PatternTree {
    case one(RegexInstruction)
    case sequence([PatternTree])
    case either([PatternTree])
    /// At least, and at most; nil: without end.
    case repeated(PatternTree, Int, Int?)
}

/// Reads the syntax that ``LinearRegex`` documents, and says of all else where it stands and what to write.
struct PatternReader {
    let scalars: [Unicode.Scalar]
    let dialect: LinearRegex.Dialect
    var place = 0
    private var depth = 0

    init(_ pattern: String, _ dialect: LinearRegex.Dialect) {
        scalars = Array(pattern.unicodeScalars)
        self.dialect = dialect
    }

    var next: Unicode.Scalar? { place < scalars.count ? scalars[place] : nil }

    mutating func read() throws(LinearRegexError) -> PatternTree {
        let tree = try alternatives()
        guard place == scalars.count else { throw LinearRegexError("a `)` without its `(`", offset: place) }
        return tree
    }

    private mutating func alternatives() throws(LinearRegexError) -> PatternTree {
        var all = [try sequence()]
        while next == "|" {
            place += 1
            all.append(try sequence())
        }
        return all.count == 1 ? all[0] : .either(all)
    }

    private mutating func sequence() throws(LinearRegexError) -> PatternTree {
        var parts: [PatternTree] = []
        while let scalar = next, scalar != "|", scalar != ")" {
            let part = try piece(scalar)
            parts.append(try repetition(of: part))
        }
        return .sequence(parts)
    }

    private mutating func piece(_ scalar: Unicode.Scalar) throws(LinearRegexError) -> PatternTree {
        let start = place
        place += 1
        switch scalar {
        case "(": return try group(start)
        case "[": return .one(.set(try bracket(start)))
        case ".":
            guard dialect == .ecmaScript else { return .one(.any) }
            let ends: [ClosedRange<Unicode.Scalar>] = ["\n"..."\n", "\r"..."\r", "\u{2028}"..."\u{2029}"]
            return .one(.set(ScalarSet(items: ends.map { .range($0) }, isNegated: true)))
        case "^": return .one(.start)
        case "$": return .one(.end)
        case "\\":
            switch try escape(start) {
            case .range(let range): return .one(.scalar(range.lowerBound))
            case .kind(let kind, let isNegated):
                return .one(.set(ScalarSet(items: [.kind(kind, isNegated: isNegated)])))
            }
        case "*", "+", "?": throw LinearRegexError("there is nothing to repeat before `\(scalar)`", offset: start)
        case "{": throw LinearRegexError("there is nothing to repeat here; write \\{ for a brace", offset: start)
        default: return .one(.scalar(scalar))
        }
    }

    private mutating func group(_ start: Int) throws(LinearRegexError) -> PatternTree {
        depth += 1
        defer { depth -= 1 }
        guard depth <= LinearRegex.maximumDepth else {
            throw LinearRegexError("groups are nested deeper than \(LinearRegex.maximumDepth)", offset: start)
        }
        if next == "?" {
            guard place + 1 < scalars.count, scalars[place + 1] == ":" else {
                throw LinearRegexError(
                    "of groups with `(?` only (?:…) is read: no names, no flags, no looking ahead or back",
                    offset: start, count: min(3, scalars.count - start))
            }
            place += 2
        }
        let inner = try alternatives()
        guard next == ")" else { throw LinearRegexError("a `(` without its `)`", offset: start) }
        place += 1
        return inner
    }

    // MARK: - Repetition

    private mutating func repetition(of part: PatternTree) throws(LinearRegexError) -> PatternTree {
        let start = place
        var result = part
        switch next {
        case "*": (place, result) = (place + 1, .repeated(part, 0, nil))
        case "+": (place, result) = (place + 1, .repeated(part, 1, nil))
        case "?": (place, result) = (place + 1, .repeated(part, 0, 1))
        case "{":
            let (least, most) = try braces(start)
            result = .repeated(part, least, most)
        default: return part
        }
        // Whether the shortest or the longest is tried first changes nothing about what matches as a whole.
        if next == "?" { place += 1 }
        if next == "+" {
            throw LinearRegexError(
                "a repetition that gives nothing back (`\(text(start, place + 1))`) is not read", offset: start,
                count: place + 1 - start)
        }
        if let scalar = next, "*?{".unicodeScalars.contains(scalar) {
            throw LinearRegexError("a repetition of a repetition needs a group around the first", offset: place)
        }
        return result
    }

    /// `{2}`, `{2,}` or `{2,5}`.
    private mutating func braces(_ start: Int) throws(LinearRegexError) -> (Int, Int?) {
        place += 1
        let wrong = LinearRegexError("a repetition is written {2}, {2,} or {2,5}; write \\{ for a brace", offset: start)
        guard let least = try number() else { throw wrong }
        var most: Int? = least
        if next == "," {
            place += 1
            most = try number()
        }
        guard next == "}" else { throw wrong }
        place += 1
        if let most, most < least {
            throw LinearRegexError("\(most) is less than \(least)", offset: start, count: place - start)
        }
        return (least, most)
    }

    private mutating func number() throws(LinearRegexError) -> Int? {
        let start = place
        var value = 0
        while let scalar = next, ("0"..."9").contains(scalar) {
            value = value * 10 + Int(scalar.value - 48)
            place += 1
            guard value <= LinearRegex.maximumRepetition else {
                throw LinearRegexError(
                    "a repetition has at most \(LinearRegex.maximumRepetition) times", offset: start,
                    count: place - start)
            }
        }
        return place > start ? value : nil
    }

    func text(_ from: Int, _ to: Int) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars[from..<min(to, scalars.count)])
        return String(view)
    }
}
