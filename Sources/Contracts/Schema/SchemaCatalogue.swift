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
        let sharedPath = "\(path)/\(Self.sharedFile)"
        var reader = FieldReader(shared: Self.node(sharedPath, &problems), sharedPath: sharedPath)
        var types: [(schema: TypeSchema, place: SchemaPlace)] = []
        for folder in Self.list(path, .folders, &problems) {
            // A folder that is no owner's is a fault of the manifests, told there.
            guard let owner = Owner(text: folder) else { continue }
            for file in Self.list("\(path)/\(folder)", .files, &problems) where file.hasSuffix(Self.suffix) {
                let filePath = "\(path)/\(folder)/\(file)"
                guard let root = Self.node(filePath, &problems) else { continue }
                let name = String(file.dropLast(Self.suffix.count))
                let schema = TypeSchemaReader(root, owner: owner, fileName: name, path: filePath).read(&reader)
                if let schema { types.append((schema, root["x-livsbuss"]?["swift"]?.place ?? root.place)) }
            }
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
        guard problems.isEmpty else { throw ContractError(problems: problems) }
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

    private static func node(_ path: String, _ problems: inout [ContractProblem]) -> SchemaNode? {
        do throws(ContractProblem) {
            return try SchemaNode(contentsOf: path)
        } catch {
            problems.append(error)
            return nil
        }
    }

    private static func list(
        _ path: String, _ kind: FolderListing.Kind, _ problems: inout [ContractProblem]
    ) -> [String] {
        do throws(ContractProblem) {
            return try FolderListing.names(in: path, kind)
        } catch {
            problems.append(error)
            return []
        }
    }
}
