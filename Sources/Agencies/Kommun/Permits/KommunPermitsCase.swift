public import AgencyKit
import LifeEvents

/// What permits remembers of one firm: who acts for it, the application and its trial, the permit and its supervision.
public struct KommunPermitsCase: AgencyCase {
    var stage = Stage.none
    /// Who acts for it, as the company register tells, and by which event.
    var signatories = Signatories()
    var company = ChainHead()
    /// How it stands with the tax, and who owns it.
    var tax: TaxRegistration?
    var owners: [BeneficialOwner]?
    @Part var application: Application
    @Part var referrals: Referrals
    @Part var test: Test
    @Part var supervision: Supervision
    @Part var appeal: Appeal
    /// Of a holder who is a person: the death, and who has proved to act for the estate.
    @Part var death: FactChain<Day>
    @Part var estateProof: EstateProof

    /// Nothing.
    public init() {}

    /// Moves if the trigger leads anywhere.
    @discardableResult
    mutating func take(_ trigger: Trigger) -> Bool {
        guard let next = stage.after(trigger) else { return false }
        // An application begins with nothing found.
        if next == .filed { (supervision.ground, supervision.waits) = (nil, []) }
        stage = next
        return true
    }

    /// What is inquired into; none where the permit holds undoubted, also where a trustee or a court has let it.
    var inquired: Supervision.Ground? { stage == .active ? nil : supervision.ground }

    /// Whether something is inquired into, or is to be.
    func hasFound(_ ground: Supervision.Ground) -> Bool { inquired == ground || supervision.waits.contains(ground) }

    /// The board, without deputies: of whom half must know the law (P6).
    var board: [Subject] { signatories.officers.filter { $0.role != .deputy }.map(\.person) }
}

extension KommunPermitsCase {
    enum Stage: String, Codable, Sendable {
        case none, invited, filed
        /// Papers lack.
        case supplement
        /// Others are asked.
        case referred
        /// The firm is heard on an objection.
        case heard
        case proposed
        /// Granted, and the certificate is not out.
        case decided
        case active, rejected, dismissed, withdrawn
        /// Something in supervision is to be mended.
        case inquiry
        /// Reminded or warned.
        case warned
        /// The firm is bankrupt: the trustee says whether the serving goes on.
        case trusteeAsked
        case revoked

        /// Where a trigger leads; nil: it does nothing here.
        func after(_ trigger: Trigger) -> Stage? {
            switch (self, trigger) {
            case (.none, .invited): .invited
            case (.none, .filed), (.invited, .filed), (.rejected, .filed), (.dismissed, .filed), (.withdrawn, .filed),
                (.revoked, .filed):
                .filed
            case (.none, .adopted), (.invited, .adopted): .active
            case (.filed, .withdrawn), (.supplement, .withdrawn), (.referred, .withdrawn), (.heard, .withdrawn),
                (.proposed, .withdrawn):
                .withdrawn
            case (.active, .doubted): .inquiry
            case (.inquiry, .mended), (.warned, .mended): .active
            case (.inquiry, .unmended): .warned
            case (.active, .bankrupt), (.inquiry, .bankrupt), (.warned, .bankrupt): .trusteeAsked
            case (.trusteeAsked, .continues): .active
            case (.warned, .revoked), (.trusteeAsked, .revoked): .revoked
            case (.trusteeAsked, .lifted(let stage)), (.active, .lifted(let stage)), (.revoked, .lifted(let stage)):
                stage
            case (.rejected, .judged(let stage)), (.dismissed, .judged(let stage)), (.active, .judged(let stage)),
                (.inquiry, .judged(let stage)), (.warned, .judged(let stage)), (.revoked, .judged(let stage)):
                stage
            case (.filed, .lacking): .supplement
            case (.filed, .complete), (.supplement, .complete): .referred
            case (.supplement, .silent): .dismissed
            case (.referred, .objected), (.heard, .objected), (.proposed, .objected): .heard
            case (.heard, .answered), (.proposed, .reopened): .referred
            case (.referred, .ready): .proposed
            case (.proposed, .granted): .decided
            case (.proposed, .refused): .rejected
            case (.decided, .begun): .active
            default: nil
            }
        }

        /// Whether an application is tried on its merits.
        var isTried: Bool { self == .referred || self == .heard || self == .proposed }

        /// Whether a permit is held that supervision may find fault with.
        var isSupervised: Bool { self == .active || self == .inquiry || self == .warned }
    }

    enum Trigger: Sendable {
        case invited, filed, lacking, complete, silent, objected, answered, reopened, ready, granted, refused, begun
        case withdrawn, adopted, doubted, mended, unmended, bankrupt, continues, revoked
        case lifted(to: Stage)
        case judged(to: Stage)
    }

    /// Why an application is refused.
    enum Refusal: String, Codable, Sendable { case test, objection, food }

