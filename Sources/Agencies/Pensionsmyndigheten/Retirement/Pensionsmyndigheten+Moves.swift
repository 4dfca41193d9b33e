import AgencyKit
import LifeEvents

/// A pensioner who moves tells the new rent in time, and a consent is for the municipality that it names alone (R38, R39).
extension Pensionsmyndigheten {
    var consentMoves: [River<Self>] {
        [
            River(
                "ask anew for a consent that names the old municipality", hears: Move.self,
                under: [RetirementRules.consentMoves],
                mine: [
                    // Where the move leads is not told to us: the person knows whom the consent names.
                    Condition("is a new move of who lets a municipality know what is paid") { state, event in
                        event.isNew && !state.isDead && state.retirement.isOpen
                            && !state.feeRecipients(on: event.knownOn).isEmpty
                    }
                ],
                handle: { state, event, effects in
                    state.retirement.consentMove = ChainHead(event)
                    let names = state.feeRecipients(on: effects.today).map(\.municipalityName)
                    try effects.set(
                        Tile(
                            .pension, .awaitingCitizen,
                            "Ditt samtycke om omsorgsavgift gäller bara \(Amounts.list(names)). Har du flyttat till en annan "
                                + "kommun som ska få veta vad du har i pension, lämna ett nytt samtycke"))
                }),
            River(
                "leave a consent as it was where a move never was", hears: Annulled<Move>.self,
                under: [RetirementRules.consentMoves],
                mine: [
                    Condition("annuls the move that we have asked after") { state, event in
                        event.annuls(state.retirement.consentMove)
                    }
                ],
                handle: { state, event, effects in
                    try state.retirement.consentMove.take(event)
                    try effects.set(Tile(.pension, .corrected, "Rättat: ditt samtycke gäller som förut"))
                }),
        ]
    }

    /// The rent of a new home is told within some days, and the supplement may else stop.
    static func askNewRent(_ state: Case, _ effects: inout Effects<Timer>) throws {
        let last = SwedishCalendar.lastDayMoved(
            effects.today.adding(days: effects.value(of: RetirementRules.newHome)))
        effects.setTimer(.housing, at: Stockholm.instant(last.adding(days: 1), hour: 8))
        try tellSupplement(
            state,
            Tile(
                .housingSupplement, .awaitingCitizen,
                "Anmäl nya bostadskostnaden senast \(SwedishText.day(last)), annars kan bostadstillägget upphöra",
                deadline: last), &effects)
    }

    /// A rent that was told is decided on; where none was, the supplement ends.
    static func housingDue(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.housing.stage == .needsChange else { return try changeSupplement(&state, &effects) }
        guard !state.isDead, state.retirement.isOpen,
            let place = state.pensions.firstIndex(where: { $0.kind == .housingSupplement && $0.chain.holds })
        else { return }
        let last = Month(of: effects.today)
        try end(&state.pensions[place], after: last, &effects)
        setPayday(state, &effects)
        let review = PensionRules.reviewDeadline(decided: effects.today, effects.rules)
        try tellSupplement(
            state,
            Tile(
                .housingSupplement, .stopped,
                "Bostadstillägget upphör efter \(PensionRules.text(last)): du har inte anmält den nya bostadskostnaden. "
                    + "Ansök igen när du vill. Begär omprövning senast \(SwedishText.day(review))", reviewBy: review),
            &effects)
    }
}

extension PensionsmyndighetenCase {
    /// Municipalities that are told what is paid.
    func feeRecipients(on day: Day) -> [AgencyID] {
        consents.recipients(of: AgencyID(.pensionsmyndigheten), .careFee, on: day).filter { $0.owner == .kommun }
    }
}

extension AgencyID {
    /// What a municipality is called.
    var municipalityName: String { Municipalities.name(code: code ?? "") }
}

extension RetirementRules {
    static let newHome = DatedRule(
        "supplement-new-rent", "R38", "the rent of a new home is told within, or the supplement may stop", .days,
        [.since(2011, 1, 1, 14)], source: "SFB 110 kap. 46-47 §§", mark: .likely)
    static let consentMoves = LegalRule(
        "R39", "a consent to tell a municipality names that one alone: who moves is asked anew",
        source: "10 kap. 1 § offentlighets- och sekretesslagen", mark: .likely)
}
