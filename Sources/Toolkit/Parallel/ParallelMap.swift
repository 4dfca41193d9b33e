internal import Dispatch
internal import Foundation
internal import Synchronization

extension RandomAccessCollection where Element: Sendable, Self: Sendable {
    /// What a function makes of each element, in their order, on all cores at once.
    ///
    /// The function is called once for each element, on any thread, and several at a time; the caller waits for all. Elements
    /// are dealt out singly, so that a few large ones do not wait for each other. Worth it from some ten microseconds an
    /// element on.
    ///
    /// ```swift
    /// let documents = paths.mapInParallel { path in Result { try Document(path) } }
    /// ```
    public func mapInParallel<Value: Sendable>(_ transform: @Sendable (Element) -> Value) -> [Value] {
        let threads = Swift.min(count, ProcessInfo.processInfo.activeProcessorCount)
        guard threads > 1 else { return map(transform) }
        let next = Atomic(0)
        let made = Mutex<[(place: Int, value: Value)]>([])
        DispatchQueue.concurrentPerform(iterations: threads) { _ in
            var own: [(place: Int, value: Value)] = []
            while true {
                let place = next.add(1, ordering: .relaxed).oldValue
                guard place < count else { break }
                own.append((place, transform(self[index(startIndex, offsetBy: place)])))
            }
            made.withLock { $0 += own }
        }
        let values = made.withLock { $0 }.sorted { $0.place < $1.place }
        precondition(values.count == count, "each element is transformed once")
        return values.map(\.value)
    }
}
