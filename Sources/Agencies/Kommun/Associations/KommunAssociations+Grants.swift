import AgencyKit
import LifeEvents

/// The grant for a half-year's activities: reckoned from the counts, sent in, asked about, decided, paid (H9, H13 to H15).
extension KommunAssociations {
    var grants: [River<Self>] {
        [
            River(
                "take the application for a grant", hears: ClubGrantFiling.self,
                under: [AssociationRules.reminder.legal, AssociationRules.rounding] + LeisureTerms.rules,
                concerns: { Kommun.named($0.data.municipality) },
                mine: [
                    Condition("is of a half-year that is due") { state, event in
                        state.activity.grants.contains { $0.period.text == event.data.period && $0.stage == .due }
                    }
                ],
                whole: [Self.isFiled(for: .grant)], handle: Self.submit),
            River(
                "hear how many are counted in two clubs", hears: OverlapAnswer.self,
                under: [AssociationRules.overlap.legal, AssociationRules.legality.legal],
                concerns: { [$0.data.asker] },
                mine: [
                    Condition("answers what we have asked") { state, event in
                        state.activity.grants.contains { $0.inquiry.awaits(event.data, from: event.source) }
                    }
                ], handle: Self.hearOverlap),
        ]
    }

    static let grantControl = Purpose(known: "grant-control")

    /// The grant in some stage, the newest first.
    private static func place(_ state: Case, _ stage: Case.Grant.Stage) -> Int? {
        state.activity.grants.lastIndex { $0.stage == stage }
    }

    private static func sum(_ grant: Case.Grant, _ state: Case, _ effects: Effects<Timer>) -> GrantTerms.Sum {
        LeisureTerms.of(effects).grant.sum(
            state.activity.meetings(of: grant.period), duplicates: grant.deducted)
    }

    /// What is paid: nothing where lists were asked for and not shown.
    private static func decided(_ grant: Case.Grant, _ state: Case, _ effects: Effects<Timer>) -> Int {
        if grant.control?.shown == false { return 0 }
        return max(0, sum(grant, state, effects).amount - state.activity.setOff)
    }

    static func publish(
        _ told: GrantState, of grant: Case.Grant, _ effects: inout Effects<Timer>, forecast: Int? = nil,
        amount: Int? = nil, lastDay: Day? = nil, reason: GrantReason? = nil
    ) throws {
        try effects.publish(
            AssociationGrant(
                municipality: effects.municipality, period: grant.period.text, state: told, forecast: forecast,
                amount: amount, lastDay: lastDay, reason: reason))
    }

    /// The half-year is over: what its meetings give is said without anybody's asking.
    static func forecast(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        let grant = Case.Grant(period: HalfYear(of: effects.today.adding(days: -1)))
        guard state.club.isEligible, state.club.stage == .active else { return }
        let terms = LeisureTerms.of(effects).grant
        state.activity.grants.append(grant)
        let amount = sum(grant, state, effects).amount
        let last = terms.lastDay(of: grant.period)
        try publish(
            .due, of: grant, &effects, forecast: amount, lastDay: last, reason: amount == 0 ? .tooFew : nil)
        effects.setTimer(
            .reminder, at: KommunRules.morning(last.adding(days: -effects.value(of: AssociationRules.reminder))))
        effects.setTimer(.lastDay, at: KommunRules.instant(after: last))
        try tellDue(grant, amount, last, &effects)
    }

    /// A list has been corrected while the grant is not sent in.
    static func forecastAgain(_ period: HalfYear, _ state: Case, _ effects: inout Effects<Timer>) throws {
        guard let grant = state.activity.grants.first(where: { $0.period == period && $0.stage == .due }) else {
            return
        }
        let amount = sum(grant, state, effects).amount
        let last = LeisureTerms.of(effects).grant.lastDay(of: period)
        try publish(.due, of: grant, &effects, forecast: amount, lastDay: last)
        try tellDue(grant, amount, last, &effects)
    }

