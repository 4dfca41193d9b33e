internal import Files

/// Compares what contracts ask for with what stands in a folder of generated code.
public enum GeneratedFolder {
    /// A file that is not as the contracts ask for.
    public struct Difference: Equatable, Sendable, CustomStringConvertible {
        /// The file's path below the folder.
        public let path: String
        /// What is the matter.
        public let kind: Kind

        /// `Shared/Sex.swift: differs from what the contracts ask for`
        public var description: String { "\(path): \(kind.rawValue)" }
    }

    /// How a file can differ.
    public enum Kind: String, Sendable {
        /// It is not there.
        case missing = "is missing"
        /// Its text is another.
        case different = "differs from what the contracts ask for"
        /// No contract asks for it.
        case surplus = "is asked for by no contract"
    }

    /// The longest generated file, bytes: some hundred lines.
    private static let longest = 1 << 20

    /// What differs in a folder, by path. Files whose names begin with a dot are left alone.
    /// - Throws: a file or folder that cannot be read.
    public static func differences(_ files: [GeneratedFile], in folder: String) throws(ContractError) -> [Difference] {
        do throws(ContractProblem) {
            let found = try names(below: folder, "")
            var differences: [Difference] = []
            for file in files {
                guard found.contains(file.path) else {
                    differences.append(Difference(path: file.path, kind: .missing))
                    continue
                }
                guard try bytes(of: "\(folder)/\(file.path)") != Array(file.text.utf8) else { continue }
                differences.append(Difference(path: file.path, kind: .different))
            }
            let wanted = Set(files.map(\.path))
            differences += found.filter { !wanted.contains($0) }.map { Difference(path: $0, kind: .surplus) }
            return differences.sorted { $0.path < $1.path }
        } catch {
            throw ContractError(problems: [error])
        }
    }

    private static func names(below folder: String, _ prefix: String) throws(ContractProblem) -> [String] {
        var names: [String] = []
        for name in try FolderListing.names(in: "\(folder)/\(prefix)", .files) { names.append(prefix + name) }
        for name in try FolderListing.names(in: "\(folder)/\(prefix)", .folders) {
            names += try Self.names(below: folder, "\(prefix)\(name)/")
        }
        return names
    }

    private static func bytes(of path: String) throws(ContractProblem) -> [UInt8] {
        do {
            return try InputFile.bytes(of: path, limit: longest)
        } catch {
            throw ContractProblem(file: path, message: "the file cannot be read: \(error)")
        }
    }
}
