public import AgencyKit
import LifeEvents

/// What Pensionsmyndigheten remembers of one person: pensions, a survivor's inquiry, a death.
public struct PensionsmyndighetenCase: AgencyCase {
    /// A pension that is paid, or was until the death.
    struct Pension: Codable, Sendable {
        var kind: PensionKind
        /// Percent.
        var share: Int
        /// The decision that holds.
        var head: EventID
        /// The event that ended it.
        var ceased: EventID?
    }

    /// The inquiry into a survivor's pension: `DETECTED → DECIDED → PAYING`.
    struct Survivor: Codable, Sendable {
        enum State: String, Codable, Sendable {
            case detected, decided, paying
        }

        /// The event that told of the loss.
        var status: EventID
        /// First month paid.
        var firstMonth: Month
        private(set) var state = State.detected
        /// When the state is left.
        private(set) var actsOn: Instant?

        init(status: EventID, firstMonth: Month, actsOn: Instant) {
            self.status = status
            self.firstMonth = firstMonth
            self.actsOn = actsOn
        }

        mutating func move(to next: State, actsOn: Instant?) {
            state = next
            self.actsOn = actsOn
        }
    }

    /// The death we acted on.
    struct KnownDeath: Codable, Sendable {
        /// Head of the chain.
        var event: EventID
        /// The last month paid.
        var lastMonth: Month
    }

    var pensions: [Pension] = []
    var survivor: Survivor?
    var death: KnownDeath?

    /// A person without a pension.
    public init() {}

    /// Whether a death has anything to stop.
    var isOpen: Bool { !pensions.isEmpty || survivor != nil }

    func hasPension(_ kind: PensionKind) -> Bool {
        pensions.contains { $0.kind == kind }
    }

    mutating func setPension(_ pension: Pension) {
        _ = removePension(pension.kind)
        pensions.append(pension)
    }

    mutating func removePension(_ kind: PensionKind) -> Pension? {
        guard let index = pensions.firstIndex(where: { $0.kind == kind }) else { return nil }
        return pensions.remove(at: index)
    }
}
