import Synchronization

/// That a fact chain keeps an event until its predecessor is here: so a host learns what else only the case knows.
///
/// One for all events that a host offers, one after the other.
@usableFromInline package final class ChainNote: Sendable {
    private let isSet = Atomic<Bool>(false)

    /// A note of nothing.
    package init() {}

    @usableFromInline package func noteWaiting() { isSet.store(true, ordering: .relaxed) }

    /// Whether a chain has kept an event since the last call.
    package func take() -> Bool { isSet.exchange(false, ordering: .relaxed) }
}
