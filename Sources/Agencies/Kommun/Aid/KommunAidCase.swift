public import AgencyKit
import LifeEvents

/// What social services remember of one person: the applicant's months, and of a member whose household that is.
public struct KommunAidCase: AgencyCase {
    /// The months that are, or were, applied for; the newest last.
    var months: [AidMonth] = []
    /// What has been paid, opening facts among it.
    var paid: [Paid] = []
    /// Whether aid was granted before the run.
    var isKnown = false
    /// Benefits in arrears that are asked for.
    var claims: [Claim] = []
    /// The applicant whose household this person is of.
    var memberOf: Subject?
    @Part var representatives: SkatteverketCase.Representatives
    var consents: [AidConsent] = []
    @Part var move: KnownMove
    /// The municipality to which, or from which, the person has moved.
    var movedTo: String?
    var movedFrom: String?
    /// The departure from the country, with its day.
    @Part var abroad: FactChain<Day>
    /// The handing over of an open case.
    var transfer: Transfer?
    /// The death, with its day.
    @Part var death: FactChain<Day>
    /// Months that were paid with another household.
    var paidWithOthers: [Month] = []
    /// The applicant who waits for this adult's consent.
    var consentFor: WantedConsent?
    /// A household that is received, and the desk that shares out homes.
    @Part var reception: Reception
    @Part var homes: HomeDesk
    /// Of the committee's desk: what the next meeting decides.
    var items: [DeskItem] = []

    /// Nobody.
    public init() {}

    enum Transfer: String, Codable, Sendable { case offered, accepted, refused }

    /// What was paid for a month.
    struct Paid: Codable, Equatable, Sendable {
        var month: Month
        var amount: Int
    }

    /// A benefit in arrears that the municipality has asked for.
    struct Claim: Codable, Equatable, Sendable {
        var person: Subject
        var benefit: AidBenefit
        var source: AgencyID
        var from: Day
    }

    /// Whose case waits for a consent.
    struct WantedConsent: Codable, Equatable, Sendable {
        var applicant: Subject
        var month: Month
    }

    /// A consent to tell another municipality.
    struct AidConsent: Codable, Equatable, Sendable {
        var chain: ChainHead
        var giver: Subject
        var holder: AgencyID
        var recipients: [AgencyID]
        var until: Day?

        func lets(_ holder: AgencyID, to recipient: AgencyID, on day: Day) -> Bool {
            self.holder == holder && recipients.contains(recipient) && (until.map { day <= $0 } ?? true)
        }
    }

    /// What waits at the committee's desk.
    struct DeskItem: Codable, Equatable, Sendable {
        var about: Subject
        var kind: CommitteeKind
        var caseRef: String
        var amount: Int?
        var cause: Cause
    }

    /// What was paid for a month.
    func paid(for month: Month) -> Int { paid.filter { $0.month == month }.reduce(0) { $0 + $1.amount } }

    /// Where a month is; nil: it is not applied for.
    func place(of month: Month) -> Int? { months.firstIndex { $0.month == month } }

    /// Where a case is by its reference.
    func place(of caseRef: String) -> Int? { months.firstIndex { $0.caseRef == caseRef } }

    /// What was paid from a day to another, whole months by thirtieths or what days they have (A20).
    func paid(_ period: AidPeriod) -> Int {
        var sum = 0
        var month = Month(of: period.from)
        while month.firstDay <= period.to {
            let whole = paid(for: month)
            let first = max(month.firstDay, period.from)
            let last = min(month.lastDay, period.to)
            let days = month.firstDay.distance(to: month.lastDay) + 1
            sum += whole * (first.distance(to: last) + 1) / days
            month = month.next
        }
        return sum
    }
}

/// A month of aid that a household applies for.
struct AidMonth: Codable, Equatable, Sendable {
    /// Where it stands.
    enum Stage: String, Codable, Sendable {
        /// Waits for the signatures of the other adults.
        case applied
        /// The household signs; the sources are asked.
        case fetching
        /// The former municipality, or the household, is asked whether it has been paid already.
        case elsewhere
        /// All is there; the decision has its day.
        case calculated
        /// Before a refusal the household may answer.
        case hearing
        /// Granted; the payment has its day.
        case decided
        case paid
        case refused
        case dismissed
        case closed

        /// Where a trigger leads; nil: it does nothing here.
        func after(_ trigger: Trigger) -> Stage? {
            switch (self, trigger) {
            case (.applied, .signed): .fetching
            case (.applied, .lapsed), (.applied, .died): .dismissed
            case (.fetching, .foreignMonth): .elsewhere
            case (.elsewhere, .notPaidThere): .fetching
            case (.elsewhere, .paidThere), (.fetching, .paidThere): .refused
            case (.fetching, .fetched): .calculated
            case (.fetching, .died), (.calculated, .died), (.hearing, .died), (.elsewhere, .died): .dismissed
            case (.calculated, .granted), (.hearing, .granted), (.refused, .granted), (.calculated, .cut),
                (.hearing, .cut):
                .decided
            case (.calculated, .heard): .hearing
            case (.hearing, .refused), (.calculated, .refused): .refused
            case (.decided, .paid): .paid
            case (.paid, .granted): .decided
            case (.paid, .over), (.refused, .over), (.dismissed, .over): .closed
            default: nil
            }
        }
    }

