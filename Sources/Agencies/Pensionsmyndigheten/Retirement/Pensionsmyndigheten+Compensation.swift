import AgencyKit
import LifeEvents

/// The pension after sickness compensation: Försäkringskassan tells when that ends, and nothing else of it (R17, R18).
extension Pensionsmyndigheten {
    var afterCompensation: [River<Self>] {
        [
            River(
                "hear when a sickness compensation ends", hears: BenefitDecision.self,
                under: [RetirementRules.unasked, RetirementRules.invited.legal],
                mine: [
                    Condition("is sickness compensation with its end") { _, event in
                        event.data.benefit == .sicknessCompensation && event.data.to != nil
                    },
                    Condition("has no old-age pension, and has not applied") { state, _ in
                        !state.hasPension(.oldAge) && state.retirement.stage != .applied && !state.isDead
                    },
                ], handle: Self.takeCompensation),
            River(
                "hear of a sickness compensation that was asked about", hears: InsuranceBenefitsAnswer.self,
                under: [RetirementRules.unasked],
                handle: { state, event, _ in
                    guard case .complete = state.compensation.inquiry.take(event) else { return }
                    let held = event.data.benefits?.first { $0.benefit == .sicknessCompensation }
                    state.compensation.degree = held.map { $0.degree ?? 100 }
                }),
            River(
                "take a wish for survivor cover", hears: PensionApplication.self,
                under: [RetirementRules.survivorCover.legal],
                mine: [
                    Condition("wants survivor cover") { _, event in
                        event.data.kind == .oldAge && event.data.survivorCover == true
                    },
                    Condition("has a pension that came unasked") { state, _ in state.compensation.coverBy != nil },
                ],
                whole: [
                    Self.filedByPensioner { $0.filedBy },
                    Condition("comes in time") { state, event in
                        state.compensation.coverBy.map { event.knownOn <= $0 } ?? false
                    },
                ],
                handle: { state, _, effects in
                    state.compensation.coverBy = nil
                    try effects.set(
                        Tile(.pension, .decided, "Din anmälan om efterlevandeskydd har kommit in i tid. Skyddet gäller")
                    )
                }),
        ]
    }

    /// Who has not reached the guide age may have sickness compensation, which goes before.
    static func askInsurance(
        _ state: inout Case, _ first: Month, _ born: Day, _ effects: inout Effects<Timer>
    ) throws {
        let guide = RetirementRules.month(of: PensionRules.guideAge, born: born, effects.rules)
        guard first < guide, state.compensation.degree == nil else { return }
        try effects.ask(
            PensionBenefitsNeed(
                caseRef: "old-age", facts: ["benefits"], asked: [AgencyID(.forsakringskassan)]),
            for: RetirementRules.purpose, in: &state.compensation.inquiry)
    }

    private static func takeCompensation(
        _ state: inout Case, _ event: Event<BenefitDecision>, _ effects: inout Effects<Timer>
    ) throws {
        guard let to = event.data.to else { return }
        let degree = event.data.degree ?? 100
        state.compensation.degree = degree
        state.compensation.first = Month(of: to).next
        guard degree == 100 else {
            let month = Month(of: to)
            let day =
                SwedishCalendar.isWorkingDay(month.firstDay)
                ? month.firstDay : SwedishCalendar.adding(workingDays: 1, to: month.firstDay)
            return effects.setTimer(.invite, at: Stockholm.instant(day, hour: 8))
        }
        effects.cancelTimer(.letter)
        state.retirement.first = Month(of: to).next
        state.retirement.share = 100
        let decision = SwedishCalendar.adding(
            workingDays: effects.value(of: RetirementRules.handling), to: effects.today)
        state.compensation.isUnasked = true
        effects.setTimer(.oldAge, at: Stockholm.instant(decision, hour: 8))
    }

    /// Who had a part of a sickness compensation must apply (56:5); in the end the case is closed.
    static func inviteToApply(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let first = state.compensation.first, !state.isDead, !state.retirement.isOpen else { return }
        let last = RetirementRules.lapse(of: state.birthDate, first, effects)
        guard !state.compensation.isInvited else {
            return try effects.set(
                Tile(
                    .pension, .stopped,
                    "Ärendet är avslutat: du har inte ansökt. Du kan ansöka när du vill, och få pension för högst tre "
                        + "månader före ansökan"))
        }
        state.compensation.isInvited = true
        effects.setTimer(.invite, at: Stockholm.instant(last, hour: 8))
        try effects.set(
            Tile(
                .pension, .awaitingCitizen,
                "Din sjukersättning upphör efter \(PensionRules.text(first.adding(months: -1))). Ansök om allmän pension senast "
                    + "\(SwedishText.day(last)), annars avslutar vi ärendet", deadline: last))
    }
}

extension RetirementRules {
    static let unasked = LegalRule(
        "R17", "after a whole sickness compensation the pension comes unasked; after a part it is applied for",
        source: "SFB 56 kap. 4 a and 5 §§, 33 kap. 16 §")
    static let invited = DatedRule(
        "old-age-after-compensation", "R18",
        "who had a part of a sickness compensation is paid at most so long back, and asked for as long", .months,
        [.since(2023, 1, 1, 3)], source: "SFB 56 kap. 5 §")
    static let survivorCover = DatedRule(
        "survivor-cover", "R19", "who was paid unasked tells of survivor cover within", .months,
        [.since(2011, 1, 1, 2)],
        source: "SFB 91 kap. 3 §")

    /// When the case of who was asked to apply is closed: months after the guide age.
    static func lapse(of born: Day?, _ first: Month, _ effects: Effects<Pensionsmyndigheten.Timer>) -> Day {
        let reached = first.firstDay.adding(days: (born?.dayOfMonth ?? 1) - 1)
        return SwedishCalendar.lastDayMoved(reached.adding(months: effects.value(of: invited)))
    }
}

extension PensionsmyndighetenCase {
    /// What Försäkringskassan has told of a sickness compensation: degree and end.
    struct Compensation: CasePart {
        var degree: Int?
        /// The first month after it.
        var first: Month?
        var inquiry = Inquiry()
        /// Whether the pension comes unasked, and until when survivor cover is told of then.
        var isUnasked = false
        var coverBy: Day?
        /// Whether the person has been asked to apply.
        var isInvited = false

        init() {}
    }
}
