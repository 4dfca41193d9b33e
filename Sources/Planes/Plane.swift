public import Contracts
public import LifeEvents

/// Who learns what by which channel: a file `Planes/<name>.yaml` and those that it extends, read.
public struct Plane: Sendable {
    /// Its name.
    public let name: String
    /// Its version.
    public let version: Int
    /// The rows, its own before those of what it extends; of the rows that match, the first counts.
    public let rows: [PlaneRow]
    /// What people are like.
    public let people: PeopleRule
    /// The front agency; nil: none.
    public let front: FrontAgency?
    /// Who has joined the bus, in a plane in which not all have.
    public let joining: Joining
    /// Whose forms do not fill in what their body has been told, unless it has joined the bus.
    public let noPrefill: [ReaderPattern]
    /// The files that it was read from, its own first.
    public let files: [String]

    init(
        name: String, version: Int, rows: [PlaneRow], people: PeopleRule, front: FrontAgency?,
        joining: Joining = .none, noPrefill: [ReaderPattern] = [], files: [String]
    ) {
        self.name = name
        self.version = version
        self.rows = rows
        self.people = people
        self.front = front
        self.joining = joining
        self.noPrefill = noPrefill
        self.files = files
    }

    /// Everybody learns everything at once, and everything goes as people and the law would have it: what a run without
    /// planes plays, through the machinery of planes.
    public static let bus = Plane(
        name: "bus", version: 1,
        rows: [
            PlaneRow(
                type: .all, readers: [.all, .people, .party(nil)], codes: [], isInternal: false, channel: .bus,
                share: nil, otherwise: nil, source: "by construction", mark: .assumption, file: "built-in", line: 1)
        ], people: .asWritten, front: nil, files: [])

    /// Whether an agency's forms fill in what it has been told.
    public func prefills(_ agency: AgencyID, on day: Day) -> Bool {
        if joining.has(agency, on: day) { return true }
        return !noPrefill.contains { $0.matches(Party(whole: agency.owner), agency) }
    }

    /// The row that a message's way to a reader goes by.
    /// - Parameters:
    ///   - isInternal: whether the message is the reader's own owner's.
    ///   - agency: which agency of the owner; nil: any.
    public func row(_ type: String, for reader: Party, of agency: AgencyID? = nil, isInternal: Bool = false)
        -> PlaneRow?
    {
        rows.first { row in
            row.isInternal == isInternal && row.codes.isEmpty && row.type.matches(type)
                && row.readers.contains { $0.matches(reader, agency) }
        }
    }

    /// The row by which people see a tile of a code, as `U3`; nil: there is none, and they see it at once.
    public func tileRow(_ type: String, code: String) -> PlaneRow? {
        rows.first { row in
            row.readers.contains(.people) && row.type.matches(type) && (row.codes.isEmpty || row.codes.contains(code))
        }
    }

    /// The row by which a party without a contract learns a type; nil: it does not.
    public func row(_ type: String, forParty name: String) -> PlaneRow? {
        rows.first { row in
            row.type.matches(type)
                && row.readers.contains {
                    if case .party(let own) = $0 { own == nil || own == name } else { false }
                }
        }
    }
}

/// One row of a plane.
public struct PlaneRow: Sendable {
    /// The types.
    public let type: TypePattern
    /// The readers.
    public let readers: [ReaderPattern]
    /// Of tiles: only those with these codes; empty: all.
    public let codes: [String]
    /// Whether it is for what an owner says to a branch of its own.
    public let isInternal: Bool
    /// The way.
    public let channel: Channel
    /// Which part of the readers, or of one reader's messages, goes that way; nil: all.
    public let share: Double?
    /// The way of the others.
    public let otherwise: Channel?
    /// Who says so; nil: nobody.
    public let source: String?
    /// How sure it is.
    public let mark: Mark
    /// Where it stands.
    public let file: String
    /// Where it stands, from 1.
    public let line: Int

    /// `silo.yaml:13`.
    public var place: String { "\(file.split(separator: "/").last ?? ""):\(line)" }
}

/// An agency that meets people for several (NAV, Kela).
public struct FrontAgency: Sendable {
    /// Whom it is made of.
    public let members: [ReaderPattern]
    /// Types that stay with whom they were said to: secrecy holds inside too.
    public let walls: [TypePattern]

    /// Whether a branch is a member.
    public func has(_ party: Party, _ agency: AgencyID) -> Bool { members.contains { $0.matches(party, agency) } }
}

/// What people are like.
public struct PeopleRule: Sendable {
    /// Whether they err, forget and ask; else everything is done as it should be.
    public var hasBehaviour: Bool
    /// The share with digital post (*digital brevlåda*).
    public var mailbox: Double
    /// The share of adults with an e-identification.
    public var eID: Double
    /// The chance that what somebody sends is not whole.
    public var incomplete: Double
    /// The chance that it is wrong.
    public var wrong: Double
    /// Days that somebody waits before asking.
    public var patience: Spread
    /// The chance that she then asks, by phone.
    public var chase: Double
    /// The same where who set the tile has joined the bus, and so shows a date and who acts; nil: no other.
    public var chaseJoined: Double?
    /// The chance of giving up, for each contact after the second.
    public var givesUp: Double
    /// Where the numbers stand.
    public var place: String

    /// Nobody errs, and nobody asks.
    static let asWritten = PeopleRule(
        hasBehaviour: false, mailbox: 1, eID: 1, incomplete: 0, wrong: 0, patience: Spread(0, 0, 0), chase: 0,
        givesUp: 0,
        place: "built-in:1")
    /// The defaults of the model. 0.65: 5.55 M mailboxes (2022, Digg and Kivra); all else is assumed.
    static let ordinary = PeopleRule(
        hasBehaviour: true, mailbox: 0.65, eID: 0.95, incomplete: 0.10, wrong: 0.01, patience: Spread(10, 21, 45),
        chase: 0.6, givesUp: 0.03, place: "default")
}
