/// A regular expression whose search takes time in proportion to the text, whatever the pattern.
///
/// All ways through the pattern are followed at once (Thompson's construction), so none is tried again: there is no
/// pattern that runs for hours on thirty letters. What cannot be matched so, back references and looking around, is
/// refused when the pattern is read.
///
/// | written | matches |
/// |---|---|
/// | `a`, `\.`, `\n`, `\t`, `\r`, `\xHH`, `\uHHHH`, `\u{H…}` | one Unicode scalar |
/// | `.` | any scalar but a line feed |
/// | `\d` `\w` `\s`, `\D` `\W` `\S` | a digit 0 to 9; a letter, digit or `_` of any script; white space; all others |
/// | `[a-zÅ_\d]`, `[^…]` | one of these; any other |
/// | `ab`, `a\|b`, `(…)`, `(?:…)` | one after the other; either; a group |
/// | `*`, `+`, `?`, `{2}`, `{2,}`, `{2,5}` | repetition; with a `?` behind it the same texts match |
/// | `^`, `$` | the start and the end of the text |
public struct LinearRegex: Sendable {
    /// The longest pattern, in bytes: a longer one is a mistake, and the cost of a match grows with it.
    public static let maximumPatternBytes = 500
    /// The most instructions: with a text of a mebibyte a match stays within seconds.
    public static let maximumInstructions = 4_000
    /// The largest number in braces.
    public static let maximumRepetition = 2_000
    /// The deepest nesting of groups: each is a call of the reader in itself.
    public static let maximumDepth = 50

    /// What `.`, `\w` and `\s` stand for.
    public enum Dialect: Sendable {
        /// As the table above says.
        case unicode
        /// As ECMA-262 says: `\w` is ASCII only, `.` is no end of a line of any kind.
        case ecmaScript
    }

    /// The pattern as it was written.
    public let pattern: String
    let program: [RegexInstruction]

    /// Reads a pattern.
    /// - Throws: `LinearRegexError` with the place of what is wrong or not supported.
    public init(_ pattern: String, dialect: Dialect = .unicode) throws(LinearRegexError) {
        guard pattern.utf8.count <= Self.maximumPatternBytes else {
            throw LinearRegexError(
                "the pattern is longer than \(Self.maximumPatternBytes) bytes", offset: 0,
                count: pattern.unicodeScalars.count)
        }
        var reader = PatternReader(pattern, dialect)
        let tree = try reader.read()
        var builder = ProgramBuilder(length: pattern.unicodeScalars.count)
        program = try builder.build(tree)
        self.pattern = pattern
    }

    /// Whether the pattern matches the text from its start to its end.
    ///
    /// Cost: the number of scalars times the number of instructions, at most.
    public func matchesWhole(_ text: String) -> Bool { matches(text, anywhere: false) }

    /// Whether the pattern matches some part of the text.
    ///
    /// Cost: as of ``matchesWhole(_:)``.
    public func matchesSomewhere(_ text: String) -> Bool { matches(text, anywhere: true) }

    private func matches(_ text: String, anywhere: Bool) -> Bool {
        let scalars = Array(text.unicodeScalars)
        var current = ThreadSet(program.count)
        var next = ThreadSet(program.count)
        follow(0, into: &current, at: 0, of: scalars.count)
        for (index, scalar) in scalars.enumerated() {
            if anywhere, current.places.contains(where: { program[$0].isMatch }) { return true }
            if current.isEmpty && !anywhere { return false }
            next.removeAll()
            for place in current.places where accepts(program[place], scalar) {
                follow(place + 1, into: &next, at: index + 1, of: scalars.count)
            }
            if anywhere { follow(0, into: &next, at: index + 1, of: scalars.count) }
            swap(&current, &next)
        }
        return current.places.contains { program[$0].isMatch }
    }

    func accepts(_ instruction: RegexInstruction, _ scalar: Unicode.Scalar) -> Bool {
        switch instruction {
        case .scalar(let wanted): scalar == wanted
        case .any: scalar != "\n"
        case .set(let set): set.contains(scalar)
        case .split, .jump, .start, .end, .match: false
        }
    }

    /// Adds an instruction and all that can be reached from it without a scalar, each once.
    func follow(_ first: Int, into threads: inout ThreadSet, at index: Int, of count: Int) {
        var waiting = [first]
        while let place = waiting.popLast() {
            guard threads.insert(place) else { continue }
            switch program[place] {
            case .jump(let target): waiting.append(target)
            case .split(let one, let other):
                waiting.append(other)
                waiting.append(one)
            case .start: if index == 0 { waiting.append(place + 1) }
            case .end: if index == count { waiting.append(place + 1) }
            case .scalar, .any, .set, .match: break
            }
        }
    }
}

/// The instructions at which a match stands, each once.
struct ThreadSet {
    private(set) var places: [Int] = []
    private var marks: [Int]
    private var generation = 1

    init(_ count: Int) {
        marks = Array(repeating: 0, count: count)
    }

    var isEmpty: Bool { places.isEmpty }

    mutating func insert(_ place: Int) -> Bool {
        guard marks[place] != generation else { return false }
        marks[place] = generation
        places.append(place)
        return true
    }

    mutating func removeAll() {
        places.removeAll(keepingCapacity: true)
        generation += 1
    }
}

/// Why a pattern is not read.
public struct LinearRegexError: Error, Equatable, Sendable, CustomStringConvertible {
    /// A sentence without a full stop.
    public let message: String
    /// Where, in Unicode scalars from the start of the pattern.
    public let offset: Int
    /// How many scalars it is about, at least one.
    public let count: Int

    init(_ message: String, offset: Int, count: Int = 1) {
        self.message = message
        self.offset = offset
        self.count = max(1, count)
    }

    /// The sentence.
    public var description: String { message }
}
