public import Hosting
public import Kafka
import LifeEvents

/// What goes wrong on purpose in one world of a run. All of it is fixed before the run.
public struct FaultPlan: Sendable {
    /// A stretch of virtual time.
    public typealias Window = AgencyFaults.Window
    /// An agency neither hears nor says anything.
    public typealias Outage = AgencyFaults.Outage
    /// Which messages are meant.
    public typealias Messages = AgencyFaults.Messages
    /// Messages are due later than they would be.
    public typealias Delay = AgencyFaults.Delay

    /// What happens to records between an agency and its readers.
    public struct WireFault: Sendable {
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
        /// The fault's id in its scenario.
        public var name: String

        /// A fault by its parts.
        public init(kind: Kind, messages: Messages, window: Window, name: String = "") {
            self.name = name
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
        /// The fault's id in its scenario.
        public var name: String

        /// A fault of the broker by its parts.
        public init(kind: Kind, window: Window, text: String, name: String = "") {
            self.name = name
            self.kind = kind
            self.window = window
            self.text = text
        }
    }

    /// Who is away, and what comes late.
    public var agencies: AgencyFaults
    /// What happens to records on their way.
    public var wireFaults: [WireFault]
    /// What happens to the broker.
    public var brokerFaults: [BrokerFault]

    /// A plan by its parts.
    public init(outages: [Outage], delays: [Delay], wireFaults: [WireFault], brokerFaults: [BrokerFault]) {
        agencies = AgencyFaults(outages: outages, delays: delays)
        self.wireFaults = wireFaults
        self.brokerFaults = brokerFaults
    }
}