    /// An application and what was said of it.
    struct Application: CasePart {
        /// What an application may lack, in the order in which it is told.
        enum Lack: Equatable, Sendable { case lease, floorPlan, financing, fee }

        var caseRef = ""
        var filing: PermitFiling?
        var completed: [PermitItem] = []
        /// The last day to complete it.
        var completeBy: Day?
        /// When the last of it came: the time to decide is counted from that day (P5).
        var completeOn: Day?
        var lastDay: Day?
        var isProlonged = false
        /// What was told last, and the decision on it.
        var told: Permit?
        var decision = ChainHead()
        /// Whether its F-tax is revoked: it counts against it (P4).
        var isTaxRevoked = false
        /// The item on the committee's desk, what it proposes, and when it is decided.
        var item = ChainHead()
        var refusal: Refusal?
        var meetsOn: Day?

        /// P9: what lacks.
        var lacks: [Lack] {
            let attached = filing?.attachments ?? []
            var lacks: [Lack] = []
            if !attached.contains(.lease), !completed.contains(.lease) { lacks.append(.lease) }
            if !attached.contains(.floorPlan), !completed.contains(.floorPlan) { lacks.append(.floorPlan) }
            if !attached.contains(.financing), !completed.contains(.financing) { lacks.append(.financing) }
            if filing?.feePaid != true, !completed.contains(.fee) { lacks.append(.fee) }
            return lacks
        }
    }

    /// Who is asked, and what they have said.
    struct Referrals: CasePart {
        struct Referral: Codable, Equatable, Sendable {
            var party: AgencyID
            /// The last day for an answer.
            var by: Day
            var isReminded = false
            /// Whether the case goes on without the answer.
            var isPassed = false
            var answeredOn: Day?
            var verdict: ServingVerdict?
            var grounds: [ServingGround] = []
            var answer = ChainHead()

            var isOpen: Bool { answeredOn == nil && !isPassed }
        }

        var all: [Referral] = []
        /// Who is still to be asked, where one is asked after another.
        var queue: [AgencyID] = []
        /// Our questions, to take them back.
        var needs: [EventID] = []

        /// Who has not answered.
        var silent: [AgencyID] { all.filter { $0.answeredOn == nil }.map(\.party) }
        /// Whether nobody is waited for: all have answered or were passed over, the police excepted (P3).
        var areOver: Bool {
            queue.isEmpty && !all.contains { $0.isOpen } && !silent.contains(.polisen)
        }
        /// Who objects.
        var objections: [Referral] { all.filter { $0.verdict == .objection } }
        /// The next last day of those who are waited for.
        var nextBy: Day? { all.filter(\.isOpen).map(\.by).min() }

        func place(of party: AgencyID?) -> Int? { all.firstIndex { $0.party == party } }
    }

    /// The test of knowledge.
    struct Test: CasePart {
        struct Passed: Codable, Equatable, Sendable {
            var candidate: Subject
            var until: Day
        }

        /// Who is booked, and for when.
        var booked: Subject?
        var passed: [Passed] = []
        /// Attempts for this application.
        var attempts = 0
        /// Whether nobody has passed who should have.
        var isLost = false
    }

    /// What happens while the permit holds.
    struct Supervision: CasePart {
        /// What is inquired into.
        enum Ground: String, Codable, Sendable { case debt, inspection, change, tax }

        /// The municipality has acted in these steps (P16).
        enum Step: String, Codable, Sendable { case none, reminder, warning }

        var ground: Ground?
        /// What else has been found, and is inquired into when the former is mended; each ground once.
        var waits: [Ground] = []
        var step = Step.none
        /// When a change was told beforehand (P18).
        var changeToldOn: Day?
        /// Kronofogden's notice.
        var debt = ChainHead()
        /// Whether the debt is of tax, not of fees.
        var owesTax = false
        /// What stood before a bankruptcy, and whether the end of the serving is to be decided.
        var before: Stage?
        var stops = false
        var revocation = ChainHead()

        init() {}
    }

    /// The last decision that went against the firm, and an appeal of it.
    struct Appeal: CasePart {
        var decidedOn: Day?
        var isOpen = false
        /// The revocation that the court lets rest until it has judged.
        var stayed: Stayed?

        /// Why a permit was revoked, and what had been found.
        struct Stayed: Codable, Equatable, Sendable {
            var reason: RevocationReason
            var ground: Supervision.Ground?
        }
    }

    /// How many of the board must have passed: half of it.
    var mustPass: Int { max(1, (board.count + 1) / 2) }

    /// Whether so many have passed on a day as must.
    func knowsTheLaw(on day: Day) -> Bool {
        let candidates = Set(test.passed.filter { day <= $0.until }.map(\.candidate))
        return board.count { candidates.contains($0) } >= mustPass
    }
}
