import Glibc
import Synchronization

/// Ctrl-C and SIGTERM end a run between two instants: what was played is kept, and the same command goes on with it.
enum StopSignal {
    /// The signal that came; 0: none.
    private static let signal = Atomic<Int32>(0)

    /// From now on, and until the process has ended, the first SIGINT or SIGTERM asks the run to end; a second one ends the
    /// process as it would have. A run that is over when the first comes tells its result, whole.
    static func watch() {
        // Made before a signal can come: a handler may not be the first to touch it.
        _ = signal.load(ordering: .relaxed)
        var action = sigaction()
        // A result that is being written is not cut by the signal.
        action.sa_flags = SA_RESTART
        action.__sigaction_handler.sa_handler = { number in
            StopSignal.signal.store(number, ordering: .relaxed)
            Glibc.signal(number, SIG_DFL)
        }
        for number in [SIGINT, SIGTERM] { sigaction(number, &action, nil) }
    }

    /// Whether the run is to end.
    static var isWanted: Bool { signal.load(ordering: .relaxed) != 0 }

    /// What a shell expects of a process that a signal ended: 128 and its number.
    static var exitCode: Failure.Code { signal.load(ordering: .relaxed) == SIGTERM ? .terminated : .interrupted }
}
