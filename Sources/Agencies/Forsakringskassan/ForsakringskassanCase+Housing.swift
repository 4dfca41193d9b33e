import AgencyKit
import LifeEvents

extension ForsakringskassanCase {
    /// Housing allowance: `PAYING → NEEDS_APPLICATION → INVESTIGATING → DECIDED → PAYING`, and what has been paid.
    struct HousingAllowance: CasePart {
        enum Stage: String, Codable, Sendable {
            case none, paying
            /// A move has ended the right; the new dwelling needs an application.
            case needsApplication
            case investigating, ended

            /// Where a trigger leads; nil: it does nothing here.
            func after(_ trigger: Trigger) -> Stage? {
                switch (self, trigger) {
                case (.none, .adopted), (.ended, .adopted): .paying
                case (.paying, .moved), (.needsApplication, .moved), (.investigating, .moved): .needsApplication
                case (_, .applied): .investigating
                case (.investigating, .granted): .paying
                case (.investigating, .refused): .ended
                case (.needsApplication, .lastDayPassed), (.paying, .lastDayPassed): .ended
                case (.none, .ceased): nil
                case (_, .ceased): .ended
                case (_, .restored(let former)): former
                default: nil
                }
            }
        }

        enum Trigger: Sendable {
            case adopted, moved, applied, granted, refused, lastDayPassed
            /// Ended by what is no move: leaving the country.
            case ceased
            /// What ended it was annulled: it stands as it stood before.
            case restored(Stage)
        }

        /// What an allowance is computed from.
        struct Basis: Codable, Equatable, Sendable {
            var rent: Int
            var income: Int
            var children: Int
            /// Which children they are, where they have been named.
            var family: [Subject] = []
            /// What was decided, SEK a month, where there are no children.
            var amount: Int?
        }

        /// A decision, with the day on which a move has ended it.
        struct Grant: Codable, Equatable, Sendable {
            var chain: ChainHead
            var from: Day
            var to: Day?
            var end: Day?
            var basis: Basis?
            /// The month of the application that it answers; nil: it held before the run.
            var appliedIn: Month?
            /// After how many moves it was decided, and which of them ended it; below zero it is a child that has left.
            var decidedAfter = 0
            var endedBy: Int?
            /// The child whose leaving it was decided by, as ``endedBy`` below zero; nil: it was applied for.
            var decidedBy: Int?
            /// Whether the family has been asked to apply anew.
            var isReminded = false

            var last: Day? { end ?? to }

            /// What it gives a month, SEK; nil where its amount is not known.
            var amount: Int?
            /// What it gives a month of a year whose income has been taxed.
            var taxed: [TaxedYear] = []

            /// Whether it gives anything for a month, known or not.
            func covers(_ month: Month) -> Bool {
                from <= month.lastDay && (last.map { month.firstDay <= $0 } ?? true)
            }
        }

        /// What a decision gives a month by the income that was taxed.
        struct TaxedYear: Codable, Equatable, Sendable {
            var year: Int
            var income: Int
            var amount: Int?
        }

        struct Application: Codable, Equatable, Sendable {
            /// The day from which it is asked for.
            var from: Day
            /// First month asked for, as far as the law allows.
            var month: Month
            var basis: Basis
            /// When the insured was born, as far as the application says.
            var birthDate: Day?
            /// Whether only the rent is another than was decided.
            var isNewRent = false
            /// Whether it names children.
            var isNamed = false
            var openedOn: Day
            var decidesOn: Day
        }

        /// The move that ended a right: the day of the dwelling that was left, and since when the new one is registered.
        struct Move: Codable, Hashable, Sendable {
            var left: Day
            var effective: Day
        }

        /// Kronor of one month.
        struct Sum: Codable, Equatable, Sendable {
            var month: Month
            var amount: Int
        }

        /// A child of the household that has died.
        struct ChildDeath: Codable, Equatable, Sendable {
            var child: Subject
            var chain: FactChain<Day>
            /// Whether the allowance has been reckoned without the child.
            var isReckoned = false
        }

