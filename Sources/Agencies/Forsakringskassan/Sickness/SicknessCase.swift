public import AgencyKit
import LifeEvents

/// What Försäkringskassan remembers of one who is ill: the period, the way back, and who signs for a firm.
public struct SicknessCase: AgencyCase {
    @Part var period: SickPeriod
    @Part var rehabilitation: WayBack
    /// What an employer has filed or signed, until the firm's case has said whether it counts.
    var unsigned: [Unsigned] = []
    /// Unemployment funds that have asked about benefits in a claim.
    var funds: [AgencyID] = []
    /// Of a firm: who signs for it.
    @Part var firm: Signatories
    /// Who acts for the insured.
    @Part var godMan: KnownGodMan
    /// What went against the insured last.
    @Part var review: SickReview
    /// What was earned beside the benefit.
    @Part var overwork: Overwork
    /// A sickness compensation that is applied for.
    @Part var lasting: Lasting
    /// What is done together with Arbetsförmedlingen.
    @Part var joint: Joint
    /// The offer of a meeting when the benefit has ended.
    @Part var handover: Handover
    /// How long one with an own business has chosen to wait.
    @Part var waiting: FactChain<WaitingChoice>
    /// The death, with its day.
    @Part var death: FactChain<Day>

    /// Nobody is ill.
    public init() {}

    /// What waits for the firm's case.
    struct Unsigned: Codable, Equatable, Sendable {
        var employer: Subject
        var signer: Subject
        var scope: MandateScope
        var said: Said
    }

    /// What an employer says.
    enum Said: Codable, Equatable, Sendable {
        case reported(SickReport, ChainHead)
        case plan(ReturnPlanAnswer)
        case redeployment(RedeploymentAnswer)
    }
}

extension SicknessCase: KnowsGodMan {}

extension SicknessCase {
    /// A sick period: from certificate, report and application to decision, payment and end.
    struct SickPeriod: CasePart {
        /// Where it stands.
        enum Stage: String, Codable, Sendable {
            case none, notified, reported, investigating, awaitingCertificate, paying, hearing, rejected, closed, ended
            /// A certificate that lacks something is being completed.
            case awaitingRegion

            /// Where a trigger leads; nil: it does nothing here.
            func after(_ trigger: Trigger) -> Stage? {
                switch (self, trigger) {
                case (.none, .certificate): .notified
                case (.none, .report), (.notified, .report): .reported
                case (.none, .application), (.notified, .application), (.reported, .application),
                    (.paying, .application), (.ended, .application):
                    .investigating
                case (.reported, .lapse): .closed
                case (.investigating, .certificateMissing): .awaitingCertificate
                case (.awaitingCertificate, .certificate): .investigating
                case (.awaitingCertificate, .adverse), (.investigating, .adverse), (.paying, .adverse): .hearing
                case (.hearing, .certificate), (.awaitingRegion, .certificate), (.awaitingRegion, .completed):
                    .investigating
                case (.investigating, .incomplete): .awaitingRegion
                case (.awaitingRegion, .grant): .paying
                case (.awaitingRegion, .adverse): .hearing
                case (.awaitingRegion, .end): .ended
                case (.investigating, .grant), (.hearing, .grant): .paying
                case (.hearing, .rejection): .rejected
                case (.paying, .end), (.investigating, .end), (.awaitingCertificate, .end), (.hearing, .end): .ended
                case (.ended, .restoration): .paying
                default: nil
                }
            }
        }

        /// What moves it.
        enum Trigger: Hashable, Sendable {
            case certificate, report, application, lapse, certificateMissing, adverse, grant, rejection, end,
                restoration, incomplete, completed
        }

        /// A certificate (läkarintyg): what it says of time and degree, and never its text.
        struct Certificate: Codable, Equatable, Sendable {
            var chain: ChainHead
            var from: Day
            var to: Day
            var degree: Int
            var contentRef: String
            /// The region that has sent it.
            var region: AgencyID?
        }

        /// An application that is not decided.
        struct Claim: Codable, Equatable, Sendable {
            var from: Day
            var to: Day
            var degree: Int
            var filedOn: Day
            var decidesOn: Day
        }

        /// Days that are granted.
        struct Span: Codable, Equatable, Sendable {
            var from: Day
            var to: Day
            var degree: Int
        }

        /// What was paid on a day of payment.
        struct Paid: Codable, Equatable, Sendable {
            var to: Day
            var amount: Int
        }

        /// How a period stood before a death.
        struct Alive: Codable, Equatable, Sendable {
            var claim: Claim?
            var spans: [Span]
        }

        /// Why nothing is granted, or no more.
        enum Ground: String, Codable, Sendable {
            case noCertificate, noIncome, sickPay, firstDays, otherWork, market, overwork
        }

