/// One step of a matching machine.
enum RegexInstruction: Sendable {
    case scalar(Unicode.Scalar)
    case any
    case set(ScalarSet)
    /// Goes on at both places.
    case split(Int, Int)
    case jump(Int)
    case start
    case end
    case match

    var isMatch: Bool { if case .match = self { true } else { false } }

    var takesScalar: Bool {
        switch self {
        case .scalar, .any, .set: true
        case .split, .jump, .start, .end, .match: false
        }
    }
}

/// Turns a pattern's tree into instructions.
struct ProgramBuilder {
    /// Repetitions of repetitions of nothing make no instructions and must end too.
    private static let maximumSteps = 50_000

    private let length: Int
    private var program: [RegexInstruction] = []
    private var steps = 0

    init(length: Int) {
        self.length = length
    }

    mutating func build(_ tree: PatternTree) throws(LinearRegexError) -> [RegexInstruction] {
        try add(tree)
        try emit(.match)
        return program
    }

    private mutating func emit(_ instruction: RegexInstruction) throws(LinearRegexError) {
        program.append(instruction)
        try count()
    }

    private mutating func count() throws(LinearRegexError) {
        steps += 1
        guard program.count <= LinearRegex.maximumInstructions, steps <= Self.maximumSteps else {
            throw LinearRegexError("the repetitions make the pattern too large", offset: 0, count: length)
        }
    }

    private mutating func add(_ tree: PatternTree) throws(LinearRegexError) {
        try count()
        switch tree {
        case .one(let instruction): try emit(instruction)
        case .sequence(let parts):
            for part in parts { try add(part) }
        case .either(let parts):
            var ends: [Int] = []
            for part in parts.dropLast() {
                let split = program.count
                try emit(.split(0, 0))
                try add(part)
                ends.append(program.count)
                try emit(.jump(0))
                program[split] = .split(split + 1, program.count)
            }
            if let last = parts.last { try add(last) }
            for end in ends { program[end] = .jump(program.count) }
        case .repeated(let part, let least, let most):
            for _ in 0..<least { try add(part) }
            guard let most else { return try addStar(part) }
            var splits: [Int] = []
            for _ in least..<most {
                splits.append(program.count)
                try emit(.split(0, 0))
                try add(part)
            }
            for split in splits { program[split] = .split(split + 1, program.count) }
        }
    }

    private mutating func addStar(_ part: PatternTree) throws(LinearRegexError) {
        let split = program.count
        try emit(.split(0, 0))
        try add(part)
        try emit(.jump(split))
        program[split] = .split(split + 1, program.count)
    }
}
