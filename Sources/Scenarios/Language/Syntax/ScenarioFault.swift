public import LifeEvents

/// Something that goes wrong in a scenario.
public struct ScenarioFault: Sendable {
    /// What goes wrong.
    public enum Kind: Sendable {
        /// The agency neither hears nor says anything; it catches up afterwards.
        case outage(Located<AgencyID>)
        /// All that the agency says comes so much later.
        case slow(Located<AgencyID>, by: Located<TimeSpan>)
        /// Each message is delivered so many times more.
        case duplicate(MessageScope, times: Int)
        /// Each message is delivered so much later.
        case late(MessageScope, by: Located<TimeSpan>)
        /// Messages of different subjects overtake each other; one subject's keep their order.
        case reordered(MessageScope)
        /// Messages arrive with bytes that are no event.
        case corrupt(MessageScope, Corruption)
        /// The broker itself fails.
        case broker(ScenarioBrokerFault)
    }

    /// Which messages of a scope arrive damaged.
    public enum Corruption: Sendable {
        /// The first so many.
        case first(Int)
        /// Only this one, counted from 1.
        case nth(Int)
    }

    /// Its id, unique among the faults.
    public let id: Located<String>
    /// What goes wrong.
    public let kind: Kind
    /// When.
    public let window: FaultWindow
    /// The whole entry.
    public let span: SourceSpan
}

/// When a fault is there.
public struct FaultWindow: Sendable {
    /// When it begins; nil: at the start.
    public let from: TimeExpression?
    /// How long it lasts; nil: to the end.
    public let duration: Located<TimeSpan>?

    /// The first instant, and the first one after it; nil: it does not end.
    public func bounds(on timeline: Timeline) -> (first: Instant, end: Instant?) {
        let first = from.flatMap { $0.resolve(on: timeline) } ?? timeline.start
        return (first, duration.map { $0.value.added(to: first) })
    }
}

/// Which messages a fault hits.
public struct MessageScope: Sendable {
    /// Their types.
    public let types: Located<WildcardPattern>
    /// Whom they are about; nil: anybody.
    public let subject: Located<String>?
}

/// Names, as those of message types or scenarios: `*` stands for any text.
public struct WildcardPattern: Hashable, Sendable, CustomStringConvertible {
    /// The pattern as written.
    public let description: String

    /// A pattern of that text.
    public init(_ text: String) {
        description = text
    }

    /// Whether a name is meant; costs the product of the lengths at worst.
    public func matches(_ type: String) -> Bool {
        let (pattern, text) = (Array(description.utf8), Array(type.utf8))
        var (p, t) = (0, 0)
        var retry: (pattern: Int, text: Int)?
        while t < text.count {
            if p < pattern.count, pattern[p] == UInt8(ascii: "*") {
                retry = (p, t)
                p += 1
            } else if p < pattern.count, pattern[p] == text[t] {
                p += 1
                t += 1
            } else if let last = retry {
                p = last.pattern + 1
                t = last.text + 1
                retry = (last.pattern, t)
            } else {
                return false
            }
        }
        return pattern[p...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}

/// How the broker itself fails; it can be done to the embedded one only.
public enum ScenarioBrokerFault: Sendable {
    /// It drops its connections and takes no new ones; the window is in virtual time.
    case down
    /// Every answer takes so many milliseconds of real time longer.
    case latency(milliseconds: Int)
    /// The next requests of a kind fail.
    case fails(Request, with: Failure, times: Int)

    /// A kind of request; the raw value is how it is written.
    public enum Request: String, Sendable, CaseIterable {
        case produce
        case fetch
        case listOffsets = "list-offsets"
        case metadata
        case initProducer = "init-producer-id"
    }

    /// An answer of the broker; the raw value is how it is written.
    public enum Failure: String, Sendable, CaseIterable {
        /// The connection breaks.
        case transport
        case notLeader = "not-leader"
        case leaderNotAvailable = "leader-not-available"
        case requestTimedOut = "request-timed-out"
        case notEnoughReplicas = "not-enough-replicas"
        case corruptMessage = "corrupt-message"
        case messageTooLarge = "message-too-large"
        case unknownTopic = "unknown-topic"
        case topicAuthorization = "topic-authorization"

        /// Whether the client goes on trying by itself, so that the digest may not move.
        public var isTransient: Bool {
            switch self {
            case .messageTooLarge, .unknownTopic, .topicAuthorization: false
            default: true
            }
        }
    }
}
