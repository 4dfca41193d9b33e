public import AgencyKit
import LifeEvents

/// What CSN remembers of one person: an application, the aid that is paid, a loan.
public struct CSNCase: AgencyCase {
    /// An application in hand.
    struct Application: Codable, Sendable {
        /// What is granted when it is decided.
        var aid: StudyAid
        var openedOn: Day
        var decidesAt: Instant

        var caseRef: String { "\(StudyMatter.studyAid.rawValue)-\(openedOn)" }
    }

    /// A loan: `OPENED → EXECUTING`, while it grows and while it is repaid.
    struct Loan: Codable, Sendable {
        var caseRef: String
        /// When repayment begins; nil while aid is paid, and from then on.
        var repaysFrom: Day?
        var isRepaid = false
    }

    var application: Application?
    /// The decision on aid, which is paid while it holds.
    @Part var aid: FactChain<StudyAid>
    var loan: Loan?

    /// A person who does not study.
    public init() {}
}
