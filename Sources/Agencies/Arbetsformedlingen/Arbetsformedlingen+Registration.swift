import AgencyKit
import LifeEvents

/// The rules of who is registered as a job-seeker.
enum JobSeekerRules {
    static let register = LegalRule(
        "UN40", "a job-seeker is registered from the first day; nothing is paid for days before",
        source: "ALF 2:1; ka.se")
    static let plan = DatedRule(
        "job-seeker-plan", "UN41", "a plan is made within, from the registration", .days, [.since(2022, 1, 1, 30)],
        source: "förordning (2000:628) 6 §")
    static let report = DatedRule(
        "activity-report", "UN42",
        "a month's activities are reported by this day of the next; it is not moved by a weekend [A]", .dayOfMonth,
        [.since(2013, 9, 1, 14)], source: "förordning (2000:628) 6 a §; arbetsformedlingen.se")
    static let deviation = LegalRule(
        "UN43", "the fund is told of a deviation without delay, and the job-seeker at the same time",
        source: "ALFF 15-16 §§")
    static let silence = DatedRule(
        "job-seeker-silence", "UN44", "who is not heard of is no longer registered after", .days,
        [.since(2026, 1, 1, 60)], source: "none", mark: .assumption)
    static let answers = LegalRule(
        "UN45", "a fund with a claim is told since when a job-seeker is registered, and of programmes",
        source: "ALFF 15 §")

    /// In the order of their numbers.
    static let all: [LegalRule] = [
        register, plan.legal, report.legal, deviation, silence.legal, answers, AkassaRules.answer.legal,
    ]
}

/// A job-seeker registers, makes a plan and reports each month; what is not done is told to the fund that has asked.
extension Arbetsformedlingen {
    var registrations: [River<Self>] {
        [
            River(
                "register a job-seeker", hears: JobSeekerFiling.self,
                under: [JobSeekerRules.register, JobSeekerRules.plan.legal, JobSeekerRules.silence.legal],
                mine: [
                    Condition("is not registered") { state, _ in !state.isActive },
                    Condition("is not called to the introduction") { state, _ in !state.introduction.isCalled },
                ],
                whole: [
                    Condition("is filed by the job-seeker") { _, event in event.data.filedBy == event.subject },
                    Condition("is not from a day that is over") { _, event in event.data.from >= event.knownOn },
                    Condition("is of somebody alive") { state, _ in !state.death.holds },
                ], handle: Self.register),
            River(
                "answer a fund since when there is a registration", hears: FundJobSeekerNeed.self,
                under: [JobSeekerRules.answers, JobSeekerRules.report.legal], handle: Self.answerFund),
            River(
                "note that a plan is made", hears: JobPlanFiling.self, under: [JobSeekerRules.plan.legal],
                mine: [
                    Condition("is a job-seeker without a plan") { state, _ in state.isActive && !state.duty.hasPlan }
                ],
                whole: [
                    Condition("is filed by the job-seeker") { _, event in event.data.filedBy == event.subject }
                ],
                handle: { state, _, effects in
                    state.duty.hasPlan = true
                    effects.cancelTimer(.plan)
                    Self.hear(&effects)
                    let month = state.duty.next ?? Month(of: effects.today)
                    try effects.set(
                        Tile(
                            .employmentService, .ongoing,
                            "Din planering är klar. Nästa steg: aktivitetsrapport för \(Self.window(month, effects))",
                            next: month.next.firstDay))
                }),
            River(
                "take a month's report", hears: ActivityReport.self, under: [JobSeekerRules.report.legal],
                mine: [
                    Condition("is a job-seeker whose reports are asked for") { state, _ in
                        state.isActive && state.duty.next != nil
                    },
                    Condition("is not reported already") { state, event in
                        !state.duty.reported.contains(event.data.month)
                    },
                ],
                whole: [
                    Condition("is filed by the job-seeker") { _, event in event.data.filedBy == event.subject },
                    Condition("is of a month that is over") { _, event in
                        event.data.month < Month(of: event.knownOn)
                    },
                ], handle: Self.takeReport),
        ]
    }

    private static func register(
        _ state: inout Case, _ event: Event<JobSeekerFiling>, _ effects: inout Effects<Timer>
    ) throws {
        let extent = event.data.extent ?? 100
        // A fund that has asked before is told.
        let askers = state.askers.isEmpty ? nil : state.askers
        let id = try effects.publish(
            JobSeekerRegistration(from: event.data.from, extent: extent, concerns: askers),
            occurredOn: event.data.from)
        state.registration = .init(chain: ChainHead(id), from: event.data.from, extent: extent, concerns: askers)
        state.duty = .init()
        if askers != nil {
            state.duty.next = Month(of: event.data.from)
            setReportTimer(Month(of: event.data.from), &effects)
        }
        let plan = event.data.from.adding(days: effects.value(of: JobSeekerRules.plan))
        effects.setTimer(.plan, at: Stockholm.instant(plan.adding(days: 1)))
        state.duty.isFollowed = true
        hear(&effects)
        try effects.set(
            Tile(
                .employmentService, .investigating,
                "Du är inskriven från \(SwedishText.day(event.data.from)). Nästa steg: din planering ska vara klar senast "
                    + SwedishText.day(plan), expected: plan))
    }

