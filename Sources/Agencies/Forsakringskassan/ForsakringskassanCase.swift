public import AgencyKit
import LifeEvents

/// What Försäkringskassan remembers of one person: a part for each benefit, and a death.
///
/// Child benefit and days of parental benefit belong to the child, what is known of a pregnancy to the mother, child
/// benefit as it is paid to the parent, and housing allowance to the insured.
public struct ForsakringskassanCase: AgencyCase {
    /// Parental benefit as the mother first meets it, `INFORMED`: the certificate, with the expected day of birth.
    @Part var pregnancy: FactChain<Day>
    /// Why the mother, or a counsellor for her, has turned to us.
    var grief: ContactReason?
    /// Of a child: who has custody, as the register tells.
    @Part var guardians: Guardians
    @Part var child: ChildBenefit
    @Part var days: ChildDays
    /// Of a parent: child benefit as it is paid.
    @Part var payments: ChildBenefitPayments
    @Part var housing: HousingAllowance?
    /// The death, with its day, also where nothing is open.
    @Part var death: FactChain<Day>

    /// A person of whom nothing is known.
    public init() {}

    /// Those we write to about a child: its guardians, and who has applied.
    var holders: [Subject] {
        var holders = guardians.holders
        for application in days.applications where !holders.contains(application.applicant) {
            holders.append(application.applicant)
        }
        return holders
    }
}

extension ForsakringskassanCase {
    /// Housing allowance: `PAYING → NEEDS_RENT → INVESTIGATING → DECIDED → PAYING`.
    struct HousingAllowance: Codable, Equatable, Sendable {
        enum State: String, Codable, Sendable {
            case paying, needsRent, suspended, investigating, decided

            /// The one table of moves; nil where the trigger means nothing.
            func after(_ trigger: Trigger) -> State? {
                switch (self, trigger) {
                case (_, .move): .needsRent
                case (.needsRent, .timeout): .suspended
                case (.needsRent, .rent), (.suspended, .rent): .investigating
                case (.investigating, .timeout): .decided
                case (.decided, .timeout), (_, .moveAnnulled): .paying
                case (.paying, _), (.suspended, _), (.decided, _), (.needsRent, _), (.investigating, _): nil
                }
            }

            /// How other agencies see an open case; nil: none is open.
            var caseState: CaseState? {
                switch self {
                case .needsRent: .awaitingCitizen
                case .suspended: .suspended
                case .investigating: .investigating
                case .paying, .decided: nil
                }
            }
        }

        enum Trigger: Sendable {
            case move, rent, timeout, moveAnnulled
        }

        /// A decision of before the move, to which an annulled move leads back.
        struct Former: Codable, Equatable, Sendable {
            var chain: ChainHead
            var from: Day
        }

        private(set) var state = State.paying
        /// When the state is left.
        var actsOn: Instant?
        /// Our decision.
        var chain: ChainHead
        var from: Day
        var former: Former?
        /// The move that asks for the rent, with its day.
        var move = FactChain<Day>()
        /// Since when the move holds; a late notice makes it later than the move.
        var effective: Day?
        var openedOn: Day?

        init(chain: ChainHead, from: Day) {
            self.chain = chain
            self.from = from
        }

        /// Moves as the table says, and forgets what the old state waited for.
        mutating func take(_ trigger: Trigger) -> Bool {
            guard let next = state.after(trigger) else { return false }
            state = next
            actsOn = nil
            return true
        }

        var caseRef: String { "\(Benefit.housingAllowance.rawValue)-\(openedOn ?? from)" }

        func decision(for insured: Subject) -> BenefitDecision {
            BenefitDecision(
                benefit: .housingAllowance, outcome: .granted, from: from, payees: [Payee(person: insured, share: 100)])
        }
    }
}
