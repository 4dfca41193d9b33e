import CSpawn
import Glibc

/// How a process ended.
public enum ProcessEnding: Hashable, Sendable, CustomStringConvertible {
    /// By itself, with this exit code.
    case exited(Int32)
    /// By a signal.
    case killed(signal: Int32)

    /// `exit code 3`, `signal 9`.
    public var description: String {
        switch self {
        case .exited(let code): "exit code \(code)"
        case .killed(let signal): "signal \(signal)"
        }
    }
}

/// Why a process could not be started.
public struct ProcessStartFailure: Error, Sendable, CustomStringConvertible {
    /// One sentence without the program's name.
    public let description: String
}

/// Why lines were not exchanged.
public enum ExchangeFailure: Error, Hashable, Sendable {
    /// The process ended before it had written them all.
    case ended(ProcessEnding)
    /// It was silent for as long as it may be.
    case silent
    /// It wrote a line that is longer than a line may be.
    case lineTooLong
}

/// A program that runs beside this one, asked and answering in lines on its standard input and output.
///
/// It leads a process group of its own, which is ended with it, and inherits nothing but its three descriptors. One
/// thread owns it; whoever lets go of it has ended it.
public final class ChildProcess {
    /// Told of each line that it writes on standard error, without its line break.
    public var errorLine: (([UInt8]) -> Void)?

    private let identifier: pid_t
    private var input: Int32
    private let output: Int32
    private let errors: Int32
    private var read: [UInt8] = []
    /// Where what was not yet given begins in ``read``.
    private var start = 0
    private var errorText: [UInt8] = []
    private var ending: ProcessEnding?
    private var errorsAreOpen = true

    /// The longest line of standard error that is told whole, in bytes; a longer one is told in parts.
    public static let longestErrorLine = 1_024
    /// How much the pipes hold, bytes: so much is asked for ahead.
    private static let pipeBytes: Int32 = 1 << 20
    /// How long a process that closes its output is waited for, milliseconds, before it is ended.
    private static let patience: Int32 = 1_000

    /// Starts a program.
    /// - Parameters:
    ///   - words: the program, which is looked for on PATH where it has no slash, and its arguments.
    ///   - folder: where it runs; relative paths of the program begin there.
    ///   - environment: all of it, as `NAME=value`.
    ///   - memory: the most bytes of its own data that it may take.
    public init(_ words: [String], folder: String, environment: [String], memory: UInt) throws(ProcessStartFailure) {
        var pipes: [Int32] = []
        for _ in 0..<3 {
            var ends: [Int32] = [0, 0]
            guard pipe2(&ends, O_CLOEXEC) == 0 else {
                let code = errno
                for end in pipes { close(end) }
                throw ProcessStartFailure(description: "no pipe could be made: \(Self.text(code))")
            }
            pipes += ends
        }
        let code = Self.spawn(words, folder, environment, (pipes[0], pipes[3], pipes[5]))
        for place in [0, 3, 5] { close(pipes[place]) }
        guard case .success(let identifier) = code else {
            for place in [1, 2, 4] { close(pipes[place]) }
            if case .failure(let failure) = code { throw failure }
            throw ProcessStartFailure(description: "it was not started")
        }
        self.identifier = identifier
        (input, output, errors) = (pipes[1], pipes[2], pipes[4])
        for end in [input, output, errors] {
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
            _ = fcntl(end, Int32(SPAWN_F_SETPIPE_SZ), Self.pipeBytes)
        }
        var limit = rlimit(rlim_cur: rlim_t(memory), rlim_max: rlim_t(memory))
        _ = prlimit(identifier, Int32(SPAWN_RLIMIT_DATA), &limit, nil)
    }

    deinit { end() }

    private static func spawn(
        _ words: [String], _ folder: String, _ environment: [String], _ ends: (Int32, Int32, Int32)
    ) -> Result<pid_t, ProcessStartFailure> {
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        posix_spawn_file_actions_adddup2(&actions, ends.0, 0)
        posix_spawn_file_actions_adddup2(&actions, ends.1, 1)
        posix_spawn_file_actions_adddup2(&actions, ends.2, 2)
        posix_spawn_file_actions_addclosefrom_np(&actions, 3)
        posix_spawn_file_actions_addchdir_np(&actions, folder)
        var none = sigset_t()
        var all = sigset_t()
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        var identifier: pid_t = 0
        let arguments = words.map { strdup($0) }
        let variables = environment.map { strdup($0) }
        defer { for text in arguments + variables { free(text) } }
        let code = posix_spawnp(
            &identifier, words[0], &actions, &attributes, arguments + [nil], variables + [nil])
        guard code == 0 else { return .failure(ProcessStartFailure(description: text(code))) }
        return .success(identifier)
    }

    private static func text(_ code: Int32) -> String { strerror(code).map { String(cString: $0) } ?? "error \(code)" }

    // MARK: - Exchange

