public import Simulation

extension RunResult {
    /// Adds the result of another pass of the same run, whose worlds follow these.
    public mutating func append(_ other: RunResult) {
        for work in other.pending where pending.count < Self.pendingLimit {
            var moved = work
            moved.world += digests.count
            pending.append(moved)
        }
        pendingCount += other.pendingCount
        pendingTimers += other.pendingTimers
        digests += other.digests
        messages += other.messages
        total += other.total
        outside += other.outside
        refused += other.refused
        redelivered += other.redelivered
        deadLetters += other.deadLetters
        stages.add(other.stages)
        instants += other.instants
        isCut = isCut || other.isCut
        end = [end, other.end].compactMap(\.self).max()
    }
}

extension StageTimes {
    /// Adds the times of another pass.
    mutating func add(_ other: StageTimes) {
        transport += other.transport
        handling += other.handling
        digest += other.digest
        projection += other.projection
        checkpoint += other.checkpoint
        worlds += other.worlds
        finish += other.finish
    }
}
