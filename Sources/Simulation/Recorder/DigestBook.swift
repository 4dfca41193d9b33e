import CitizenStatus
import Hosting
import LifeEvents

/// The digests of a run's worlds, and which of them a checkpoint has not seen.
///
/// A world that has ended keeps its digest in the store only, from the next checkpoint on: its journey was one of millions.
struct DigestBook: ~Copyable {
    private struct Entry {
        var digest = RunDigest()
        var isChanged = false
    }

    private var held: [Int32: Entry] = [:]
    private var changed: [Int32] = []
    /// Worlds that have ended since the last checkpoint.
    private var ended: [Int32] = []
    private let hasher = SHA256()
    private var order: [UInt64] = []
    private var input: [UInt8] = []
    /// What the messages of the instant contribute, in the order in which they came.
    private var contributions: [UInt8] = []
    private var instant = Instant.earliest

    /// The digest of a world; nil if nothing has happened in it, or if only the store has it.
    subscript(world: Int32) -> RunDigest? { held[world]?.digest }

    /// How many digests are in memory.
    var count: Int { held.count }

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
            let world = Int32(order[place] >> 32)
            var entry = held[world] ?? Entry()
            input.removeAll(keepingCapacity: true)
            entry.digest.write(into: &input)
            while place < order.count, Int32(order[place] >> 32) == world {
                let start = Int(order[place] & 0xFFFF_FFFF) * size
                input.append(contentsOf: contributions[start..<start + size])
                place += 1
            }
            entry.digest = input.withUnsafeBytes { hasher.digest(of: $0) }
            if !entry.isChanged { changed.append(world) }
            entry.isChanged = true
            held[world] = entry
        }
        order.removeAll(keepingCapacity: true)
        contributions.removeAll(keepingCapacity: true)
    }

    /// The digest with what a world has at its end.
    func completed(_ digest: RunDigest, with content: [UInt8]) -> RunDigest {
        var completed = digest
        completed.absorb(content, hasher)
        return completed
    }

    /// Sets a digest that was kept.
    mutating func restore(_ digest: RunDigest, world: Int32) { held[world] = Entry(digest: digest) }

    /// Worlds have ended: no more messages of theirs come. They are forgotten when the next checkpoint has them.
    mutating func end(_ worlds: [Int32]) { ended += worlds }

    /// Hands over the digests that changed since the last call, to be kept.
    mutating func takeChanges(_ keep: (_ world: Int32, _ digest: RunDigest) throws -> Void) rethrows {
        endInstant()
        for world in changed {
            guard let digest = held[world]?.digest else { continue }
            held[world]?.isChanged = false
            try keep(world, digest)
        }
        for world in ended { held[world] = nil }
        changed.removeAll(keepingCapacity: true)
        ended.removeAll(keepingCapacity: true)
    }
}
