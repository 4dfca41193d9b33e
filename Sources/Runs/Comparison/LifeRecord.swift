import Hosting
import JSON
import LifeEvents
import Planes
import Simulation

/// What one life gave in one plane, as far as comparisons count it.
struct LifeRecord {
    /// A tile as it was set.
    struct TileChange {
        var row: TileRow
        var code: String
        var set: Instant
        var seen: Instant?
        var way: String
    }

    /// A line of somebody's page.
    struct TileRow: Hashable, Comparable {
        var tile: String
        var holder: Subject
        var agency: String
        var about: String

        static func < (left: TileRow, right: TileRow) -> Bool {
            (left.tile, left.holder, left.agency, left.about) < (right.tile, right.holder, right.agency, right.about)
        }
    }

    struct Contact {
        var to: AgencyID
        var why: String
        var way: String
        /// The message that is told.
        var message: EventID?
        var at: Instant
    }

    /// What somebody files.
    struct Filing {
        var message: EventID
        var owner: Owner
        /// Who files, as the filing names her.
        var by: String
        var at: Instant
        /// Whom it names: its subject and the keys in its data.
        var people: [Subject]
        /// Its form, by its place; nil: nothing is known of what it asks.
        var form: Int?
    }

    /// A message from which a deadline runs, or that ends it.
    struct Mark {
        var deadline: Int
        var isStart: Bool
        var subject: Subject
        var at: Instant
    }

    /// A type said about somebody.
    struct Saying: Hashable {
        var type: String
        var subject: Subject
    }

    /// What is paid: for whom and what, and for which time.
    struct PaymentKey: Hashable, Comparable {
        var type: String
        var payee: String
        var benefit: String
        var period: String

        static func < (left: PaymentKey, right: PaymentKey) -> Bool {
            (left.type, left.payee, left.benefit, left.period) < (right.type, right.payee, right.benefit, right.period)
        }
    }

    var filings: [Filing] = []
    var contacts: [Contact] = []
    var tiles: [TileChange] = []
    var deliveries: [DeliveryReport] = []
    var messages = 0
    /// SEK paid on paydays, and net of what was claimed back.
    var paid: [PaymentKey: (gross: Int, net: Int)] = [:]
    /// When each type that a form asks for was first said about somebody.
    var firstSaid: [Saying: Instant] = [:]
    var marks: [Mark] = []
    /// The messages as lines of JSON, where they are kept.
    var lines: [UInt8] = []
    /// SEK of each claim that was paid back.
    var reclaimed: [Int] = []
    /// Who has died, when; who counted as dead in error is not among them.
    var deaths: [EventID: (dead: Subject, at: Instant)] = [:]

    /// Takes a message of the life.
    mutating func see(_ message: ObservedMessage, in plane: Plane, seed: UInt64, by rules: LifeRules) {
        let (type, envelope, data) = (message.type, message.envelope, message.data)
        if type == CitizenContact.type.name {
            guard let to = data?["to"]?.string.flatMap({ AgencyID($0) }) else { return }
            contacts.append(
                Contact(
                    to: to, why: data?["why"]?.string ?? "", way: data?["way"]?.string ?? "",
                    message: data?["message"]?.string.flatMap { EventID(text: $0) }, at: envelope.time))
            return
        }
        if EventType(type).owner == .livsbuss { return }
        messages += 1
        note(type, envelope, data, by: rules)
        let noun = EventType(type).topic.split(separator: ".").dropFirst().first ?? ""
        if type == StatusTile.type.name {
            let (tile, code) = (data?["tile"]?.string ?? "", data?["code"]?.string ?? "")
            tiles.append(
                TileChange(
                    row: TileRow(
                        tile: tile, holder: envelope.subject, agency: envelope.source.map { "\($0)" } ?? "",
                        about: data?["about"]?.string ?? ""), code: code, set: envelope.time,
                    seen: plane.seen(
                        tile, code: code, from: envelope.source, by: envelope.subject, in: envelope.correlationID,
                        at: envelope.time, seed: seed),
                    way: plane.tileWay(
                        code: code, from: envelope.source, at: envelope.time, of: envelope.subject, seed: seed)))
        } else if noun == "filing", envelope.source?.owner == .citizen, let owner = EventType(type).owner {
            filings.append(filing(type, envelope, data, to: owner, by: rules))
        } else if envelope.source?.owner == .citizen, let body = data?["agency"]?.string.flatMap({ AgencyID($0) }) {
            // A mandate is shown to the body that it is for.
            filings.append(filing(type, envelope, data, to: body.owner, by: rules))
        } else if noun == "payment", let amount = data?["amount"]?.int {
            let key = PaymentKey(
                type: type, payee: data?["payee"]?.string ?? "\(envelope.subject)",
                benefit: data?["benefit"]?.string ?? "",
                period: data?["month"]?.string ?? data?["from"]?.string ?? "")
            let isPaid = data?["kind"]?.string != "reclaimed"
            if !isPaid { reclaimed.append(Int(amount)) }
            paid[key, default: (0, 0)].gross += isPaid ? Int(amount) : 0
            paid[key, default: (0, 0)].net += isPaid ? Int(amount) : -Int(amount)
        }
    }
}
