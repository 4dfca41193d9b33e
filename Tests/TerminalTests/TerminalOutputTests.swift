import Dispatch
import Glibc
import Synchronization
import Terminal
import Testing

@Suite struct TerminalOutputTests {
    /// The two ends of a pipe.
    private func makePipe() -> (reading: Int32, writing: Int32) {
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        return (ends[0], ends[1])
    }

    private func readAll(_ descriptor: Int32) -> String {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        while case let count = read(descriptor, &piece, piece.count), count > 0 { bytes += piece[..<count] }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func `text is held back until it is flushed`() {
        let (reading, writing) = makePipe()
        _ = fcntl(reading, F_SETFL, O_NONBLOCK)
        let output = TerminalOutput(fileDescriptor: writing)
        output.writeLine("Hej på dig")
        #expect(readAll(reading) == "")
        output.flush()
        #expect(readAll(reading) == "Hej på dig\n")
        #expect(output.failure == nil)
        close(reading)
        close(writing)
    }

    @Test func `an output without a buffer writes at once`() {
        let (reading, writing) = makePipe()
        _ = fcntl(reading, F_SETFL, O_NONBLOCK)
        TerminalOutput(fileDescriptor: writing, bufferSize: 0).write("now")
        #expect(readAll(reading) == "now")
        close(reading)
        close(writing)
    }

    @Test func `an output that is let go writes what it held`() {
        let (reading, writing) = makePipe()
        TerminalOutput(fileDescriptor: writing).write("last words")
        close(writing)
        #expect(readAll(reading) == "last words")
        close(reading)
    }

    @Test func `more text than a pipe holds gets through a non-blocking descriptor`() {
        let (reading, writing) = makePipe()
        _ = fcntl(writing, F_SETFL, O_NONBLOCK)
        let text = String(repeating: "0123456789", count: 50_000)
        // A thread of its own: writing blocks this one, which may be the only one that runs tests.
        let received = Mutex("")
        let done = DispatchSemaphore(value: 0)
        let reader = DispatchWorkItem { [self] in
            received.withLock { $0 = readAll(reading) }
            done.signal()
        }
        DispatchQueue.global().async(execute: reader)
        let output = TerminalOutput(fileDescriptor: writing)
        output.write(text)
        output.flush()
        close(writing)
        done.wait()
        #expect(received.withLock { $0 } == text)
        close(reading)
    }

    @Test func `a reader that has gone stops the output quietly`() {
        let (reading, writing) = makePipe()
        close(reading)
        let output = TerminalOutput(fileDescriptor: writing)
        output.write("nobody")
        output.flush()
        #expect(output.failure == .readerGone)
        output.write("reads this")
        output.flush()
        #expect(output.capturedText == "")
        close(writing)
    }

    @Test func `a full disk is a failure with a sentence`() throws {
        let descriptor = open("/dev/full", O_WRONLY)
        let output = TerminalOutput(fileDescriptor: descriptor)
        output.write("x")
        output.flush()
        let failure = try #require(output.failure)
        #expect(failure == .system(ENOSPC))
        #expect("\(failure)" == "The output cannot be written: No space left on device.")
        close(descriptor)
    }

    @Test(arguments: [([:], 80), (["COLUMNS": "120"], 120), (["COLUMNS": "wide"], 80), (["COLUMNS": "0"], 80)])
    func `a file is as wide as COLUMNS says, or 80`(environment: [String: String], width: Int) {
        let (reading, writing) = makePipe()
        let output = TerminalOutput(fileDescriptor: writing) { environment[$0] }
        #expect(output.width == width)
        #expect(!output.isTTY)
        #expect(!output.paint.isEnabled)
        close(reading)
        close(writing)
    }

    @Test func `a terminal tells its width, shows colours and is written at once`() throws {
        // The C functions for this are hidden from Swift; these are the requests they send to the kernel.
        let (setLock, getNumber): (UInt, UInt) = (0x4004_5431, 0x8004_5430)
        let leader = open("/dev/ptmx", O_RDWR | O_NOCTTY)
        var (lock, number): (Int32, Int32) = (0, 0)
        try #require(ioctl(leader, setLock, &lock) == 0)
        try #require(ioctl(leader, getNumber, &number) == 0)
        let follower = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
        var size = winsize(ws_row: 24, ws_col: 101, ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(follower, UInt(TIOCSWINSZ), &size)
        let output = TerminalOutput(fileDescriptor: follower) { $0 == "COLUMNS" ? "60" : nil }
        #expect(output.isTTY)
        #expect(output.width == 101)
        #expect(output.paint.isEnabled)
        output.write("x")
        var byte: UInt8 = 0
        #expect(read(leader, &byte, 1) == 1 && byte == UInt8(ascii: "x"))
        close(follower)
        close(leader)
    }
}
