import AgencyKit
import LifeEvents

/// A branch of an agency that a message is for, found by its runner.
struct HeardReader: Hashable {
    let runner: Int
    let agency: AgencyID
    let branch: Branch
    /// The branch's place in the runner's hearing of the message.
    let place: Int

    /// Whether both are one branch of one agency; the place differs between facts and their annulments.
    func isSame(_ other: HeardReader) -> Bool {
        runner == other.runner && agency == other.agency && branch == other.branch
    }
}

/// A branch that a handling is for, with what a report says of the way.
struct OnlyReader {
    var reader: HeardReader
    var channel: String
    var row: String
    var isLogged: Bool
}

/// A message that is on its way to a reader.
struct Parked {
    /// What it waits for.
    enum Wait: Int64 {
        /// Its time.
        case time = 0
        /// A citizen who tells it.
        case told = 1
        /// The reader's asking.
        case asked = 2
        /// Nothing: the reader learns it only with a later link of its fact.
        case nothing = 3
        /// The time at which its reader, which was away when it came, lives through that.
        case caughtUp = 4
    }

    /// Its number in checkpoints.
    var number: Int64
    var reader: HeardReader
    var world: Int32
    var id: EventID
    var previous: EventID?
    var change: ChangeType?
    var type: String
    var subject: Subject
    var topic: Int32
    var isOutside: Bool
    var occurred: Instant
    var arrival: Instant
    var wait: Wait
    /// When it is delivered, where it waits for its time.
    var due: Instant?
    /// Of what people carry: the working days until what they brought is registered.
    var intake: Int
    /// Of a snapshot: what is annulled before is not delivered.
    var windowEnd: Instant?
    var channel: String
    var row: String
    var isLogged: Bool
    var value: [UInt8]

    /// What is told of it.
    func report(_ outcome: DeliveryReport.Outcome, known: Instant? = nil) -> DeliveryReport {
        DeliveryReport(
            message: id, type: type, subject: subject, world: world, agency: reader.agency, branch: reader.branch,
            change: change, previous: previous, occurred: occurred, said: arrival, known: known, channel: channel,
            row: row, isLogged: isLogged, outcome: outcome)
    }
}

extension Parked {
    /// As a checkpoint keeps it.
    var bytes: [UInt8] {
        var writer = StateWriter()
        func text(_ text: String) { Array(text.utf8).withUnsafeBytes { writer.text($0) } }
        func time(_ instant: Instant?) { writer.number(instant?.milliseconds ?? .min) }
        writer.number(Int64(reader.runner))
        text("\(reader.agency)")
        text(reader.branch.name)
        writer.number(Int64(reader.place))
        writer.number(Int64(world))
        text("\(id)")
        text(previous.map { "\($0)" } ?? "")
        text(change?.rawValue ?? "")
        text(type)
        writer.subject(subject)
        writer.number(Int64(topic))
        writer.number(isOutside ? 1 : 0)
        time(occurred)
        time(arrival)
        writer.number(wait.rawValue)
        time(due)
        writer.number(Int64(intake))
        time(windowEnd)
        text(channel)
        text(row)
        writer.number(isLogged ? 1 : 0)
        value.withUnsafeBytes { writer.text($0) }
        return writer.bytes
    }

    /// Reads what was kept; nil if it cannot be read.
    init?(_ bytes: UnsafeRawBufferPointer, number: Int64) {
        var reader = StateReader(bytes)
        func text() -> String? { reader.text().map { String(decoding: $0, as: UTF8.self) } }
        func time() -> Instant?? { reader.number().map { $0 == .min ? nil : Instant(milliseconds: $0) } }
        guard let runner = reader.number(), let agency = text().flatMap({ AgencyID($0) }),
            let branch = text().flatMap({ Branch(text: $0) }), let place = reader.number(),
            let world = reader.number(), let id = text().flatMap({ EventID(text: $0) }), let previous = text(),
            let change = text(), let type = text(), let subject = reader.subject(), let topic = reader.number(),
            let isOutside = reader.number(), case .some(.some(let occurred)) = time(),
            case .some(.some(let arrival)) = time(), let wait = reader.number().flatMap({ Wait(rawValue: $0) }),
            case .some(let due) = time(), let intake = reader.number(), case .some(let windowEnd) = time(),
            let channel = text(), let row = text(),
            let isLogged = reader.number(), let value = reader.text()
        else { return nil }
        self.init(
            number: number,
            reader: HeardReader(runner: Int(runner), agency: agency, branch: branch, place: Int(place)),
            world: Int32(truncatingIfNeeded: world), id: id, previous: EventID(text: previous),
            change: ChangeType(rawValue: change), type: type, subject: subject,
            topic: Int32(truncatingIfNeeded: topic), isOutside: isOutside == 1, occurred: occurred, arrival: arrival,
            wait: wait, due: due, intake: Int(intake), windowEnd: windowEnd, channel: channel, row: row,
            isLogged: isLogged == 1,
            value: Array(value))
    }
}
