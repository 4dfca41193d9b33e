import Synchronization

/// The texts that outsiders use as keys and ids, remembered so that each comes back unchanged.
///
/// A ``Subject`` or an ``EventID`` made by this system is its own text. Any other text is represented by a hash, and
/// the text is kept here, once for the process. The table only grows, by one entry for each distinct foreign text, up to
/// ``limit``.
public enum ForeignNames {
    /// One remembered text.
    public struct Name: Hashable, Comparable, Sendable, Codable {
        /// What the text is used as.
        public enum Use: String, Sendable, Codable {
            /// An event's id.
            case event
            /// A person's key.
            case person
        }

        /// What the text is used as.
        public let use: Use
        /// The text, byte for byte.
        public let text: String

        /// A text and its use.
        public init(use: Use, text: String) {
            self.use = use
            self.text = text
        }

        /// By use, then by bytes.
        public static func < (left: Name, right: Name) -> Bool {
            left.use == right.use
                ? left.text.utf8.lexicographicallyPrecedes(right.text.utf8) : left.use.rawValue < right.use.rawValue
        }

        /// The same use and the same bytes; two spellings of one accented letter differ.
        public static func == (left: Name, right: Name) -> Bool {
            left.use == right.use && left.text.utf8.elementsEqual(right.text.utf8)
        }

        /// Feeds the use and the bytes.
        public func hash(into hasher: inout Hasher) {
            hasher.combine(use)
            for byte in text.utf8 { hasher.combine(byte) }
        }
    }

    /// Everything remembered, by use and then by bytes: what a checkpoint stores.
    public static func all() -> [Name] {
        let (events, persons) = table.withLock { table in
            // order-free: sorted below
            (Array(table.events.values), Array(table.persons.values))
        }
        // order-free: sorted at the end of the line
        return (events.map { Name(use: .event, text: $0) } + persons.map { Name(use: .person, text: $0) }).sorted()
    }

    /// Remembers what a checkpoint stored; to be called before keys and ids are read back as numbers.
    ///
    /// Returns the names that could not be remembered, because their hash stands for another text; normally none.
    @discardableResult
    public static func restore(_ names: [Name]) -> [Name] {
        names.filter { name in
            switch name.use {
            case .event: EventID(remembered: name.text) == nil
            case .person: Subject(name.text) == nil
            }
        }
    }

    /// The most texts that are remembered, ids and keys together: a quarter of a gigabyte of the longest, and more than
    /// a run's outsiders have a use for. Beyond it a new text is neither id nor key, and its record is refused.
    public static let limit = 1_000_000

    /// Whether ``limit`` is reached, so that a text may be refused which is right in itself.
    static var isFull: Bool { table.withLock { $0.isFull } }

    private static let table = Mutex(ForeignTable(limit: limit))

    static func text(ofPerson hash: UInt64) -> String? {
        table.withLock { $0.persons[hash] }
    }

    static func text(of id: EventID) -> String? {
        table.withLock { $0.events[id] }
    }

    static func remember(_ text: String, person hash: UInt64) -> Bool {
        table.withLock { $0.remember(text, person: hash) }
    }

    static func remember(_ text: String, event id: EventID) -> Bool {
        table.withLock { $0.remember(text, event: id) }
    }

    /// The longest foreign text, in bytes.
    static let longest = 200

    /// The longest pair of a foreign source and id, in bytes.
    static let longestPair = 600

    /// Keys of the hashes that stand for foreign texts; changing them invalidates every stored checkpoint.
    static let hashKey = SipHash24.Key(0x7375_6273_7376_696C, 0x6E67_6965_726F_662D)
}

/// What stands for what.
struct ForeignTable {
    var persons: [UInt64: String] = [:]
    var events: [EventID: String] = [:]
    private let limit: Int

    /// - Parameter limit: the most texts, of both uses together.
    init(limit: Int) {
        self.limit = limit
    }

    var isFull: Bool { persons.count + events.count >= limit }

    /// Remembers a text for a hash; false if the hash stands for another text, or there is no room for a new one.
    mutating func remember(_ text: String, person hash: UInt64) -> Bool {
        if let known = persons[hash] { return known.utf8.elementsEqual(text.utf8) }
        guard !isFull else { return false }
        persons[hash] = text
        return true
    }

    /// Remembers a text for an id; false if the id stands for another text, or there is no room for a new one.
    mutating func remember(_ text: String, event id: EventID) -> Bool {
        if let known = events[id] { return known.utf8.elementsEqual(text.utf8) }
        guard !isFull else { return false }
        events[id] = text
        return true
    }
}
