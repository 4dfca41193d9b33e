import AgencyKit
import LifeEvents

/// What was wrong from the start, and what the insured says of what is to be decided.
extension ForsakringskassanSickness {
    var corrections: [River<Self>] {
        [
            River(
                "move the first day of a report", hears: SickReport.self,
                under: [SicknessRules.report, SicknessRules.goodFaith],
                mine: [
                    Self.isAlive(SickReport.self),
                    Condition("corrects the report that we hold") { state, event in
                        event.corrects(state.period.report)
                    },
                ],
                whole: [
                    Condition("is said by who reported") { state, event in
                        event.data.filedBy == state.period.reporter
                    }
                ], handle: Self.moveFirstDay),
            River(
                "take back a certificate", hears: Annulled<MedicalCertificate>.self,
                under: [SicknessRules.certificate.legal],
                mine: [
                    Condition("annuls a certificate that we hold") { state, event in
                        state.period.certificates.contains { event.annuls($0.chain) }
                    }
                ], handle: Self.dropCertificate),
            River(
                "hear the insured", hears: InsuranceStatement.self, under: [SicknessRules.hearing.legal],
                mine: [
                    Condition("answers what we have put to the insured") { state, event in
                        state.period.stage == .hearing && event.data.caseRef == state.period.caseRef
                    }
                ],
                whole: [Condition("is filed by who is ill") { _, event in event.data.filedBy == event.subject }],
                handle: { state, event, effects in
                    let day = SwedishCalendar.adding(workingDays: 1, to: effects.today)
                    effects.setTimer(.hearing, at: Stockholm.instant(day, hour: 8))
                    try Self.tell(
                        .investigating, "Vi har ditt svar. Beslut väntas \(SwedishText.day(day))", expected: day,
                        &effects)
                }),
        ]
    }

    private static func moveFirstDay(
        _ state: inout Case, _ event: Event<SickReport>, _ effects: inout Effects<Timer>
    ) throws {
        try state.period.report.take(event)
        let first = event.data.firstSickDay
        let from = first.adding(days: effects.value(of: SicknessRules.sickPay))
        state.period.firstDay = first
        setChainTimer(state, &effects)
        let day = SwedishText.day(first)
        guard let granted = state.period.spans.first?.from, granted < from else {
            return try tell(.corrected, "Rättat: du är sjuk från \(day)", &effects)
        }
        state.period.begin(on: from)
        // What was paid for the days before is not owed: who was paid had no reason to see it (S35).
        if let last = state.period.paid.last {
            let over = state.period.paid.reduce(0) { $0 + $1.amount } - state.period.due(to: last.to, effects.rules)
            if over > 0 { state.period.paid.append(.init(to: last.to, amount: -over)) }
        }
        if let last = state.period.spans.last { try publishDecision(last, &state, &effects) }
        try tell(
            .corrected,
            "Rättat: du är sjuk från \(day) och får sjukpenning från \(SwedishText.day(from)). Det som redan har betalats "
                + "behöver du inte betala tillbaka", &effects)
    }

    private static func dropCertificate(
        _ state: inout Case, _ event: Event<Annulled<MedicalCertificate>>, _ effects: inout Effects<Timer>
    ) throws {
        state.period.certificates.removeAll { event.annuls($0.chain) }
        switch state.period.stage {
        case .notified:
            state.period = SicknessCase.SickPeriod()
            try tell(.corrected, "Rättat: läkarintyget gäller inte. Vi har tagit bort det", &effects)
        case .investigating:
            // It is looked for anew, as with an application of today.
            state.period.claim?.filedOn = effects.today
            effects.setTimer(.certificate, at: InsuranceRules.morning(1, after: effects.today))
        case .paying where state.period.certificates.isEmpty:
            try hear(.noCertificate, "läkarintyget har tagits tillbaka", &state, &effects)
        case .none, .reported, .awaitingCertificate, .awaitingRegion, .paying, .hearing, .rejected, .closed, .ended:
            break
        }
    }
}
