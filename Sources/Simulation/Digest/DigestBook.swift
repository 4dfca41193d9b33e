import CitizenStatus
import LifeEvents

/// The digests of all cases of a run, and which of them a checkpoint has not seen.
struct DigestBook: ~Copyable {
    private var digests: [RunDigest] = []
    private var isChanged: [Bool] = []
    private var changed: [Int32] = []
    private let hasher = SHA256()
    private var order: [UInt64] = []
    private var input: [UInt8] = []

    /// The digest of a case.
    subscript(world: Int) -> RunDigest { world < digests.count ? digests[world] : RunDigest() }

    /// Takes in the messages of one instant, case by case.
    mutating func absorb(_ batch: borrowing InstantBatch) {
        order.removeAll(keepingCapacity: true)
        // The entries are in id order; sorting world ‖ place keeps that order within a case.
        for index in 0..<batch.entries.count where batch.entries[index].world >= 0 {
            order.append(UInt64(batch.entries[index].world) << 32 | UInt64(index))
        }
        order.sort()
        let bytes = batch.bytes.span.bytes
        bytes.withUnsafeBytes { bytes in
            var place = 0
            while place < order.count {
                let world = Int(order[place] >> 32)
                grow(to: world)
                input.removeAll(keepingCapacity: true)
                digests[world].write(into: &input)
                while place < order.count, Int(order[place] >> 32) == world {
                    let entry = batch.entries[Int(order[place] & 0xFFFF_FFFF)]
                    let start = Int(entry.start)
                    RunDigest.contribution(
                        entry.id, UnsafeRawBufferPointer(rebasing: bytes[start..<start + Int(entry.count)]),
                        into: &input)
                    place += 1
                }
                digests[world] = input.withUnsafeBytes { hasher.digest(of: $0) }
                mark(world)
            }
        }
    }

    /// Takes in what a case has at its end.
    mutating func absorb(_ content: [UInt8], world: Int) {
        grow(to: world)
        digests[world].absorb(content, hasher)
    }

    /// Sets a digest that was kept.
    mutating func restore(_ digest: RunDigest, world: Int) {
        grow(to: world)
        digests[world] = digest
    }

    /// The rows of the digests that changed since the last call.
    mutating func takeChanges() -> [StateChange] {
        defer { changed.removeAll(keepingCapacity: true) }
        var rows: [StateChange] = []
        for world in changed {
            isChanged[Int(world)] = false
            rows.append(
                StateChange(
                    kind: Engine.StateKind.digest.rawValue, key: Int64(world), value: digests[Int(world)].bytes))
        }
        return rows
    }

    private mutating func mark(_ world: Int) {
        guard !isChanged[world] else { return }
        isChanged[world] = true
        changed.append(Int32(world))
    }

    private mutating func grow(to world: Int) {
        while digests.count <= world {
            digests.append(RunDigest())
            isChanged.append(false)
        }
    }
}
