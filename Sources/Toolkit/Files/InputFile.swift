import Glibc

/// Reads files that users name: regular files only, so that a pipe nobody writes to cannot hold a program for ever, and
/// none larger than the caller allows, so that a wrong path cannot fill the memory.
public enum InputFile {
    /// The bytes of a file; links are followed.
    /// - Parameter limit: the most bytes.
    /// - Throws: `FileFailure` for what is no regular file, is larger, or cannot be read.
    public static func bytes(of path: String, limit: Int) throws(FileFailure) -> [UInt8] {
        // Opening a pipe would wait for its writer.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else { throw refusal(path, errno) }
        defer { close(descriptor) }
        var information = stat()
        guard fstat(descriptor, &information) == 0 else { throw .system() }
        guard information.st_mode & S_IFMT == S_IFREG else { throw .noFile(information.st_mode) }
        guard Int(information.st_size) <= limit else { throw tooLarge(limit) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Int(information.st_size))
        var chunk = [UInt8](repeating: 0, count: min(1 << 20, max(4_096, Int(information.st_size) + 1)))
        // A file may grow while it is read, so the limit is kept by what arrives.
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            if count == 0 { return bytes }
            if count > 0 {
                bytes += chunk[..<count]
                guard bytes.count <= limit else { throw tooLarge(limit) }
            } else if errno != EINTR {
                throw .system()
            }
        }
    }

    /// A socket cannot be opened at all; it is named as what it is.
    private static func refusal(_ path: String, _ code: Int32) -> FileFailure {
        var information = stat()
        guard code == ENXIO, stat(path, &information) == 0 else { return .system(code) }
        return .noFile(information.st_mode)
    }

    private static func tooLarge(_ limit: Int) -> FileFailure {
        FileFailure(.tooLarge, "the file is larger than \(limit) bytes")
    }
}
