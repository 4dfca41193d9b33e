import AgencyKit
import Contracts
import JSON
import LifeEvents
import Planes

/// When readers learn what is said, in a run with a plane.
extension Host {
    /// Lets those handle the event that is loaded who know it at once, and parks it for the others.
    /// - Parameters:
    ///   - rivers: who hears it.
    ///   - agencies: those of the world that are there.
    func offer(
        _ heard: HearingTable.Entry, _ rivers: [(runner: Int, heard: Int)], _ agencies: [AgencyID],
        _ message: SliceMessage, _ value: UnsafeRawBufferPointer, by book: DeliveryBook
    ) throws {
        let place = handling.place
        try tellWithFiling(heard, rivers, agencies, message, value, book)
        let envelope = handling.event.envelope
        var gone: [HeardReader] = []
        if envelope.change == .annulled, let previous = envelope.previousID {
            for parked in book.takeCollapsed(previous, in: message.world, at: handling.now) {
                if !gone.contains(where: { $0.isSame(parked.reader) }) { gone.append(parked.reader) }
                tell(parked.report(.collapsed, known: parked.due))
            }
        }
        var now: [OnlyReader] = []
        let ways = ways(heard, rivers, agencies, message, book)
        makeErrands(ways.filter { $0.passage?.known == .told }, message, book)
        for way in ways {
            let (reader, passage) = (way.reader, way.passage)
            if gone.contains(where: { $0.isSame(reader) }) {
                tell(parked(way, message, value).report(.collapsed))
                continue
            }
            guard let passage, passage.known != .now else {
                now.append(
                    OnlyReader(
                        reader: reader, channel: passage?.way ?? Channel.bus.name,
                        row: passage?.row.place ?? "", isLogged: passage?.channel.isLogged ?? true))
                continue
            }
            if passage.known != .never { runners[reader.runner].noteKept(handling, heard: way.heard, reader) }
            book.park(parked(way, message, value))
        }
        if let previous = envelope.previousID {
            var hasTold = false
            for one in now {
                for link in book.takeChain(previous, for: one.reader, in: message.world) {
                    try deliver(link)
                    hasTold = true
                }
            }
            if hasTold { _ = try load(message, value) }
        }
        handling.place = place
        handling.only = now
        defer { handling.only = nil }
        deliver(rivers, agencies, message, value)
    }

    struct Way {
        var reader: HeardReader
        var heard: Int
        /// nil: it is told at once, whatever the plane.
        var passage: Passage?
    }

    /// The ways to all who hear a message.
    private func ways(
        _ heard: HearingTable.Entry, _ rivers: [(runner: Int, heard: Int)], _ agencies: [AgencyID],
        _ message: SliceMessage, _ book: DeliveryBook
    ) -> [Way] {
        let envelope = handling.event.envelope
        let said = PlaneMessage(
            type: heard.type, source: envelope.source, subject: envelope.subject, now: handling.now,
            occasion: Occasion(envelope, type: heard.type.name))
        let isOpening = book.isOpening(message.id, in: message.world)
        var ways: [Way] = []
        for (index, place) in rivers {
            for reader in runners[index].readers(handling, heard: place, agencies: agencies, runner: index) {
                let party = Party(reader.agency.owner, reader.branch)
                ways.append(
                    Way(
                        reader: reader, heard: place,
                        passage: isOpening
                            ? nil
                            : book.plane.passage(
                                said, to: party, of: reader.agency, seed: settings.seed(of: message.world))))
            }
        }
        if let front = book.plane.front { share(&ways, in: front, said) }
        return ways
    }

    /// What a member of a front agency says or learns, all members know at that instant, but for its walls.
    private func share(_ ways: inout [Way], in front: FrontAgency, _ said: PlaneMessage) {
        guard !front.walls.contains(where: { $0.matches(said.type) }) else { return }
        let members = ways.indices.filter { place in
            let reader = ways[place].reader
            return front.has(Party(reader.agency.owner, reader.branch), reader.agency)
        }
        guard !members.isEmpty else { return }
        func rank(_ passage: Passage?) -> (Int, Instant) {
            switch passage?.known {
            case nil, .now: (0, said.now)
            case .at(let instant): (0, instant)
            case .asked: (1, said.now)
            case .told: (2, said.now)
            case .never: (3, said.now)
            }
        }
        guard let first = members.min(by: { rank(ways[$0].passage) < rank(ways[$1].passage) }) else { return }
        let isOwn = said.source.map { source in
            front.members.contains {
                switch $0 {
                case .owner(let owner): owner == source.owner
                case .branch(let party): party.owner == source.owner
                default: false
                }
            }
        }
        let passage = isOwn == true ? nil : ways[first].passage
        for place in members { ways[place].passage = passage }
    }

