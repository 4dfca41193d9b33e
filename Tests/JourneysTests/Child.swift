import Foundation

/// A program that runs beside the test; it ends with the test if it has not before.
///
/// Foundation's `Process` would wait until whoever inherited a descriptor of it has ended too, such as a started broker.
final class Child {
    let pid: pid_t
    private let folder: Folder
    private let number: String
    private var status: CInt?
    private var lines: LineReader?

    /// Starts a program in a folder. Its output goes to files there, or to a pipe for ``nextLine()``.
    init(_ program: String, _ arguments: [String], in folder: Folder, streaming: Bool = false) throws {
        self.folder = folder
        number = UUID().uuidString
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 2, "\(folder.path)/\(number).err", O_CREAT | O_WRONLY, 0o600)
        var ends: [CInt] = [-1, -1]
        if streaming {
            guard pipe(&ends) == 0 else { throw Missing("no pipe: errno \(errno)") }
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
            posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
            lines = LineReader(ends[0])
        } else {
            posix_spawn_file_actions_addopen(&actions, 1, "\(folder.path)/\(number).out", O_CREAT | O_WRONLY, 0o600)
        }
        // `env` sets the folder and then becomes the program, so the process is still the one we know.
        let command = ["/usr/bin/env", "-C", folder.path, program] + arguments
        var words = command.map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        // A thread of the tests has signals blocked, which a program that is to be interrupted must not inherit.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        var pid: pid_t = 0
        let code = posix_spawn(&pid, command[0], &actions, &attributes, &words, environ)
        if streaming { close(ends[1]) }
        guard code == 0 else { throw Missing("\(program) cannot be started: errno \(code)") }
        self.pid = pid
    }

    deinit {
        kill(SIGKILL)
        wait()
    }

    var isRunning: Bool {
        guard status == nil else { return false }
        var code: CInt = 0
        guard waitpid(pid, &code, WNOHANG) == pid else { return true }
        status = code
        return false
    }

    func kill(_ signal: CInt) {
        if isRunning { Foundation.kill(pid, signal) }
    }

    /// Waits for the end: the exit code, or 128 + signal.
    @discardableResult
    func wait() -> Int32 {
        if status == nil {
            var code: CInt = 0
            while waitpid(pid, &code, 0) < 0, errno == EINTR {}
            status = code
        }
        let code = status ?? 0
        return code & 0x7F == 0 ? code >> 8 & 0xFF : 128 + code & 0x7F
    }

    var standardOutput: String { folder.read("\(number).out") }
    var standardError: String { folder.read("\(number).err") }

    /// The next line of a streaming program.
    func nextLine() throws -> String {
        guard let line = try lines?.next() else { throw Missing("no further line; it said: \(standardError)") }
        return line
    }
}

/// Lines of a pipe.
struct LineReader {
    private let descriptor: CInt
    private var bytes: [UInt8] = []

    init(_ descriptor: CInt) { self.descriptor = descriptor }

    /// The next line without its end; nil at the end. A minute of silence is an error, so that no test hangs.
    mutating func next() throws -> String? {
        while true {
            if let end = bytes.firstIndex(of: UInt8(ascii: "\n")) {
                defer { bytes.removeFirst(end + 1) }
                return String(decoding: bytes[..<end], as: UTF8.self)
            }
            var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&waiting, 1, 60_000) > 0 else { throw Missing("a minute of silence") }
            var chunk = [UInt8](repeating: 0, count: 65_536)
            let count = read(descriptor, &chunk, chunk.count)
            guard count > 0 else { return nil }
            bytes += chunk[..<count]
        }
    }
}