    enum Trigger: Sendable {
        case signed, lapsed, foreignMonth, paidThere, notPaidThere, fetched, granted, cut, heard, refused, paid, over,
            died
    }

    /// What of it costs money, SEK.
    struct Costs: Codable, Equatable, Sendable {
        var rent = 0
        var power = 0
        var insurance = 0
        var fund = 0
        var other = 0

        var sum: Int { rent + power + insurance + fund + other }
    }

    /// A fact of an adult.
    struct Fact: Codable, Equatable, Sendable {
        var person: Subject
        var fact: AidSourceFact
    }

    var month: Month
    var caseRef: String
    var members: [AidMember]
    var nights: [AidHousehold.AidNights] = []
    var costs = Costs()
    /// What the household says of its income, SEK.
    var declared: Int
    var signed: [Subject]
    var stage = Stage.applied
    /// When it moves by itself.
    var due: Instant?
    var expected: Day?
    /// Adults of whom an answer is waited for.
    var waits: [Subject] = []
    /// When the sources were asked last.
    var askedOn: Day?
    var answered: [AgencyID] = []
    var missing: [AgencyID] = []
    /// Adults whom no answer was about: a named function asks by hand.
    var byHand: [Subject] = []
    /// When missing sources are asked again.
    var askAgain: Instant?
    var facts: [Fact] = []
    /// Income that was asked for by hand, SEK.
    var handIncome = 0
    /// How much less the norm is for an unexcused absence, and other cuts, SEK.
    var cut = 0
    /// Norm that holds for a part of the month only, SEK more.
    var growth = 0
    /// SEK decided; nil: not yet.
    var decided: Int?
    var decidedOn: Day?
    /// Whether a person has decided.
    var isAutomated = false
    var isDrawn = false
    var waitsForPlan = false
    /// The landlord whom all adults ask to pay.
    var rentTo: AgencyID?
    var payee: Subject
    /// Of who has just come: one decision for some months.
    var plan: AidPlan?
    /// The application.
    var openedBy: EventID
    /// Whether income has been corrected, and counted again.
    var isLate = false
    var hasPlan = false
    /// When a person looks at what a programme has decided.
    var reviewDue: Instant?
    var isAppealed = false
    /// Further adults who let the former municipality answer, and whether it has been asked.
    var consented: [Subject] = []
    var isAskedElsewhere = false
    /// Children born in the month.
    var born: [Subject] = []
    var cause: Cause

    /// Moves if the trigger leads anywhere.
    @discardableResult
    mutating func take(_ trigger: Trigger) -> Bool {
        guard let next = stage.after(trigger) else { return false }
        stage = next
        return true
    }

    /// Who lives in the household.
    var household: AidHousehold { AidHousehold(members, in: month, nights: nights) }
    var adults: [Subject] { household.adults.map(\.person) }
    /// Adults who have not signed.
    var unsigned: [Subject] { adults.filter { !signed.contains($0) } }
    var isOpen: Bool { stage != .closed && stage != .dismissed }
    /// When the next thing happens by itself.
    var next: Instant? { [due, askAgain, reviewDue].compactMap(\.self).min() }

    /// SEK that count as income: what sources and hands have found, or what the household says where that is more. The
    /// newest payment of each benefit counts [A]: the month before is not over when the month is decided.
    func income(_ rules: RuleValues, aidMonths: Int) -> Int { max(declared, found(rules, aidMonths: aidMonths)) }

    /// SEK that the sources have told of.
    func found(_ rules: RuleValues, aidMonths: Int) -> Int {
        var sum = handIncome
        for (place, fact) in facts.enumerated() {
            guard let amount = fact.fact.amount else { continue }
            switch fact.fact.fact {
            case .paid:
                let isOlder = facts.enumerated().contains { other, later in
                    later.person == fact.person && later.fact.source == fact.fact.source
                        && later.fact.fact == .paid && later.fact.benefit == fact.fact.benefit
                        && (later.fact.paidOn ?? .earliest, other) > (fact.fact.paidOn ?? .earliest, place)
                }
                if !isOlder { sum += amount }
            case .wage:
                let isPartial = aidMonths >= rules.value(of: AidRules.wageMonths, on: month.firstDay)
                sum += isPartial ? amount * rules.value(of: AidRules.wage, on: month.firstDay) / 100 : amount
            default: break
            }
        }
        return sum
    }

    /// SEK of the norm, with what holds for a part of the month.
    func norm(_ rules: RuleValues) -> Int { rules.aidNorm(household, in: month) + growth - cut }

    /// SEK that the household gets; below zero: a surplus.
    func balance(_ rules: RuleValues, aidMonths: Int) -> Int {
        norm(rules) + costs.sum - income(rules, aidMonths: aidMonths)
    }
}
