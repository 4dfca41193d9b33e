import Glibc

/// Reads whole files up to a limit, so that a wrong path cannot fill the memory.
enum FileBytes {
    static func read(_ path: String, limits: YAMLLimits) throws(YAMLError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw unreadable(path) }
        defer { close(descriptor) }
        var information = stat()
        guard fstat(descriptor, &information) == 0 else { throw unreadable(path) }
        if Int(information.st_size) > limits.bytes { throw .tooLarge(path, limits) }

        // A pipe has no size, and a file may grow: the limit is kept by what arrives.
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Int(information.st_size))
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while bytes.count <= limits.bytes {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count == 0 { return bytes }
            if count > 0 {
                bytes += chunk[..<count]
            } else if errno != EINTR {
                throw unreadable(path)
            }
        }
        throw .tooLarge(path, limits)
    }

    private static func unreadable(_ path: String) -> YAMLError {
        let reason = strerror(errno).map { String(cString: $0) } ?? "error \(errno)"
        return YAMLError(
            file: path, position: .start, code: .unreadable, message: "the file cannot be read: \(reason)")
    }
}
