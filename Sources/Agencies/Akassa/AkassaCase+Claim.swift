import AgencyKit
import LifeEvents

extension AkassaCase {
    /// Membership of the fund.
    struct Membership: CasePart {
        var chain = ChainHead()
        var from: Day?
        var to: Day?
        var birthDate: Day?
        /// Of which fund the member was before.
        var former: AgencyID?
    }

    /// A claim of benefit: `COLLECTING → COMPLETE → DECIDED → PAYING → ENDING → ENDED`, or the days run out.
    struct Claim: CasePart {
        enum Stage: String, Codable, Sendable {
            case none, collecting
            /// What others have not said is asked of the applicant.
            case asking
            case complete, decided, paying, exhausted
            /// The registration as a job-seeker has ended, and a month may be left.
            case ending
            case ended, rejected

            /// Where a trigger leads; nil: it does nothing here.
            func after(_ trigger: Trigger) -> Stage? {
                switch (self, trigger) {
                case (.none, .applied), (.ended, .applied), (.rejected, .applied), (.exhausted, .applied): .collecting
                case (.collecting, .applicantAsked): .asking
                case (.collecting, .complete), (.asking, .complete): .complete
                case (.complete, .granted): .decided
                case (.complete, .rejected): .rejected
                case (.decided, .paid): .paying
                case (.decided, .registrationEnded), (.paying, .registrationEnded): .ending
                case (.ending, .registrationRestored): .paying
                case (.ending, .lastPaid): .ended
                case (.decided, .exhausted), (.paying, .exhausted), (.ending, .exhausted): .exhausted
                case (.collecting, .registrationAnnulled), (.asking, .registrationAnnulled),
                    (.complete, .registrationAnnulled), (.decided, .registrationAnnulled),
                    (.paying, .registrationAnnulled), (.ending, .registrationAnnulled):
                    .collecting
                case (.collecting, .died), (.asking, .died), (.complete, .died), (.decided, .died), (.paying, .died),
                    (.ending, .died):
                    .ended
                default: nil
                }
            }
        }

        enum Trigger: Sendable {
            case applied, applicantAsked, complete, granted, rejected, paid, registrationEnded, registrationRestored
            case registrationAnnulled, lastPaid, exhausted, died
        }

        /// What an employer of the claim is asked, and has answered.
        struct Proof: Codable, Equatable, Sendable {
            var ended: EndedEmployment
            var inquiry: Inquiry
            /// An answer whose signer is not known yet.
            var unsigned: EmploymentAnswer?
            /// The answer that counts.
            var answer: EmploymentAnswer?
            var isAskedAgain = false

            /// Whether employer and applicant say different things of how it ended.
            var differs: Bool { answer?.endedBy.map { $0 != ended.endedBy } ?? false }
        }

        /// A month that was applied for.
        struct FiledMonth: Codable, Equatable, Sendable {
            var month: Month
            var income: Int
            var hindrances: [Hindrance]
            /// When it is paid; nil: the claim is not decided.
            var due: Day?
            /// What was paid; nil: nothing yet.
            var amount: Int?
            /// Days of the period that it took, that a sanction took, and that were given back.
            var days = 0
            var withheld = 0
            var owed = 0
            /// Whether benefit beside work has been paid for as many months as it may.
            var isBarred = false

            func isAs(_ data: UnemploymentMonth) -> Bool {
                month == data.month && income == (data.income ?? 0) && hindrances == data.hindrances
            }
        }

        var stage = Stage.none
        /// The stage before a death.
        var former: Stage?
        var from: Day = .earliest
        var income = Inquiry()
        var jobSeeker = Inquiry()
        var benefits = Inquiry()
        var pension = Inquiry()
        /// The pension that is drawn: from when, and kronor a month.
        var pensionFrom: Month?
        var pensionMonthly = 0
        var pensionChain = ChainHead()
        /// What another fund is asked, since when membership counts, and what is left of a period.
        var other = Inquiry()
        var memberSince: Day?
        var rest: Rest?
        /// A month that is looked at after it was paid.
        var control = Control()
        var programmes: [ProgrammeSpan] = []
        var proofs: [Proof] = []
        var wages: [DeclaredWage] = []
        /// Months of the frame that nobody has declared yet.
        var lacking: [Month] = []
        var registeredFrom: Day?
        var registeredTo: Day?
        /// Whether the applicant has been told what alone is waited for.
        var isTold = false
        /// Whether the applicant has been asked about what an employer says otherwise.
        var isHeard = false
        /// The applicant's reason for leaving the work, where it was asked for.
        var reason: ExplanationReason?

