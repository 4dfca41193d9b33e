import AgencyKit
import LifeEvents

/// The housing supplement (bostadstillägg) of one who applies, or whose representative does: what is known elsewhere is asked,
/// and what a municipality may know for a fee of care is answered with consent (E12 to E15).
extension Pensionsmyndigheten {
    var supplements: [River<Self>] {
        [
            River(
                "take an application for a housing supplement", hears: PensionApplication.self,
                under: [SupplementRules.handling.legal, SupplementRules.asks],
                mine: [
                    Condition("is for a housing supplement") { _, event in event.data.kind == .housingSupplement },
                    Condition("has none, and has not applied") { state, _ in
                        !state.hasPension(.housingSupplement) && ![.applied, .lacking].contains(state.supplement.stage)
                            && !state.isDead
                    },
                ],
                whole: [
                    Condition("is filed by the pensioner, or with a mandate that the agency knows") { state, event in
                        event.data.filedBy == event.subject
                            || state.representatives.mayAct(event.data.filedBy, on: event.knownOn)
                    },
                    Condition("says the rent") { state, event in
                        event.data.monthlyRent != nil || state.retirement.isOpen
                    },
                ], handle: Self.takeSupplement),
            River(
                "tell who has no mandate for a housing supplement", hears: PensionApplication.self,
                mine: [
                    Condition("is filed for another without a mandate") { state, event in
                        event.data.kind == .housingSupplement && event.data.filedBy != event.subject
                            && !state.representatives.mayAct(event.data.filedBy, on: event.knownOn)
                    }
                ],
                handle: { _, event, effects in
                    try effects.set(
                        Tile(
                            .mandate, .stopped, "Du saknar fullmakt. Be om fullmakt eller ring Pensionsmyndigheten."),
                        for: event.data.filedBy)
                }),
            River(
                "hear of capital", hears: CapitalAnswer.self, under: [SupplementRules.asks],
                handle: { state, event, _ in
                    guard case .complete = state.supplement.inquiry.take(event) else { return }
                    state.supplement.capital = event.data.capitalSurplus ?? 0
                }),
            River(
                "tell a municipality what is paid", hears: PensionAmountNeed.self, under: [SupplementRules.asks],
                handle: Self.tellAmounts),
            River(
                "keep a power of attorney for a housing supplement", hears: GrantedMandate.self,
                mine: [
                    Condition("is for a housing supplement, to a person, or changes one we know") { state, event in
                        state.representatives.concerns(event, for: .housingSupplement)
                    }
                ],
                whole: [
                    Condition("is given by the principal, or declared in force by its holder") { state, event in
                        state.representatives.mayFile(event)
                    }
                ], handle: Self.takeMandate),
            River(
                "forget a power of attorney for a housing supplement", hears: Annulled<GrantedMandate>.self,
                mine: [Condition("is one we know") { state, event in state.representatives.knows(event) }],
                handle: { state, event, _ in try state.representatives.take(event) }),
            River(
                "keep a consent to tell what is paid", hears: Consent.self,
                mine: [
                    Condition("is of facts that we hold") { _, event in
                        event.data.holder == AgencyID(.pensionsmyndigheten)
                    },
                    Condition("is new, or changes one we know") { state, event in state.consents.concerns(event) },
                ],
                whole: [Condition("is given by the person") { _, event in event.data.filedBy == event.subject }],
                handle: { state, event, _ in try state.consents.take(event) }),
            River(
                "forget a consent", hears: Annulled<Consent>.self,
                mine: [Condition("is one we know") { state, event in state.consents.concerns(event) }],
                handle: { state, event, _ in state.consents.take(event) }),
        ]
    }

    static let supplementPurpose = Purpose(known: "housing-supplement")

    private static func takeSupplement(
        _ state: inout Case, _ event: Event<PensionApplication>, _ effects: inout Effects<Timer>
    ) throws {
        let back = Month(of: effects.today).adding(months: -effects.value(of: SupplementRules.monthsBack))
        state.supplement.stage = .applied
        state.supplement.first = max(event.data.month, back)
        state.supplement.rent = event.data.monthlyRent ?? 0
        state.supplement.assets = event.data.assets ?? 0
        state.supplement.companies = (event.data.providers ?? []).map { Case.Company(provider: $0) }
        guard event.data.monthlyRent != nil else { return try askRent(&state, &effects) }
        try beginSupplement(&state, &effects)
    }

