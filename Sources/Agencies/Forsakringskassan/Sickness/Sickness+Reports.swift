import AgencyKit
import LifeEvents

/// What begins a sick period: a doctor's certificate, and the employer's report.
extension ForsakringskassanSickness {
    var certificates: [River<Self>] {
        [
            River(
                "take a certificate of illness", hears: MedicalCertificate.self,
                under: [SicknessRules.certificate.legal],
                mine: [
                    Self.isAlive(MedicalCertificate.self),
                    Condition("is of illness, from a day to another") { _, event in
                        event.data.certificateType == .sickness && event.data.from != nil && event.data.to != nil
                    },
                    Condition("is not one we have") { state, event in
                        event.isNew && !state.period.certificates.contains { $0.contentRef == event.data.contentRef }
                    },
                ], handle: Self.takeCertificate)
        ]
    }

    var reports: [River<Self>] {
        [
            River(
                "take an employer's sick report", hears: SickReport.self, under: [SicknessRules.report],
                mine: [
                    Self.isAlive(SickReport.self),
                    Condition("is an employer's") { _, event in event.data.employer != nil },
                    Condition("is not of a period that is reported") { state, event in
                        event.isNew && !(state.period.isOpen && state.period.report.holds)
                    },
                ],
                handle: { state, event, effects in
                    guard let employer = event.data.employer else { return }
                    try Self.ask(
                        .reported(event.data, ChainHead(event)), of: event.data.filedBy, for: employer, .sickReport,
                        &state, &effects)
                })
        ]
    }

    private static func takeCertificate(
        _ state: inout Case, _ event: Event<MedicalCertificate>, _ effects: inout Effects<Timer>
    ) throws {
        guard let from = event.data.from, let to = event.data.to else { return }
        reopen(&state, from: from, effects.rules)
        if let replaced = event.data.replaces {
            state.period.certificates.removeAll { $0.contentRef == replaced }
        }
        state.period.certificates.append(
            .init(
                chain: ChainHead(event), from: from, to: to, degree: event.data.degree ?? 100,
                contentRef: event.data.contentRef, region: event.source))
        // What does not cover the first day that is applied for is kept, and waits for another.
        guard state.period.claim.map({ certificate(for: $0, state) != nil }) ?? true,
            state.period.stage != .hearing || state.period.ground == .noCertificate, state.period.take(.certificate)
        else { return }
        guard state.period.stage == .investigating else {
            state.period.firstDay = from
            let last = from.adding(days: effects.value(of: SicknessRules.sickPay) - 1)
            return try tell(
                .informed,
                "Vi har ditt läkarintyg. Är du sjuk efter \(SwedishText.day(last)) anmäler arbetsgivaren dig. Du gör inget nu",
                &effects)
        }
        effects.cancelTimer(.certificate)
        effects.cancelTimer(.hearing)
        guard state.period.claim != nil else {
            // What is paid already stands on it.
            state.period.ground = nil
            state.period.take(.grant)
            return try tell(.corrected, "Rättat: vi har ett nytt läkarintyg. Sjukpenningen fortsätter", &effects)
        }
        state.period.ground = nil
        let day = decisionDay(state, effects)
        state.period.claim?.decidesOn = day
        effects.setTimer(.decision, at: Stockholm.instant(day, hour: 8))
        try tellReceived(day, &effects)
    }

    /// The employer's report counts.
    static func takeReport(
        _ report: SickReport, _ chain: ChainHead, by employer: Subject, _ state: inout Case,
        _ effects: inout Effects<Timer>
    ) throws {
        reopen(&state, from: report.firstSickDay, effects.rules)
        state.period.employer = employer
        state.period.report = chain
        state.period.reporter = report.filedBy
        state.period.firstDay = report.firstSickDay
        if let claim = state.period.claim {
            // The insured has applied already.
            try askPlan(&state, effects.needDay(before: claim.decidesOn), &effects)
            setChainTimer(state, &effects)
            return try tellReceived(claim.decidesOn, &effects)
        }
        guard state.period.take(.report) else { return }
        let from = report.firstSickDay.adding(days: effects.value(of: SicknessRules.sickPay))
        let last = InsuranceRules.lastDay(effects.value(of: SicknessRules.application), after: effects.today)
        effects.setTimer(.lapse, at: effects.midnight(after: last))
        try tell(
            .awaitingCitizen,
            "Arbetsgivaren har anmält att du är sjuk. Ansök om sjukpenning från \(SwedishText.day(from)) senast "
                + "\(SwedishText.day(last)), annars stänger vi anmälan", deadline: last, &effects)
    }

    /// Nobody has applied in time.
    static func lapse(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.period.take(.lapse) else { return }
        try tell(
            .done, "Vi har stängt anmälan eftersom ingen ansökan kom. Är du fortfarande sjuk kan du ansöka här",
            &effects)
    }

    /// A period that is over goes on where the new one is near it (S16), and else another begins (S17).
    static func reopen(_ state: inout Case, from day: Day, _ rules: RuleValues) {
        guard !state.period.isOpen, state.period.stage != .none else { return }
        guard state.period.stage == .ended, let last = state.period.lastDay else {
            return state.period.renew(before: 0)
        }
        let between = last.distance(to: day) - 1
        guard between >= rules.value(of: SicknessRules.relapse, on: day) else { return }
        let counts = between < rules.value(of: SicknessRules.adding, on: day)
        state.period.renew(before: counts ? state.period.number(of: last) ?? 0 : 0)
    }

    /// The day on which an application that is whole from today is decided.
    static func decisionDay(_ state: Case, _ effects: Effects<Timer>) -> Day {
        let rule = state.period.spans.isEmpty ? SicknessRules.deciding : SicknessRules.extending
        return SwedishCalendar.adding(workingDays: effects.value(of: rule), to: effects.today)
    }

    static func tellReceived(_ day: Day, _ effects: inout Effects<Timer>) throws {
        try tell(
            .investigating, "Din ansökan har kommit in. Beslut väntas \(SwedishText.day(day))", expected: day, &effects)
    }
}

extension Effects<ForsakringskassanSickness.Timer> {
    /// 00:00 after a last day.
    func midnight(after day: Day) -> Instant { Stockholm.instant(day.adding(days: 1)) }

    /// Until when an answer is of use (S7).
    func needDay(before decision: Day) -> Day {
        SwedishCalendar.adding(workingDays: -value(of: SicknessRules.needDays), to: decision)
    }
}