        // What was decided.
        /// First day of benefit.
        var start: Day = .earliest
        /// SEK in the frame.
        var base = 0
        var days = 0
        var level = 0
        /// Last day without benefit, for who left the work.
        var barredTo: Day?
        /// Last day with benefit, for who works in a company of one's own.
        var endsOn: Day?

        // What was used, before with another fund and since.
        var before = 0
        var used = 0
        var waitingLeft = 0
        /// Days that sanctions take from what is paid next.
        var withheld = 0
        /// Days that were withheld without ground.
        var owed = 0
        var months: [FiledMonth] = []
        /// Sickness benefit, by the decision that told of it.
        var sick: [Sick] = []

        struct Sick: Codable, Equatable, Sendable {
            var chain: ChainHead
            var from: Day
            var to: Day
            /// The last day, where it has ended before.
            var endsOn: Day?
        }

        /// The reference by which others answer, and by which it is reviewed.
        var caseRef: String { "claim-\(from)" }
        /// Whether benefit is paid, or may be.
        var isRunning: Bool { [.decided, .paying, .ending].contains(stage) }
        /// Whether answers are collected.
        var isCollecting: Bool { stage == .collecting || stage == .asking }

        @discardableResult
        mutating func take(_ trigger: Trigger) -> Bool {
            guard let next = stage.after(trigger) else { return false }
            if trigger == .died { former = stage }
            stage = next
            return true
        }

        /// Whether sickness benefit was paid for a day.
        func isSick(on day: Day) -> Bool {
            sick.contains { ($0.chain.holds || $0.chain.isEnded) && $0.from <= day && day <= ($0.endsOn ?? $0.to) }
        }
    }

    /// The ladders of sanctions of one period: `CLEAN → ASK_MEMBER → (sanction or excused)`.
    struct Ladder: CasePart {
        /// Which ladder.
        enum Kind: String, Codable, Sendable { case neglect, prolonging }

        enum Stage: String, Codable, Sendable {
            case clean, asked, deciding

            func after(_ trigger: Trigger) -> Stage? {
                switch (self, trigger) {
                case (.clean, .noticed): .asked
                case (.asked, .answered), (.asked, .silent): .deciding
                case (.deciding, .decided): .clean
                default: nil
                }
            }
        }

        enum Trigger: Sendable { case noticed, answered, silent, decided }

        /// A sanction that stands.
        struct Sanction: Codable, Equatable, Sendable {
            var kind: Kind
            var step: Int
            /// Days without benefit; nil: the rest of the period.
            var days: Int?
            /// When the cause was.
            var date: Day
            var decidedOn: Day
            var chain: ChainHead
            /// By what it is reviewed: it stays where steps are counted anew.
            var ref: String
            var data: UnemploymentDecision
        }

        var stage = Stage.clean
        var date: Day = .earliest
        var told: Day = .earliest
        var kind = Kind.neglect
        var deviation: DeviationKind?
        var reason: ExplanationReason?
        var sanctions: [Sanction] = []
        /// Sanctions for neglect that another fund has made in the same period.
        var inherited = 0
        /// All sanctions ever made, for references.
        var made = 0

        /// What the notice is answered by.
        var ref: String { "deviation-\(date)" }

        /// The next step of a ladder.
        func next(_ kind: Kind) -> Int {
            sanctions.count { $0.kind == kind } + (kind == .neglect ? inherited : 0) + 1
        }

        @discardableResult
        mutating func take(_ trigger: Trigger) -> Bool {
            guard let next = stage.after(trigger) else { return false }
            stage = next
            return true
        }
    }

    /// A decision under review: `REVIEW → COURT`.
    struct Review: CasePart {
        enum Stage: String, Codable, Sendable { case none, reviewing, reviewed, court }

        var stage = Stage.none
        var ref = ""
        var appealBy: Day?
    }
}
