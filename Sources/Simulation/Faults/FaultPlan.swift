public import Kafka
public import LifeEvents

/// What goes wrong on purpose in one case of a run. All of it is fixed before the run.
public struct FaultPlan: Sendable {
    /// A stretch of virtual time.
    public struct Window: Sendable {
        /// The first instant.
        public var from: Instant
        /// The first instant after it; nil: it does not end.
        public var end: Instant?

        /// A stretch of time.
        public init(from: Instant, end: Instant?) {
            self.from = from
            self.end = end
        }

        /// Whether an instant lies in it.
        public func contains(_ instant: Instant) -> Bool {
            instant >= from && end.map { instant < $0 } ?? true
        }
    }

    /// An agency neither hears nor says anything.
    public struct Outage: Sendable {
        /// Which agency.
        public var agency: AgencyID
        /// The first instant.
        public var from: Instant
        /// The first instant at which the agency is back; later than `from`.
        public var end: Instant

        /// An outage by its parts; without an end the agency does not come back.
        public init(agency: AgencyID, from: Instant, end: Instant?) {
            self.agency = agency
            self.from = from
            self.end = end ?? Self.never
        }

        /// After any run, with a text and a place in an id; on every grid of instants.
        static let never = Instant(milliseconds: 221_845_392_000_000)
    }

    /// Which messages are meant.
    public struct Messages: Sendable {
        /// Whether a type is meant.
        public var matches: @Sendable (_ type: String) -> Bool
        /// Whom they are about; nil: anybody.
        public var subject: Subject?

        /// Messages of some types, about a person or anybody.
        public init(matches: @escaping @Sendable (_ type: String) -> Bool, subject: Subject?) {
            self.matches = matches
            self.subject = subject
        }

        func contain(_ type: String, _ subject: Subject) -> Bool {
            (self.subject ?? subject) == subject && matches(type)
        }
    }

    /// Messages are due later than they would be. The window is that of the time at which they would be.
    public struct Delay: Sendable {
        /// Who says them; nil: anybody.
        public var agency: AgencyID?
        /// Which messages; nil: all.
        public var messages: Messages?
        /// When.
        public var window: Window
        /// The later time.
        public var later: @Sendable (Instant) -> Instant

        /// A delay by its parts.
        public init(
            agency: AgencyID?, messages: Messages?, window: Window, later: @escaping @Sendable (Instant) -> Instant
        ) {
            self.agency = agency
            self.messages = messages
            self.window = window
            self.later = later
        }
    }

    /// What happens to records between an agency and its readers.
    public struct Strike: Sendable {
        /// What happens.
        public enum Kind: Sendable {
            /// Each comes so many times more.
            case duplicate(times: Int)
            /// Those of different subjects are published in another order within their instant.
            case reorder
            /// The first so many arrive damaged.
            case corruptFirst(Int)
            /// This one arrives damaged, counted from 1.
            case corruptOnly(Int)
        }

        /// What happens.
        public var kind: Kind
        /// To which messages.
        public var messages: Messages
        /// When.
        public var window: Window

        /// A strike by its parts.
        public init(kind: Kind, messages: Messages, window: Window) {
            self.kind = kind
            self.messages = messages
            self.window = window
        }
    }

    /// The embedded broker fails, once in the window: at the first instant in it. Nothing happens to a cluster.
    public struct BrokerFault: Sendable {
        /// What the broker does.
        public enum Kind: Sendable {
            /// It drops its connections, and takes new ones when the instant's messages wait for it.
            case down
            /// Every answer takes so many milliseconds of real time longer, to the end of the window.
            case latency(milliseconds: Int)
            /// The next requests of a kind fail.
            case fails(KafkaRequest, KafkaErrorCode, times: Int)
        }

        /// What the broker does.
        public var kind: Kind
        /// When.
        public var window: Window
        /// One sentence.
        public var text: String

        /// A fault of the broker by its parts.
        public init(kind: Kind, window: Window, text: String) {
            self.kind = kind
            self.window = window
            self.text = text
        }
    }

    /// Agencies that are away, the earliest outage first.
    public private(set) var outages: [Outage]
    /// What comes late; a message that several delay is delayed by each in turn.
    public var delays: [Delay]
    /// What happens to records on their way.
    public var strikes: [Strike]
    /// What happens to the broker.
    public var brokerFaults: [BrokerFault]
    /// What is told at its time, the earliest first: faults that strike no message of an agency's.
    public var announcements: [ObservedFault] = []
    /// The agencies with an outage, sorted.
    let absentees: [AgencyID]

    /// A plan by its parts.
    public init(outages: [Outage], delays: [Delay], strikes: [Strike], brokerFaults: [BrokerFault]) {
        self.outages = outages.sorted { ($0.from, $0.end, $0.agency) < ($1.from, $1.end, $1.agency) }
        self.delays = delays
        self.strikes = strikes
        self.brokerFaults = brokerFaults
        absentees = Set(outages.map(\.agency)).sorted()
        announcements = self.outages.map { outage in
            let end = outage.end < Outage.never ? outage.end : nil
            return ObservedFault(
                world: nil, time: outage.from, until: end, kind: "outage", target: "\(outage.agency)", message: nil,
                text: "\(outage.agency) is away " + (end.map { "until \(Stockholm.local($0))" } ?? "to the end"))
        }
    }
}