    private func parked(_ way: Way, _ message: SliceMessage, _ value: UnsafeRawBufferPointer) -> Parked {
        let envelope = handling.event.envelope
        var wait = Parked.Wait.nothing
        var due: Instant?
        switch way.passage?.known {
        case .at(let instant): (wait, due) = (.time, instant)
        case .told: wait = .told
        case .asked: wait = .asked
        case .now, .never, nil: break
        }
        return Parked(
            number: 0, reader: way.reader, world: message.world, id: message.id, previous: envelope.previousID,
            change: envelope.change, type: handling.eventType, subject: envelope.subject, topic: message.topic,
            isOutside: message.isOutside, occurred: envelope.validFrom, arrival: handling.now, wait: wait, due: due,
            intake: way.passage?.intake ?? 0,
            windowEnd: way.passage?.windowEnd, channel: way.passage?.way ?? "",
            row: way.passage?.row.place ?? "", isLogged: way.passage?.channel.isLogged ?? true, value: Array(value))
    }

    // MARK: - Delivering

    /// Delivers what is due by an instant.
    func deliverDue(_ instant: Instant) throws {
        guard let book = handling.deliveries else { return }
        for parked in book.takeDue(instant) {
            if parked.wait != .caughtUp,
                let slot = handling.absences?[parked.world]?.slot(parked.reader.agency, missing: instant)
            {
                book.park(parked, .caughtUp, until: slot)
                continue
            }
            if let previous = parked.previous {
                for link in book.takeChain(previous, for: parked.reader, in: parked.world) { try deliver(link) }
            }
            try deliver(parked)
        }
    }

    /// Lets the reader alone handle a message that was parked for it.
    func deliver(_ parked: Parked) throws {
        try parked.value.withUnsafeBytes { value in
            let message = SliceMessage(
                id: parked.id, world: parked.world, topic: parked.topic, isOutside: parked.isOutside, start: 0,
                count: value.count)
            guard let heard = try load(message, value, known: parked.arrival) else { return }
            handling.place = nil
            guard !skipped.contains(parked.id) else {
                return handling.deadLetter(
                    skippedLetter(parked.topic, value), by: ActingBranch(agency: parked.reader.agency),
                    owner: parked.reader.agency.owner)
            }
            let rivers = parked.change == .annulled ? heard.annulments : heard.facts
            handling.only = [
                OnlyReader(
                    reader: parked.reader, channel: parked.channel, row: parked.row, isLogged: parked.isLogged)
            ]
            handling.late = parked.arrival
            defer { (handling.only, handling.late) = (nil, nil) }
            deliver(rivers.filter { $0.runner == parked.reader.runner }, [parked.reader.agency], message, value)
        }
    }

    /// The readers that ask about a subject when they handle some types: what waited for that is delivered at the next
    /// instant.
    func answerQueries() {
        guard let book = handling.deliveries, !handling.asking.isEmpty else { return }
        let asking = handling.asking
        handling.asking.removeAll(keepingCapacity: true)
        let next = (handling.now + .milliseconds(settings.resolution)).roundedUp(to: settings.resolution)
        for asker in asking {
            let ready = book.take(asker.world) { parked in
                guard parked.wait == .asked, parked.reader.agency == asker.agency, parked.subject == asker.subject
                else { return false }
                let party = Party(parked.reader.agency.owner, parked.reader.branch)
                guard party.branch == asker.branch || asker.branch == nil,
                    case .query(let types, _)? = book.plane.row(parked.type, for: party, of: asker.agency)?.channel
                else { return false }
                return types.contains { $0.matches(asker.type) }
            }
            for parked in ready { book.park(parked, .time, until: next) }
        }
    }

    /// Whether somebody wants to know of deliveries.
    public var wantsDeliveries: Bool {
        get { handling.wantsDeliveries }
        set { handling.wantsDeliveries = newValue }
    }

    /// What is on its way in a world, or never comes.
    public func openDeliveries(world: Int32) -> [DeliveryReport] {
        (handling.deliveries?.waiting(in: world) ?? []).map { $0.report($0.wait == .nothing ? .never : .open) }
    }

    private func tell(_ report: DeliveryReport) {
        if handling.wantsDeliveries { handling.record.deliveries.append(report) }
    }
}

/// Somebody who handles a type about a subject, and so asks what a plane lets be asked then.
struct Asker {
    var world: Int32
    var agency: AgencyID
    var branch: Branch?
    var subject: Subject
    var type: String
}
