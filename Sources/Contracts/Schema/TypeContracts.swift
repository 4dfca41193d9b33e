internal import JSONSchema
package import LifeEvents
internal import Synchronization

/// What the schemas of a folder say of each type, read when somebody first asks for it: what the bus and Swift are told of the
/// type, when its rights are asked for; what its data must be, when its first message comes. A run of one journey needs few.
///
/// Any number of threads may ask. Two that ask for a type at once may both read it, and get the same.
package final class TypeContracts: Sendable {
    /// What was read of a type, or what is wrong with it.
    final class Found<Value: Sendable>: Sendable {
        let result: Result<Value, ContractError>

        init(_ value: Value?, _ problems: [ContractProblem]) {
            result =
                if let value, problems.isEmpty { .success(value) } else { .failure(ContractError(problems: problems)) }
        }

        var value: Value? { try? result.get() }
        var problems: [ContractProblem] { if case .failure(let error) = result { error.problems } else { [] } }
    }

    /// A type of the folder.
    private final class Entry: Sendable {
        let file: SchemaSources.TypeFile
        let schema = AtomicLazyReference<Found<TypeSchema>>()
        let compiled = AtomicLazyReference<Found<CompiledSchema>>()

        init(_ file: SchemaSources.TypeFile) { self.file = file }
    }

    /// The folder's files.
    package let sources: SchemaSources
    /// The types in the order of their files.
    let types: [EventType]
    private let entries: [EventType: Entry]
    private let shared = OnceRead<SharedSchemas>()
    /// The Swift names of the shared file's definitions that were read, by file and name.
    private let definitions = Mutex<[String: String]>([:])

    init(_ sources: SchemaSources) {
        self.sources = sources
        types = sources.types.map(\.type)
        entries = Dictionary(sources.types.map { ($0.type, Entry($0)) }) { first, _ in first }
    }

    /// The types that somebody has asked for the rights of, sorted.
    package var typesRead: [EventType] {
        // order-free: sorted.
        entries.filter { $0.value.schema.load() != nil }.keys.sorted()
    }

    /// The types whose schemas are compiled, sorted.
    package var typesCompiled: [EventType] {
        // order-free: sorted.
        entries.filter { $0.value.compiled.load() != nil }.keys.sorted()
    }

    /// What the bus and Swift are told of a type; nil for one without a schema.
    func schema(of type: EventType) -> Found<TypeSchema>? {
        guard let entry = entries[type] else { return nil }
        return entry.schema.load() ?? entry.schema.storeIfNil(read(entry.file))
    }

    /// What the data of a type must be; nil for one without a schema.
    func compiled(_ type: EventType) -> Found<CompiledSchema>? {
        guard let entry = entries[type] else { return nil }
        return entry.compiled.load() ?? entry.compiled.storeIfNil(compile(entry.file))
    }

    /// What is wrong with a type.
    /// - Parameter isSaid: whether its data will be held against it.
    func problems(of type: EventType, isSaid: Bool) -> [ContractProblem] {
        let found = isSaid ? compiled(type)?.problems ?? [] : []
        return found + (schema(of: type)?.problems ?? []).notAt(found)
    }

    /// What an event's data must be that annuls a fact; nil where types share no such thing.
    func annulled() throws(ContractError) -> CompiledSchema? {
        guard let path = sources.shared else { return nil }
        do throws(SchemaErrors) {
            return try sharedSchemas().schema("\(sources.uri(path))#/$defs/annulled")
        } catch {
            throw ContractError(problems: ContractProblem.of(error))
        }
    }

    private func sharedSchemas() -> SharedSchemas {
        shared.value {
            // A file that cannot be read is a fault of each type's.
            let documents = sources.shared.flatMap { try? sources.document($0) }.map { [$0] } ?? []
            return SharedSchemas(documents, formats: MessageSchemas.formats)
        }
    }

    private func read(_ file: SchemaSources.TypeFile) -> Found<TypeSchema> {
        var problems: [ContractProblem] = []
        let sharedNode = sources.shared.flatMap { sources.root($0, &problems) }
        guard let root = sources.root(file.path, &problems), problems.isEmpty else { return Found(nil, problems) }
        let sharedPath = "\(sources.folder)/\(SchemaCatalogue.sharedFile)"
        var reader = FieldReader(
            shared: sharedNode, sharedPath: sharedPath, known: definitions.withLock { $0 })
        let schema = TypeSchemaReader(root, owner: file.owner, fileName: file.name, path: file.path).read(&reader)
        if reader.findings.problems.isEmpty {
            let new = reader.definitions.filter { $0.definition.file == sharedPath }
            if !new.isEmpty {
                definitions.withLock { known in
                    for (origin, definition) in new { known[origin] = definition.swiftName }
                }
            }
        }
        return Found(schema, reader.findings.problems)
    }

    private func compile(_ file: SchemaSources.TypeFile) -> Found<CompiledSchema> {
        var problems: [ContractProblem] = []
        if let shared = sources.shared { _ = sources.root(shared, &problems) }
        guard sources.root(file.path, &problems) != nil, problems.isEmpty,
            let document = try? sources.document(file.path)
        else { return Found(nil, problems) }
        do throws(SchemaErrors) {
            return Found(try sharedSchemas().library(with: document)[document.uri], [])
        } catch {
            return Found(nil, ContractProblem.of(error))
        }
    }
}

extension ContractProblem {
    /// What the compiler of schemas found.
    static func of(_ errors: SchemaErrors) -> [ContractProblem] {
        errors.errors.map {
            ContractProblem(file: $0.file, line: $0.line, column: $0.column, message: $0.message)
        }
    }
}

extension [ContractProblem] {
    /// Those that stand where none of the others does: a keyword that is misspelt is unknown to the compiler and to the
    /// reader of annotations, and is told once.
    func notAt(_ others: [ContractProblem]) -> [ContractProblem] {
        filter { one in !others.contains { ($0.file, $0.line, $0.column) == (one.file, one.line, one.column) } }
    }
}
