import CitizenStatus
import Hosting
import LifeEvents

/// The digests of all worlds of a run, and which of them a checkpoint has not seen.
struct DigestBook: ~Copyable {
    private var digests = PagedArray(repeating: RunDigest())
    private var isChanged = PagedArray(repeating: false)
    private var changed: [Int32] = []
    private let hasher = SHA256()
    private var order: [UInt64] = []
    private var input: [UInt8] = []
    /// What the messages of the instant contribute, in the order in which they came.
    private var contributions: [UInt8] = []
    private var instant = Instant.earliest

    /// The digest of a world.
    subscript(world: Int) -> RunDigest { world < digests.count ? digests[world] : RunDigest() }

    /// Takes in the messages of a slice, world by world; an instant is over when a message of another comes, or when
    /// ``endInstant()`` says so.
    mutating func absorb(_ batch: borrowing InstantBatch) {
        if batch.instant != instant { endInstant() }
        instant = batch.instant
        batch.bytes.span.bytes.withUnsafeBytes { bytes in
            for entry in batch.entries where entry.world >= 0 {
                // The entries are in id order; sorting world ‖ place keeps that order within a world.
                order.append(UInt64(entry.world) << 32 | UInt64(order.count))
                let start = Int(entry.start)
                RunDigest.contribution(
                    entry.id, UnsafeRawBufferPointer(rebasing: bytes[start..<start + Int(entry.count)]),
                    into: &contributions)
            }
        }
    }

    /// The instant of the messages taken in last is over: what it contributes does not depend on how it was sliced.
    mutating func endInstant() {
        guard !order.isEmpty else { return }
        order.sort()
        let size = RunDigest.contributionSize
        var place = 0
        while place < order.count {
            let world = Int(order[place] >> 32)
            grow(to: world)
            input.removeAll(keepingCapacity: true)
            digests[world].write(into: &input)
            while place < order.count, Int(order[place] >> 32) == world {
                let start = Int(order[place] & 0xFFFF_FFFF) * size
                input.append(contentsOf: contributions[start..<start + size])
                place += 1
            }
            digests[world] = input.withUnsafeBytes { hasher.digest(of: $0) }
            mark(world)
        }
        order.removeAll(keepingCapacity: true)
        contributions.removeAll(keepingCapacity: true)
    }

    /// Takes in what a world has at its end.
    mutating func absorb(_ content: [UInt8], world: Int) {
        endInstant()
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
        endInstant()
        defer { changed.removeAll(keepingCapacity: true) }
        var rows: [StateChange] = []
        for world in changed {
            isChanged[Int(world)] = false
            rows.append(
                StateChange(
                    kind: StateKind.digest.rawValue, key: Int64(world), value: digests[Int(world)].bytes))
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
            digests.appendPage()
            isChanged.appendPage()
        }
    }
}
