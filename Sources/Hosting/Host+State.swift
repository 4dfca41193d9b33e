import AgencyKit
public import LifeEvents

/// A row of a host's state, to be kept by a checkpoint.
public struct HostChange: Sendable {
    /// What the row is.
    public enum Kind: Int32, Sendable, CaseIterable {
        /// Events that wait for their predecessors.
        case predecessors = 0
        /// A page of messages that wait in the outbox.
        case effects = 1
        /// The absences of a world's agencies.
        case absences = 6
        /// A message that a plane holds back.
        case deliveries = 11
    }

    /// What the row is.
    public var kind: Kind
    /// Its number within its kind.
    public var key: Int64
    /// How much memory its content takes, about, in bytes.
    public let size: Int
    private let content: @Sendable () throws -> [UInt8]?

    /// A row whose content is at hand.
    init(kind: Kind, key: Int64, value: [UInt8]?) {
        self.init(kind: kind, key: key, size: value?.count ?? 0) { value }
    }

    /// A row that is written when its content is asked for.
    init(kind: Kind, key: Int64, size: Int, content: @escaping @Sendable () throws -> [UInt8]?) {
        self.kind = kind
        self.key = key
        self.size = size
        self.content = content
    }

    /// Its content as it was when the change was told; nil: the row goes. Written at each call, on the thread of the
    /// caller.
    /// - Throws: ``ShelfError`` if messages that were put away cannot be read.
    public func value() throws -> [UInt8]? { try content() }
}

extension Host {
    // MARK: - Saving

    /// What has changed since the last call in what waits: to be asked between two instants, before the messages of the
    /// next are taken.
    public func changes() -> [HostChange] {
        var changes = effectChanges(handling.now)
        for change in handling.absences?.changes() ?? [] {
            changes.append(HostChange(kind: .absences, key: Int64(change.world), value: change.value))
        }
        for (row, value) in handling.predecessors.changes() {
            changes.append(HostChange(kind: .predecessors, key: row, value: value))
        }
        for (row, value) in handling.deliveries?.changes() ?? [] {
            changes.append(HostChange(kind: .deliveries, key: row, value: value))
        }
        return changes
    }

    /// Gives the pages of cases that have changed since the last call, with the place of their runner; they are written when
    /// they are asked for their value, which may be done on another thread.
    ///
    /// One after the other: on a day on which benefits are paid most cases have changed, and with what is packed of them
    /// the pages were a quarter of a run's heap when all were held at once.
    public func takeCaseChanges(_ give: (_ runner: Int, _ page: CasePage) throws -> Void) rethrows {
        for (index, runner) in runners.enumerated() { try runner.takeChanges { try give(index, $0) } }
    }

    /// A page of effects ends when it has so many bytes: a store copies a row several times when it writes it.
    private static let effectPageBytes = 1 << 20

    /// Pages with the effects made since the last checkpoint that still wait; pages in which none waits are dropped.
    private func effectChanges(_ instant: Instant) -> [HostChange] {
        var changes: [HostChange] = []
        effectPages.removeAll { page in
            guard page.lastDue <= instant else { return false }
            changes.append(HostChange(kind: .effects, key: page.number, value: nil))
            return true
        }
        func add(lastDue: Instant, size: Int, _ content: @escaping @Sendable () throws -> [UInt8]?) {
            changes.append(HostChange(kind: .effects, key: nextEffectPage, size: size, content: content))
            effectPages.append((nextEffectPage, lastDue))
            nextEffectPage += 1
        }
        let next = handling.outbox.next
        // What is due next is a whole bucket more often than not, so it is not written before somebody keeps it.
        var firstOfNext = Int.max
        var writer = StateWriter()
        var lastDue = instant
        func endPage() {
            guard !writer.bytes.isEmpty else { return }
            add(lastDue: lastDue, size: writer.bytes.count) { [bytes = writer.bytes] in bytes }
            (writer, lastDue) = (StateWriter(), instant)
        }
        for effect in handling.newEffects where effect.due > instant {
            guard effect.due != next else {
                firstOfNext = min(firstOfNext, effect.index)
                continue
            }
            handling.outbox.withEntry(effect.due, effect.index) { entry, value in
                writer.effect(effect.due, entry, value)
                lastDue = max(lastDue, effect.due)
            }
            if writer.bytes.count >= Self.effectPageBytes { endPage() }
        }
        handling.newEffects.removeAll(keepingCapacity: true)
        endPage()
        guard let next, let bucket = handling.outbox.bucket(next) else { return changes }
        for page in bucket.pages(from: firstOfNext, bytes: Self.effectPageBytes) {
            add(lastDue: next, size: bucket.size(of: page)) { try bucket.written(page, due: next) }
        }
        return changes
    }

    // MARK: - Restoring

    /// The places of the runners.
    public var runnerIndices: Range<Int> { runners.indices }

