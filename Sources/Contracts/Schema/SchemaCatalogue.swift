internal import LifeEvents

/// The schemas of all types of a folder of contracts, and the definitions that they share.
///
/// ```swift
/// let schemas = try SchemaCatalogue(folder: "Topics")
/// let birth = schemas.type(named: "skatteverket.birth.v1")
/// ```
public struct SchemaCatalogue: Sendable {
    /// The schemas, by the names of their types.
    public let types: [TypeSchema]
    /// The enums and objects of `types.schema.json` that some type refers to, by name.
    public let shared: [Definition]

    /// The name of the file with what types share.
    public static let sharedFile = "types.schema.json"
    /// How the file of a type ends.
    public static let suffix = ".schema.json"

    /// Reads `<folder>/types.schema.json` and each `<folder>/<owner>/*.schema.json`; other files are left alone.
    /// - Throws: every fault of every file at once.
    public init(folder path: String) throws(ContractError) {
        var problems: [ContractProblem] = []
        var files: [SchemaSources.TypeFile] = []
        for folder in FolderListing.names(in: path, .folders, &problems) {
            // A folder that is no owner's is a fault of the manifests, told there.
            guard let owner = Owner(text: folder) else { continue }
            for file in FolderListing.names(in: "\(path)/\(folder)", .files, &problems) {
                SchemaSources.TypeFile(file, of: owner, in: "\(path)/\(folder)").map { files.append($0) }
            }
        }
        let sources = SchemaSources(folder: path, types: files)
        if sources.shared == nil { _ = sources.root("\(path)/\(Self.sharedFile)", &problems) }
        guard let catalogue = Self(sources, &problems) else { throw ContractError(problems: problems) }
        self = catalogue
    }

    /// Reads files.
    /// - Parameter problems: gets every fault of every file at once; where there is one, there is no catalogue.
    init?(_ sources: SchemaSources, _ problems: inout [ContractProblem]) {
        let sharedPath = "\(sources.folder)/\(Self.sharedFile)"
        var reader = FieldReader(
            shared: sources.shared.flatMap { sources.root($0, &problems) }, sharedPath: sharedPath)
        var types: [(schema: TypeSchema, place: SchemaPlace)] = []
        for file in sources.types {
            guard let root = sources.root(file.path, &problems) else { continue }
            let schema = TypeSchemaReader(root, owner: file.owner, fileName: file.name, path: file.path).read(&reader)
            if let schema { types.append((schema, root["x-livsbuss"]?["swift"]?.place ?? root.place)) }
        }
        let definitions = reader.definitions.map(\.definition)
        var names: [String: String] = [:]
        for definition in definitions {
            guard let first = names.updateValue(definition.file, forKey: definition.swiftName) else { continue }
            let place = SchemaPlace(file: definition.file, line: 1, column: 1)
            reader.findings.add(place, "the Swift name '\(definition.swiftName)' is taken by \(first)")
        }
        for (schema, place) in types {
            guard let first = names.updateValue(schema.file, forKey: schema.swiftName) else { continue }
            reader.findings.add(place, "the Swift name '\(schema.swiftName)' is taken by \(first)")
        }
        problems += reader.findings.problems
        guard problems.isEmpty else { return nil }
        self.types = types.map(\.schema).sorted { $0.type < $1.type }
        shared = definitions.filter { $0.file == sharedPath }.sorted { $0.swiftName < $1.swiftName }
    }

    /// The schema of a type; nil if it has none.
    public func type(named name: String) -> TypeSchema? { types.first { $0.type.name == name } }

    /// The enum or object with this Swift name, that of a type among them.
    public func definition(named swiftName: String) -> Definition? {
        shared.first { $0.swiftName == swiftName }
            ?? types.lazy.flatMap(\.definitions).first { $0.swiftName == swiftName }
    }
}

extension SchemaSources.TypeFile {
    /// A file of an owner's folder; nil for one that is no type's schema.
    init?(_ file: String, of owner: Owner, in folder: String) {
        guard file.hasSuffix(SchemaCatalogue.suffix) else { return nil }
        name = String(file.dropLast(SchemaCatalogue.suffix.count))
        type = EventType("\(owner).\(name)")
        path = "\(folder)/\(file)"
        self.owner = owner
    }
}