    private static func tellDue(
        _ grant: Case.Grant, _ amount: Int, _ last: Day, _ effects: inout Effects<Timer>
    ) throws {
        try effects.set(
            Tile(
                .grants, .awaitingCitizen,
                "Bidraget för \(grant.period.name) beräknas till \(Amounts.kronor(amount)). Kontrollera och skicka in "
                    + "senast \(SwedishText.day(last)), annars avslås det", deadline: last))
    }

    /// The day before the last day.
    static func remind(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let place = place(state, .due) else { return }
        let grant = state.activity.grants[place]
        let last = LeisureTerms.of(effects).grant.lastDay(of: grant.period)
        try tellDue(grant, sum(grant, state, effects).amount, last, &effects)
    }

    private static func submit(
        _ state: inout Case, _ event: Event<ClubGrantFiling>, _ effects: inout Effects<Timer>
    ) throws {
        guard let place = state.activity.grants.firstIndex(where: { $0.period.text == event.data.period }) else {
            return
        }
        let terms = LeisureTerms.of(effects).grant
        guard event.knownOn <= terms.lastDay(of: state.activity.grants[place].period) else {
            return try refuseLate(place, &state, &effects)
        }
        guard state.activity.grants[place].take(.filed) else { return }
        let grant = state.activity.grants[place]
        effects.cancelTimer(.reminder)
        let decision = terms.decisionDay(of: grant.period)
        try publish(.submitted, of: grant, &effects)
        effects.setTimer(.decision, at: KommunRules.morning(decision))
        try effects.set(
            Tile(
                .grants, .received, "Ansökan har kommit in. Beslut väntas \(SwedishText.day(decision))",
                expected: decision))
    }

    private static func refuseLate(
        _ place: Int, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        guard state.activity.grants[place].take(.refused) else { return }
        let grant = state.activity.grants[place]
        let last = LeisureTerms.of(effects).grant.lastDay(of: grant.period)
        try publish(.decided, of: grant, &effects, amount: 0, reason: .late)
        let review = effects.today.adding(days: 7 * effects.value(of: AssociationRules.legality))
        try effects.set(
            Tile(
                .grants, .decided,
                "Ansökan kom in efter \(SwedishText.day(last)), så bidraget för \(grant.period.name) är 0 kronor. En "
                    + "kommunmedlem kan begära laglighetsprövning senast \(SwedishText.day(review))", reviewBy: review))
    }

    /// The club is no more: what was due is not paid.
    static func dropGrants(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        for timer in [Timer.halfYear, .reminder, .lastDay, .answer, .decision] { effects.cancelTimer(timer) }
        for place in state.activity.grants.indices where state.activity.grants[place].take(.refused) {
            try effects.set(
                Tile(
                    .grants, .stopped,
                    "Föreningen finns inte längre, så bidraget för \(state.activity.grants[place].period.name) betalas inte"
                ))
        }
    }

    /// The last day is over: the Sports Confederation is asked how many participations are in two clubs.
    static func askOverlap(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let place = place(state, .submitted) ?? place(state, .controlled) else { return }
        let grant = state.activity.grants[place]
        let by = effects.today.adding(days: effects.value(of: AssociationRules.overlap))
        try effects.ask(
            OverlapNeed(
                caseRef: grant.caseRef, facts: ["duplicates"], asked: [.riksidrottsforbundet], by: by,
                period: grant.period.text), for: grantControl, in: &state.activity.grants[place].inquiry)
        state.activity.askedOn = effects.today
        effects.setTimer(.answer, at: KommunRules.instant(after: by))
    }

    /// No answer has come in time: the line says for whom is waited, and never that it is nothing.
    static func tellSilence(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.activity.grants.contains(where: \.inquiry.isOpen), let asked = state.activity.askedOn else {
            return
        }
        try effects.set(
            Tile(
                .lok, .awaitingAgency, "Väntar på Riksidrottsförbundet sedan \(SwedishText.day(asked))",
                other: .riksidrottsforbundet))
    }

