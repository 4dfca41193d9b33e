import Glibc
import LifeEvents

/// Says, when an adapter's code traps, on which message: a trap ends the process, and the next run can pass it by.
public enum TrapNote {
    /// The message in hand: its id's two words; 0 for none.
    ///
    /// Unsafe: written by the engine's thread before it hands a message to an adapter, and read by the signal's handler,
    /// which runs on the thread that trapped; a handler on another thread may see an older id, never a torn one.
    nonisolated(unsafe) private static var high: UInt64 = 0
    nonisolated(unsafe) private static var low: UInt64 = 0

    /// From now on a trap prints the message's id to standard error before the process ends as it would have.
    public static func install() {
        var action = sigaction()
        action.__sigaction_handler.sa_handler = { signal in
            TrapNote.say()
            Glibc.signal(signal, SIG_DFL)
        }
        for signal in [SIGILL, SIGTRAP, SIGFPE, SIGSEGV, SIGBUS, SIGABRT] { sigaction(signal, &action, nil) }
    }

    @inline(__always)
    static func handling(_ id: EventID) {
        high = id.high
        low = id.low
    }

    static func handledAll() { high = 0 }

    /// Writes without allocating: little else is allowed in a signal's handler.
    private static func say() {
        guard high != 0 else { return }
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 256) { line in
            var count = 0
            func add(_ text: StaticString) {
                for index in 0..<text.utf8CodeUnitCount {
                    line[count] = text.utf8Start[index]
                    count += 1
                }
            }
            func add(_ word: UInt64, _ digits: ClosedRange<Int>) {
                for digit in digits {
                    let value = UInt8(truncatingIfNeeded: word >> UInt64((15 - digit) * 4)) & 15
                    line[count] = value < 10 ? 48 + value : 87 + value
                    count += 1
                }
            }
            add("livsbuss: an adapter trapped on the message ")
            add(high, 0...7)
            add("-")
            add(high, 8...11)
            add("-")
            add(high, 12...15)
            add("-")
            add(low, 0...3)
            add("-")
            add(low, 4...15)
            add("; run again with --skip and this id to go on without it\n")
            _ = write(STDERR_FILENO, line.baseAddress, count)
        }
    }
}
