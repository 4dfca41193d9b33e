internal import JSONSchema
internal import LifeEvents
internal import Parallel
internal import Synchronization

/// The schema files of a folder of contracts.
///
/// Each is read once, when somebody first asks for it: what was read serves the compiler of schemas, the reader of
/// annotations, and whoever compares or converts.
package final class SchemaSources: Sendable {
    /// The file of a type.
    struct TypeFile: Sendable {
        let type: EventType
        let owner: Owner
        /// Without `.schema.json`.
        let name: String
        let path: String
    }

    /// The folder.
    let folder: String
    /// The file with what types share; nil where the folder has none.
    let shared: String?
    /// The types' files, by path.
    let types: [TypeFile]
    private let read = Mutex<[String: Result<SchemaFile, ContractProblem>]>([:])

    /// - Parameter types: the types' files, in any order.
    init(folder: String, types: [TypeFile]) {
        self.folder = folder
        // A reference to a file that is not there is told where it stands.
        let names = types.isEmpty ? [] : (try? FolderListing.names(in: folder, .files)) ?? []
        shared = names.contains(SchemaCatalogue.sharedFile) ? "\(folder)/\(SchemaCatalogue.sharedFile)" : nil
        self.types = types.sorted { $0.path < $1.path }
    }

    /// How many files were read so far, each of them once.
    package var filesRead: Int { read.withLock(\.count) }

    /// A file, read when it is first asked for. Two threads that ask at once may both read it, and get the same.
    func file(_ path: String) throws(ContractProblem) -> SchemaFile {
        if let known = read.withLock({ $0[path] }) { return try known.get() }
        let result: Result<SchemaFile, ContractProblem>
        do throws(ContractProblem) {
            result = .success(try SchemaFile(contentsOf: path))
        } catch {
            result = .failure(error)
        }
        return try read.withLock { read -> Result<SchemaFile, ContractProblem> in
            if let known = read[path] { return known }
            read[path] = result
            return result
        }.get()
    }

    /// Reads the types' files that nobody has asked for.
    func readAll() { _ = types.mapInParallel { _ = try? file($0.path) } }

    /// The value of a file; nil with what is wrong with it.
    func root(_ path: String, _ problems: inout [ContractProblem]) -> SchemaNode? {
        do throws(ContractProblem) {
            return try file(path).root()
        } catch {
            problems.append(error)
            return nil
        }
    }

    /// A file as the compiler takes it.
    func document(_ path: String) throws(ContractProblem) -> SchemaDocument {
        SchemaDocument(uri: uri(path), file: path, try file(path).parsed)
    }

    /// What the compiler calls a file.
    func uri(_ path: String) -> String { "https://livsbuss.se/topics/" + path.dropFirst(folder.count + 1) }
}