    /// Writes bytes and reads lines until as many have come as are wanted.
    /// - Parameters:
    ///   - count: how many lines are wanted.
    ///   - silence: for how many milliseconds the process may write nothing.
    ///   - longest: the most bytes of a line, its break not counted.
    ///   - line: told of each line without its break, valid during the call.
    public func exchange(
        _ bytes: [UInt8], lines count: Int, silence: Int32, longest: Int, line: (UnsafeRawBufferPointer) -> Void
    ) throws(ExchangeFailure) {
        if let ending { throw .ended(ending) }
        var written = 0
        var wanted = count
        try takeLines(&wanted, longest, line)
        var last = Self.now()
        while wanted > 0 || written < bytes.count {
            let left = silence - Int32(clamping: Self.now() - last)
            guard left > 0 else { throw .silent }
            var polled = [
                pollfd(fd: output, events: Int16(POLLIN), revents: 0),
                pollfd(fd: errorsAreOpen ? errors : -1, events: Int16(POLLIN), revents: 0),
                pollfd(fd: written < bytes.count ? input : -1, events: Int16(POLLOUT), revents: 0),
            ]
            guard poll(&polled, 3, left) > 0 else { continue }
            if polled[1].revents != 0 { readErrors() }
            if polled[2].revents != 0 {
                let more = write(bytes, from: written)
                if more > 0 { last = Self.now() }
                // Who reads no more has ended, or is about to: what it has written tells.
                written = more < 0 ? bytes.count : written + more
            }
            guard polled[0].revents != 0 else { continue }
            guard let some = readOutput() else { throw .ended(waitForEnd()) }
            if some { last = Self.now() }
            try takeLines(&wanted, longest, line)
        }
    }

    private static func now() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec * 1_000 + time.tv_nsec / 1_000_000
    }

    private func takeLines(
        _ wanted: inout Int, _ longest: Int, _ line: (UnsafeRawBufferPointer) -> Void
    ) throws(ExchangeFailure) {
        var isTooLong = false
        read.withUnsafeBytes { bytes in
            while wanted > 0, start < bytes.count, !isTooLong {
                let rest = UnsafeRawBufferPointer(rebasing: bytes[start...])
                // However the line came, whole or in parts, it is too long.
                let end = rest.firstIndex(of: UInt8(ascii: "\n"))
                isTooLong = end ?? rest.count > longest
                guard let end, !isTooLong else { break }
                line(UnsafeRawBufferPointer(rebasing: rest[..<end]))
                start += end + 1
                wanted -= 1
            }
        }
        if isTooLong { throw .lineTooLong }
        if start > 0, start == read.count || start > 1 << 16 {
            read.removeFirst(start)
            start = 0
        }
    }

    /// How many bytes of the rest were taken; -1: nobody reads any more.
    private func write(_ bytes: [UInt8], from start: Int) -> Int {
        // A reader that has gone is told here, not by a signal that ends this process.
        var pipe = sigset_t()
        var former = sigset_t()
        sigemptyset(&pipe)
        sigaddset(&pipe, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &pipe, &former)
        defer { pthread_sigmask(SIG_SETMASK, &former, nil) }
        let count = bytes.withUnsafeBytes { Glibc.write(input, $0.baseAddress?.advanced(by: start), $0.count - start) }
        guard count < 0 else { return count }
        if errno == EAGAIN || errno == EINTR { return 0 }
        var noTime = timespec()
        while sigtimedwait(&pipe, nil, &noTime) == -1 && errno == EINTR {}
        return -1
    }

    /// Whether something was read; nil: the process writes no more.
    private func readOutput() -> Bool? {
        let room = 1 << 16
        let old = read.count
        read.reserveCapacity(old + room)
        read.append(contentsOf: repeatElement(0, count: room))
        let count = read.withUnsafeMutableBytes { Glibc.read(output, $0.baseAddress?.advanced(by: old), room) }
        let code = errno
        read.removeLast(room - max(count, 0))
        if count > 0 { return true }
        return count < 0 && (code == EAGAIN || code == EINTR) ? false : nil
    }

    private func readErrors() {
        var part = [UInt8](repeating: 0, count: 4_096)
        while errorsAreOpen {
            let count = Glibc.read(errors, &part, part.count)
            if count == 0 || count < 0 && errno != EAGAIN && errno != EINTR { errorsAreOpen = false }
            guard count > 0 else { break }
            for byte in part.prefix(count) {
                if byte != UInt8(ascii: "\n") { errorText.append(byte) }
                if byte == UInt8(ascii: "\n") || errorText.count >= Self.longestErrorLine { tellError() }
            }
        }
        if !errorsAreOpen, !errorText.isEmpty { tellError() }
    }

    private func tellError() {
        errorLine?(errorText)
        errorText.removeAll(keepingCapacity: true)
    }

    // MARK: - The end

    /// Waits for the end of a process that has closed its output, and ends it where it goes on.
    private func waitForEnd() -> ProcessEnding {
        for _ in 0..<Self.patience where ending == nil {
            reap(WNOHANG)
            if ending == nil { usleep(1_000) }
        }
        if ending == nil { kill() }
        readErrors()
        return ending ?? .killed(signal: SIGKILL)
    }

    /// Ends the process and all of its group.
    public func kill() {
        guard ending == nil else { return }
        Glibc.kill(-identifier, SIGKILL)
        reap(0)
    }

    private func reap(_ options: Int32) {
        var status: Int32 = 0
        var found = waitpid(identifier, &status, options)
        while found < 0 && errno == EINTR { found = waitpid(identifier, &status, options) }
        guard found == identifier else { return }
        let signal = status & 0x7F
        ending = signal == 0 ? .exited(status >> 8 & 0xFF) : .killed(signal: signal)
        // What it has started itself ends with it.
        Glibc.kill(-identifier, SIGKILL)
    }

    /// Lets the process end: its input ends, and where it goes on it is ended.
    public func end() {
        guard input >= 0 else { return }
        close(input)
        input = -1
        if ending == nil { _ = waitForEnd() }
        close(output)
        close(errors)
    }
}
