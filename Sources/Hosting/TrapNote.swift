import Glibc
import LifeEvents

/// Says, when an adapter's code traps, on which message: a trap ends the process, and the next run can pass it by.
///
/// Only what an adapter does is called an adapter's: the note stands from the call of its code to its return. Each thread
/// that plays agencies has a note of its own.
public enum TrapNote {
    /// The message in hand on a thread: the thread's number, 0 for a free place, and the id's two words, 0 for none.
    private struct Note {
        var thread: Int = 0
        var high: UInt64 = 0
        var low: UInt64 = 0
        var isTimer = false
    }

    /// The most threads that can play agencies at once: `--jobs` allows 64.
    private static let mostThreads = 256

    /// The notes, at places that never move.
    ///
    /// Unsafe: a place is taken under ``lock`` by one thread and from then on written by that thread alone; it is read by
    /// a signal's handler on the thread that trapped, which is the one that wrote.
    nonisolated(unsafe) private static let notes: UnsafeMutablePointer<Note> = {
        let notes = UnsafeMutablePointer<Note>.allocate(capacity: mostThreads)
        notes.initialize(repeating: Note(), count: mostThreads)
        return notes
    }()

    /// The place of the current thread, as a thread-specific value: its address; nil until it has one.
    private static let key: pthread_key_t = {
        var key = pthread_key_t()
        // A thread that ends gives its place back.
        pthread_key_create(&key) { place in
            place?.assumingMemoryBound(to: Note.self).pointee = Note()
        }
        return key
    }()

    /// From now on a trap prints the message's id to standard error before the process ends as it would have.
    public static func install() {
        _ = (notes, key)
        var action = sigaction()
        action.__sigaction_handler.sa_handler = { signal in
            TrapNote.say()
            Glibc.signal(signal, SIG_DFL)
        }
        for signal in [SIGILL, SIGTRAP, SIGFPE, SIGSEGV, SIGBUS, SIGABRT] { sigaction(signal, &action, nil) }
    }

    /// An adapter's code is about to run.
    /// - Parameter isTimer: whether a timer that the message set has fallen due.
    @inline(__always)
    static func enter(_ id: EventID, isTimer: Bool = false) {
        let note = own
        note?.pointee.high = id.high
        note?.pointee.low = id.low
        note?.pointee.isTimer = isTimer
    }

    /// The adapter's code has returned.
    @inline(__always)
    static func leave() { own?.pointee.high = 0 }

    @inline(__always)
    private static var own: UnsafeMutablePointer<Note>? {
        if let place = pthread_getspecific(key) { return place.assumingMemoryBound(to: Note.self) }
        return takePlace()
    }

    /// A place for the current thread; nil when there are more threads than places: then a trap has no message's name.
    private static func takePlace() -> UnsafeMutablePointer<Note>? {
        lock.lock()
        defer { lock.unlock() }
        for place in 0..<mostThreads where notes[place].thread == 0 {
            notes[place].thread = 1
            pthread_setspecific(key, notes + place)
            return notes + place
        }
        return nil
    }

    private static let lock = Lock()

    /// Unchecked: a mutex is made for use by several threads, and stays in one place of memory for ever.
    private final class Lock: @unchecked Sendable {
        private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
        init() { pthread_mutex_init(mutex, nil) }
        deinit {
            pthread_mutex_destroy(mutex)
            mutex.deallocate()
        }
        func lock() { pthread_mutex_lock(mutex) }
        func unlock() { pthread_mutex_unlock(mutex) }
    }

    /// Writes without allocating: little else is allowed in a signal's handler.
    private static func say() {
        guard let note = pthread_getspecific(key)?.assumingMemoryBound(to: Note.self).pointee, note.high != 0 else {
            return
        }
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
            add(
                note.isTimer
                    ? "livsbuss: an adapter trapped when a timer fell due that was set by the message "
                    : "livsbuss: an adapter trapped on the message ")
            add(note.high, 0...7)
            add("-")
            add(note.high, 8...11)
            add("-")
            add(note.high, 12...15)
            add("-")
            add(note.low, 0...3)
            add("-")
            add(note.low, 4...15)
            add("; run again with --skip and this id to go on without it\n")
            _ = write(STDERR_FILENO, line.baseAddress, count)
        }
    }
}
