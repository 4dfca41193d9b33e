/// A difference between two folders of contracts, and whom it breaks.
public struct ContractChange: Equatable, Sendable {
    /// Whom a change breaks.
    public enum Effect: String, CaseIterable, Sendable {
        /// Nobody: who spoke and heard before goes on as before.
        case compatible
        /// Who hears: it may get what it did not get before, or no longer gets what it relied on.
        case breaksReaders = "breaks-readers"
        /// Who says: what it said before is refused.
        case breaksWriters = "breaks-writers"
        /// Both.
        case breaksBoth = "breaks-both"

        /// Whether it breaks those who hear.
        public var isForReaders: Bool { self == .breaksReaders || self == .breaksBoth }
        /// Whether it breaks those who say.
        public var isForWriters: Bool { self == .breaksWriters || self == .breaksBoth }
    }

    /// A branch that a change breaks.
    public struct Affected: Equatable, Sendable, CustomStringConvertible {
        /// Who.
        public let party: Party
        /// The rules of it that hear the type, where agencies of this program have any.
        public let rules: [String]

        /// `kommun/forskola`, and its rules in parentheses.
        public var description: String {
            rules.isEmpty ? "\(party)" : "\(party) (\(rules.map { "“\($0)”" }.joined(separator: ", ")))"
        }
    }

    /// The topic, type or owner that changes.
    public let subject: String
    /// Whom it breaks.
    public let effect: Effect
    /// The file with the change: the new one; the old one for what is gone.
    public let file: String
    /// The line, from 1; nil when the change is about the file as a whole.
    public let line: Int?
    /// The column, from 1; nil when the change is about the file as a whole.
    public let column: Int?
    /// What changes, as a sentence without its subject and without a full stop.
    public let sentence: String
    /// Who hears and breaks; by name.
    public let readers: [Affected]
    /// Who says and breaks; by name.
    public let writers: [Party]

    /// Whether somebody breaks.
    public var isBreaking: Bool { effect != .compatible }

    /// The sentence with its subject and whom it breaks.
    public var message: String {
        var text = "\(subject): \(sentence)"
        if effect.isForWriters {
            text += writers.isEmpty ? "; nobody says it" : "; breaks who says it: \(Self.list(writers))"
        }
        if effect.isForReaders {
            text += readers.isEmpty ? "; nobody hears it" : "; breaks who hears it: \(Self.list(readers))"
        }
        return text
    }

    private static func list(_ names: [some CustomStringConvertible]) -> String {
        names.map(\.description).joined(separator: ", ")
    }
}

extension ContractChange: CustomStringConvertible {
    /// `file:line:column: breaks-writers: skatteverket.birth.v1: …`
    public var description: String {
        let place = line.flatMap { line in column.map { "\(file):\(line):\($0)" } } ?? file
        return "\(place): \(effect.rawValue): \(message)"
    }
}

/// A change before it is known whom it breaks.
struct FoundChange {
    let effect: ContractChange.Effect
    let place: ContractPlace
    let sentence: String
    /// Who alone is concerned, where not all who say or hear it are.
    var only: [Party]?
}

extension ContractPlace {
    init(_ place: SchemaPlace) { self.init(file: place.file, line: place.line, column: place.column) }
}