    /// All that the person must tell is told: what others know is asked.
    static func beginSupplement(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        let decision = SwedishCalendar.adding(
            workingDays: effects.value(of: SupplementRules.handling), to: effects.today)
        state.supplement.stage = .applied
        try effects.ask(
            CapitalNeed(caseRef: "supplement", facts: ["capitalSurplus"], asked: [AgencyID(.skatteverket)]),
            for: supplementPurpose, in: &state.supplement.inquiry)
        try askCompanies(state, by: decision, &effects)
        effects.setTimer(.supplement, at: Stockholm.instant(decision, hour: 8))
        if state.retirement.isOpen {
            return try tellSupplement(
                state,
                Tile(
                    .housingSupplement, .investigating,
                    "Din ansökan om bostadstillägg har kommit in. Besked väntas \(SwedishText.day(decision))",
                    expected: decision), &effects)
        }
        try tellSupplement(
            state,
            Tile(
                .housingSupplement, .received,
                "Ansökan om bostadstillägg kom in \(SwedishText.day(effects.today)). Besked väntas omkring "
                    + "\(SwedishText.day(decision)).", expected: decision), &effects)
    }

    /// A line of the pensioner's page, and of those who see it.
    static func tellSupplement(_ state: Case, _ tile: Tile, _ effects: inout Effects<Timer>) throws {
        try effects.set(tile)
        guard !state.isDead else { return }
        var shared = tile
        shared.about = effects.subject
        for viewer in state.representatives.viewers(on: effects.today) { try effects.set(shared, for: viewer) }
    }

    static func decideSupplement(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.supplement.stage != .lacking else { return try lapseSupplement(&state, &effects) }
        guard state.supplement.stage == .applied, !state.isDead else { return }
        let first = max(
            state.supplement.first ?? Month(of: effects.today), state.retirement.first ?? Month(of: .earliest))
        let amount = supplementAmount(state, in: first, effects)
        let review = PensionRules.reviewDeadline(decided: effects.today, effects.rules)
        let told = told(state, effects)
        state.supplement.stage = .decided
        if let why = lacksRight(state, effects) { return try rejectSupplement(&state, first, why, review, &effects) }
        guard amount > 0 else {
            try effects.publish(
                PensionDecision(kind: .housingSupplement, outcome: .rejected, month: first, share: 100))
            return try tellSupplement(
                state,
                Tile(
                    .housingSupplement, .decided,
                    "Avslag: pensionen är för hög för bostadstillägg. Begär omprövning senast \(SwedishText.day(review)).",
                    reviewBy: review), &effects)
        }
        let id = try effects.publish(
            PensionDecision(
                kind: .housingSupplement, outcome: .granted, month: first, share: 100, concerns: told))
        state.pensions.append(
            .init(
                kind: .housingSupplement, survivorKind: nil, share: 100, monthly: amount, first: first, last: nil,
                chain: ChainHead(id), paidTo: nil))
        state.supplement.awaitsFirstPayment = true
        setPayday(state, &effects)
        if state.retirement.isOpen { return try tellNewSupplement(state, first, review, &effects) }
        try tellSupplement(
            state,
            Tile(
                .housingSupplement, .decided,
                "Bostadstillägg är beviljat med \(PensionRules.kronor(amount)) kr i månaden från "
                    + "\(PensionRules.text(first)). Begär omprövning senast \(SwedishText.day(review)).",
                reviewBy: review), &effects)
    }

    /// The first time that it is paid, what for and when the next is.
    static func tellFirstSupplement(
        _ state: inout Case, amount: Int, from first: Month, to last: Month, _ effects: inout Effects<Timer>
    ) throws {
        guard state.supplement.awaitsFirstPayment else { return }
        state.supplement.awaitsFirstPayment = false
        let next = PensionRules.payday(of: Month(of: effects.today).next, born: state.birthDate)
        if state.retirement.isOpen {
            return try tellSupplement(
                state,
                Tile(
                    .housingSupplement, .ongoing,
                    "Bostadstillägget betalas ut i dag, nästa gång \(SwedishText.day(next))", next: next), &effects)
        }
        let months =
            first == last
            ? PensionRules.text(first)
            : first.year == last.year
                ? "\(SwedishText.month(first))–\(PensionRules.text(last))"
                : "\(PensionRules.text(first))–\(PensionRules.text(last))"
        try tellSupplement(
            state,
            Tile(
                .housingSupplement, .ongoing,
                "\(PensionRules.kronor(amount)) kr för \(months) betalas ut \(SwedishText.day(effects.today)). Nästa "
                    + "utbetalning är \(SwedishText.day(next)).", next: next), &effects)
    }

