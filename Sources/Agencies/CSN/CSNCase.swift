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

        var decidesOn: Day { Stockholm.day(of: decidesAt) }
        var caseRef: String { "\(StudyMatter.studyAid.rawValue)-\(openedOn)" }
    }

    /// A loan: `OPENED → EXECUTING`, while it grows and while it is repaid.
    struct Loan: Codable, Sendable {
        var caseRef: String
        /// When repayment begins; nil while aid is paid, and from then on.
        var repaysFrom: Day?
        var isRepaid = false
        /// That it is written off, when the borrower has died (studiestödslagen (1999:1395) 4 kap. 25 §).
        var writtenOff = ChainHead()
    }

    var application: Application?
    /// The decision on aid, which is paid while it holds.
    @Part var aid: FactChain<StudyAid>
    var loan: Loan?
    /// The death that we acted on, with its day.
    @Part var death: FactChain<Day>
    /// Whether it was the death that ended the aid.
    var deathEndedAid = false

    /// Who acts for the person.
    @Part var godMan: KnownGodMan

    /// A person who does not study.
    public init() {}

    /// Whether a death has anything to stop.
    var isOpen: Bool { application != nil || aid.head != nil || loan != nil }
}

extension CSNCase: KnowsGodMan {}
