public import AgencyKit
import LifeEvents

/// What Pensionsmyndigheten remembers of one person: pensions, a survivor's inquiry, a death.
public struct PensionsmyndighetenCase: AgencyCase {
    /// A pension that is paid, or was until the death.
    struct Pension: Codable, Sendable {
        var kind: PensionKind
        /// Percent.
        var share: Int
        /// Our decision, and its end.
        var chain: ChainHead
    }

    /// The inquiry into a survivor's pension: `DETECTED → DECIDED → PAYING`.
    struct Survivor: Codable, Sendable {
        enum State: String, Codable, Sendable {
            case detected, decided, paying
        }

        /// The change of civil status that told of the loss.
        var loss: ChainHead
        /// First month paid.
        var firstMonth: Month
        private(set) var state = State.detected
        /// When the state is left.
        private(set) var actsOn: Instant?

        init(loss: ChainHead, firstMonth: Month, actsOn: Instant) {
            self.loss = loss
            self.firstMonth = firstMonth
            self.actsOn = actsOn
        }

        mutating func move(to next: State, actsOn: Instant?) {
            state = next
            self.actsOn = actsOn
        }
    }

    var pensions: [Pension] = []
    var survivor: Survivor?
    /// The death that we acted on, with the last month paid.
    @Part var death: FactChain<Month>

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