    private static func hearOverlap(
        _ state: inout Case, _ event: Event<OverlapAnswer>, _ effects: inout Effects<Timer>
    ) throws {
        guard
            let place = state.activity.grants.firstIndex(where: { $0.inquiry.awaits(event.data, from: event.source) })
        else { return }
        _ = state.activity.grants[place].inquiry.take(event)
        state.activity.grants[place].duplicates = event.data.duplicates ?? 0
        let grant = state.activity.grants[place]
        guard grant.stage == .paid || grant.stage == .decided, grant.duplicates > 0 else { return }
        // Too late for the decision: it is corrected, and what was paid too much is set off.
        let amount = decided(grant, state, effects)
        let difference = grant.amount - amount
        state.activity.grants[place].amount = amount
        if grant.stage == .paid { state.activity.setOff += difference }
        try effects.publish(
            AssociationGrant(
                municipality: effects.municipality, period: grant.period.text, state: .decided, amount: amount,
                reason: .overlap), in: &state.activity.grants[place].decision)
        let how = grant.stage == .paid ? "\(Amounts.kronor(difference)) dras av nästa halvår" : "Så mycket betalas ut"
        try effects.set(
            Tile(
                .grants, .corrected,
                "Rättat: bidraget för \(grant.period.name) är \(Amounts.kronor(amount)). \(how)"))
    }

    static func decideGrant(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let place = place(state, .submitted) ?? place(state, .controlled) else { return }
        if state.activity.grants[place].stage == .controlled, state.activity.grants[place].control == nil {
            state.activity.grants[place].control = .init(shown: false, missing: 0)
        }
        guard state.activity.grants[place].take(.decided) else { return }
        let grant = state.activity.grants[place]
        let terms = LeisureTerms.of(effects).grant
        let amount = decided(grant, state, effects)
        state.activity.grants[place].amount = amount
        state.activity.setOff = 0
        state.activity.grants[place].decision = ChainHead(
            try effects.publish(
                AssociationGrant(
                    municipality: effects.municipality, period: grant.period.text, state: .decided, amount: amount,
                    reason: grant.reason ?? (amount == 0 ? .tooFew : nil))))
        let payday = terms.payday(of: grant.period)
        effects.setTimer(.payday, at: Stockholm.instant(payday))
        let review = effects.today.adding(days: 7 * effects.value(of: AssociationRules.legality))
        let why: String
        switch (grant.reason, grant.control?.missing ?? 0) {
        case (.overlap, _):
            why =
                " \(ClubText.capital(grant.duplicates)) deltagartillfällen räknas inte, de finns samma dag i en annan "
                + "förening."
        case (.control, 0): why = " Närvarolistorna visades inte."
        case (.control, let missing): why = " \(ClubText.capital(missing)) deltagartillfällen saknas i närvarolistorna."
        default: why = ""
        }
        try effects.set(
            Tile(
                .grants, .decided,
                "Bidraget är beslutat den \(SwedishText.day(effects.today)): \(Amounts.kronor(amount)), som betalas ut "
                    + "\(SwedishText.day(payday)).\(why) En kommunmedlem kan begära laglighetsprövning senast "
                    + SwedishText.day(review), reviewBy: review))
    }

    static func payGrant(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let place = place(state, .decided), state.activity.grants[place].take(.paid) else { return }
        let grant = state.activity.grants[place]
        guard grant.amount > 0 else { return }
        try effects.publish(
            MunicipalPayment(
                benefit: .clubGrant, municipality: effects.municipality, from: grant.period.firstDay,
                to: grant.period.lastDay, amount: grant.amount, kind: .paid, payee: effects.subject,
                paidOn: effects.today))
        try effects.set(
            Tile(
                .grants, .done,
                "\(Amounts.kronor(grant.amount)) är utbetalda \(SwedishText.day(effects.today))"))
    }
}
