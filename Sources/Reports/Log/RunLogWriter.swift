import Files
internal import Glibc
import JSON
import Terminal

/// Writes a run log: JSON Lines, gathered in memory and handed to the system at each flush.
public final class RunLogWriter {
    let path: String
    private let descriptor: Int32
    private var bytes: [UInt8] = []
    private var writer = JSONWriter(capacity: 1_024)
    private var failure: RunLogError?

    /// Creates the file or empties it; `-` is standard output.
    /// - Throws: `RunLogError` if it cannot be opened.
    public init(path: String) throws(RunLogError) {
        self.path = path
        do {
            descriptor = try OutputFile.open(path)
        } catch {
            throw RunLogError(file: path, reason: "it cannot be opened: \(error)", isEnvironment: true)
        }
    }

    /// Whether the file can be opened again and has what was written: a pipe or a terminal has not.
    var canBeReadBack: Bool {
        var status = stat()
        return path != "-" && fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    deinit {
        close(descriptor)
    }

    func append(_ record: RunRecord) {
        guard failure == nil else { return }
        let start = bytes.count
        do {
            try record.write(into: &bytes, using: &writer)
            // A payload stands in its line as it came; people look at logs with terminals.
            if bytes[start...].withUnsafeBytes({ EscapedText.needsEscapesInJSON($0) }) {
                let line = EscapedText.json(String(decoding: bytes[start...], as: UTF8.self))
                bytes.replaceSubrange(start..., with: line.utf8)
            }
        } catch {
            failure = RunLogError(file: path, reason: "\(error)")
        }
        if bytes.count > 1 << 20 { flush() }
    }

    /// Hands all whole lines to the system. What goes wrong is told by `finish()`.
    func flush() {
        var offset = 0
        bytes.withUnsafeBytes { buffer in
            while failure == nil, offset < buffer.count {
                let count = write(descriptor, buffer.baseAddress?.advanced(by: offset), buffer.count - offset)
                if count >= 0 {
                    offset += count
                } else if errno != EINTR {
                    failure = Self.trouble(path, "it cannot be written")
                }
            }
        }
        bytes.removeAll(keepingCapacity: true)
    }

    /// Writes out what is left.
    /// - Throws: the first thing that went wrong since the file was opened.
    func finish() throws(RunLogError) {
        flush()
        if let failure { throw failure }
    }

    private static func trouble(_ path: String, _ what: String) -> RunLogError {
        let code = errno
        let why = strerror(code).map { String(cString: $0) } ?? "error \(code)"
        return RunLogError(file: path, reason: "\(what): \(why)", isEnvironment: true)
    }
}
