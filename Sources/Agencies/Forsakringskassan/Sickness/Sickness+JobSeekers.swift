import AgencyKit
import LifeEvents

/// Who has no employer reports illness on the first day: a job-seeker, of whom Arbetsförmedlingen is asked (S36 to S41).
extension ForsakringskassanSickness {
    var jobSeekers: [River<Self>] {
        [
            River(
                "take a sick report of who has no employer", hears: SickReport.self,
                under: [SicknessRules.report, JobSeekerSicknessRules.before.legal],
                mine: [
                    Self.isAlive(SickReport.self),
                    Condition("is one's own") { _, event in event.data.employer == nil },
                    Condition("is not of a period that is reported") { state, event in
                        event.isNew && !(state.period.isOpen && state.period.report.holds)
                    },
                ],
                whole: [
                    Condition("is filed by who is ill") { state, event in
                        Self.mayFile(event.data.filedBy, state, for: event.subject)
                    }
                ], handle: Self.takeOwnReport),
            River(
                "hear whether who is ill is a job-seeker", hears: JobSeekerAnswer.self,
                under: [JobSeekerSicknessRules.registered.legal, JobSeekerSicknessRules.income],
                handle: { state, event, _ in
                    guard case .complete = state.period.jobSeeker.take(event) else { return }
                    state.period.registeredFrom = event.data.registeredFrom
                }),
            River(
                "know a fund that asks about benefits", hears: FundBenefitsNeed.self,
                under: [InsuranceFundRules.benefits],
                mine: [
                    Condition("asks for a claim of unemployment benefit") { state, event in
                        event.refusal(purpose: UnemploymentRules.purpose, hasCase: true) == nil
                            && event.source.map { !state.funds.contains($0) } ?? false
                    }
                ], handle: { state, event, _ in if let asker = event.source { state.funds.append(asker) } }),
        ]
    }

    private static func takeOwnReport(
        _ state: inout Case, _ event: Event<SickReport>, _ effects: inout Effects<Timer>
    ) throws {
        reopen(&state, from: event.data.firstSickDay, effects.rules)
        guard state.period.stage.after(.report) != nil else { return }
        state.period.isOwn = true
        state.period.isBusiness = event.data.business == true
        state.period.report = ChainHead(event)
        state.period.reporter = event.data.filedBy
        state.period.reportedOn = event.knownOn
        state.period.firstDay = event.data.firstSickDay
        state.period.take(.report)
        if !state.period.isBusiness {
            try effects.ask(
                InsuranceJobSeekerNeed(
                    caseRef: state.period.caseRef, facts: ["registeredFrom", "registeredTo", "extent", "programmes"],
                    asked: [AgencyID(.arbetsformedlingen)], by: effects.today), for: SicknessRules.purpose,
                in: &state.period.jobSeeker)
        }
        let last = InsuranceRules.lastDay(effects.value(of: SicknessRules.application), after: effects.today)
        effects.setTimer(.lapse, at: effects.midnight(after: last))
        let eighth = state.period.freeDays(effects.rules).map { $0.adding(days: 1) } ?? last
        try tell(
            .awaitingCitizen,
            "Du har anmält att du är sjuk från \(SwedishText.day(event.data.firstSickDay)). Ansök om sjukpenning senast "
                + "\(SwedishText.day(last)), annars stänger vi anmälan. Är du sjuk \(SwedishText.day(eighth)) behövs läkarintyg",
            deadline: last, &effects)
    }

    /// Whom a decision concerns besides: funds that have asked, and who keeps the job-seeker on its list.
    static func told(_ state: Case) -> [AgencyID]? {
        let all = (state.period.registeredFrom == nil ? [] : [AgencyID(.arbetsformedlingen)]) + state.funds
        return all.isEmpty ? nil : all
    }

    /// The first day that can be paid.
    static func firstPaid(_ state: Case, from firstDay: Day, _ rules: RuleValues) -> Day {
        guard state.period.isOwn else {
            return firstDay.adding(days: rules.value(of: SicknessRules.sickPay, on: firstDay))
        }
        let before = rules.value(of: JobSeekerSicknessRules.before, on: firstDay)
        let reported = (state.period.reportedOn ?? firstDay).adding(days: -before)
        let first = max(firstDay, reported)
        guard !state.period.isBusiness else {
            return first.adding(days: businessWaiting(state, from: firstDay, rules))
        }
        guard state.period.registeredFrom != nil else {
            return max(first, firstDay.adding(days: rules.value(of: JobSeekerSicknessRules.registered, on: firstDay)))
        }
        return first.adding(days: rules.value(of: JobSeekerSicknessRules.waiting, on: firstDay))
    }
}

extension SicknessCase.SickPeriod {
    /// The last day for which who reports illness needs no certificate; nil: every day needs one.
    func freeDays(_ rules: RuleValues) -> Day? {
        guard isOwn, let firstDay else { return nil }
        return firstDay.adding(days: rules.value(of: JobSeekerSicknessRules.certificate, on: firstDay) - 2)
    }

    /// Whether an application can do without a certificate.
    func isFree(_ claim: Claim, _ rules: RuleValues) -> Bool { freeDays(rules).map { claim.to <= $0 } ?? false }

    /// SEK of a whole day; at most so much for a job-seeker.
    func wholeDay(_ yearlyIncome: Int, on firstDay: Day, _ rules: RuleValues) -> Int {
        let whole = rules.sicknessDay(yearlyIncome: yearlyIncome, on: firstDay)
        return isOwn && !isBusiness ? min(whole, rules.value(of: JobSeekerSicknessRules.most, on: firstDay)) : whole
    }

    /// The month before which incomes are looked at: for a job-seeker that of the registration (S41).
    var incomeMonth: Month? { firstDay.map { Month(of: min(registeredFrom ?? $0, $0)) } }
}

/// The rules of sickness benefit for who has no employer.
enum JobSeekerSicknessRules {
    static let before = DatedRule(
        "sick-report-before", "S36", "who has no employer is paid for at most so many days before the report", .days,
        [.since(2013, 7, 1, 7)], source: "SFB 27:17")
    static let waiting = DatedRule(
        "sick-waiting-days", "S37", "and waits for so many days", .days, [.since(2019, 1, 1, 1)],
        source: "SFB 27:27; one whole day assumed", mark: .assumption)
    static let most = DatedRule(
        "sickness-job-seeker-most", "S38", "a job-seeker is paid a day at most", .kronor, [.since(2018, 1, 1, 543)],
        source: "SFB 28:11")
    static let registered = DatedRule(
        "sick-registered-days", "S39",
        "who has no employer and is not registered as a job-seeker is paid nothing for the first", .days,
        [.since(2018, 1, 1, 14)], source: "SFB 28:6")
    static let certificate = DatedRule(
        "sick-certificate-day", "S40", "who has no employer needs a certificate from day", .count,
        [.since(2013, 7, 1, 8)], source: "SFB 27:25")
    static let income = LegalRule(
        "S41", "a job-seeker keeps the income from before the registration", source: "SFB 26:9, 26:13", mark: .likely)
    static let all: [LegalRule] = [
        before.legal, waiting.legal, most.legal, registered.legal, certificate.legal, income,
    ]
}
