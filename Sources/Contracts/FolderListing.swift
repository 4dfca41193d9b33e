internal import Glibc

/// Reads a folder's names in an order that no file system changes.
enum FolderListing {
    enum Kind {
        case folders, files
    }

    /// The names by their bytes; hidden ones are left out, links are followed.
    static func names(in path: String, _ kind: Kind) throws(ContractProblem) -> [String] {
        guard let folder = opendir(path) else { throw unreadable(path) }
        defer { closedir(folder) }
        var names: [String] = []
        errno = 0
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { name in
                name.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if !name.hasPrefix("."), isOf(kind, Int(entry.pointee.d_type), "\(path)/\(name)") { names.append(name) }
            errno = 0
        }
        guard errno == 0 else { throw unreadable(path) }
        return names.sorted()
    }

    /// As ``names(in:_:)``, or none with what is wrong with the folder.
    static func names(in path: String, _ kind: Kind, _ problems: inout [ContractProblem]) -> [String] {
        do throws(ContractProblem) {
            return try names(in: path, kind)
        } catch {
            problems.append(error)
            return []
        }
    }

    /// The entry says what it is, unless it is a link or the file system does not know.
    private static func isOf(_ kind: Kind, _ type: Int, _ path: String) -> Bool {
        let isFolder =
            switch type {
            case Int(DT_DIR): true
            case Int(DT_REG): false
            default: self.isFolder(path)
            }
        return isFolder == (kind == .folders)
    }

    private static func isFolder(_ path: String) -> Bool {
        var information = stat()
        return stat(path, &information) == 0 && information.st_mode & S_IFMT == S_IFDIR
    }

    private static func unreadable(_ path: String) -> ContractProblem {
        let reason = strerror(errno).map { String(cString: $0) } ?? "error \(errno)"
        return ContractProblem(file: path, message: "the folder cannot be read: \(reason)")
    }
}
