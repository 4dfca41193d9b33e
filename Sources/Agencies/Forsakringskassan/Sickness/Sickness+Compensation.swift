import AgencyKit
import LifeEvents

/// Sickness compensation (sjukersättning) for whose ability is lastingly reduced when all has been tried: applied for, decided
/// in 80 working days, and paid from a month in place of sickness benefit (S55 to S57).
extension ForsakringskassanSickness {
    var compensations: [River<Self>] {
        [
            River(
                "take an application for sickness compensation", hears: BenefitApplication.self,
                under: [LastingRules.handling.legal, LastingRules.right],
                mine: [
                    Self.isAlive(BenefitApplication.self),
                    Condition("is for sickness compensation") { _, event in event.data.benefit == .sicknessCompensation
                    },
                    Condition("has none, and has not applied") { state, _ in
                        state.lasting.stage.after(.filed) != nil
                    },
                ],
                whole: [
                    Condition("is filed by who is ill") { state, event in
                        Self.mayFile(event.data.filedBy, state, for: event.subject)
                    }
                ],
                handle: { state, event, effects in
                    guard state.lasting.take(.filed) else { return }
                    let day = SwedishCalendar.adding(
                        workingDays: effects.value(of: LastingRules.handling), to: effects.today)
                    let back = Month(of: effects.today).adding(months: -effects.value(of: LastingRules.back))
                    state.lasting.from = max(Month(of: event.data.from), back)
                    effects.setTimer(.compensation, at: Stockholm.instant(day, hour: 8))
                    try Self.tell(
                        .investigating,
                        "Din ansökan om sjukersättning har kommit in. Beslut väntas \(SwedishText.day(day))",
                        expected: day,
                        &effects)
                }),
            River(
                "tell that sickness compensation is paid", hears: InsurancePayment.self,
                under: [CompensationRules.payday],
                mine: [
                    Condition("is the first payment of a compensation that was decided here") { state, event in
                        event.data.benefit == .sicknessCompensation && state.lasting.stage == .granted
                            && !state.lasting.isTold
                    }
                ],
                handle: { state, event, effects in
                    state.lasting.isTold = true
                    let born = state.lasting.birthDate
                    let next = CompensationRules.payday(of: Month(of: effects.today).next, born: born)
                    try Self.tell(
                        .ongoing, "Sjukersättningen betalas ut i dag. Nästa gång \(SwedishText.day(next))", next: next,
                        &effects)
                }),
            River(
                "know the day of payment of a compensation", hears: CompensationAccount.self,
                under: [CompensationRules.payday],
                handle: { state, event, _ in state.lasting.birthDate = event.data.birthDate }),
        ]
    }

    /// The day of the decision, or the end of the hearing.
    static func decideCompensation(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard !state.death.holds, let asked = state.lasting.from else { return }
        let review = effects.rules.reviewDeadline(decided: effects.today)
        let tail = "Begär omprövning senast \(SwedishText.day(review))"
        guard let degree = state.lasting.degree else { return try refuseCompensation(&state, asked, tail, &effects) }
        guard state.lasting.take(.granted) else { return }
        // Where sickness benefit is paid it goes on to the month's end, and nothing is paid twice.
        let isPaid = state.period.isOpen && state.period.lastDay.map { $0 >= effects.today } == true
        let from = isPaid ? Month(of: effects.today).next : asked
        try effects.publish(
            BenefitDecision(
                benefit: .sicknessCompensation, outcome: .granted, from: from.firstDay, degree: degree,
                payees: [Payee(person: effects.subject, share: 100)], concerns: [AgencyID(.pensionsmyndigheten)]))
        let last = from.firstDay.adding(days: -1)
        if isPaid { try end(after: min(last, state.period.lastDay ?? last), &state, &effects) }
        try tell(
            .decided,
            "Du får \(degreeWord(degree)) sjukersättning från \(SwedishText.month(from)) \(from.year)"
                + (isPaid ? ". Sjukpenningen slutar efter \(SwedishText.day(last))" : "") + ". \(tail)",
            reviewBy: review,
            &effects)
    }

    private static func refuseCompensation(
        _ state: inout Case, _ asked: Month, _ tail: String, _ effects: inout Effects<Timer>
    ) throws {
        let why = "din arbetsförmåga inte är stadigvarande nedsatt"
        if state.lasting.take(.heard) {
            let last = InsuranceRules.lastDay(effects.value(of: SicknessRules.hearing), after: effects.today)
            effects.setTimer(.compensation, at: effects.midnight(after: last))
            return try tell(
                .awaitingCitizen,
                "Vi tänker avslå din ansökan om sjukersättning eftersom \(why). Svara senast \(SwedishText.day(last)). Annars "
                    + "beslutar vi ändå", deadline: last, &effects)
        }
        guard state.lasting.take(.rejected) else { return }
        try effects.publish(
            BenefitDecision(
                benefit: .sicknessCompensation, outcome: .rejected, from: asked.firstDay, payees: []))
        try tell(.decided, "Du får inte sjukersättning eftersom \(why). \(tail)", &effects)
    }
}

extension SicknessCase {
    /// A sickness compensation from the application on.
    struct Lasting: CasePart {
        enum Stage: String, Codable, Sendable {
            case none, applied, hearing, granted, rejected

            /// Where a trigger leads; nil: it does nothing here.
            func after(_ trigger: Trigger) -> Stage? {
                switch (self, trigger) {
                case (.none, .filed), (.rejected, .filed): .applied
                case (.applied, .heard): .hearing
                case (.applied, .granted), (.hearing, .granted): .granted
                case (.hearing, .rejected): .rejected
                default: nil
                }
            }
        }

        enum Trigger: Sendable { case filed, heard, granted, rejected }

        private(set) var stage = Stage.none
        /// The first month that is asked for, at most some back.
        var from: Month?
        /// How much of the ability an officer has found to be lastingly reduced, percent; nil: nothing is found.
        var degree: Int?
        var birthDate: Day?
        /// Whether the first payment has been told.
        var isTold = false

        init() {}

        /// The one place where it moves.
        @discardableResult
        mutating func take(_ trigger: Trigger) -> Bool {
            guard let next = stage.after(trigger) else { return false }
            stage = next
            return true
        }
    }
}

/// The rules of sickness compensation from its application to its first month.
enum LastingRules {
    static let right = LegalRule(
        "S55", "there is a right where the ability is lastingly reduced by a quarter at least and all has been tried",
        source: "SFB 33:6-7")
    static let handling = DatedRule(
        "compensation-deciding", "S56", "an application for sickness compensation is decided in", .workingDays,
        [.since(2026, 1, 1, 80)], source: "none", mark: .assumption)
    static let back = DatedRule(
        "compensation-months-back", "S57",
        "sickness compensation is paid for at most so many months before the application",
        .months, [.since(2011, 1, 1, 3)], source: "SFB 33:6-17, 36:25")
    static let all: [LegalRule] = [right, handling.legal, back.legal]
}
