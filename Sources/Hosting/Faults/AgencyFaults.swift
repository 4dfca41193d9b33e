public import LifeEvents

/// What goes wrong on purpose with the agencies of one world: who is away, and what comes late. Fixed before the run.
public struct AgencyFaults: Sendable {
    /// A stretch of virtual time.
    public struct Window: Equatable, Sendable {
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
        /// The fault's id in its scenario.
        public var name: String

        /// An outage by its parts; without an end the agency does not come back.
        public init(agency: AgencyID, from: Instant, end: Instant?, name: String = "") {
            self.name = name
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

        package func contains(_ type: String, _ subject: Subject) -> Bool {
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
        /// The fault's id in its scenario.
        public var name: String

        /// A delay by its parts.
        public init(
            agency: AgencyID?, messages: Messages?, window: Window, name: String = "",
            later: @escaping @Sendable (Instant) -> Instant
        ) {
            self.name = name
            self.agency = agency
            self.messages = messages
            self.window = window
            self.later = later
        }
    }

    /// Agencies that are away, the earliest outage first.
    public private(set) var outages: [Outage]
    /// What comes late; a message that several delay is delayed by each in turn.
    public var delays: [Delay]
    /// What is told at its time, the earliest first: faults that hit no message of an agency's.
    public var announcements: [ObservedFault] = []
    /// The agencies with an outage, sorted.
    let absentees: [AgencyID]

    /// Faults by their parts.
    public init(outages: [Outage], delays: [Delay]) {
        self.outages = outages.sorted { ($0.from, $0.end, $0.agency) < ($1.from, $1.end, $1.agency) }
        self.delays = delays
        absentees = Set(outages.map(\.agency)).sorted()
        announcements = self.outages.map { outage in
            let end = outage.end < Outage.never ? outage.end : nil
            return ObservedFault(
                world: nil, time: outage.from, until: end, kind: "outage", target: "\(outage.agency)", message: nil,
                text: "\(outage.agency) is away " + (end.map { "until \(Stockholm.local($0))" } ?? "to the end"),
                name: outage.name, applies: false)
        }
    }

    /// The id of the outage that keeps an agency from what it would do at an instant; empty if none does.
    func outageName(of agency: AgencyID, at instant: Instant) -> String {
        outages.last { $0.agency == agency && $0.from <= instant }?.name ?? ""
    }

    /// Whether nothing goes wrong.
    public var isEmpty: Bool { outages.isEmpty && delays.isEmpty && announcements.isEmpty }
}
