public import LifeEvents
public import LinearRegex

/// Which messages are meant; what is nil matches anything.
public struct MessagePattern: Sendable {
    /// Which change a message makes.
    public enum Change: String, Sendable, CaseIterable {
        /// A new fact.
        case created
        /// The same fact with other values.
        case corrected
        /// The fact never held.
        case annulled
        /// The fact held until `occurredat`.
        case ceased

        /// The envelope's change type; nil for a new fact.
        public var type: ChangeType? {
            switch self {
            case .created: nil
            case .corrected: .corrected
            case .annulled: .annulled
            case .ceased: .ceased
            }
        }
    }

    /// The message type.
    public let type: Located<String>
    /// Whom it is about.
    public let subject: Located<String>?
    /// Who says it.
    public let source: Located<AgencyID>?
    /// The publishing step whose message caused it, directly or through others.
    public let causedBy: Located<String>?
    /// Which change it makes.
    public let change: Located<Change>?
    /// What the payload must contain. A map; may hold matchers.
    public let data: DataNode?
    /// Whether the payload must contain nothing else, at any depth: `exactly` instead of `data`.
    public let isExact: Bool
}

/// A message that an `order` or a `latency` speaks of.
public enum MessageReference: Sendable {
    /// The message of a publishing step.
    case step(Located<String>)
    /// The first message of the window that matches. An expectation's id stands for its pattern.
    case message(MessagePattern)
}

/// How much time may pass between two messages.
public struct LatencyPattern: Sendable {
    /// Where time is counted from.
    public let from: MessageReference
    /// The message that must come.
    public let to: MessagePattern
    /// The longest time, to the minute: a day is 24 hours. Months and working days end at the same time on the clock.
    public let atMost: Located<TimeSpan>
}

/// Which message must be dead-lettered.
public struct DeadLetterPattern: Sendable {
    /// The original message.
    public let original: MessagePattern
    /// Whose dead-letter topic; nil: anybody's.
    public let agency: Located<AgencyID>?
    /// What the reason must be: a text, or a matcher.
    public let reason: DataNode?
}

/// Which filing must be refused.
public struct RefusalPattern: Sendable {
    /// The citizen's step.
    public let filing: Located<String>
    /// Who refuses: the one named, else the addressee.
    public let agency: AgencyID
    /// Where the agency is named; nil: it is the addressee.
    var agencySpan: SourceSpan?
    /// What the reason must be: a text, or a matcher.
    public let reason: DataNode?
}

/// Which row of a citizen's page is meant, and what it must say.
public struct TilePattern: Sendable {
    /// Whose tile it is.
    public let holder: Located<String>
    /// Its name, as `child-benefit`.
    public let tile: Located<String>
    /// Whose row is meant; nil: any agency's.
    public let agency: Located<AgencyID>?
    /// Whom it is about; nil: whomever.
    public let about: Located<String>?
    /// What its code must be, a text or a matcher of texts; nil: no such row is there.
    public let code: DataNode?
    /// What else it must say, as `text`, `deadline` and `nextDate`. A map; may hold matchers.
    public let data: DataNode?
}

extension DataNode {
    /// Whether a tile's code is as this text or matcher says.
    func admits(code: String) -> Bool {
        switch content {
        case .text(let text): text == code
        case .match(let matchers):
            matchers.allSatisfy { matcher in
                switch matcher {
                case .oneOf(let nodes): nodes.contains { $0.admits(code: code) }
                case .noneOf(let nodes): !nodes.contains { $0.admits(code: code) }
                case .any: true
                default: false
                }
            }
        default: false
        }
    }

    /// A condition on a code in words: `U4`, `U4 or U5`, `not U4`.
    public var codeInWords: String {
        switch content {
        case .text(let text): text
        case .match(let matchers):
            matchers.map { matcher in
                switch matcher {
                case .oneOf(let nodes): nodes.map(\.codeInWords).joined(separator: " or ")
                case .noneOf(let nodes): "not " + nodes.map(\.codeInWords).joined(separator: " or ")
                default: "any code"
                }
            }.joined(separator: " and ")
        default: "no code"
        }
    }
}

/// How many messages there must be.
public struct MessageCount: Sendable {
    /// The fewest.
    public let least: Int
    /// The most; nil: any number.
    public let most: Int?
    /// Where it is written.
    public let span: SourceSpan

    /// A count from the fewest to the most, both included.
    public init(least: Int, most: Int?, at span: SourceSpan) {
        (self.least, self.most, self.span) = (least, most, span)
    }

    /// Whether so many are as many as there must be.
    public func admits(_ count: Int) -> Bool { count >= least && most.map { count <= $0 } ?? true }

    /// In words, before a cross: `2`, `at least 2`, `at most 2`, `2 to 4`.
    public var text: String {
        switch most {
        case least: "\(least)"
        case nil: "at least \(least)"
        case let most? where least == 0: "at most \(most)"
        case let most?: "\(least) to \(most)"
        }
    }
}

/// A condition on one value of an expected payload.
public enum ValueMatcher: Sendable {
    /// More than, or later than.
    case greater(DataNode)
    /// Less than, or earlier than.
    case less(DataNode)
    /// As much or more, at the same time or later.
    case atLeast(DataNode)
    /// As much or less, at the same time or earlier.
    case atMost(DataNode)
    /// From the first to the second, both included.
    case between(DataNode, DataNode)
    /// No further from the value than the tolerance.
    case approximately(DataNode, Tolerance)
    /// A text that the regular expression matches as a whole.
    case regex(Located<LinearRegex>)
    /// Equal to one of these.
    case oneOf([DataNode])
    /// There, and equal to none of these.
    case noneOf([DataNode])
    /// A list of which some item is so.
    case contains(DataNode)
    /// A list, with items or without, of which every item is so.
    case each(DataNode)
    /// A list of so many items.
    case length(DataNode)
    /// There, whatever it is.
    case exists
    /// Not there.
    case absent
    /// There or not: takes a key out of an `exactly`.
    case any

    /// How far a value may be from another.
    public enum Tolerance: Sendable {
        /// For numbers.
        case number(Int64)
        /// For days and instants, to both sides.
        case time(TimeSpan)
    }
}
