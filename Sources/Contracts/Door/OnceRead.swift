import Synchronization

/// What is read when somebody first asks, and kept: copies of a catalogue share it.
final class OnceRead<Value: Sendable>: Sendable {
    private let kept: Mutex<Value?>

    /// - Parameter value: what was read already, if it was.
    init(_ value: Value? = nil) { kept = Mutex(value) }

    /// The value; what failed is read anew at the next asking.
    func value<Failure: Error>(_ read: () throws(Failure) -> Value) throws(Failure) -> Value {
        try kept.withLock { (kept) throws(Failure) -> Value in
            if let known = kept { return known }
            let value = try read()
            kept = value
            return value
        }
    }
}
