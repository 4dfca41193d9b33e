import Glibc

/// Writes files that users name.
///
/// A link stays a link and its target is written; a file keeps its mode, owner and other names. Folders, pipes, sockets
/// and devices are refused, but for the process's own outputs and the null device, which are written and never replaced.
public enum OutputFile {
    /// A way out that is no file.
    enum Stream {
        case descriptor(Int32)
        case nowhere
    }

    /// The names of ways out that are no files.
    static func stream(_ path: String) -> Stream? {
        switch path {
        case "-", "/dev/stdout", "/dev/fd/1": .descriptor(STDOUT_FILENO)
        case "/dev/stderr", "/dev/fd/2": .descriptor(STDERR_FILENO)
        case "/dev/null": .nowhere
        default: nil
        }
    }

    /// Whether the path means the process's standard output.
    public static func isStandardOutput(_ path: String) -> Bool {
        if case .descriptor(STDOUT_FILENO) = stream(path) { true } else { false }
    }

    /// Writes a text as the whole content of a file, or to an output of the process.
    ///
    /// Where it can, a new file takes the old one's place, so that a reader sees the old text or the new; where the old
    /// one has another owner or other names that would be lost, it is written over.
    /// - Throws: `FileFailure` for what is no regular file or cannot be written.
    public static func write(_ text: String, to path: String) throws(FileFailure) {
        let bytes = Array(text.utf8)
        switch stream(path) {
        case .nowhere: return
        case .descriptor(let descriptor): return try write(bytes, to: descriptor)
        case nil: break
        }
        guard let target = real(path) else { return try writeOver(path, bytes) }
        var information = stat()
        guard stat(target, &information) == 0 else { throw .system() }
        guard information.st_mode & S_IFMT == S_IFREG else { throw .noFile(information.st_mode) }
        // Who may not write the file must not replace it either, though the folder would let him.
        guard access(target, W_OK) == 0 else { throw .system() }
        let isPlain = information.st_nlink == 1
        guard isPlain, try replace(target, bytes, information) else { return try writeOver(target, bytes) }
    }

    /// Opens a file to be written from its start, empty; the caller closes the descriptor.
    /// - Throws: `FileFailure` for what is no regular file, output or null device, or cannot be opened.
    public static func open(_ path: String) throws(FileFailure) -> Int32 {
        if case .descriptor(let descriptor) = stream(path) {
            let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
            guard copy >= 0 else { throw .system() }
            return copy
        }
        // Not emptied before it is known to be a file. A pipe without a reader would wait, and is told as what it is.
        let descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0o644)
        var information = stat()
        guard descriptor >= 0 else {
            let code = errno
            guard code == ENXIO, stat(path, &information) == 0 else { throw .system(code) }
            throw .noFile(information.st_mode)
        }
        guard fstat(descriptor, &information) == 0 else {
            close(descriptor)
            throw .system()
        }
        if case .nowhere = stream(path) { return descriptor }
        guard information.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw .noFile(information.st_mode)
        }
        guard ftruncate(descriptor, 0) == 0 else {
            let failure = FileFailure.system()
            close(descriptor)
            throw failure
        }
        return descriptor
    }

    /// A new file with the old one's mode and owner in its place; false, with nothing changed, if there can be none.
    private static func replace(_ target: String, _ bytes: [UInt8], _ old: stat) throws(FileFailure) -> Bool {
        let name = "\(target).\(getpid()).new"
        let descriptor = Glibc.open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var own = stat()
        let isAlike =
            fstat(descriptor, &own) == 0
            && (own.st_uid == old.st_uid && own.st_gid == old.st_gid || fchown(descriptor, old.st_uid, old.st_gid) == 0)
            && fchmod(descriptor, old.st_mode & 0o7777) == 0
        guard isAlike else {
            unlink(name)
            return false
        }
        do {
            try write(bytes, to: descriptor)
        } catch {
            unlink(name)
            throw error
        }
        guard rename(name, target) == 0 else {
            let failure = FileFailure.system()
            unlink(name)
            throw failure
        }
        return true
    }

    private static func writeOver(_ path: String, _ bytes: [UInt8]) throws(FileFailure) {
        let descriptor = try open(path)
        defer { close(descriptor) }
        try write(bytes, to: descriptor)
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) throws(FileFailure) {
        var offset = 0
        while offset < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress?.advanced(by: offset), bytes.count - offset)
            }
            if count >= 0 {
                offset += count
            } else if errno == EAGAIN {
                var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = poll(&request, 1, -1)
            } else if errno != EINTR {
                throw .system()
            }
        }
    }

    private static func real(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