        private(set) var stage = Stage.none
        /// The decisions, the oldest first.
        var grants: [Grant] = []
        /// A basis that was told before the decision that it belongs to.
        var basis: Basis?
        /// What has been paid, and what of it is claimed back.
        var paid: [Sum] = []
        var claimed: [Sum] = []
        /// The first month that is paid in the run, and the next.
        var payFrom: Month?
        var payNext: Month?
        /// The payout day that the citizen already reads of.
        var announced: Day?
        var move = FactChain<Move>()
        /// The last day with a right before the last move or departure.
        var lastDay: Day?
        /// How it stood before each move, or departure, the first one first.
        var earlier: [Situation] = []
        /// Children of the household that have died since the dwelling was decided on.
        var childDeaths: [ChildDeath] = []
        /// The month of the insured's death, the last that gives anything.
        var lastMonth: Month?
        /// The departure from the country that ended it.
        var abroad = ChainHead()
        /// How many moves, or departures, there have been.
        var moves = 0
        /// When the last application was decided; nil: there is no decision that can be reviewed.
        var decidedOn: Day?
        var isReviewed = false
        /// The last day to apply without losing a month.
        var applyBy: Day?
        var application: Application?
        var openedOn: Day?
        /// What is claimed back, the oldest first.
        var claims: [Claim] = []

        init() {}

        /// Moves as the table says.
        mutating func take(_ trigger: Trigger) -> Bool {
            guard let next = stage.after(trigger) else { return false }
            stage = next
            return true
        }

        var caseRef: String { "\(Benefit.housingAllowance.rawValue)-\(openedOn ?? grants.last?.from ?? .earliest)" }

        /// Whether there is anything that a death or a move could end.
        var isOpen: Bool { stage != .none && stage != .ended }

        /// How other agencies see an open case; nil: none is open.
        var caseState: CaseState? {
            switch stage {
            case .needsApplication: .awaitingCitizen
            case .investigating: .investigating
            case .none, .paying, .ended: nil
            }
        }

        /// Whether the last decision counts a child; one that names none may count any.
        func counts(_ child: Subject) -> Bool {
            guard let basis = grants.last?.basis, basis.children > 0 else { return false }
            return basis.family.isEmpty || basis.family.contains(child)
        }

        /// What the decisions give for a month; the latest that covers it counts. Nil: its amount is not known.
        func entitled(_ month: Month) -> Int? {
            if let lastMonth, month > lastMonth { return 0 }
            guard let grant = grants.last(where: { $0.covers(month) }) else { return 0 }
            return grant.taxed.first { $0.year == month.year }.map(\.amount) ?? grant.amount
        }

        /// Kronor paid for a month and not claimed back.
        func kept(_ month: Month) -> Int {
            let paid = paid.first { $0.month == month }?.amount ?? 0
            return paid - (claimed.first { $0.month == month }?.amount ?? 0)
        }

        /// What is still to be paid for a month.
        func owed(_ month: Month) -> Int { max(0, (entitled(month) ?? 0) - kept(month)) }

        /// What was paid too much for a month.
        func overpaid(_ month: Month) -> Int { entitled(month).map { max(0, kept(month) - $0) } ?? 0 }

        /// The months from the first paid in the run to another.
        func months(to last: Month) -> [Month] {
            guard let first = payFrom else { return [] }
            var months: [Month] = []
            var month = first
            while month <= last {
                months.append(month)
                month = month.next
            }
            return months
        }

        mutating func notePaid(_ amount: Int, _ month: Month) { Self.add(amount, month, &paid) }
        mutating func noteClaimed(_ amount: Int, _ month: Month) { Self.add(amount, month, &claimed) }

        mutating func takeBackClaimed(_ sums: [Sum]) {
            for sum in sums { Self.add(-sum.amount, sum.month, &claimed) }
        }

        private static func add(_ amount: Int, _ month: Month, _ sums: inout [Sum]) {
            if let place = sums.firstIndex(where: { $0.month == month }) {
                sums[place].amount += amount
            } else {
                sums.append(Sum(month: month, amount: amount))
            }
        }
    }
}
