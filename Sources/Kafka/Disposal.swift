import Glibc

/// Destroys what librdkafka may take its time over, or never end: on a thread of its own.
enum Disposal {
    private final class Work {
        let body: () -> Void
        let done = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

        init(_ body: @escaping () -> Void) {
            self.body = body
            sem_init(done, 0, 0)
        }

        deinit {
            sem_destroy(done)
            done.deallocate()
        }
    }

    /// Runs the work elsewhere and waits for it, but not for longer than this; then it goes on alone.
    ///
    /// What the work refers to must be referred to by nobody else: that makes it safe on another thread.
    static func run(waitingAtMost patience: Duration, _ body: @escaping () -> Void) {
        let work = Work(body)
        let context = Unmanaged.passRetained(work)
        var thread = pthread_t()
        let code = pthread_create(
            &thread, nil,
            { context in
                guard let context else { return nil }
                let work = Unmanaged<Work>.fromOpaque(context).takeRetainedValue()
                work.body()
                sem_post(work.done)
                return nil
            }, context.toOpaque())
        guard code == 0 else {
            context.release()
            return body()
        }
        var end = timespec()
        clock_gettime(CLOCK_REALTIME, &end)
        let nanoseconds = end.tv_nsec + Int(patience.milliseconds) * 1_000_000
        end.tv_sec += nanoseconds / 1_000_000_000
        end.tv_nsec = nanoseconds % 1_000_000_000
        var isDone = false
        repeat { isDone = sem_timedwait(work.done, &end) == 0 } while !isDone && errno == EINTR
        // A thread that is waited for leaves nothing behind; the other has to look after itself.
        if isDone { pthread_join(thread, nil) } else { pthread_detach(thread) }
    }
}
