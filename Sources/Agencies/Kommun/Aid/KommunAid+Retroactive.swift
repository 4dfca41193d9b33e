import AgencyKit
import LifeEvents

/// Benefits in arrears for a time with aid (A11), and income that is known late (A12).
extension KommunAid {
    var retroactive: [River<Self>] {
        [
            River(
                "know whose household it is", hears: RetroactiveClaim.self,
                concerns: { Kommun.named($0.data.municipality) },
                handle: { state, event, _ in state.memberOf = event.data.answerTo }),
            River(
                "answer what was paid for a time", hears: InsuranceAidPaidNeed.self, under: [AidRules.retroactive],
                concerns: { $0.data.asked },
                handle: { state, event, effects in
                    guard let asker = event.source else { return }
                    let isAsked = state.claims.contains {
                        $0.person == event.data.person && $0.benefit == event.data.benefit && $0.source == asker
                    }
                    if let refusal = event.refusal(purpose: Self.retroactivePurpose, hasCase: isAsked) {
                        try effects.publish(
                            AidPaidAnswer(
                                caseRef: event.data.caseRef, asker: asker, status: .refused, refusal: refusal),
                            about: event.data.answerTo, purpose: event.purpose)
                        return
                    }
                    let amount = state.paid(AidPeriod(from: event.data.from, to: event.data.to))
                    try effects.publish(
                        AidPaidAnswer(
                            caseRef: event.data.caseRef, asker: asker, status: .answered, amount: amount),
                        about: event.data.answerTo, purpose: Self.retroactivePurpose)
                }),
            River(
                "pass on what has come back", hears: InsurancePayment.self, under: [AidRules.retroactive],
                concerns: { AgencyID("\($0.data.payee)").map { [$0] } ?? [] },
                mine: [Condition("is of a household we know") { state, _ in state.memberOf != nil }],
                handle: { state, event, effects in
                    guard let applicant = state.memberOf else { return }
                    try effects.publish(
                        AidRepaid(
                            municipality: effects.municipality, person: effects.subject, source: event.source,
                            amount: event.data.amount, from: event.data.from, to: event.data.to,
                            paidOn: event.data.paidOn), about: applicant)
                }),
            River(
                "reckon with what has come back", hears: AidRepaid.self, under: [AidRules.retroactive],
                concerns: { Kommun.named($0.data.municipality) },
                mine: [Condition("is of a benefit that was asked for") { state, _ in !state.claims.isEmpty }],
                handle: { state, event, effects in
                    let source = event.data.source.map { AidRules.name($0) } ?? ""
                    let people = state.months.last?.adults ?? [effects.subject]
                    let months = Self.months(event.data.from, event.data.to)
                    let you = people.count > 1 ? "Ni är inte skyldiga" : "Du är inte skyldig"
                    try Self.tell(
                        people, .aidLateIncome, .done,
                        "Kommunen får \(InsuranceRules.kronor(event.data.amount)) från \(source) "
                            + "\(SwedishText.day(event.data.paidOn ?? effects.today)). \(you) något för \(months).",
                        state, &effects)
                    state.claims.removeAll { $0.person == event.data.person }
                }),
        ]
    }

    static let retroactivePurpose = Purpose(known: "retroactive")

    /// `april och maj 2026`
    private static func months(_ from: Day?, _ to: Day?) -> String {
        guard let from, let to else { return "den tiden" }
        var names: [String] = []
        var month = Month(of: from)
        while month <= Month(of: to) {
            names.append(SwedishText.month(month))
            month = month.next
        }
        return "\(AidRules.list(names)) \(to.year)"
    }

    /// What adults wait for elsewhere is asked for, once the household has been told.
    static func claimBenefits(_ place: Int, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        let month = state.months[place]
        var found: [Case.Claim] = []
        for fact in month.facts where fact.fact.fact == .applied {
            // Child benefit is never asked for.
            guard let benefit = fact.fact.benefit, benefit != .childBenefit else { continue }
            let claim = Case.Claim(
                person: fact.person, benefit: benefit, source: fact.fact.source,
                from: fact.fact.from ?? month.month.firstDay)
            guard !state.claims.contains(where: { $0.person == claim.person && $0.benefit == benefit }) else {
                continue
            }
            found.append(claim)
        }
        guard !found.isEmpty else { return }
        var names: [String] = []
        for claim in found where !names.contains(AidRules.name(claim.source)) {
            names.append(AidRules.name(claim.source))
        }
        let sources = AidRules.list(names)
        let who = month.adults.count > 1 ? "någon av er" : "du"
        let had = month.adults.count > 1 ? "ni" : "du"
        try tell(
            month.adults, .aidLateIncome, .informed,
            "Får \(who) en ersättning i efterhand för tid då \(had) fått bistånd kan kommunen begära pengarna från "
                + "\(sources). \(AidRules.capital(had)) behöver inte göra något. Det gäller från "
                + "\(SwedishText.day(effects.today)).", state, &effects, cause: month.cause)
        for claim in found {
            state.claims.append(claim)
            try effects.publish(
                RetroactiveClaim(
                    answerTo: effects.subject, municipality: effects.municipality, caseRef: month.caseRef,
                    benefit: claim.benefit, from: claim.from, addressee: claim.source), about: claim.person,
                due: effects.next + .minutes(1), cause: month.cause)
        }
    }

    /// What a source that was dark says later, or says anew: nothing changes, or the month is reckoned again.
    static func takeLate(_ place: Int, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        let month = state.months[place]
        state.months[place].askAgain = month.missing.isEmpty ? nil : month.askAgain
        if month.missing.isEmpty {
            try tell(
                month.adults, .aidFacts, .done,
                "Alla svarade \(SwedishText.day(effects.today)). Kontrollera uppgifterna om dig. Stämmer något inte, "
                    + "säg till.", state, &effects)
        }
        try reckonAgain(place, "de uppgifter som kom senare", &state, &effects)
        setTimer(state, &effects)
    }

    /// A month that is paid is reckoned again: more is paid at once; less is never claimed but for wrong facts (A12).
    static func reckonAgain(
        _ place: Int, _ why: String, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        let month = state.months[place]
        guard let decided = month.decided, month.stage == .paid || month.stage == .closed else { return }
        let balance = month.balance(effects.rules, aidMonths: Set(state.paid.map(\.month)).count)
        guard balance > decided else { return }
        state.months[place].stage = .paid
        try grantMore(balance, place, why, &state, &effects)
    }

    static func grantMore(
        _ amount: Int, _ place: Int, _ why: String, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        let more = amount - (state.months[place].decided ?? 0)
        guard state.months[place].take(.granted) else { return }
        state.months[place].decided = amount
        state.months[place].decidedOn = effects.today
        let month = state.months[place]
        let paying = SwedishCalendar.adding(workingDays: effects.value(of: AidRules.paying), to: effects.today)
        state.months[place].due = Stockholm.instant(paying, hour: 8)
        let by = appealBy(effects)
        try publish(.decided, of: month, &effects)
        try tell(
            month.adults, .aidDecision, .decided,
            "\(AidRules.capital(month.you)) får \(InsuranceRules.kronor(more)) mer för \(month.name), efter \(why). "
                + "Överklaga senast \(SwedishText.day(by)).", state, &effects, reviewBy: by)
        setTimer(state, &effects)
    }
}
