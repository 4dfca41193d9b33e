public import JSON

/// Schemas of JSON Schema 2020-12, read and compiled once for many messages.
///
///     let catalogue = try SchemaLibrary([SchemaDocument(uri: "birth.schema.json", bytes: bytes)])
///     if let schema = catalogue["birth.schema.json"], !schema.isValid(tape.root) {
///         for failure in schema.failures(of: tape.root) { print(failure) }
///     }
///
/// References lead within and between the documents given, never elsewhere. Every keyword is either checked or
/// refused when the catalogue is made; names that begin with `x-` are passed over.
public struct SchemaLibrary: Sendable {
    private let program: Program
    private let index: SchemaNames

    /// Reads and compiles documents.
    /// - Parameters:
    ///   - formats: what `format` may name; another name is an error.
    ///   - assertsFormats: false: `format` says nothing of whether a value is valid, and may name anything.
    /// - Throws: `SchemaErrors` with all that is wrong, each with its place.
    public init(
        _ documents: [SchemaDocument], formats: [SchemaFormat] = SchemaFormat.standard, assertsFormats: Bool = true
    ) throws(SchemaErrors) {
        let index = SchemaIndex(documents)
        try self.init(index, from: index.schemas.indices, formats: formats, assertsFormats: assertsFormats)
    }

    /// Some of the schemas of an index, and what they reach; the others are not to be asked for.
    init(
        _ index: SchemaIndex, from schemas: Range<Int>, formats: [SchemaFormat], assertsFormats: Bool = true
    ) throws(SchemaErrors) {
        var compiler = SchemaCompiler(index, formats: formats, assertsFormats: assertsFormats)
        program = try compiler.compile(schemas)
        self.index = SchemaNames(compiler.index)
        count = compiler.count
    }

    /// How many schemas were compiled, those within others counted: the work of reading them grows with it.
    public let count: Int

    /// The schema that a URI names, with a JSON Pointer or an anchor behind `#`; nil if there is none.
    public subscript(_ uri: String) -> CompiledSchema? {
        index.number(uri).map { CompiledSchema(program: program, number: $0) }
    }
}

/// Finds schemas by their names.
private struct SchemaNames: Sendable {
    private let index: SchemaIndex

    init(_ index: SchemaIndex) { self.index = index }

    func number(_ uri: String) -> UInt32? { try? index.target(uri, from: "").get() }
}

/// A schema of a catalogue, ready to be held against values.
public struct CompiledSchema: Sendable {
    let program: Program
    let number: UInt32

    /// The same schema with other checks for some formats, without compiling it again.
    /// - Parameter formats: each takes the place of that with its name; others are left out.
    public func replacing(_ formats: [SchemaFormat]) -> CompiledSchema {
        let all = program.formats.map { known in formats.first { $0.name == known.name } ?? known }
        return CompiledSchema(program: Program(sharing: program, formats: all), number: number)
    }

    /// Whether a value is valid; stops at the first failure and allocates nothing.
    ///
    /// But for `uniqueItems` of more than 16 elements, and patterns too large to be counted out.
    public func isValid(_ value: JSONValue) -> Bool {
        var machine = Machine(program: program)
        return machine.accepts(number, CheckedValue(value), 0) && !machine.isTooDeep
    }

    /// What is wrong with a value, in the order of the schema; empty if it is valid.
    /// - Parameters:
    ///   - limit: the most failures.
    ///   - quotesValues: false: no sentence repeats a value of the message, for those that must stay secret.
    public func failures(of value: JSONValue, limit: Int = 100, quotesValues: Bool = true) -> [SchemaFailure] {
        var explainer = Explainer(program: program, limit: limit, quotesValues: quotesValues)
        explainer.explain(number, CheckedValue(value), 0)
        return explainer.finished()
    }
}
