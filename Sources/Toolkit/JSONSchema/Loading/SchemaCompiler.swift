internal import LinearRegex
internal import Terminal

/// Turns indexed schemas into a program.
struct SchemaCompiler {
    var index: SchemaIndex
    let formats: [SchemaFormat]
    let assertsFormats: Bool
    var tables = ProgramTables()
    /// Schemas that each schema applies to the same value, with the place of the keyword.
    var inPlace: [[UInt32]] = []
    /// The schema that is compiled.
    var current = IndexedSchema(document: 0, value: SourceValue.nothing, base: "", pointer: "")
    var row: [Instruction] = []
    var same: [UInt32] = []
    /// The schemas whose code is made.
    private(set) var count = 0
    private var targets = KnownTargets()

    init(_ index: SchemaIndex, formats: [SchemaFormat], assertsFormats: Bool) {
        self.index = index
        self.formats = formats
        self.assertsFormats = assertsFormats
        tables.formats = formats
    }

    /// Compiles some schemas that stand one behind the other, and what they reach.
    /// - Throws: `SchemaErrors` with all that is wrong.
    mutating func compile(_ numbers: Range<Int>) throws(SchemaErrors) -> Program {
        tables.codes = Array(repeating: SchemaCode(), count: index.schemas.count)
        inPlace = Array(repeating: [], count: index.schemas.count)
        var isCompiled = Array(repeating: false, count: index.schemas.count)
        var ahead = [numbers]
        while let range = ahead.popLast() {
            for number in range where !isCompiled[number] {
                isCompiled[number] = true
                compile(number)
                // What stands within a schema is compiled with it; what it refers to may stand anywhere.
                for target in same where !range.contains(Int(target)) {
                    ahead.append(Int(target)..<index.schemas[Int(target)].end)
                }
            }
        }
        checkRecursion()
        guard index.errors.isEmpty else { throw errors() }
        return Program(tables)
    }

    private mutating func compile(_ number: Int) {
        current = index.schemas[number]
        row = []
        same = []
        count += 1
        var code = SchemaCode(location: location("", current.value.offset))
        switch current.value.content {
        case .bool(false): code.kinds = []
        case .object(let members): compile(members, &code)
        default: break
        }
        code.first = UInt32(tables.instructions.count)
        code.count = UInt32(row.count)
        tables.instructions += row
        tables.codes[number] = code
        inPlace[number] = same
    }

    private func errors() -> SchemaErrors {
        let sorted = index.errors.sorted { ($0.document, $0.offset, $0.message) < ($1.document, $1.offset, $1.message) }
        return SchemaErrors(
            errors: sorted.prefix(SchemaErrors.maximumCount).map { error in
                let document = index.documents[error.document]
                let place = document.parsed.place(error.offset)
                return SchemaError(
                    file: document.file, line: place.line, column: place.column, message: error.message)
            })
    }

    mutating func refuse(_ value: SourceValue, _ message: String) {
        index.report(current.document, value.offset, message)
    }

    /// The number of a place of the schema that is compiled.
    mutating func location(_ keyword: String, _ offset: Int) -> UInt32 {
        let document = index.documents[current.document]
        let place = document.parsed.place(offset)
        let pointer = keyword.isEmpty ? current.pointer : "\(current.pointer)/\(keyword)"
        tables.locations.append(
            CodeLocation(
                keyword: keyword,
                location: SchemaLocation(
                    uri: "\(document.uri)#\(pointer)", file: document.file, line: place.line, column: place.column)))
        return UInt32(tables.locations.count - 1)
    }

    mutating func emit(
        _ operation: Instruction.Operation, _ keyword: Keyword, _ value: SourceValue, first: UInt32 = 0,
        second: UInt32 = 0, count: UInt32 = 0
    ) {
        row.append(
            Instruction(
                operation: operation, location: location(keyword.rawValue, value.offset), first: first,
                second: second, count: count))
    }

    /// The number of a schema that stands in the one that is compiled.
    func schema(_ value: SourceValue) -> UInt32 {
        index.numbers[SchemaIndex.Place(document: current.document, offset: value.offset)] ?? Program.none
    }

    /// Puts schemas into the lists.
    private mutating func list(_ values: [SourceValue]) -> (first: UInt32, count: UInt32) {
        let first = UInt32(tables.lists.count)
        tables.lists += values.map(schema)
        return (first, UInt32(values.count))
    }

