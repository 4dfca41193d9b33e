import AgencyKit
import CitizenStatus
import LifeEvents

extension Engine {
    /// The kinds of engine state in the store.
    enum StateKind: Int32 {
        case digest = 2
        case firstCase = 10
    }

    /// Writes the changed cases and digests in the transaction of the projection, between two instants.
    func checkpoint(_ instant: Instant) throws {
        guard let store else { return }
        var changes: [StateChange] = []
        for (index, runner) in runners.enumerated() {
            for change in try runner.takeChangedCases() {
                changes.append(
                    StateChange(
                        kind: StateKind.firstCase.rawValue + Int32(index), key: Int64(change.slot),
                        value: change.value))
            }
        }
        for (number, digest) in digests.enumerated() {
            changes.append(StateChange(kind: StateKind.digest.rawValue, key: Int64(number), value: digest.bytes))
        }
        try store.checkpoint(changes, instant: instant)
    }
}
