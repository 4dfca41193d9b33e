import Glibc
import Synchronization

/// Where a program's text goes: a file descriptor that may be a terminal, or memory.
///
/// Text is gathered and written in large pieces; on a terminal it is written at once. Writing never throws and never
/// ends the process: after a failure the output takes no more text, and ``failure`` says why. May be used from any
/// thread; each call's text stays in one piece.
///
/// Whatever is written is escaped as ``EscapedText`` says, but for line breaks, tabs, and colours where they are shown:
/// so a text of somebody else that slipped into a line can neither move the cursor nor order a build server about.
public final class TerminalOutput: Sendable {
    /// The process's standard output.
    public static let standardOutput = TerminalOutput(fileDescriptor: STDOUT_FILENO)
    /// The process's standard error; nothing is held back.
    public static let standardError = TerminalOutput(fileDescriptor: STDERR_FILENO, bufferSize: 0)

    /// Whether a person is looking: lines may be rewritten in place.
    public let isTTY: Bool
    /// Colours text for this output, or leaves it alone.
    public let paint: Paint

    private enum Target {
        case descriptor(Int32, columns: Int?)
        case memory(width: Int)
    }

    private struct State {
        var bytes: [UInt8] = []
        var failure: WriteFailure?
        var escaper: Escaper
    }

    private let target: Target
    private let bufferSize: Int
    private let state: Mutex<State>

    /// An output on an open file descriptor, which stays the caller's to close.
    ///
    /// - Parameters:
    ///   - fileDescriptor: Where the text goes.
    ///   - bufferSize: Bytes gathered before they are written, unless it is a terminal.
    ///   - environment: Looks up `NO_COLOR`, `TERM` and `COLUMNS`; the process's own unless given.
    public init(
        fileDescriptor: Int32, bufferSize: Int = 32_768,
        environment: (String) -> String? = TerminalOutput.environmentVariable
    ) {
        isTTY = isatty(fileDescriptor) == 1
        paint = Paint(isEnabled: Self.showsColours(isTTY: isTTY, environment: environment))
        target = .descriptor(fileDescriptor, columns: environment("COLUMNS").flatMap { Int($0) })
        self.bufferSize = isTTY ? 0 : bufferSize
        state = Mutex(State(escaper: Escaper(isOneLine: false, keepsStyles: paint.isEnabled)))
    }

    private init(memory width: Int, isTTY: Bool, usesColour: Bool) {
        self.isTTY = isTTY
        paint = Paint(isEnabled: usesColour)
        target = .memory(width: width)
        bufferSize = .max
        state = Mutex(State(escaper: Escaper(isOneLine: false, keepsStyles: usesColour)))
    }

    /// An output that keeps its text for a test to read in ``capturedText``.
    public static func captured(width: Int = 80, isTTY: Bool = false, usesColour: Bool = false) -> TerminalOutput {
        TerminalOutput(memory: width, isTTY: isTTY, usesColour: usesColour)
    }

    deinit {
        flush()
    }

    /// The columns of a line: the terminal's as it is now, else `COLUMNS`, else 80.
    public var width: Int {
        switch target {
        case .memory(let width):
            return width
        case .descriptor(let descriptor, let columns):
            var size = winsize()
            if ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 { return Int(size.ws_col) }
            return if let columns, columns > 0 { columns } else { 80 }
        }
    }

    /// Why the output takes no more text; nil while it does. A long command should stop when this is set.
    public var failure: WriteFailure? {
        state.withLock { $0.failure }
    }

    /// The text written so far, if this output keeps it in memory; else the text not written out yet.
    public var capturedText: String {
        state.withLock { String(decoding: $0.bytes, as: UTF8.self) }
    }

    /// Takes text, and escapes what is not to be shown; blocks while the reader is slow.
    public func write(_ text: String) {
        state.withLock { state in
            let escaped = state.escaper.escape(text)
            take(escaped, &state)
        }
    }

    /// Takes text that is a language of its own, such as the commands of a build server or a shell's script, and lets it
    /// through as it is: whoever makes it escapes what others wrote.
    public func writeVerbatim(_ text: String) {
        state.withLock { take(text, &$0) }
    }

    private func take(_ text: String, _ state: inout State) {
        guard state.failure == nil else { return }
        state.bytes.append(contentsOf: text.utf8)
        if state.bytes.count > bufferSize { drain(&state) }
    }

    /// Takes text and a line break.
    public func writeLine(_ text: String = "") {
        write(text + "\n")
    }

    /// Writes out what was gathered. Needed before the process exits, and before another output says something later.
    public func flush() {
        state.withLock { drain(&$0) }
    }

    private func drain(_ state: inout State) {
        guard case .descriptor(let descriptor, _) = target, state.failure == nil, !state.bytes.isEmpty else { return }
        state.failure = writeAll(state.bytes, to: descriptor)
        state.bytes.removeAll(keepingCapacity: state.failure == nil)
    }

    /// Whether to colour, by the common rule that a `NO_COLOR` of any text but the empty one says no.
    static func showsColours(isTTY: Bool, environment: (String) -> String?) -> Bool {
        isTTY && (environment("NO_COLOR") ?? "").isEmpty && environment("TERM") != "dumb"
    }

    /// A variable of the process's environment.
    public static func environmentVariable(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }
}