    private static func tellAmounts(
        _ state: inout Case, _ event: Event<PensionAmountNeed>, _ effects: inout Effects<Timer>
    ) throws {
        guard let asker = event.source else { return }
        let month = event.data.month
        func monthly(_ kind: PensionKind) -> Int? {
            state.pensions.first { $0.kind == kind && $0.chain.holds && $0.covers(month) }?.amount(in: month)
        }
        var refusal = event.refusal(
            purpose: KommunElderCare.feePurpose, hasCase: !state.pensions.isEmpty && !state.isDead)
        if refusal == nil, !state.consents.lets(effects.agency, to: asker, .careFee, on: effects.today) {
            refusal = .noConsent
        }
        guard refusal == nil else {
            try effects.publish(
                PensionAmountAnswer(
                    caseRef: event.data.caseRef, asker: asker, status: .refused, refusal: refusal, month: month),
                purpose: event.purpose)
            return
        }
        try effects.publish(
            PensionAmountAnswer(
                caseRef: event.data.caseRef, asker: asker, status: .answered, month: month,
                oldAge: monthly(.oldAge) ?? 0, guarantee: monthly(.guarantee),
                housingSupplement: monthly(.housingSupplement) ?? 0), purpose: event.purpose)
    }

    private static func takeMandate(
        _ state: inout Case, _ event: Event<GrantedMandate>, _ effects: inout Effects<Timer>
    ) throws {
        let saw = state.representatives.viewers(on: effects.today)
        guard let holder = try state.representatives.take(event, for: .housingSupplement) else { return }
        let sees = state.representatives.viewers(on: effects.today)
        let day = SwedishText.day(effects.today)
        let text: String
        let code: TileCode
        if event.change == .ceased || saw.contains(holder) && !sees.contains(holder) {
            (code, text) = (.stopped, "Fullmakten om bostadstillägg gäller inte från \(day).")
        } else if sees.contains(holder), !saw.contains(holder) {
            (code, text) = (
                .informed, "Fullmakten om bostadstillägg gäller från \(day). Den kan återkallas när som helst."
            )
        } else {
            return
        }
        try effects.set(Tile(.mandate, code, text))
        try effects.set(Tile(.mandate, code, text, about: effects.subject), for: holder)
    }
}

/// The amounts of the housing supplement (E12 to E15).
enum SupplementRules {
    static let handling = DatedRule(
        "supplement-application", "E14", "an application for a housing supplement is decided in", .workingDays,
        [.since(2026, 1, 1, 25)], source: "none", mark: .assumption)
    static let asks = LegalRule(
        "E15", "the Pensions Agency may ask agencies about a named person", source: "SFB 110 kap. 31 and 33 §§")
    static let monthsBack = DatedRule(
        "supplement-application-months-back", "E12", "a supplement is paid for at most so many months back", .months,
        [.since(2011, 1, 1, 3)], source: "SFB 103 kap. 5 §")
    static let whole = DatedRule(
        "supplement-rent-whole", "E12", "rent counts whole up to", .kronor, [.since(2022, 8, 1, 3_000)],
        source: "SFB 102 kap. 22 a §")
    static let most = DatedRule(
        "supplement-rent-90", "E12", "and to 90 percent up to", .kronor, [.since(2022, 8, 1, 5_000)],
        source: "SFB 102 kap. 22 a §")
    static let some = DatedRule(
        "supplement-rent-70", "E12", "and to 70 percent up to", .kronor, [.since(2022, 8, 1, 7_000)],
        source: "SFB 102 kap. 22 a §")
    static let half = DatedRule(
        "supplement-rent-50", "E12", "and to half up to", .kronor, [.since(2022, 8, 1, 7_500)],
        source: "SFB 102 kap. 22 a §")
    static let added = DatedRule(
        "supplement-added", "E12", "to which is added", .kronor, [.since(2023, 1, 1, 840)],
        source: "SFB 102 kap. 22 a and 25 a §§")
    static let counted = DatedRule(
        "supplement-income-counted", "E12", "of the pension counts", .percent, [.since(2023, 1, 1, 93)],
        source: "SFB 102 kap. 16 a §")
    static let free = DatedRule(
        "supplement-income-free", "E12", "of that so much is free, a year", .hundredthsOfPriceBase,
        [.since(2023, 1, 1, 243)], source: "SFB 102 kap. 17 §")
    static let less = DatedRule(
        "supplement-less", "E12", "and of the rest the supplement is less by", .percent, [.since(2023, 1, 1, 62)],
        source: "SFB 102 kap. 25 a §")
    static let assetsFree = DatedRule(
        "supplement-assets-free", "E12", "assets above so much count as income", .kronor,
        [.since(2011, 1, 1, 100_000)], source: "SFB 102 kap. 7–10 §§")
    static let assetsCounted = DatedRule(
        "supplement-assets-counted", "E12", "by so much of them a year", .percent, [.since(2011, 1, 1, 15)],
        source: "SFB 102 kap. 7 §")
    static let all: [LegalRule] = [
        monthsBack.legal, whole.legal, most.legal, some.legal, half.legal, added.legal, counted.legal, free.legal,
        less.legal, assetsFree.legal, assetsCounted.legal, handling.legal, asks,
    ]

