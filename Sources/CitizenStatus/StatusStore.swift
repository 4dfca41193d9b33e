public import LifeEvents
import SQLite

/// The journal of a run and the citizens' status built from it: one SQLite file.
///
/// Used by one thread. Messages are appended instant by instant and kept by the next ``checkpoint(_:instant:)``; a store
/// that is let go before that, or whose process dies, is as it was at its last checkpoint.
public final class StatusStore {
    /// The layout of the tables. A file of another version is refused; a store can be run again or rebuilt.
    public static let schemaVersion: Int32 = 4

    /// What may be done with the file.
    public enum Mode: Sendable {
        /// Reading and writing; a missing or empty file becomes a new store.
        case readWrite
        /// Reading; a missing file is an error. A run may be writing meanwhile: what it has checkpointed is seen.
        case readOnly
    }

    /// The path as it was given; `:memory:` is a store without a file.
    public let path: String
    /// Up to which instant everything is kept; nil in a new store.
    public private(set) var lastCheckpoint: Instant?
    /// How many messages are in the journal, those after the last checkpoint included.
    public internal(set) var messageCount: Int64 = 0

    let connection: Database
    /// Nil when the store is only read.
    var journal: JournalWriter?
    private var isUnusable = false

    /// Opens or creates a store.
    ///
    /// A store that is opened to be written further is compared with its checksums first, about a microsecond a message.
    /// What only reads takes the rows as they are; see ``check()``.
    /// - Parameter topics: the full names that ``JournalEntry/topic`` counts; they may differ from one opening to the
    ///   next. Not needed for reading.
    /// - Throws: ``StoreError`` for a file of another schema version, of something else, or that cannot be read or is
    ///   damaged.
    public init(path: String, mode: Mode = .readWrite, topics: [String] = []) throws(StoreError) {
        self.path = path
        connection = try Self.connect(path, mode)
        let isNew = try Schema.inspect(connection, path: path)
        if isNew {
            guard mode == .readWrite else { throw .missing(path: path) }
            try Schema.create(in: connection)
        } else if mode == .readWrite {
            try Schema.configure(connection)
            try StoreCheck(connection: connection).run()
        }
        // Ids and keys made elsewhere are numbers whose texts have to be known before they are read.
        try restoreForeignNames()
        lastCheckpoint = try property(Self.checkpointProperty).flatMap(Int64.init).map(Instant.init(milliseconds:))
        messageCount = try scalar("SELECT coalesce(max(seq), 0) FROM messages")
        if mode == .readWrite { journal = try JournalWriter(connection, topics: topics, messageCount: messageCount) }
    }

    /// Compares everything in the file with its checksums, about a microsecond a message.
    /// - Throws: ``StoreError/damaged(_:)`` with the page, or with the table and the rows.
    public func check() throws(StoreError) {
        try StoreCheck(connection: connection).run()
    }

    /// Appends the messages of one instant, the tiles they set and who read them; opens a transaction if none is open.
    ///
    /// About 5 µs a message of 500 bytes, 0.4 of them for the checksums. A value that is no CloudEvent stays in the journal and sets no tile.
    /// - Throws: ``StoreError``; except for ``StoreError/wrongBatch(_:)`` all that was appended since the last
    ///   checkpoint is then undone, and the store refuses to be written until it is opened again.
    public func append(_ batch: InstantBatch) throws(StoreError) {
        try check(batch)
        try write { (journal) throws(DatabaseError) in try journal.append(batch) }
        messageCount += Int64(batch.entries.count)
    }

    /// Takes a row of the engine's own state, which the next checkpoint keeps.
    public func apply(_ change: StateChange) throws(StoreError) {
        try write { (journal) throws(DatabaseError) in try journal.apply(change) }
    }

    /// Keeps everything appended so far together with the engine's own state, in one transaction.
    public func checkpoint(_ changes: [StateChange] = [], instant: Instant) throws(StoreError) {
        for change in changes { try apply(change) }
        try write { (journal) throws(DatabaseError) in
            try journal.set(Self.checkpointProperty, String(instant.milliseconds))
        }
        try commit()
        lastCheckpoint = instant
    }

    /// Keeps everything, makes the indices that queries use, and empties the write-ahead log.
    ///
    /// About two seconds for 500,000 messages. The store can be written further, at less than half the rate.
    public func finish() throws(StoreError) {
        try commit()
        try database { () throws(DatabaseError) in
            try connection.transaction { () throws(DatabaseError) in try connection.execute(Schema.indices) }
            try connection.pragma("optimize")
            try connection.pragma("wal_checkpoint(TRUNCATE)")
        }
    }

    // MARK: - Properties, persons and worlds

