import Glibc
import Synchronization

/// Ctrl-C and SIGTERM end a run between two instants: what was played is kept, and the same command goes on with it.
enum Interruption {
    /// The signal that came; 0: none.
    private static let signal = Atomic<Int32>(0)
    /// How many passes are played: jobs are played side by side.
    private static let watchers = Atomic<Int>(0)

    /// From now on the first SIGINT or SIGTERM asks the run to end; a second one ends the process as it would have.
    static func watch() {
        watchers.add(1, ordering: .relaxed)
        // Made before a signal can come: a handler may not be the first to touch it.
        _ = signal.load(ordering: .relaxed)
        var action = sigaction()
        action.__sigaction_handler.sa_handler = { number in
            Interruption.signal.store(number, ordering: .relaxed)
            Glibc.signal(number, SIG_DFL)
        }
        for number in [SIGINT, SIGTERM] { sigaction(number, &action, nil) }
    }

    /// A pass has ended; after the last a signal ends the process again.
    static func unwatch() {
        guard watchers.subtract(1, ordering: .relaxed).newValue == 0 else { return }
        for number in [SIGINT, SIGTERM] { Glibc.signal(number, SIG_DFL) }
    }

    /// Whether the run is to end.
    static var isWanted: Bool { signal.load(ordering: .relaxed) != 0 }

    /// What a shell expects of a process that a signal ended: 128 and its number.
    static var exitCode: Failure.Code { signal.load(ordering: .relaxed) == SIGTERM ? .terminated : .interrupted }
}
