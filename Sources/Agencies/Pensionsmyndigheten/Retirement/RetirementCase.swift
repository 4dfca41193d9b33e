import AgencyKit
import LifeEvents

extension PensionsmyndighetenCase {
    /// A person's own old-age pension, from the letter or the application on.
    struct Retirement: CasePart {
        enum Stage: String, Codable, Sendable {
            case none
            /// A letter has come.
            case informed
            /// FETCHING: it has been applied for.
            case applied
            /// It has been decided, and is paid from its first month.
            case drawn
            /// It was asked for too early.
            case refused
            /// Withdrawn, or the person has died.
            case ended

            /// Where a trigger leads; nil: it does nothing here.
            func after(_ trigger: Trigger) -> Stage? {
                switch (self, trigger) {
                case (.none, .told): .informed
                case (.none, .filed), (.informed, .filed), (.refused, .filed), (.ended, .filed): .applied
                case (.none, .tooEarly), (.informed, .tooEarly), (.refused, .tooEarly): .refused
                case (.applied, .decided), (.none, .decided), (.informed, .decided): .drawn
                case (.applied, .ended), (.drawn, .ended): .ended
                case (.ended, .restored): .drawn
                default: nil
                }
            }
        }

        enum Trigger: Sendable { case told, filed, tooEarly, decided, ended, restored }

        private(set) var stage = Stage.none
        /// The first month that is paid, and the one that was asked for.
        var first: Month?
        var asked: Month?
        /// Percent.
        var share = 100
        var residence = Inquiry()
        /// Whole years in Sweden, as the register has answered.
        var years = 0
        var foreign: [Foreign] = []
        /// When the person left the country.
        var leftOn: Day?
        /// Whether the next payment is told.
        var awaitsPayment = false
        /// The move after which a new consent was asked for.
        var consentMove = ChainHead()

        init() {}

        /// Moves if the trigger leads anywhere.
        @discardableResult
        mutating func take(_ trigger: Trigger) -> Bool {
            guard let next = stage.after(trigger) else { return false }
            stage = next
            return true
        }

        /// Whether an old-age pension has been applied for here.
        var isOpen: Bool { stage == .applied || stage == .drawn }

        /// States that have not answered whole.
        var pending: [Foreign] { foreign.filter { $0.stage == .asked || $0.stage == .partly } }
        /// What other states pay that is in the base of the guarantee, kronor a month.
        var statutory: Int { foreign.filter { $0.kind == .statutory }.compactMap(\.monthly).reduce(0, +) }
        /// What other states pay, kronor a month.
        var paidAbroad: Int { foreign.compactMap(\.monthly).reduce(0, +) }
    }

    /// Whom the person is married to, and what that one has: two applications, two cases.
    struct Couple: CasePart {
        var spouse: Subject?
        /// What the spouse's case has told: kronor a year that count.
        var spouseYearly: Int?
        var chain = ChainHead()
        /// What the spouse's case was told of this one.
        var told: Int?
        var toldChain = ChainHead()
        /// The status that ended the marriage, and whose it was with.
        var over = ChainHead()
        var former: Marriage?

        /// A marriage that is over, as it was.
        struct Marriage: Codable, Equatable, Sendable {
            var spouse: Subject?
            var spouseYearly: Int?
            var chain: ChainHead
            var told: Int?
            var toldChain: ChainHead
        }

        init() {}

        /// The marriage is over: what the other has is the other's own.
        mutating func end<Data: LifeEvent>(_ event: Event<Data>) {
            over = ChainHead(event)
            former = Marriage(
                spouse: spouse, spouseYearly: spouseYearly, chain: chain, told: told, toldChain: toldChain)
            (spouse, spouseYearly, told, chain, toldChain) = (nil, nil, nil, ChainHead(), ChainHead())
        }

        /// It is not over: all is as before.
        mutating func restore() {
            guard let was = former else { return }
            (spouse, spouseYearly, told, chain, toldChain) =
                (was.spouse, was.spouseYearly, was.told, was.chain, was.toldChain)
            former = nil
        }

        var isMarried: Bool { spouse != nil }
    }

    /// Funds that have asked what is drawn.
    struct Funds: CasePart {
        var asked: [AgencyID] = []

        init() {}
    }

    /// What another state has been asked.
    struct Foreign: Codable, Equatable, Sendable {
        enum Stage: String, Codable, Sendable {
            case asked
            /// It has confirmed years, and the amount is missing.
            case partly
            case answered
            /// Closed: the person has died.
            case closed
        }

        var country: String
        var stage = Stage.asked
        var kind: ForeignPensionKind?
        /// Kronor a month.
        var monthly: Int?
        var from: Month?
        /// What the state is asked to withhold from its arrears; nil: nothing, or it has answered.
        var offset: Int?

        /// What the need and the answers to it are called.
        var caseRef: String { "old-age-\(country)" }
        var offsetRef: String { "offset-\(country)" }
    }
}

extension PensionsmyndighetenCase.Pension {
    /// Another amount from a month on.
    struct Step: Codable, Equatable, Sendable {
        var from: Month
        var monthly: Int
    }

    /// Kronor for a month; nil: not known here.
    func amount(in month: Month) -> Int? {
        guard let monthly else { return nil }
        return steps.last { $0.from <= month }?.monthly ?? monthly
    }

    /// Whether a month is paid for, as the decisions stand.
    func covers(_ month: Month) -> Bool {
        chain.holds || chain.isEnded ? first <= month && (last.map { month <= $0 } ?? true) : false
    }

    /// From a month on it is another amount, whatever was to follow then.
    mutating func change(to monthly: Int, from month: Month) {
        steps.removeAll { $0.from >= month }
        steps.append(Step(from: month, monthly: monthly))
    }
}

/// What other states are called.
enum CountryText {
    /// Its Swedish name; the two letters of one that is not listed.
    static func name(_ country: String) -> String {
        switch country {
        case "DE": "Tyskland"
        case "DK": "Danmark"
        case "ES": "Spanien"
        case "FI": "Finland"
        case "GB": "Storbritannien"
        case "IS": "Island"
        case "NO": "Norge"
        case "PL": "Polen"
        default: country
        }
    }
}

extension RetirementRules {
    /// `hel`, `halv` …
    static func shareText(_ share: Int) -> String {
        switch share {
        case 25: "en fjärdedels"
        case 50: "halv"
        case 75: "tre fjärdedels"
        default: "hel"
        }
    }
}