    /// The job-seeker has been heard of.
    static func hear(_ effects: inout Effects<Timer>) {
        let day = effects.today.adding(days: effects.value(of: JobSeekerRules.silence))
        effects.setTimer(.silence, at: Stockholm.instant(day.adding(days: 1)))
    }

    /// `juli 2026, 1–14 augusti 2026`
    private static func window(_ month: Month, _ effects: Effects<Timer>) -> String {
        let last = month.next.firstDay.adding(days: effects.value(of: JobSeekerRules.report) - 1)
        return "\(Akassa.named(month)), 1–\(SwedishText.day(last))"
    }

    private static func answerFund(
        _ state: inout Case, _ event: Event<FundJobSeekerNeed>, _ effects: inout Effects<Timer>
    ) throws {
        guard let asker = event.source else { return }
        if let refusal = event.refusal(purpose: UnemploymentRules.purpose, hasCase: true) {
            try effects.publish(
                JobSeekerAnswer(caseRef: event.data.caseRef, asker: asker, status: .refused, refusal: refusal),
                purpose: event.purpose)
            return
        }
        if !state.askers.contains(asker) { state.askers.append(asker) }
        guard let registration = state.registration, state.isActive else {
            try effects.publish(
                JobSeekerAnswer(
                    caseRef: event.data.caseRef, asker: asker, status: .unknown, missing: ["registeredFrom"]),
                purpose: event.purpose)
            return
        }
        // Reports are asked for once a fund pays for seeking work: an opening registration has no timer before [A].
        if state.duty.next == nil {
            let month = max(Month(of: registration.from), Month(of: effects.today))
            state.duty.next = month
            setReportTimer(month, &effects)
        }
        try effects.publish(
            JobSeekerAnswer(
                caseRef: event.data.caseRef, asker: asker, status: .answered, registeredFrom: registration.from,
                extent: registration.extent, programmes: state.programmePeriods), purpose: event.purpose)
    }

    /// 00:00 after the last day to report a month.
    private static func setReportTimer(_ month: Month, _ effects: inout Effects<Timer>) {
        effects.setTimer(
            .report,
            at: Stockholm.instant(month.next.firstDay.adding(days: effects.value(of: JobSeekerRules.report))))
    }

    private static func takeReport(
        _ state: inout Case, _ event: Event<ActivityReport>, _ effects: inout Effects<Timer>
    ) throws {
        let month = event.data.month
        state.duty.reported.append(month)
        if state.duty.reported.count > 24 { state.duty.reported.removeFirst() }
        hear(&effects)
        let wasLate = state.duty.next.map { month < $0 } ?? false
        let next = max(state.duty.next ?? month.next, month.next)
        let how =
            wasLate
            ? "Rapporten för \(Akassa.named(month)) kom för sent. A-kassan avgör"
            : "Rapporten för \(Akassa.named(month)) har kommit in"
        try effects.set(
            Tile(
                .employmentService, .ongoing, "\(how). Nästa: rapport för \(window(next, effects))",
                next: next.next.firstDay))
    }

    /// Nobody has made a plan in time.
    static func planDue(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.isActive, !state.duty.hasPlan else { return }
        try deviate(&state, .noPlan, "Din planering är inte klar", "Boka ett möte snarast", &effects)
    }

    /// The last day to report has passed.
    static func reportDue(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.isActive, let month = state.duty.next else { return }
        state.duty.next = month.next
        setReportTimer(month.next, &effects)
        guard !state.duty.reported.contains(month), !state.isSick(in: month) else { return }
        try deviate(
            &state, .missedReport, "Rapporten för \(Akassa.named(month)) saknas", "Lämna den snarast", &effects)
    }

    private static func deviate(
        _ state: inout Case, _ kind: DeviationKind, _ what: String, _ ask: String, _ effects: inout Effects<Timer>
    ) throws {
        // In a programme deviations are the agency's own to decide, and no fund is told.
        let missed = effects.today.adding(days: -1)
        if state.programme.covers(missed) {
            guard state.programme.hearing == .clean else { return }
            return try miss(missed, &state, &effects)
        }
        guard let funds = state.funds, !funds.isEmpty else { return }
        try effects.publish(DeviationNotice(kind: kind, date: effects.today.adding(days: -1), concerns: funds))
        let day = SwedishCalendar.lastDayMoved(effects.today.adding(days: effects.value(of: AkassaRules.answer)))
        try effects.set(
            Tile(
                .employmentService, .awaitingCitizen,
                "\(what) och vi har meddelat a-kassan. \(ask) och svara a-kassan senast \(SwedishText.day(day))",
                deadline: day))
    }

    /// Nobody has heard of the job-seeker.
    static func silenceDue(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard var registration = state.registration, state.isActive else { return }
        let last = effects.today.adding(days: -1)
        try effects.cease(
            JobSeekerRegistration(
                from: registration.from, extent: registration.extent, reason: .lostContact, concerns: state.funds),
            in: &registration.chain, occurredOn: last)
        state.registration = registration
        try endProgramme(&state, on: last, &effects)
        try effects.set(
            Tile(
                .employmentService, .stopped,
                "Du är utskriven från \(SwedishText.day(effects.today)), eftersom vi inte har hört av dig. Skriv in dig igen "
                    + "första dagen du söker arbete"))
    }
}
