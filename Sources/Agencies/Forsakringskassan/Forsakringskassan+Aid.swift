import AgencyKit
import LifeEvents

/// Försäkringskassan and financial aid: what it tells SSBTEK, and a benefit in arrears that goes to social services
/// (SFB 107:5; A5, A11).
extension Forsakringskassan {
    var financialAid: [River<Self>] {
        [
            River(
                "note what was paid", hears: InsurancePayment.self,
                mine: [
                    Condition("is paid to the person") { _, event in
                        event.data.kind == .paid && event.data.payee == event.subject
                            && event.data.benefit.toSocialServices != nil
                    }
                ],
                handle: { state, event, _ in
                    guard let benefit = event.data.benefit.toSocialServices else { return }
                    state.aid.paid.take(
                        event,
                        .init(
                            chain: ChainHead(event), benefit: benefit, month: event.data.month,
                            amount: event.data.amount, paidOn: event.data.paidOn))
                }),
            River(
                "forget a payment that never was", hears: Annulled<InsurancePayment>.self,
                handle: { state, event, _ in state.aid.paid.forget(event) }),
            River(
                "adopt a claim of sickness benefit", hears: InsuranceCaseStatus.self,
                mine: [
                    Condition("is investigated, with a day of decision") { _, event in
                        event.data.benefit == .sicknessBenefit && event.data.state == .investigating
                            && event.data.expectedDate != nil && event.data.yearlyIncome != nil
                    },
                    Condition("is not one we know") { state, _ in state.aid.sickness == nil },
                ],
                handle: { state, event, effects in
                    guard let day = event.data.expectedDate, let income = event.data.yearlyIncome else { return }
                    state.aid.sickness = .init(
                        caseRef: event.data.caseRef, from: event.occurredOn, yearlyIncome: income, cause: effects.cause)
                    effects.setTimer(.sickness, at: Stockholm.instant(day, hour: 8))
                }),
            River(
                "note that social services ask for a benefit in arrears", hears: RetroactiveClaim.self,
                under: [AidPaymentRules.retroactive],
                mine: [
                    Condition("is of a claim that is not decided") { state, event in
                        event.data.benefit == .sicknessBenefit && state.aid.sickness?.decidedOn == nil
                            && state.aid.sickness != nil
                    }
                ],
                handle: { state, event, _ in
                    state.aid.sickness?.claim = event.source.map {
                        .init(party: $0, answerTo: event.data.answerTo)
                    }
                }),
            River(
                "pay when it is known what aid was paid", hears: AidPaidAnswer.self,
                under: [AidPaymentRules.retroactive, AidPaymentRules.least.legal],
                mine: [
                    Condition("answers what we have asked") { state, event in
                        state.aid.sickness?.caseRef == event.data.caseRef && state.aid.sickness?.isAsked == true
                    }
                ],
                handle: { state, event, effects in
                    try Self.paySickness(event.data.amount ?? 0, &state, &effects)
                }),
            AidSources.river(of: Self.self, answering: InsuranceAidIncome.self) { state, period in
                var facts = state.aid.paid.facts(in: period)
                if let sickness = state.aid.sickness, period.touches(sickness.from, sickness.to) {
                    facts.append(
                        AidFact(
                            fact: sickness.decidedOn == nil ? .applied : .granted, benefit: .sicknessBenefit,
                            from: sickness.from, to: sickness.to))
                }
                return facts
            },
        ]
    }

    static let retroactivePurpose = Purpose(known: "retroactive")

    /// The claim is decided to the end of the month before; where social services ask, they are asked first what they paid.
    static func decideSickness(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard var sickness = state.aid.sickness, sickness.decidedOn == nil, !state.death.holds else { return }
        let to = Month(of: effects.today).adding(months: -1).lastDay
        sickness.to = to
        sickness.decidedOn = effects.today
        try effects.publish(
            BenefitDecision(
                benefit: .sicknessBenefit, outcome: .granted, from: sickness.from, to: to,
                payees: [Payee(person: effects.subject, share: 100)]))
        guard let claim = sickness.claim else {
            state.aid.sickness = sickness
            return try paySickness(0, &state, &effects)
        }
        sickness.isAsked = true
        state.aid.sickness = sickness
        try effects.publish(
            InsuranceAidPaidNeed(
                caseRef: sickness.caseRef, facts: ["amount"], asked: [claim.party], person: effects.subject,
                answerTo: effects.subject, from: sickness.from, to: to, benefit: .sicknessBenefit),
            about: claim.answerTo, purpose: retroactivePurpose)
        try effects.set(
            Tile(
                .aidLateIncome, .awaitingAgency,
                "Du får sjukpenning för \(period(sickness.from, to)). Vi frågar kommunen om bistånd för samma tid innan vi "
                    + "betalar.", other: claim.party))
    }