        private(set) var stage = Stage.none
        /// Day 1.
        var firstDay: Day?
        /// The firm; nil: nobody has reported.
        var employer: Subject?
        /// What the firm reported.
        var report = ChainHead()
        /// Who has reported it.
        var reporter: Subject?
        /// Whether who is ill has reported it, and when; and since when Arbetsförmedlingen knows of a job-seeker.
        var isOwn = false
        var reportedOn: Day?
        var jobSeeker = Inquiry()
        var registeredFrom: Day?
        var certificates: [Certificate] = []
        var claim: Claim?
        /// In the order of time, without overlap.
        var spans: [Span] = []
        var decision: BenefitDecision?
        var chain = ChainHead()
        var income = Inquiry()
        /// Of how many months incomes were asked for.
        var incomeMonths = 0
        /// SEK a year; nil: not known.
        var yearlyIncome: Int?
        /// What a certificate lacked.
        var complement = Inquiry()
        /// Whether who reports it lives by an own business.
        var isBusiness = false
        var plan = Inquiry()
        /// Whether the employer has a plan for the return; nil: nothing was said.
        var hasPlan: Bool?
        var redeployment = Inquiry()
        /// From when the employer has other work.
        var otherWorkFrom: Day?
        /// The last day to send a certificate, or to be heard.
        var answerBy: Day?
        var ground: Ground?
        var paid: [Paid] = []
        /// Whether the next payment is told: one that would say the same as the one before is not.
        var tellsPayment = true
        /// Sick days of earlier periods that are added up in the chain.
        var before = 0
        /// The days of the chain at which the ability has been judged anew.
        var judged: [Int] = []
        /// The day of the chain at which it is being judged.
        var judging: Int?
        /// From when the insured works again, before an application is decided.
        var worksFrom: Day?
        /// How it stood before a death ended it.
        var alive: Alive?

        /// The reference of its needs.
        var caseRef: String { "sick-\(firstDay ?? .earliest)" }
        /// The last day that is granted.
        var lastDay: Day? { spans.last?.to }
        /// The last day that is granted or applied for.
        var lastClaimed: Day? { [lastDay, claim?.to].compactMap(\.self).max() }
        /// Whether somebody is ill, or says so.
        var isOpen: Bool { ![.none, .rejected, .closed, .ended].contains(stage) }

        /// Which day of the chain a day is.
        func number(of day: Day) -> Int? { firstDay.map { before + $0.distance(to: day) + 1 } }
        /// The day with a number of the chain.
        func day(_ number: Int) -> Day? { firstDay?.adding(days: number - before - 1) }

        /// The one place where it moves.
        @discardableResult
        mutating func take(_ trigger: Trigger) -> Bool {
            guard let next = stage.after(trigger) else { return false }
            stage = next
            return true
        }

        /// Begins anew after an end, with the days that the chain adds up.
        mutating func renew(before: Int) {
            let certificates = certificates
            self = SickPeriod()
            self.certificates = certificates
            self.before = before
        }

        /// Grants days; what was granted of later days stands back.
        mutating func grant(_ span: Span) {
            spans = spans.compactMap { old in
                guard old.to >= span.from else { return old }
                return old.from < span.from
                    ? Span(from: old.from, to: span.from.adding(days: -1), degree: old.degree) : nil
            }
            spans.append(span)
        }

        /// Takes back what is granted before a day.
        mutating func begin(on day: Day) {
            spans = spans.filter { day <= $0.to }
            if let first = spans.indices.first { spans[first].from = max(spans[first].from, day) }
        }

        /// Takes back what is granted after a day.
        mutating func end(after day: Day) {
            spans = spans.filter { $0.from <= day }
            if let last = spans.indices.last { spans[last].to = min(spans[last].to, day) }
        }

        /// SEK of the granted days up to a day.
        func due(to last: Day, _ rules: RuleValues) -> Int {
            guard let yearlyIncome, let firstDay else { return 0 }
            let whole = wholeDay(yearlyIncome, on: firstDay, rules)
            return spans.reduce(0) { sum, span in
                guard span.from <= last else { return sum }
                let days = span.from.distance(to: min(span.to, last)) + 1
                return sum + days * Self.part(span.degree, of: whole)
            }
        }

        /// S13: a part of a day's benefit, to the nearest krona, halves up.
        static func part(_ degree: Int, of whole: Int) -> Int { (whole * degree + 50) / 100 }
    }
}

extension SicknessCase {
    /// The way back to work: `ASKED → MEETING → PLAN → ENDED`, with those alone whom a consent names.
    struct WayBack: CasePart {
        /// Where it stands.
        enum Stage: String, Codable, Sendable {
            case none, asked, meeting, alone, plan, ended

            /// Where a trigger leads; nil: it does nothing here.
            func after(_ trigger: Trigger) -> Stage? {
                switch (self, trigger) {
                case (.none, .summons), (.ended, .summons): .asked
                case (.asked, .consent), (.alone, .consent): .meeting
                case (.asked, .noConsent), (.meeting, .noConsent): .alone
                case (.meeting, .met), (.alone, .met): .plan
                case (.asked, .end), (.meeting, .end), (.alone, .end), (.plan, .end): .ended
                default: nil
                }
            }
        }

        /// What moves it.
        enum Trigger: Hashable, Sendable { case summons, consent, noConsent, met, end }

        private(set) var stage = Stage.none
        var answerBy: Day?
        var meetingOn: Day?
        /// To whom facts may be told, and until when.
        var consent = FactChain<Terms>()
        /// Who has been told, and not that it has ended.
        var told: [AgencyID] = []
        /// Regions that the insured has moved from: a consent to them is spent.
        var left: [AgencyID] = []
        /// When the way back begins, and with how much of full time.
        var returnsOn: Day?
        var extent: Int?

        /// What a consent says.
        struct Terms: Codable, Equatable, Sendable {
            var recipients: [AgencyID]
            var until: Day?
        }

        /// Those to whom facts may be told on a day.
        func recipients(on day: Day) -> [AgencyID] {
            guard consent.holds, let terms = consent.head?.value, terms.until.map({ day <= $0 }) ?? true else {
                return []
            }
            return terms.recipients.filter { !left.contains($0) }
        }

        /// The one place where it moves.
        @discardableResult
        mutating func take(_ trigger: Trigger) -> Bool {
            guard let next = stage.after(trigger) else { return false }
            stage = next
            return true
        }
    }
}
