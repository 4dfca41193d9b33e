public import AgencyKit
import LifeEvents

/// What a fund remembers of one member, or of a firm: membership, a claim, sanctions, and `PAYING → ASK_MEMBER → CEASED,
/// PAYING` where there is a company of one's own.
public struct AkassaCase: AgencyCase {
    @Part var benefit: Benefit
    @Part var membership: Membership
    @Part var claim: Claim
    @Part var ladder: Ladder
    @Part var review: Review
    /// Of a firm: who may sign what it answers.
    @Part var firm: Signatories
    /// The last day of the registration as a job-seeker, where it has ended, and the event that told.
    var registrationEnd: Day?
    @Part var registration: ChainHead
    /// The event that told of the registration itself, with its first day.
    @Part var registered: FactChain<Day>
    /// Who acts for the member, in rights or property.
    @Part var deputies: KnownMandates
    /// The death, with its day, and who has proved to act for the estate.
    @Part var death: FactChain<Day>
    @Part var estateProof: EstateProof

    /// No member.
    public init() {}

    struct Benefit: CasePart {
        enum Stage: String, Codable, Sendable {
            case none, paying
            /// A member with a company is asked whether there is work in it.
            case asked
            /// The member has answered.
            case answered
            case ceased

            /// Where a trigger leads; nil: it does nothing here.
            func after(_ trigger: Trigger) -> Stage? {
                switch (self, trigger) {
                case (.none, .granted): .paying
                case (.paying, .hasCompany): .asked
                case (.asked, .answered): .answered
                case (.answered, .goesOn), (.asked, .neverHadCompany), (.answered, .neverHadCompany): .paying
                case (.answered, .ended), (.asked, .ended): .ceased
                case (.ceased, .restored): .paying
                default: nil
                }
            }
        }

        enum Trigger: Sendable { case granted, hasCompany, answered, goesOn, ended, neverHadCompany, restored }

        /// What was paid.
        struct Paid: Codable, Equatable, Sendable {
            var from: Day
            var to: Day
            /// SEK.
            var amount: Int
        }

        var stage = Stage.none
        var chain = ChainHead()
        var decision: UnemploymentDecision?
        /// The company that was asked about, by the event that told of it, and since when.
        var role = ChainHead()
        var company: Subject?
        var roleFrom: Day?
        var works: Bool?
        var worksFrom: Day?
        var lastDay: Day?
        var paid: [Paid] = []
        var claim: Recovery?
        var claimHead: EventID?

        @discardableResult
        mutating func take(_ trigger: Trigger) -> Bool {
            guard let next = stage.after(trigger) else { return false }
            stage = next
            return true
        }

        /// What was paid for days after a last day: benefit is paid for working days, each as much.
        func overpaid(after last: Day) -> (amount: Int, from: Day, to: Day)? {
            var sum: (amount: Int, from: Day, to: Day)?
            for part in paid where part.to > last {
                let days = Self.workdays(part.from, part.to)
                let from = max(part.from, last.adding(days: 1))
                let amount = days == 0 ? 0 : part.amount * Self.workdays(from, part.to) / days
                sum = ((sum?.amount ?? 0) + amount, min(sum?.from ?? from, from), max(sum?.to ?? part.to, part.to))
            }
            return sum.flatMap { $0.amount > 0 ? $0 : nil }
        }

        private static func workdays(_ from: Day, _ to: Day) -> Int {
            guard from <= to else { return 0 }
            return (0...from.distance(to: to)).count {
                ![.saturday, .sunday].contains(from.adding(days: $0).weekday)
            }
        }
    }
}