    /// Notes several things about the run at once: all of them are kept, or none.
    public func setProperties(_ properties: KeyValuePairs<String, String>) throws(StoreError) {
        let wasOpen = connection.isInTransaction
        try write { (journal) throws(DatabaseError) in
            for (name, value) in properties { try journal.set(name, value) }
        }
        if !wasOpen { try commit() }
    }

    /// Notes something about the run, such as its seed or that it has finished.
    ///
    /// Kept at once, or with the next checkpoint if messages were appended since the last.
    public func setProperty(_ name: String, _ value: String) throws(StoreError) {
        try setProperties([name: value])
    }

    /// What was noted under this name; nil if nothing was.
    public func property(_ name: String) throws(StoreError) -> String? {
        try rows("SELECT value FROM properties WHERE name = ?", .text(name)) { row in row.text(0) }.first
    }

    /// Gives a person a name to ask for. Kept with the next checkpoint.
    public func recordPerson(
        key: Subject, world: Int32, name: String, scenario: String, caseName: String
    ) throws(StoreError) {
        try write { (journal) throws(DatabaseError) in
            try journal.name(key, world: world, name: name, scenario: scenario, caseName: caseName)
        }
    }

    /// Gives a case of the run a name. Kept with the next checkpoint.
    public func recordWorld(world: Int32, name: String, scenario: String) throws(StoreError) {
        try write { (journal) throws(DatabaseError) in
            try journal.name(world: world, name: name, scenario: scenario)
        }
    }

    // MARK: - Writing

    static let checkpointProperty = "last-checkpoint"

    /// A file that is only read is read without its log where nothing can be written beside it, if the log is empty:
    /// then a run has ended and emptied it.
    private static func connect(_ path: String, _ mode: Mode) throws(StoreError) -> Database {
        do {
            return try Database(path: path, mode: mode == .readOnly ? .readOnly : .readWriteCreate)
        } catch {
            switch error.code.primary {
            case .notADatabase: throw .notADatabase(path: path)
            case .cannotOpen where mode == .readOnly, .readOnly where mode == .readOnly: break
            default: throw StoreError(error)
            }
        }
        guard StoreFolder.exists(path) else { throw .missing(path: path) }
        guard StoreFolder.size(of: path + "-wal") == 0 else { throw .needsWriting(path: path) }
        return try database { () throws(DatabaseError) in try Database(path: path, mode: .immutable) }
    }

    /// Runs a write inside the open transaction, or opens one. A failure undoes the transaction as a whole, since the
    /// numbers given to persons and names in memory would no longer be those in the file.
    func write(
        _ body: (JournalWriter) throws(DatabaseError) -> Void
    ) throws(StoreError) {
        if isUnusable { throw .unusable(path: path) }
        guard let journal else { throw .database(readOnlyError) }
        do {
            if !connection.isInTransaction { try connection.begin() }
            try body(journal)
        } catch {
            isUnusable = true
            try? connection.rollback()
            throw StoreError(error)
        }
    }

    /// Takes over the numbers and texts that another store's rows are written with.
    func adopt(
        types: [String], tileNames: [String], sourceNames: [String], foreign: [(id: EventID?, key: Subject?)]
    ) throws(StoreError) {
        try write { (journal) throws(DatabaseError) in
            try journal.adopt(types: types, tileNames: tileNames, sourceNames: sourceNames, foreign: foreign)
        }
    }

    private func commit() throws(StoreError) {
        if isUnusable { throw .unusable(path: path) }
        guard connection.isInTransaction else { return }
        if connection.hasMoved {
            isUnusable = true
            try? connection.rollback()
            throw .removed(path: path)
        }
        do {
            try journal?.keepChecksums()
            try connection.commit()
        } catch {
            isUnusable = true
            try? connection.rollback()
            throw StoreError(error)
        }
    }

    private var readOnlyError: DatabaseError {
        DatabaseError(code: .readOnly, message: "the store was opened for reading", sql: nil, path: path)
    }

    private func check(_ batch: InstantBatch) throws(StoreError) {
        let topics = journal?.topicCount ?? 0
        for entry in batch.entries {
            let end = Int(entry.start) + Int(entry.count)
            guard entry.start >= 0, entry.count >= 0, end <= batch.bytes.count else {
                throw .wrongBatch("the value of \(entry.id) lies outside the batch's bytes")
            }
            guard 0..<topics ~= Int(entry.topic) else {
                throw .wrongBatch("\(entry.id) has topic \(entry.topic), but only \(topics) were named")
            }
        }
        for reading in batch.readings where !batch.entries.indices.contains(Int(reading.entry)) {
            throw .wrongBatch("\(reading.agency) read entry \(reading.entry) of \(batch.entries.count)")
        }
    }
}
