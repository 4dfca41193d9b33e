public import AgencyKit
public import LifeEvents

/// What handlings have given besides effects.
public struct HandlingRecord: Sendable {
    /// What became of a message at a branch of an agency.
    public struct Reading: Sendable {
        /// The message, by its place in the slice.
        public var message: Int32
        /// Which agency.
        public var agency: AgencyID
        /// Which branch, by the place in ``Host/rights``.
        public var right: Int32
        /// What became of it.
        public var use: Use
    }

    /// What became of a message at a branch.
    public enum Use: UInt8, Sendable {
        /// A rule of the branch acted on it.
        case used
        /// The branch was told, and no rule of it acted.
        case unused
        /// The branch has it, and is away or never acts.
        case kept
        /// A rule of the branch asked for it, and the contract gives no right to it.
        case denied

        /// Whether it says more of a branch than another use of the same event.
        func outweighs(_ other: Use) -> Bool {
            let weakestFirst: [Use] = [.denied, .unused, .kept, .used]
            return weakestFirst.firstIndex(of: self) ?? 0 > weakestFirst.firstIndex(of: other) ?? 0
        }
    }

    /// Who read what.
    public var readings: [Reading] = []
    /// What became of messages at rivers, in the order of the slice's messages; empty unless reports are wanted.
    public var rivers: [(message: EventID, report: RiverReport)] = []
    /// Timers that fell due; empty unless reports are wanted.
    public var timers: [TimerReport] = []
    /// What faults did.
    public var faults: [ObservedFault] = []
    /// Who learns what when, in a run with a plane; empty unless they are wanted.
    public var deliveries: [DeliveryReport] = []
    /// What is worth a line.
    public var notices: [String] = []
    /// How many dead letters were made.
    public var deadLetters = 0

    /// A record of nothing.
    public init() {}

    /// Forgets everything, and keeps the memory.
    public mutating func removeAll() {
        readings.removeAll(keepingCapacity: true)
        rivers.removeAll(keepingCapacity: true)
        timers.removeAll(keepingCapacity: true)
        faults.removeAll(keepingCapacity: true)
        deliveries.removeAll(keepingCapacity: true)
        notices.removeAll(keepingCapacity: true)
        deadLetters = 0
    }
}
