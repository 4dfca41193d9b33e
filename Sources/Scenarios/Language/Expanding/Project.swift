import Files
import Glibc
import YAML

/// Opens the files that a scenario names, and only those inside its project.
///
/// The project is the nearest folder upward of the scenario that holds `Scenarios` or `.git`, else the scenario's own.
struct Project {
    /// Why a file was not opened.
    enum Refusal: Error {
        case outside(String)
        case unreadable(String)
    }

    /// The project's folder, without symbolic links; nil if not even the scenario's folder exists.
    private let root: String?

    init(scenario path: String) {
        guard let folder = Self.real(Self.folder(of: path)) else {
            root = nil
            return
        }
        var candidate = folder
        while true {
            if Self.exists(candidate + "/Scenarios") || Self.exists(candidate + "/.git") {
                root = candidate
                return
            }
            guard candidate != "/", !candidate.isEmpty else { break }
            candidate = Self.folder(of: candidate)
        }
        root = folder
    }

    /// The path of a file that another names, as the user would write it from where he stands.
    static func path(_ name: String, from file: String) -> String {
        let folder = folder(of: file)
        var parts = folder == "." ? [] : folder.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        for part in name.split(separator: "/") where part != "." {
            if part == "..", let last = parts.last, last != "..", !last.isEmpty {
                parts.removeLast()
            } else {
                parts.append(String(part))
            }
        }
        return parts.joined(separator: "/")
    }

    /// Checks that a path is a file inside the project.
    func check(_ name: String, resolvedAs path: String) throws(Refusal) {
        guard !name.hasPrefix("/") else { throw .outside("an absolute path") }
        guard let root else { throw .unreadable("the scenario's folder cannot be found") }
        // Refused before the file is looked for: whether it exists is nobody's business here.
        let folder = Self.real(Self.folder(of: path))
        if let folder, folder != root, !folder.hasPrefix(root == "/" ? "/" : root + "/") {
            throw .outside("outside the project")
        }
        var information = stat()
        guard let real = Self.real(path), stat(real, &information) == 0 else {
            throw .unreadable(strerror(errno).map { String(cString: $0) } ?? "error \(errno)")
        }
        guard real.hasPrefix(root == "/" ? "/" : root + "/") else {
            throw .outside("a link to outside the project")
        }
        guard information.st_mode & S_IFMT == S_IFREG else { throw .unreadable("it is no file") }
    }

    /// The bytes of a file, at most a mebibyte.
    static func bytes(of path: String) throws(YAMLError) -> [UInt8] {
        let limit = YAMLLimits.default.bytes
        do {
            return try InputFile.bytes(of: path, limit: limit)
        } catch {
            let code: YAMLError.Code = error.kind == .tooLarge ? .tooLarge : .unreadable
            let message = error.kind == .tooLarge ? error.description : "cannot be read: \(error)"
            throw YAMLError(file: path, position: .start, code: code, message: message)
        }
    }

    private static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    private static func real(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