    private mutating func compile(_ members: [SourceMember], _ code: inout SchemaCode) {
        // Each keyword of a group is read where the group's first stands.
        for member in members {
            guard let keyword = Keyword(rawValue: member.name) else { continue }
            compile(keyword, member.value, &code)
        }
        compileObject()
        compileArray()
    }

    private mutating func compile(_ keyword: Keyword, _ value: SourceValue, _ code: inout SchemaCode) {
        switch keyword {
        case .schema: checkDialect(value)
        case .comment, .title, .description:
            if value.text == nil { refuse(value, "\(keyword.rawValue) is a text") }
        case .deprecated, .readOnly, .writeOnly:
            if value.kind != .bool { refuse(value, "\(keyword.rawValue) is true or false") }
        case .examples: if value.elements == nil { refuse(value, "examples is a list") }
        case .type:
            code.kinds = kinds(value)
            code.location = location(keyword.rawValue, value.offset)
        case .enum:
            guard let values = value.elements else { return refuse(value, "enum is a list of values") }
            emit(.enumeration, .enum, value, first: enumeration(values))
        case .const: emit(.enumeration, .const, value, first: enumeration([value]))
        case .minimum: bound(.minimum, keyword, value)
        case .maximum: bound(.maximum, keyword, value)
        case .exclusiveMinimum: bound(.exclusiveMinimum, keyword, value)
        case .exclusiveMaximum: bound(.exclusiveMaximum, keyword, value)
        case .multipleOf: multipleOf(value)
        case .minLength: emit(.minLength, keyword, value, first: count(keyword, value))
        case .maxLength: emit(.maxLength, keyword, value, first: count(keyword, value))
        case .pattern:
            guard let text = value.text else { return refuse(value, "pattern is a text") }
            if let number = pattern(text, at: value.offset) { emit(.pattern, keyword, value, first: number) }
        case .format: format(value)
        case .allOf, .anyOf, .oneOf:
            guard let values = value.elements else { return }
            let (first, count) = list(values)
            same += values.map(schema)
            let operation: Instruction.Operation = keyword == .allOf ? .allOf : keyword == .anyOf ? .anyOf : .oneOf
            emit(operation, keyword, value, second: first, count: count)
        case .not:
            same.append(schema(value))
            emit(.not, keyword, value, first: schema(value))
        case .if:
            let then = current.value["then"].map(schema) ?? Program.none
            let otherwise = current.value["else"].map(schema) ?? Program.none
            same += [schema(value), then, otherwise].filter { $0 != Program.none }
            emit(.condition, keyword, value, first: schema(value), second: then, count: otherwise)
        case .reference:
            guard let text = value.text else { return refuse(value, "$ref is a URI reference") }
            switch targets.target(text, from: current.base, in: index) {
            case .success(let number):
                same.append(number)
                emit(.reference, keyword, value, first: number)
            case .failure(let failure): refuse(value, failure.message)
            }
        case .dependentRequired: dependentRequired(value)
        case .dependentSchemas:
            for member in value.members ?? [] {
                same.append(schema(member.value))
                emit(
                    .dependentSchema, keyword, member.value, first: tables.text(member.name),
                    second: schema(member.value))
            }
        default: break
        }
    }

    private mutating func checkDialect(_ value: SourceValue) {
        let known = "https://json-schema.org/draft/2020-12/schema"
        guard let text = value.text else { return refuse(value, "$schema is a URI") }
        if text != known && text != known + "#" { refuse(value, "only \(known) is read, not \(text)") }
    }

    /// For people stands what a document has, a text without its quotes.
    private mutating func enumeration(_ values: [SourceValue]) -> UInt32 {
        let document = index.documents[current.document].parsed
        return tables.enumeration(values, shown: values.map { $0.text ?? document.text(of: $0) })
    }

    private mutating func dependentRequired(_ value: SourceValue) {
        guard let members = value.members else { return refuse(value, "dependentRequired is an object of lists") }
        for member in members {
            guard let names = names(member.value, "a member of dependentRequired") else { continue }
            let numbers = names.map { tables.text($0) }
            let first = UInt32(tables.lists.count)
            tables.lists += numbers
            emit(
                .dependentRequired, .dependentRequired, member.value, first: tables.text(member.name), second: first,
                count: UInt32(numbers.count))
        }
    }
}
