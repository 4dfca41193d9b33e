import AgencyKit
import LifeEvents

/// Events that wait for their predecessors longer than they may.
extension Host {
    /// Notes that agencies keep the event that was handled until its predecessor is here.
    /// - Parameters:
    ///   - topic: the event's topic, by its place in the run's topics.
    ///   - value: the event as it was on the bus.
    func noteWaiting(_ topic: Int32, _ value: UnsafeRawBufferPointer, isOutside: Bool) {
        let envelope = handling.event.envelope
        guard let previous = envelope.previousID else { return }
        for reader in handling.waiting {
            let event = PredecessorBook.Event(
                id: envelope.id, previous: previous, reader: reader, world: handling.world,
                subject: envelope.subject, topic: topic, isOutside: isOutside, since: handling.now,
                value: Array(value))
            if handling.predecessors.add(event) { continue }
            deadLetter(
                event,
                "more than \(PredecessorBook.mostEvents) events, or \(PredecessorBook.mostBytes >> 20) MiB of them, wait "
                    + "for predecessors; this one's is \(previous)")
        }
    }

    /// Makes dead letters of the events that have waited too long by an instant.
    func giveUpWaiting(_ instant: Instant) {
        for event in handling.predecessors.takeOverdue(instant) {
            let isEvent = event.value.withUnsafeBytes { value in
                let message = SliceMessage(
                    id: event.id, world: event.world, topic: event.topic, isOutside: event.isOutside, start: 0,
                    count: value.count)
                return (try? load(message, value, known: event.since)) != nil
            }
            // It was read once, when it was handled.
            precondition(isEvent, "what waits is an event that is heard")
            deadLetter(
                event,
                "\(event.agency) has waited since \(Stockholm.local(event.since)) for the predecessor \(event.previous), "
                    + "longer than \(PredecessorBook.longestWaitDays) days")
        }
    }

    private func deadLetter(_ event: PredecessorBook.Event, _ detail: String) {
        var letter = DeadLetter(
            .predecessorMissing, detail, topic: settings.topics[Int(event.topic)].name, original: event.value)
        letter.id = "\(event.id)"
        handling.deadLetter(letter, by: event.reader, owner: event.agency.owner)
    }

    /// Sentences on events that have waited to the end of a world, one for each agency.
    func tellWaiting(_ events: [PredecessorBook.Event], in name: String) -> [String] {
        var agencies: [AgencyID] = []
        for event in events where !agencies.contains(event.agency) { agencies.append(event.agency) }
        return agencies.sorted().map { agency in
            let own = events.filter { $0.agency == agency }
            let first = own.first.map { "\($0.previous)" } ?? ""
            return own.count == 1
                ? "\(name): an event waits at \(agency) for its predecessor \(first), which has not come"
                : "\(name): \(own.count) events wait at \(agency) for predecessors that have not come, as \(first)"
        }
    }
}
