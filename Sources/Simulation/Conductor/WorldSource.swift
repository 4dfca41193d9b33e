public import LifeEvents

/// Worlds that join a run as it goes on, so that a population's journeys need memory only while they last.
public protocol WorldSource: AnyObject {
    /// When the next world starts; nil when none is left. Never earlier than the one before.
    var nextStart: Instant? { get }

    /// The next world.
    /// - Throws: what makes it impossible to play.
    func next() throws -> World
}

/// Where a run's time went, in nanoseconds of the clock that was handed in.
public struct StageTimes: Sendable {
    /// Publishing, waiting for acknowledgements, consuming.
    public var transport: Int64 = 0
    /// Reading the messages, sorting them, the agencies and their effects, timers.
    public var handling: Int64 = 0
    /// Digests.
    public var digest: Int64 = 0
    /// Journal, tiles and ledger; with a projector's thread of its own only the time waited for it.
    public var projection: Int64 = 0
    /// Checkpoints.
    public var checkpoint: Int64 = 0
    /// Making worlds and forgetting them.
    public var worlds: Int64 = 0
    /// The indices and the tiles at the end.
    public var finish: Int64 = 0
}
