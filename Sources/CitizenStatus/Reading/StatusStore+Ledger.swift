public import LifeEvents
import SQLite

/// One line of the ledger: a branch was told something about a person, or asked for it and was refused.
public struct LedgerRow: Sendable {
    /// When the message was on the bus.
    public let instant: Instant
    /// The agency.
    public let agency: AgencyID
    /// By which right, or for want of which.
    public let right: LedgerRight
    /// What became of the message.
    public let use: ReadingUse
    /// The message.
    public let message: EventID
    /// The message's topic.
    public let topic: String
    /// The world of the run; -1 for none.
    public let world: Int32
    /// Whom the message is about; nil if it does not say.
    public let subject: Subject?
    /// The case that the message names; nil if it names none.
    public let caseReference: String?
}

/// How often a branch was told events of a type, and acted on them.
public struct UsageRow: Sendable {
    /// The right.
    public let right: LedgerRight
    /// How many events it was told.
    public let told: Int
    /// On how many of them it acted.
    public let used: Int
    /// How many it asked for without a right.
    public let denied: Int

    /// A row by its parts.
    public init(right: LedgerRight, told: Int, used: Int, denied: Int) {
        self.right = right
        self.told = told
        self.used = used
        self.denied = denied
    }
}

extension StatusStore {
    /// Names the rights by which readings count from now on.
    public func register(_ rights: [LedgerRight]) throws(StoreError) {
        let known = try self.rights()
        try write { (journal) throws(DatabaseError) in try journal.register(rights, known: known) }
    }

    /// All rights that readings name, by their numbers.
    func rights() throws(StoreError) -> [LedgerRight] {
        let sql = """
            SELECT type, owner, branch, offer, purpose, given, hidden, refusal, basis, class FROM rights ORDER BY id
            """
        return try rows(sql) { row in LedgerRight(row) }
    }

    /// Every reading on which an agency acts, or that it keeps, case by case of the run: which message, and by whom.
    ///
    /// About a microsecond a reading. What was appended since the last checkpoint is seen, too.
    public func eachReading(_ body: (_ world: Int32, EventID, AgencyID) -> Void) throws(StoreError) {
        let sql = """
            SELECT m.world, m.id, a.name FROM readings r JOIN messages m ON m.seq = r.message
            JOIN agencies a ON a.id = r.agency WHERE r.use IN (1, 3)
            """
        _ = try rows(sql) { row in
            guard let id = row.id(1), let agency = AgencyID(recorded: row.text(2)) else { return }
            body(Int32(truncatingIfNeeded: row.int64(0)), id, agency)
        }
    }

    /// Who was told what about a person, in the order of the journal: messages about the person, and messages about
    /// others in the person's worlds that name the person.
    ///
    /// Reads all messages of the person's worlds.
    public func ledger(of person: Subject) throws(StoreError) -> [LedgerRow] {
        let rights = try rights()
        let sql = """
            SELECT m.instant, a.name, r."right", r.use, m.id, t.name, m.world, m.subject,
                json_extract(CAST(m.value AS TEXT), '$.data.caseRef')
            FROM messages m JOIN readings r ON r.message = m.seq JOIN agencies a ON a.id = r.agency
                JOIN topics t ON t.id = m.topic
            WHERE m.subject = ?1
                OR (m.world IN (SELECT world FROM persons WHERE key = ?1)
                    AND instr(m.value, CAST(?2 AS BLOB)) > 0)
            ORDER BY r.id
            """
        return try rows(sql, .integer(person.stored), .text("\"\(person)\"")) { (row) throws(StoreError) in
            guard let agency = AgencyID(recorded: row.text(1)), let use = ReadingUse(rawValue: row.int64(3)),
                let id = row.id(4), rights.indices.contains(Int(row.int64(2) - 1))
            else { throw .damaged("a line of the ledger names no right or no agency") }
            return LedgerRow(
                instant: Instant(milliseconds: row.int64(0)), agency: agency, right: rights[Int(row.int64(2) - 1)],
                use: use, message: id, topic: row.text(5), world: Int32(truncatingIfNeeded: row.int64(6)),
                subject: row.subject(7), caseReference: row.isNull(8) ? nil : row.text(8))
        }
    }

    /// How often each right was used, in the order of the rights; rights that no message met are among them.
    public func usage() throws(StoreError) -> [UsageRow] {
        let rights = try rights()
        var counts = rights.map { _ in (told: 0, used: 0, denied: 0) }
        _ = try rows("SELECT \"right\", use, count(*) FROM readings GROUP BY 1, 2") { row in
            let place = Int(row.int64(0) - 1)
            guard counts.indices.contains(place), let use = ReadingUse(rawValue: row.int64(1)) else { return }
            let count = Int(row.int64(2))
            switch use {
            case .denied: counts[place].denied += count
            case .used:
                counts[place].told += count
                counts[place].used += count
            case .unused, .kept: counts[place].told += count
            }
        }
        return zip(rights, counts).map { UsageRow(right: $0, told: $1.told, used: $1.used, denied: $1.denied) }
    }
}

extension LedgerRight {
    init(_ row: borrowing Statement) {
        func list(_ text: String) -> [String] { text.split(separator: ",").map(String.init) }
        self.init(
            type: row.text(0), owner: row.text(1), branch: row.text(2), offer: row.text(3),
            refusal: row.isNull(7) ? nil : row.text(7), purpose: row.text(4),
            basis: row.isNull(8) ? nil : row.text(8), informationClass: row.isNull(9) ? nil : row.text(9),
            groups: list(row.text(5)), hidden: list(row.text(6)))
    }
}

extension StatusStore {
    /// The law by which an agency was told a message and acted on it; nil if it did not, or if no contract says.
    public func basis(of message: EventID, heardBy agency: AgencyID) throws(StoreError) -> String? {
        let sql = """
            SELECT g.basis FROM readings r JOIN messages m ON m.seq = r.message JOIN agencies a ON a.id = r.agency
                JOIN rights g ON g.id = r."right"
            WHERE m.id = ?1 AND a.name = ?2 AND r.use = 1 AND g.basis IS NOT NULL ORDER BY r.id LIMIT 1
            """
        return try rows(sql, .blob(message.stored), .text("\(agency)")) { $0.text(0) }.first
    }
}
