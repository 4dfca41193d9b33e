public import AgencyKit
import LifeEvents

/// What Pensionsmyndigheten remembers of one person: pensions and what was paid, a death, claims as survivor.
public struct PensionsmyndighetenCase: AgencyCase {
    var pensions: [Pension] = []
    @Part var account: Account
    /// The death; remembered also where no pension is paid, for the dead apply for none.
    @Part var death: FactChain<Death>
    /// The need that asks who survives.
    @Part var inquiry: Inquiry
    /// What the dead's case has told of each survivor.
    @Part var told: Told
    /// Claims as survivor, one for each dead.
    var claims: [Claim] = []
    @Part var claimBack: ClaimBack
    /// What is claimed back from the person, who was silent.
    @Part var ownClaim: OwnClaim
    /// Who has proved to act for the person's estate.
    @Part var estateProof: EstateProof
    @Part var housing: Housing
    @Part var guardians: Guardians
    @Part var supplement: Supplement
    /// Who may act for the person, by powers of attorney.
    @Part var representatives: KnownMandates
    @Part var consents: KnownConsents
    /// Who may act for the person in matters of pension.
    @Part var deputies: KnownMandates
    @Part var civilStatus: ChainHead
    /// The person's own old-age pension.
    @Part var retirement: Retirement
    @Part var couple: Couple
    @Part var funds: Funds
    @Part var compensation: Compensation
    @Part var review: Review
    /// What was paid too little, until it is paid.
    var arrears: Arrears?
    /// Pension incomes by year, and from when the last change counts.
    var incomes: [YearIncome] = []
    var countsFrom: Month?

    /// A person without a pension.
    public init() {}
}

extension PensionsmyndighetenCase {
    /// A pension that is paid, or was.
    struct Pension: Codable, Equatable, Sendable {
        var kind: PensionKind
        var survivorKind: SurvivorKind?
        /// Percent.
        var share: Int
        /// Kronor a month; nil: not known here, and so not paid in the run.
        var monthly: Int?
        /// Whether it was annulled by a death before its first month.
        var annulledByDeath = false
        /// Another amount, from later months on.
        var steps: [Step] = []
        /// First month paid.
        var first: Month
        /// Last month paid; nil: no end is known.
        var last: Month?
        /// Who died, of a survivor's pension.
        var dead: Subject?
        /// Our decision, and its end.
        var chain: ChainHead
        /// The last month that has been paid; what held before the run was paid by then.
        var paidTo: Month?
        /// Kronor paid, by month, as far as they may be asked about.
        var paid: [Paid] = []
    }

    struct Paid: Codable, Equatable, Sendable {
        var month: Month
        var amount: Int
    }

    /// What only the agency knows of the person.
    struct Account: CasePart {
        var chain = ChainHead()
        var monthlyPension: Int?
        /// Kronor a year.
        var survivorBase: Int?
        var widowMonthly: Int?
        var birthDate: Day?
        /// Income and premium pension, kronor a month, when the whole is drawn.
        var income: Int?
        var premium: Int?
        /// Kronor a year.
        var guaranteeBase: Int?
    }

    /// The death as it is acted on.
    struct Death: Codable, Equatable, Sendable {
        var date: Day
        var knownOn: Day
        var certainty: DeathCertainty
    }

    struct Told: CasePart {
        var survivors: [ToldSurvivor] = []
    }

    struct ToldSurvivor: Codable, Equatable, Sendable {
        var person: Subject
        var notice: SurvivorNotice
        var chain: ChainHead
    }

    /// A claim as survivor: `TESTED → GRANTED, REFUSED or NOTHING`.
    struct Claim: Codable, Equatable, Sendable {
        enum State: String, Codable, Sendable {
            /// There is a right: a decision comes.
            case tested
            case granted, refused
            /// No right: nothing is said, unless it is applied for.
            case nothing
        }

        var notice: SurvivorNotice
        var chain: ChainHead
        var state: State
        /// Of a child: the last month of studies that the school has certified.
        var studiesUntil: Month?
    }

    /// What was paid after a death is claimed back (D25).
    struct ClaimBack: CasePart {
        /// The claim; nil: nothing is claimed.
        var claim: Recovery?
        /// What has been told of it.
        var facts: [ChainHead] = []
        /// The last day to ask for a review of the decision, and whether it is being reviewed.
        var reviewBy: Day?
        var isReviewed = false
    }

    /// Who has custody of the person, a child.
    struct Guardians: CasePart {
        var held: [Guardian] = []
        /// Whose custody has ended that was never told to begin.
        var lost: [Subject] = []
    }

    struct Guardian: Codable, Equatable, Sendable {
        var holder: Subject
        var chain: ChainHead
    }

    /// Whether the person is known to be dead.
    var isDead: Bool { death.holds }

    /// The birth date, as far as account or claims tell it.
    var birthDate: Day? { account.birthDate ?? claims.first?.notice.facts.birthDate }

    /// Who has custody now: as the register has told, else as the dead's case has.
    var custodians: [Subject] {
        if !guardians.held.isEmpty { return guardians.held.filter(\.chain.holds).map(\.holder) }
        return (claims.last?.notice.facts.guardians ?? []).filter { !guardians.lost.contains($0) }
    }

    /// Whether the person is a child whose guardians take its pension, and read of it.
    func isWarded(on day: Day) -> Bool {
        claims.contains {
            $0.notice.facts.role == .child && $0.notice.facts.guardians != nil
                && SkatteverketRules.isMinor(born: $0.notice.facts.birthDate, on: day)
        }
    }

    func hasPension(_ kind: PensionKind) -> Bool {
        pensions.contains { $0.kind == kind && !$0.chain.isEnded }
    }
}

extension PensionsmyndighetenCase: ProvesEstate {}
