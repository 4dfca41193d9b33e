import Glibc

/// Why a file was not read or written: a sentence without the path, which whoever named the file puts before it.
public struct FileFailure: Error, Equatable, Sendable, CustomStringConvertible {
    /// What kind of trouble it is.
    public enum Kind: Sendable {
        /// The system refused; the sentence has its reason.
        case system
        /// A folder, pipe, socket or device, where a file is wanted.
        case noRegularFile
        /// More bytes than the caller allows.
        case tooLarge
    }

    /// What kind of trouble it is.
    public let kind: Kind
    /// The sentence, without a full stop.
    public let description: String

    init(_ kind: Kind, _ description: String) {
        self.kind = kind
        self.description = description
    }

    /// The system's reason for what just failed.
    static func system(_ code: Int32 = errno) -> FileFailure {
        FileFailure(.system, strerror(code).map { String(cString: $0) } ?? "error \(code)")
    }

    /// What the thing is instead of a file.
    static func noFile(_ mode: mode_t) -> FileFailure {
        let name =
            switch mode & S_IFMT {
            case S_IFDIR: "it is a folder, no file"
            case S_IFIFO: "it is a pipe, no file"
            case S_IFSOCK: "it is a socket, no file"
            default: "it is a device, no file"
            }
        return FileFailure(.noRegularFile, name)
    }
}