    /// A rule by its name; nil if no code of the owner has it.
    package func river(_ name: String, of owner: Owner) -> RiverDescription? {
        for runner in runners where runner.owner == owner {
            if let found = runner.riverDescriptions.first(where: { $0.name == name }) { return found }
        }
        return nil
    }

    /// Restores the cases of one page of a runner; pages come in the order of their numbers.
    /// - Throws: what is wrong with the page.
    public func restore(runner: Int, page: Int64, _ value: UnsafeRawBufferPointer) throws {
        try runners[runner].restore(page: page, value)
    }

    /// Restores a row; the worlds must have joined.
    /// - Returns: false if the row cannot be read.
    public func restore(_ kind: HostChange.Kind, key: Int64, _ value: UnsafeRawBufferPointer, played: Instant) -> Bool {
        handling.now = max(handling.now, played)
        switch kind {
        case .absences: return handling.absences?.restore(Int32(truncatingIfNeeded: key), value) ?? false
        case .predecessors: return handling.predecessors.restore(row: key, value)
        case .effects: return restoreEffects(page: key, value, played)
        case .deliveries: return handling.deliveries?.restore(row: key, value) ?? false
        }
    }

    private func restoreEffects(page: Int64, _ value: UnsafeRawBufferPointer, _ played: Instant) -> Bool {
        var reader = StateReader(value)
        var lastDue = played
        while !reader.isAtEnd {
            guard let due = reader.number(), let id = reader.id(), let topic = reader.number(),
                settings.topics.indices.contains(Int(truncatingIfNeeded: topic)), let world = reader.number(),
                let subject = reader.subject(), let text = reader.text()
            else { return false }
            let instant = Instant(milliseconds: due)
            lastDue = max(lastDue, instant)
            guard instant > played else { continue }
            handling.outbox.add(
                instant, id, topic: Int32(topic), world: Int32(truncatingIfNeeded: world), subject: subject,
                value: text)
        }
        effectPages.append((page, lastDue))
        nextEffectPage = max(nextEffectPage, page + 1)
        return true
    }

    /// All rows have been restored.
    /// - Returns: faults that still go on, for somebody who has not lived through them.
    public func restored() -> [ObservedFault] {
        for runner in runners { runner.restored() }
        return handling.absences?.retell() ?? []
    }

    // MARK: - What is left at the end

    /// The timers of a world that have not fired, by due time and agency.
    public func pendingTimers(world: Int32) -> [PendingTimer] {
        runners.flatMap { $0.pendingTimers(world: world) }
    }

    /// The messages that wait, by instant.
    public var pendingMessages: [(due: Instant, topic: Int32, world: Int32, subject: Subject)] {
        handling.outbox.waiting.map { ($0.due, $0.entry.topic, $0.entry.world, $0.entry.subject) }
    }

    /// What agencies did not come back for in worlds that were played to the end of the run.
    public var unheard: [String] {
        var record = HandlingRecord()
        for absences in handling.absences?.all ?? [] {
            handling.absences?.tellUnheard(absences, world(absences.number)?.name ?? "", into: &record)
        }
        let waiting = handling.predecessors.all
        var told: [Int32] = []
        for event in waiting where !told.contains(event.world) {
            told.append(event.world)
            record.notices += tellWaiting(
                waiting.filter { $0.world == event.world }, in: world(event.world)?.name ?? "")
        }
        return record.notices
    }
}

extension StateWriter {
    /// Writes a message that waits.
    fileprivate mutating func effect(_ due: Instant, _ entry: OutboxEntry, _ value: UnsafeRawBufferPointer) {
        number(due.milliseconds)
        id(entry.id)
        number(Int64(entry.topic))
        number(Int64(entry.world))
        subject(entry.subject)
        text(value)
    }
}

extension OutboxBucket {
    /// The bucket from a place on, in parts of about so many bytes.
    fileprivate func pages(from first: Int, bytes: Int) -> [Range<Int>] {
        var pages: [Range<Int>] = []
        var (start, size) = (first, 0)
        for place in entries.indices.dropFirst(first) {
            size += entries[place].count
            guard size >= bytes || place == entries.count - 1 else { continue }
            pages.append(start..<place + 1)
            (start, size) = (place + 1, 0)
        }
        return pages
    }

    /// How many bytes a part takes as a page of effects, about.
    fileprivate func size(of page: Range<Int>) -> Int {
        let besideValue = 64
        return entries[page].reduce(0) { $0 + $1.count + besideValue }
    }

    /// A part as a page of effects.
    fileprivate func written(_ page: Range<Int>, due: Instant) throws -> [UInt8] {
        var writer = StateWriter()
        writer.bytes.reserveCapacity(size(of: page))
        for entry in entries[page] { withValue(of: entry) { writer.effect(due, entry, $0) } }
        if let failure = bytes.failure { throw failure }
        return writer.bytes
    }
}
