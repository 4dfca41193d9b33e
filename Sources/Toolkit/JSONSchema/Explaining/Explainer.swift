internal import JSON
internal import LinearRegex

/// Finds all that is wrong with a value; used only when something is.
struct Explainer {
    enum Step {
        case name(String)
        case position(Int)
    }

    let program: Program
    let limit: Int
    let quotesValues: Bool
    var machine: Machine
    var path: [Step] = []
    private(set) var failures: [SchemaFailure] = []

    init(program: Program, limit: Int, quotesValues: Bool) {
        self.program = program
        self.limit = max(1, limit)
        self.quotesValues = quotesValues
        machine = Machine(program: program)
    }

    mutating func finished() -> [SchemaFailure] { failures }

    var isFull: Bool { failures.count >= limit }

    mutating func explain(_ schema: UInt32, _ subject: CheckedValue, _ depth: Int) {
        guard !isFull else { return }
        let code = program.codes[Int(schema)]
        guard depth < Machine.maximumDepth else {
            return record(
                subject, code.location, "more than \(Machine.maximumDepth) schemas are at work here within one another")
        }
        guard machine.allows(code.kinds, subject) else {
            let message =
                code.kinds.isEmpty ? "nothing is allowed here" : "\(shown(subject)) is not \(names(code.kinds))"
            return record(subject, code.location, message)
        }
        for at in Int(code.first)..<Int(code.first + code.count) {
            explain(program.instructions[at], subject, depth + 1)
        }
    }

    private mutating func explain(_ instruction: Instruction, _ subject: CheckedValue, _ depth: Int) {
        let wasTooDeep = machine.isTooDeep
        machine.isTooDeep = false
        let holds = machine.holds(instruction, subject, depth)
        if machine.isTooDeep, holds {
            let limit = Machine.maximumDepth
            return record(
                subject, instruction.location, "more than \(limit) schemas are at work here within one another")
        }
        machine.isTooDeep = wasTooDeep
        if holds { return }
        switch instruction.operation {
        case .object: explainObject(instruction, subject.value, depth)
        case .array: explainArray(instruction, subject, depth)
        case .reference: explain(instruction.first, subject, depth)
        case .allOf:
            for index in machine.list(instruction) { explain(program.lists[index], subject, depth) }
        case .condition:
            let isSo = machine.accepts(instruction.first, subject, depth)
            explain(isSo ? instruction.second : instruction.count, subject, depth)
        case .dependentSchema: explain(instruction.second, subject, depth)
        case .dependentRequired:
            let trigger = program.string(program.texts[Int(instruction.first)])
            for index in machine.list(instruction) where !machine.isPresent(program.lists[index], subject) {
                let name = program.string(program.texts[Int(program.lists[index])])
                record(
                    subject, instruction.location, "'\(name)' is missing, which '\(trigger)' asks for",
                    allowed: [name])
            }
        case .anyOf, .oneOf: explainAlternatives(instruction, subject, depth)
        case .enumeration:
            let values = program.enumerationTexts[Int(instruction.first)]
            record(subject, instruction.location, enumerationMessage(subject, values), allowed: values)
        case .format:
            let format = program.formats[Int(instruction.first)]
            record(
                subject, instruction.location, scalarMessage(instruction, subject), allowed: format.words,
                pattern: format.pattern)
        case .pattern:
            record(
                subject, instruction.location, scalarMessage(instruction, subject),
                pattern: program.patterns[Int(instruction.first)].regex.pattern)
        default: record(subject, instruction.location, scalarMessage(instruction, subject))
        }
    }

    private mutating func explainAlternatives(_ instruction: Instruction, _ subject: CheckedValue, _ depth: Int) {
        let alternatives = machine.list(instruction)
        var fitting: [Int] = []
        var causes: [SchemaFailure] = []
        for index in alternatives {
            if machine.accepts(program.lists[index], subject, depth) {
                fitting.append(index - alternatives.lowerBound + 1)
            } else if causes.count < 8 {
                var inner = Explainer(program: program, limit: 1, quotesValues: quotesValues)
                inner.path = path
                inner.explain(program.lists[index], subject, depth)
                causes += inner.failures
            }
        }
        if fitting.isEmpty {
            let reasons = causes.prefix(3).map(\.message).joined(separator: "; or: ")
            record(
                subject, instruction.location,
                "\(shown(subject)) fits none of \(alternatives.count) alternatives: \(reasons)", causes: causes)
        } else {
            let numbers = fitting.map(String.init).joined(separator: ", ")
            record(
                subject, instruction.location,
                "\(shown(subject)) fits more than one alternative, where one is wanted: numbers \(numbers)")
        }
    }

    // MARK: - Recording

    mutating func record(
        _ subject: CheckedValue, _ location: UInt32, keyword: Keyword? = nil, _ message: String, allowed: [String] = [],
        actual: String? = nil, pattern: String? = nil, causes: [SchemaFailure] = []
    ) {
        guard !isFull else { return }
        let code = program.locations[Int(location)]
        failures.append(
            SchemaFailure(
                instancePath: pointer, place: place, offset: subject.value.offset,
                keyword: keyword?.rawValue ?? code.keyword,
                schemaLocation: code.location, message: message, allowed: allowed,
                actual: actual ?? (quotesValues ? written(subject) : nil), pattern: pattern, causes: causes))
    }

    private var pointer: String {
        path.map { step in
            switch step {
            case .name(let name): "/" + JSONPointer.escaped(name)
            case .position(let position): "/\(position)"
            }
        }.joined()
    }

    private var place: String {
        var text = ""
        for step in path {
            switch step {
            case .name(let name): text += text.isEmpty ? name : ".\(name)"
            case .position(let position): text += "[\(position)]"
            }
        }
        return text
    }
}
