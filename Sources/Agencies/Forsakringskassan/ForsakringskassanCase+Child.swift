import AgencyKit
import LifeEvents

extension ForsakringskassanCase {
    /// Child benefit on the child's case: `NONE → PAYING → HELD → ENDED`. Whose it is follows custody; the parents' own
    /// cases sum and pay.
    struct ChildBenefit: CasePart {
        /// What has been told to one parent's case.
        struct Share: Codable, Equatable, Sendable {
            var payee: Subject
            var share: Int
            var from: Month
            var to: Month?
            var chain: ChainHead
        }

        /// The birth; unknown of a benefit that was adopted.
        var birth = ChainHead()
        var birthDate: Day?
        var birthOrder = 1
        /// Who gave birth.
        var mother: Subject?
        /// Our decision, and what it says.
        var decision = ChainHead()
        var decided: BenefitDecision?
        /// Who is paid of a benefit that was adopted, while the register has told of no guardian.
        var adopted: [Payee] = []
        /// The day of the last change of custody, and whether it takes back what never held.
        var changedOn: Day?
        var isTakenBack = false
        /// The first month in which nobody could be paid: what is saved is paid from it.
        var heldFrom: Month?
        var shares: [Share] = []
        /// Whom each of two guardians has named to be paid all (SFB 16:5), and who is, when both have named the same.
        var named = JointAct<Subject>()
        var chosen: Subject?
        /// Whether the child has reached the age at which benefit ends.
        var isOver = false

        /// The first month of the benefit (SFB 15:3).
        var firstMonth: Month? {
            birthDate.map { Month(of: $0).next } ?? decided.map { Month(of: $0.from) }
        }
    }

    /// Child benefit on a parent's case: the shares of all children, and what has been paid.
    struct ChildBenefitPayments: CasePart {
        struct Row: Codable, Equatable, Sendable {
            var child: Subject
            var share: Int
            var from: Month
            var to: Month?

            func holds(in month: Month) -> Bool { from <= month && to.map { month <= $0 } ?? true && share > 0 }
        }

        struct Paid: Codable, Equatable, Sendable {
            var month: Month
            var amount: Int
        }

        var rows: [Row] = []
        var paid: [Paid] = []
        /// The first payday of a new benefit, where the nearest came too soon.
        var notBefore: Day?
        /// Whether benefit was paid before the run.
        var isOld = false
        /// What the children's cases have said, by child.
        var chains: [ShareChain] = []

        struct ShareChain: Codable, Equatable, Sendable {
            var child: Subject
            var chain: ChainHead
            /// The first month that was not paid before the run.
            var openedFrom: Month?
        }

        /// SEK for a month (SFB 15:3, 15:8, 16:15–20).
        func amount(in month: Month, _ rules: RuleValues) -> Int {
            rules.childBenefit(shares: rows.filter { $0.holds(in: month) }.map(\.share), in: month)
        }

        /// SEK owed for a month and not paid yet.
        func owed(in month: Month, _ rules: RuleValues) -> Int {
            max(0, amount(in: month, rules) - (paid.first { $0.month == month }?.amount ?? 0))
        }

        /// The months up to one for which something is owed.
        func owedMonths(through last: Month, _ rules: RuleValues) -> [Month] {
            guard let earliest = rows.map(\.from).min() else { return [] }
            // What is older than two years is not looked at again.
            var month = max(earliest, last.adding(months: -24))
            var months: [Month] = []
            while month <= last {
                if owed(in: month, rules) > 0 { months.append(month) }
                month = month.next
            }
            return months
        }

        /// Takes a child's new share in place of what holds from its first month on.
        mutating func take(_ share: ChildBenefitShare, from first: Month) {
            rows.removeAll { $0.child == share.child && $0.from >= first }
            for index in rows.indices where rows[index].child == share.child {
                if rows[index].to.map({ $0 >= first }) ?? true { rows[index].to = first.adding(months: -1) }
            }
            rows.append(Row(child: share.child, share: share.share, from: first, to: share.to))
        }
    }
}

