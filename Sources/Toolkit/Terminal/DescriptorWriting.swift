import Glibc

/// Why an output takes no more text.
public enum WriteFailure: Error, Equatable, Sendable, CustomStringConvertible {
    /// The program that read the output has ended, as `head` does after ten lines. Not worth a message.
    case readerGone
    /// The system refused the text; the value is its `errno`.
    case system(Int32)

    /// One sentence for a human.
    public var description: String {
        switch self {
        case .readerGone: "The reader of the output has gone."
        case .system(let code):
            "The output cannot be written: \(strerror(code).map { String(cString: $0) } ?? "error \(code)")."
        }
    }
}

/// Writes all bytes, however many pieces the descriptor takes them in; nil when all were written.
func writeAll(_ bytes: [UInt8], to fileDescriptor: Int32) -> WriteFailure? {
    withoutPipeSignal {
        bytes.withUnsafeBytes { buffer in
            var offset = 0
            while offset < buffer.count {
                let written = write(fileDescriptor, buffer.baseAddress?.advanced(by: offset), buffer.count - offset)
                if written >= 0 {
                    offset += written
                    continue
                }
                switch errno {
                case EINTR: continue
                case EAGAIN:
                    // Another program may have made the shared descriptor non-blocking.
                    var request = pollfd(fd: fileDescriptor, events: Int16(POLLOUT), revents: 0)
                    _ = poll(&request, 1, -1)
                case EPIPE: return .readerGone
                case let code: return .system(code)
                }
            }
            return nil
        }
    }
}

/// Runs `body` so that a gone reader gives an error here, and not a signal that ends the process.
///
/// The signal is held back on this thread only and taken away afterwards; the process keeps its own disposition, which
/// a library has no business to change.
private func withoutPipeSignal(_ body: () -> WriteFailure?) -> WriteFailure? {
    var pipe = sigset_t()
    var previous = sigset_t()
    var pending = sigset_t()
    sigemptyset(&pipe)
    sigaddset(&pipe, SIGPIPE)
    sigpending(&pending)
    let wasPending = sigismember(&pending, SIGPIPE) == 1
    pthread_sigmask(SIG_BLOCK, &pipe, &previous)
    let failure = body()
    if failure == .readerGone && !wasPending {
        var noTime = timespec()
        while sigtimedwait(&pipe, nil, &noTime) == -1 && errno == EINTR {}
    }
    pthread_sigmask(SIG_SETMASK, &previous, nil)
    return failure
}