    /// Kronor a month, for one who lives alone and has reached the guide age.
    /// - Parameters:
    ///   - rent: a month.
    ///   - pension: income pension a month.
    ///   - capital: surplus of capital a year, which counts as income.
    ///   - guarantee: guarantee pension a month, which counts whole.
    ///   - others: occupational pensions and those of other states a month, which count as pension does.
    ///   - assets: above an amount a part of them counts as income.
    ///   - spouse: the spouse's yearly income that counts; nil: the person lives alone.
    static func monthly(
        rent: Int, pension: Int, capital: Int, guarantee: Int = 0, others: Int = 0, assets: Int = 0, spouse: Int? = nil,
        on day: Day, _ rules: RuleValues
    ) -> Int {
        let rent = spouse == nil ? rent : rent / 2
        func value(_ rule: DatedRule) -> Int { rules.value(of: rule, on: day) }
        func part(_ low: DatedRule?, _ high: DatedRule) -> Int {
            max(min(rent, value(high)) - (low.map(value) ?? 0), 0)
        }
        // In hundredths of a krona a month.
        let home =
            100 * part(nil, whole) + 90 * part(whole, most) + 70 * part(most, some) + 50 * part(some, half)
            + 100 * value(added)
        let free = value(PensionRules.priceBase) * value(free)
        let own = yearly(
            pension: pension, capital: capital, guarantee: guarantee, others: others, assets: assets, on: day, rules)
        // A couple's incomes and home are halved to each (SFB 102 kap. 15 §).
        let income = spouse.map { (own + $0 * 100) / 2 } ?? own
        let excess = max(income - free, 0)
        let left = home * 1_200 - excess * value(less)
        return max((left + 60_000) / 120_000, 0)
    }

    /// The income that counts, in hundredths of a krona a year; the parameters as those of ``monthly``.
    static func yearly(
        pension: Int, capital: Int, guarantee: Int, others: Int, assets: Int, on day: Day, _ rules: RuleValues
    ) -> Int {
        func value(_ rule: DatedRule) -> Int { rules.value(of: rule, on: day) }
        return (pension + others) * 12 * value(counted) + (guarantee * 12 + capital) * 100
            + max(assets - value(assetsFree), 0) * value(assetsCounted)
    }
}

extension PensionsmyndighetenCase {
    /// An application for a housing supplement.
    struct Supplement: CasePart {
        enum Stage: String, Codable, Sendable {
            case none
            /// The rent is asked for.
            case lacking
            case applied, decided
        }

        var stage = Stage.none
        var first: Month?
        /// Kronor a month.
        var rent = 0
        /// Kronor a year, as the Tax Agency has answered.
        var capital = 0
        var inquiry = Inquiry()
        /// Kronor.
        var assets = 0
        /// Companies that were named, and what they have answered.
        var companies: [Company] = []
        /// What the person has told of occupational pensions, kronor a month.
        var own: Int?
        /// What was told after the decision.
        var later = 0
        /// Whether the first payment is to be told.
        var awaitsFirstPayment = false

        init() {}
    }
}
