/// The way by which a reader learns a message.
public indirect enum Channel: Sendable {
    /// At the message's instant.
    case bus
    /// In the first run whose window holds it; the name is the calendar's.
    case batch(BatchCalendar, name: String)
    /// In the next working night's file.
    case file(at: TimeOfDay)
    /// Posted on the next working day, on a desk after calendar days, registered after working days.
    case letter(days: Spread, intake: Spread)
    /// At a function's address at once, read by a person after working days.
    case function(read: Spread)
    /// An officer calls, or else the message comes otherwise.
    case phone(chance: Double, delay: Spread, otherwise: Channel)
    /// Asked for when the reader handles one of some types about the subject; answered after calendar days.
    case query(when: [TypePattern], answer: Spread)
    /// Typed again from a screen after working days; with a chance wrongly, and found out after calendar days.
    case print(rekey: Spread, wrong: Double, discover: Spread)
    /// Carried by a citizen.
    case citizen(ErrandRule)
    /// When the first member of the plane's front agency knows.
    case front
    /// To a mailbox at once, or by letter; of tiles only.
    case post
    /// Seen when the citizen looks, after days; of tiles only.
    case pull(looks: Spread)
    /// Never.
    case none

    /// Its name in a plane's file.
    public var name: String {
        switch self {
        case .bus: "bus"
        case .batch(_, let name): name
        case .file: "file"
        case .letter: "letter"
        case .function: "function"
        case .phone: "phone"
        case .query: "query"
        case .print: "print"
        case .citizen: "citizen"
        case .front: "front"
        case .post: "post"
        case .pull: "pull"
        case .none: "none"
        }
    }

    /// Whether a reading leaves purpose and case in a log.
    public var isLogged: Bool {
        switch self {
        case .bus, .query, .function: true
        default: false
        }
    }

    /// The numbers, as a table shows them.
    public var numbers: String {
        switch self {
        case .bus, .none, .front, .post: ""
        case .batch(let calendar, _):
            switch calendar.rhythm {
            case .day: "working days \(calendar.at)"
            case .week(let weekday): "\(weekday)s \(calendar.at)"
            }
        case .file(let at): "working nights \(at)"
        case .letter(let days, let intake): "days \(days), intake \(intake)"
        case .function(let read): "read \(read)"
        case .phone(let chance, let delay, let otherwise): "p \(chance), \(delay), else \(otherwise.name)"
        case .query(let types, let answer): "when \(types.map(\.text).joined(separator: ", ")), answer \(answer)"
        case .print(let rekey, let wrong, let discover): "rekey \(rekey), wrong \(wrong), discover \(discover)"
        case .citizen(let rule): rule.numbers
        case .pull(let looks): "looks \(looks)"
        }
    }
}

/// What a citizen does with a fact that only she carries to a reader.
public struct ErrandRule: Sendable {
    /// Who carries it.
    public enum Carrier: String, CaseIterable, Sendable {
        /// Whom the message is about.
        case subject
        /// The spouse, or else an adult child.
        case spouse
        /// A guardian.
        case guardian
        /// Both guardians, each for herself.
        case both
        /// Who holds the paper.
        case holder
    }

    /// How she reaches the body.
    public enum Way: String, CaseIterable, Sendable {
        /// An e-service, or a form for who has no e-identification.
        case eService
        /// A form on paper.
        case form
        /// By phone.
        case phone
        /// At a desk.
        case visit
        /// A letter.
        case letter
    }

    /// Who carries it.
    public var carrier: Carrier
    /// The chance that she knows by herself that she must.
    public var finds: Double
    /// Days until she knows.
    public var learns: Spread
    /// Days until she does it.
    public var delay: Spread
    /// The chance that she forgets.
    public var forgets: Double
    /// The chance that what she sends is not whole, and comes back (F1).
    public var incomplete: Double
    /// Days until it is sent again.
    public var answers: Spread
    /// The chance that it is wrong, unseen at intake (F2).
    public var wrong: Double
    /// Days until a mistake, or what was never told, is found out.
    public var discover: Spread
    /// Working days until what came in is registered.
    public var intake: Spread
    /// How.
    public var way: Way

    /// The numbers, as a table shows them.
    public var numbers: String {
        "by \(carrier.rawValue), finds \(finds), learns \(learns), delay \(delay), forgets \(forgets), f1 \(incomplete), "
            + "f2 \(wrong), intake \(intake)"
    }
}
