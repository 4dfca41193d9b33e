import AgencyKit
import Contracts
import JSON
import LifeEvents
import Planes

/// What people must carry, in a run with a plane.
extension Host {
    /// Tells people what they must carry, to each reader; to members of a front agency once, and no second time while the
    /// same is still to be told: who goes there tells what is so then.
    func makeErrands(_ ways: [Way], _ message: SliceMessage, _ book: DeliveryBook) {
        let envelope = handling.event.envelope
        var hasMember = false
        for (number, way) in ways.enumerated() {
            let reader = way.reader
            if book.isMember(reader.agency, reader.branch) {
                if hasMember { continue }
                hasMember = true
            }
            let isToBeTold = book.waiting(in: message.world).contains {
                $0.wait == .told && $0.reader.isSame(reader) && $0.type == handling.eventType
                    && $0.subject == envelope.subject
            }
            if isToBeTold { continue }
            say(
                Errand(
                    message: "\(message.id)", type: handling.eventType, change: envelope.change?.rawValue,
                    to: reader.agency, branch: reader.branch.name, row: way.passage?.row.place ?? "none"),
                of: message.id, about: envelope, ordinal: number, world: message.world, reader)
        }
    }

    private func say(
        _ errand: Errand, of message: EventID, about envelope: EventEnvelope, ordinal: Int, world: Int32,
        _ reader: HeardReader
    ) {
        guard let topic = settings.topicIndex(Errand.type.topic) else { return }
        let due = (handling.now + .milliseconds(settings.resolution)).roundedUp(to: settings.resolution)
        let id = settings.effectID(
            due: due, handled: settings.errandID(message, to: reader.agency, world: world), agency: .livsbuss,
            branch: reader.branch, ordinal: ordinal, world: world)
        let own = EventEnvelope(
            id: id, source: .livsbuss, subject: envelope.subject, time: due, correlationID: envelope.correlationID,
            causationID: envelope.id, occurredAt: envelope.occurredAt)
        var writer = JSONWriter()
        own.write(type: Errand.type, into: &writer) { errand.write(json: &$0) }
        writer.bytes.withUnsafeBytes {
            handling.keepEffect(due, id, topic: topic, world: world, subject: envelope.subject, value: $0)
        }
    }

    /// Errands that have been told are counted from here on, so that their ids are others than those of new ones.
    private static let firstTold = 1_000

    /// Who files with a body tells it what she had to carry there about those whom the filing names, and need not come
    /// again for it.
    func tellWithFiling(
        _ heard: HearingTable.Entry, _ rivers: [(runner: Int, heard: Int)], _ agencies: [AgencyID],
        _ message: SliceMessage, _ value: UnsafeRawBufferPointer, _ book: DeliveryBook
    ) throws {
        guard handling.event.envelope.source?.owner == .citizen, heard.type.isFiling,
            book.waiting(in: message.world).contains(where: { $0.wait == .told })
        else { return }
        let place = handling.place
        // What is read and asked here is loaded anew for the message itself.
        defer { handling.place = place }
        var people = [handling.event.envelope.subject]
        if let data = try ReadEvent.parse(value, &handling.tape).data {
            for member in data.members {
                if let named = member.value.string.flatMap({ Subject(text: $0) }) { people.append(named) }
            }
        }
        var places: [HeardReader] = []
        for (index, place) in rivers {
            places += runners[index].readers(handling, heard: place, agencies: agencies, runner: index)
        }
        let isFiledWithMember = places.contains { book.isMember($0.agency, $0.branch) }
        let told = book.take(message.world) { parked in
            parked.wait == .told && people.contains(parked.subject)
                && (places.contains { $0.agency == parked.reader.agency }
                    || isFiledWithMember && book.isMember(parked.reader.agency, parked.reader.branch))
        }.sorted { ($0.id, $0.number) < ($1.id, $1.number) }
        for (number, parked) in told.enumerated() {
            if let previous = parked.previous {
                for link in book.takeChain(previous, for: parked.reader, in: parked.world) { try deliver(link) }
            }
            try deliver(parked)
            say(
                Errand(
                    message: "\(parked.id)", type: parked.type, change: parked.change?.rawValue,
                    to: parked.reader.agency, branch: parked.reader.branch.name, row: parked.row, told: true),
                of: parked.id, about: handling.event.envelope, ordinal: Self.firstTold + number, world: parked.world,
                parked.reader)
        }
        _ = try load(message, value)
    }

    /// What people have told whole is registered, and so known to whom they told it.
    func release(_ message: SliceMessage, _ value: UnsafeRawBufferPointer, _ book: DeliveryBook) throws {
        let event = try ReadEvent.parse(value, &handling.tape)
        guard event.type.string == CitizenContact.type.name, event.data?["outcome"]?.string == "whole",
            let told = event.data?["message"]?.string.flatMap({ EventID(text: $0) }),
            let reader = event.data?["to"]?.string.flatMap({ AgencyID($0) }),
            let branch = event.data?["branch"]?.string
        else { return }
        let toldMember = Branch(text: branch).map { book.isMember(reader, $0) } ?? false
        let named = book.waiting(in: message.world).first { $0.id == told && $0.wait == .told }
        let ready = book.take(message.world) { parked in
            // What else of the type waits to be told about the same person is told with it.
            guard let named, parked.wait == .told, parked.type == named.type, parked.subject == named.subject else {
                return false
            }
            return parked.reader.agency == reader && parked.reader.branch.name == branch
                || toldMember && book.isMember(parked.reader.agency, parked.reader.branch)
        }
        let next = (handling.now + .milliseconds(settings.resolution)).roundedUp(to: settings.resolution)
        let today = Stockholm.day(of: handling.now)
        for parked in ready {
            let registered = parked.intake == 0 ? next : Office.opens.on(Office.after(parked.intake, today))
            book.park(parked, .time, until: max(registered, next).roundedUp(to: settings.resolution))
        }
    }
}
