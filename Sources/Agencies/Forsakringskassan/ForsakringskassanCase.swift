public import AgencyKit
import LifeEvents

/// What Försäkringskassan remembers of one person: a part for each benefit, and a death.
///
/// Child benefit and days of parental benefit belong to the child, what is known of a pregnancy to the mother, and
/// housing allowance to the insured.
public struct ForsakringskassanCase: AgencyCase {
    /// Parental benefit as the mother first meets it, `INFORMED`: the certificate, with the expected day of birth.
    @Part var pregnancy: FactChain<Day>
    @Part var child: ChildBenefit?
    @Part var parental: ParentalBenefit?
    @Part var housing: HousingAllowance
    /// The death that we acted on, with its day.
    @Part var death: FactChain<Day>
    /// On the child's case: a guardian who died, and what went to them.
    var deceased: DeceasedGuardian?

    /// A person of whom nothing is known.
    public init() {}

    /// Whether a death that becomes known on a day has anything to stop; a past pregnancy is nothing.
    func isOpen(on day: Day) -> Bool {
        if let expected = pregnancy.head?.value, expected >= day { return true }
        return child != nil || parental != nil || housing.isOpen
    }

    /// Those we write to: parents and applicant as far as they are known.
    var holders: [Subject] {
        var holders = child?.payees.map(\.person) ?? []
        if let applicant = parental?.applicant, !holders.contains(applicant) { holders.append(applicant) }
        return holders
    }

    func holds(_ benefit: Benefit) -> Bool {
        switch benefit {
        case .childBenefit: child != nil
        case .parentalBenefit: parental != nil
        case .housingAllowance: !housing.grants.isEmpty
        case .sicknessBenefit, .activityGrant: false
        }
    }
}

extension ForsakringskassanCase {
    /// A guardian who died.
    struct DeceasedGuardian: Codable, Equatable, Sendable {
        /// The custody that ended.
        var custody: ChainHead
        var holder: Subject
        /// The day of death.
        var day: Day
        /// What the guardian had applied for.
        var parental: ParentalBenefit?
    }

    /// Child benefit: `NONE → PAYING`, shared while two have custody.
    struct ChildBenefit: Codable, Equatable, Sendable {
        /// Custody that came after the birth.
        struct Custody: Codable, Equatable, Sendable {
            var chain: ChainHead
            var holder: Subject
            var from: Day
        }

        /// A guardian to whom nothing is paid any more.
        struct EndedPayee: Codable, Equatable, Sendable {
            var holder: Subject
            var from: Day
        }

        var mother: Subject
        /// The parent whom the birth itself names.
        var secondParent: Subject?
        var custody: Custody?
        /// The one of them who died, and the first day on which nothing is paid to them.
        var ended: EndedPayee?
        /// First day after the birth.
        var start: Day
        /// Of a benefit adopted nothing is known.
        var birth = ChainHead()
        /// Our decision, and since when it holds.
        var chain = ChainHead()
        var since: Day

        /// The decision that follows from what is known.
        var decision: BenefitDecision {
            BenefitDecision(benefit: .childBenefit, outcome: .granted, from: from, payees: payees)
        }

        var from: Day { max(start, custody.map { InsuranceRules.monthAfter($0.from) } ?? start, ended?.from ?? start) }

        /// The living who have custody; nobody, if the only one has died.
        var payees: [Payee] {
            let living = [mother, secondParent ?? custody?.holder].compactMap(\.self).filter { $0 != ended?.holder }
            return living.map { Payee(person: $0, share: 100 / living.count) }
        }
    }

    /// An application for parental benefit: `INVESTIGATING → DECIDED → EXECUTING`.
    struct ParentalBenefit: Codable, Equatable, Sendable {
        enum State: String, Codable, Sendable {
            case investigating, decided, executing

            /// What the state's timer leads to.
            var next: State { self == .investigating ? .decided : .executing }
        }

        var state: State
        var applicant: Subject
        var from: Day
        var to: Day?
        var openedOn: Day
        /// When the state is left.
        var actsOn: Instant?
        /// Our decision.
        var chain = ChainHead()

        var caseRef: String { "\(Benefit.parentalBenefit.rawValue)-\(openedOn)" }

        var decision: BenefitDecision {
            BenefitDecision(
                benefit: .parentalBenefit, outcome: .granted, from: from, to: to,
                payees: [Payee(person: applicant, share: 100)])
        }
    }
}
