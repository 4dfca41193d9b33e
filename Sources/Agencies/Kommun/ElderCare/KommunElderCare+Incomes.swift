import AgencyKit
import LifeEvents

/// What a person says of the own income, for the fee of care: alone where nobody else is asked, and beside what the Pensions
/// Agency has answered where the two differ (E23). The Pensions Agency is not told.
extension KommunElderCare {
    var incomes: [River<Self>] {
        [
            River(
                "take what a person says of the own income", hears: CareIncomeStatement.self,
                under: [ElderCareRules.statement.legal, ElderCareRules.feeDecision.legal],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [Condition("has a fee, or is to have one") { state, _ in state.hasFee && !state.death.holds }],
                whole: [
                    Condition("is filed by the person, or who may act") { state, event in
                        state.mayAct(event.data.filedBy, for: event.subject, on: event.knownOn)
                    }
                ], handle: Self.takeStatement)
        ]
    }

    private static func takeStatement(
        _ state: inout Case, _ event: Event<CareIncomeStatement>, _ effects: inout Effects<Timer>
    ) throws {
        let own = Case.Income(pension: event.data.pension, supplement: event.data.housingSupplement ?? 0)
        let isRepeated = state.care.fee.own == own
        state.care.fee.own = own
        effects.cancelTimer(.careStatement)
        let lets = !state.care.permits.holders(to: effects.agency, .careFee, on: effects.today).isEmpty
        guard lets, let told = state.care.fee.told, told != own, !isRepeated else {
            if lets, state.care.fee.told == own { return try keepTold(&state, &effects) }
            // Alone, or stood by after both had been shown.
            count(own, &state, &effects)
            let day = SwedishCalendar.adding(
                workingDays: effects.value(of: ElderCareRules.feeDecision), to: effects.today)
            return try tell(
                Tile(
                    .careFee, .investigating,
                    "Vi har din inkomstuppgift. Besked om avgiften väntas \(SwedishText.day(day))", expected: day),
                state,
                &effects)
        }
        let last = SwedishCalendar.lastDayMoved(
            effects.today.adding(days: effects.value(of: ElderCareRules.statement)))
        effects.setTimer(.careStatement, at: KommunRules.instant(after: last))
        try tell(
            Tile(
                .careFee, .awaitingCitizen,
                "Pensionsmyndigheten uppger \(PensionRules.kronor(told.sum)) kr i månaden, du uppger "
                    + "\(PensionRules.kronor(own.sum)) kr. Lämna inkomstuppgift igen senast \(SwedishText.day(last)) om din "
                    + "stämmer, annars gäller Pensionsmyndighetens", deadline: last), state, &effects)
    }

    /// Nobody has stood by the own sum: the fee rests on what the Pensions Agency has answered.
    static func keepTold(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let told = state.care.fee.told, !state.death.holds else { return }
        state.care.fee.own = told
        try tell(
            Tile(
                .careFee, .decided,
                "Avgiften bygger på vad Pensionsmyndigheten uppger, \(PensionRules.kronor(told.sum)) kr "
                    + "i månaden, och ändras inte"), state, &effects)
    }
}

extension KommunElderCareCase {
    /// Whether there is a fee here, or a service that has one.
    var hasFee: Bool { hasOlderService || isOpen || care.fee.stage != .none }
}

extension ElderCareRules {
    static let statement = DatedRule(
        "care-fee-statement", "E23",
        "whose income is told otherwise than the Pensions Agency tells it says again what it is within", .days,
        [.since(2026, 1, 1, 14)], source: "förvaltningslagen 25 §; days assumed", mark: .assumption)
}