    /// `13 april–31 maj 2026`
    private static func period(_ from: Day, _ to: Day) -> String {
        "\(SwedishText.shortDay(from))–\(SwedishText.day(to))"
    }

    /// - Parameter aid: SEK that social services have paid for the same time.
    private static func paySickness(
        _ aid: Int, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        guard let sickness = state.aid.sickness, let to = sickness.to else { return }
        state.aid.sickness?.isAsked = false
        let whole = effects.rules.sicknessBenefit(
            yearlyIncome: sickness.yearlyIncome, from: sickness.from, to: to)
        // Nothing goes to social services where no more than a thousand is left.
        let theirs = whole > effects.value(of: AidPaymentRules.least) ? min(whole, aid) : 0
        let day = SwedishCalendar.adding(workingDays: 1, to: effects.today)
        let by = effects.rules.reviewDeadline(decided: effects.today)
        if theirs > 0, let claim = sickness.claim, let payee = Subject(text: "\(claim.party)") {
            try publish(theirs, to: payee, sickness.from, to, day, &effects)
            try effects.set(
                Tile(
                    .aidLateIncome, .decided,
                    "\(InsuranceRules.kronor(theirs)) i sjukpenning betalas \(SwedishText.day(day)) till "
                        + "\(Municipalities.body(code: claim.party.code ?? "")), för att ni fick bistånd samma tid. Begär "
                        + "omprövning senast \(SwedishText.day(by)).", reviewBy: by))
        }
        guard whole > theirs else { return }
        try publish(whole - theirs, to: effects.subject, sickness.from, to, day, &effects)
        guard sickness.claim != nil else { return }
        let why = theirs == 0 ? "Kommunen får inget av den." : "Resten går till kommunen."
        try effects.set(
            Tile(
                .aidLateIncome, .decided,
                "\(InsuranceRules.kronor(whole - theirs)) i sjukpenning betalas \(SwedishText.day(day)) till dig. \(why) Begär "
                    + "omprövning senast \(SwedishText.day(by)).", reviewBy: by))
    }

    private static func publish(
        _ amount: Int, to payee: Subject, _ from: Day, _ to: Day, _ day: Day, _ effects: inout Effects<Timer>
    ) throws {
        try effects.publish(
            InsurancePayment(
                benefit: .sicknessBenefit, from: from, to: to, amount: amount, kind: .paid, payee: payee, paidOn: day))
    }
}

/// The rules of a benefit in arrears.
enum AidPaymentRules {
    static let retroactive = LegalRule(
        "A11", "of a benefit in arrears at most what was paid for the same time goes to social services",
        source: "SFB 107:5; forsakringskassan.se, för kommuner")
    static let least = DatedRule(
        "retroactive-least", "A11", "social services get it where more is left than", .kronor,
        [.since(2011, 1, 1, 1_000)], source: "SFB 107:5")
    static let dayShare = DatedRule(
        "sickness-income-share", "A20", "of the income sickness benefit is so much", .thousandths,
        [.since(2011, 1, 1, 776)], source: "SFB 28:7, 28:11: 80 % of 0.97")
    static let workDays = DatedRule(
        "sickness-work-days", "A20", "a year's income is parted on so many working days", .days,
        [.since(2011, 1, 1, 260)], source: "SFB 28:10", mark: .likely)
    /// In the order of their numbers.
    static let all = [AidSources.list, retroactive, least.legal, dayShare.legal, workDays.legal]
}

extension RuleValues {
    /// Sickness benefit, SEK, of the weekdays from a day to another.
    func sicknessBenefit(yearlyIncome: Int, from: Day, to: Day) -> Int {
        let share = value(of: AidPaymentRules.dayShare, on: from)
        let days = 1_000 * value(of: AidPaymentRules.workDays, on: from)
        let daily = (2 * yearlyIncome * share + days) / (2 * days)
        var sum = 0
        var day = from
        while day <= to {
            if day.weekday < .saturday { sum += daily }
            day = day.adding(days: 1)
        }
        return sum
    }
}

extension ForsakringskassanCase {
    /// What is told to social services, and a benefit in arrears.
    struct AidMemory: CasePart {
        /// A claim of sickness benefit that is not decided when the run begins.
        struct Sickness: Codable, Equatable, Sendable {
            var caseRef: String
            var from: Day
            var to: Day?
            /// SEK.
            var yearlyIncome: Int
            var decidedOn: Day?
            /// Who asks for it, and on whose case.
            var claim: Claim?
            var isAsked = false
            var cause: Cause
        }

        struct Claim: Codable, Equatable, Sendable {
            var party: AgencyID
            var answerTo: Subject
        }

        var paid = PaidBenefits()
        var sickness: Sickness?
    }
}