extension ForsakringskassanCase {
    /// Days with benefit for a child: parental benefit, the days at birth, the days after a child's death.
    struct ChildDays: CasePart {
        var applications: [Application] = []
        var transfers: [Transfer] = []
        /// The registered parents, with the register's fact.
        var parents: [Parent] = []
        /// Who may have days after the child's death: its parents and guardians then.
        var bereaved: [Subject] = []
        /// Of a child: what the mother's case has told of the time before the birth.
        var before: BeforeBirth?
        /// Of a mother with days before a birth: the child that was born.
        var born: Subject?
        /// Who has the days at birth where there is no other parent, as the guardian has told (SFB 13:12).
        var atBirth: Subject?

        struct Parent: Codable, Equatable, Sendable {
            var holder: Subject
            var chain: ChainHead
        }

        /// When a birth was expected, and parental benefit that the mother was granted before it.
        struct BeforeBirth: Codable, Equatable, Sendable {
            var expectedOn: Day?
            var days: Int
            /// The last of those days.
            var through: Day?
        }

        /// Days that a guardian has given to another (SFB 12:17, 12:17 a).
        struct Transfer: Codable, Equatable, Sendable {
            var from: Subject
            var to: Subject
            var days: Int
            var level: DayLevel
        }
    }

    /// An application for days: `INVESTIGATING → DECIDED → EXECUTING → CLOSED`.
    struct Application: Codable, Equatable, Sendable {
        enum Stage: String, Codable, Sendable {
            case investigating, decided, executing, closed, aborted

            /// Where a trigger leads; nil: it does nothing here.
            func after(_ trigger: Trigger) -> Stage? {
                switch (self, trigger) {
                case (.investigating, .granted): .decided
                case (.investigating, .rejected), (.decided, .paidOut), (.executing, .paidOut): .closed
                case (.decided, .nextDay), (.decided, .paid), (.executing, .paid): .executing
                case (.investigating, .stopped), (.decided, .stopped), (.executing, .stopped): .aborted
                case (.closed, .changed), (.decided, .changed), (.executing, .changed): .executing
                case (.closed, _), (.aborted, _), (.investigating, _), (.executing, _), (.decided, _): nil
                }
            }
        }

        enum Trigger { case granted, rejected, nextDay, paid, paidOut, stopped, changed }

        /// How it stood before a death, or an end of custody, that may prove an error.
        struct Former: Codable, Equatable, Sendable {
            var stage: Stage
            var to: Day
            var incomeDays: Int
            var lowestDays: Int
            var actsOn: Instant?
        }

        /// A review that is asked for.
        struct Review: Codable, Equatable, Sendable {
            var decidesOn: Instant
        }

        var ref: String
        var benefit: Benefit
        var applicant: Subject
        var from: Day
        var to: Day
        /// The period that was asked for: a review looks at it anew.
        var askedFrom: Day
        var askedTo: Day
        /// How many days are asked for; nil: all of the period.
        var days: Int?
        var yearlyIncome: Int
        var together: Subject?
        var stage = Stage.investigating
        var openedOn: Day
        /// When the state is left.
        var actsOn: Instant?
        /// Why we act then.
        var cause: Cause
        /// Our decision, what it says, and its day.
        var chain = ChainHead()
        var decidedOn: Day?
        var outcome: Outcome?
        /// Days granted by level; those of income come first.
        var incomeDays = 0
        var lowestDays = 0
        /// Days at birth or after a death that have been paid.
        var paidDays = 0
        /// The last day that has been paid for.
        var paidThrough: Day?
        var review: Review?
        var former: Former?

        /// Days that count against what the applicant has left.
        var isGranted: Bool { stage == .decided || stage == .executing || stage == .closed && outcome != .rejected }
        var grantedDays: Int { incomeDays + lowestDays }

        /// Moves if the trigger leads anywhere.
        @discardableResult
        mutating func take(_ trigger: Trigger) -> Bool {
            guard let next = stage.after(trigger) else { return false }
            stage = next
            return true
        }
    }
}
