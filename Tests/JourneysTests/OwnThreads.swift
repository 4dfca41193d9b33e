import Foundation
import Synchronization
import Testing

/// Runs the tests of a suite on threads that only such suites have: they wait for clusters, clocks and other programs
/// most of their time, and would keep the tests that compute from the few threads that all tests share.
struct OwnThreads: SuiteTrait, TestTrait, TestScoping {
    let isRecursive = true

    @concurrent func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        try await withTaskExecutorPreference(WaitingThreads.shared) { try await function() }
    }
}

extension Trait where Self == OwnThreads {
    /// The suite waits more than it computes.
    static var waits: Self { OwnThreads() }
}

/// A few threads that take one job after the other.
final class WaitingThreads: TaskExecutor {
    static let shared = WaitingThreads(count: 4)

    private let jobs = Mutex<[UnownedJob]>([])
    private let added = DispatchSemaphore(value: 0)

    init(count: Int) {
        for _ in 0..<count {
            let thread = Thread { [self] in
                while true {
                    added.wait()
                    if let job = jobs.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) {
                        job.runSynchronously(on: asUnownedTaskExecutor())
                    }
                }
            }
            // As much as the main thread has: a test may read what is nested deeply.
            thread.stackSize = 8 << 20
            thread.start()
        }
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        jobs.withLock { $0.append(job) }
        added.signal()
    }
}
