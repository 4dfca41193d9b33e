import AgencyKit
import LifeEvents

/// A household moves in a month of aid: the municipality that granted it has paid it, the next pays from the month after,
/// and none pays twice (A13, A14, M21).
extension KommunAid {
    var moves: [River<Self>] {
        [
            River(
                "keep the month after a move out", hears: Move.self, under: [AidRules.onePayer, AidRules.moveMonth],
                concerns: { Kommun.changesMunicipality($0.data) ? Kommun.named($0.data.fromMunicipality) : [] },
                mine: [
                    // Also of who has no month that is open: the next application is another municipality's.
                    Condition("is a new move not known") { state, event in
                        event.isNew && !state.move.knows(event.id, event.occurredOn, .out)
                    }
                ], handle: Self.moveOut),
            River(
                "remember from where an adult has come", hears: Move.self,
                under: [AidRules.onePayer, AidRules.moveMonth],
                concerns: { Kommun.changesMunicipality($0.data) ? Kommun.named($0.data.toMunicipality) : [] },
                mine: [
                    Condition("is a new move of an adult, not known") { state, event in
                        event.isNew && !event.data.minor && !state.move.knows(event.id, event.occurredOn, .into)
                    }
                ],
                handle: { state, event, _ in
                    state.move.adopt(event, .into)
                    (state.movedFrom, state.movedTo) = (event.data.fromMunicipality, nil)
                }),
            River(
                "correct a move in a month of aid", hears: Move.self,
                mine: [Condition("acted on the corrected move") { $1.corrects($0.move.chain) }],
                handle: { state, event, effects in
                    guard !state.move.stillConcerns(effects.municipality, event.data) else {
                        return try Self.correctMove(&state, event, &effects)
                    }
                    try Self.undo(state.move.takeBackLast(), &state, &effects)
                }),
            River(
                "undo a move in a month of aid", hears: Annulled<Move>.self,
                mine: [Condition("acted on the annulled move") { $0.move.annuls($1) }],
                handle: { state, event, effects in
                    try Self.undo(state.move.takeBack(event), &state, &effects)
                }),
            River(
                "keep the month after leaving the country", hears: Deregistration.self,
                under: [AidRules.onePayer, AidRules.moveMonth],
                concerns: { $0.isNew ? Kommun.named($0.data.municipality) : [] },
                mine: [Condition("is a new departure") { _, event in event.isNew }], handle: Self.leaveCountry),
            River(
                "follow a departure: another day, or a return", hears: Deregistration.self,
                under: [AidRules.onePayer, AidRules.moveMonth],
                mine: [
                    Condition("follows the departure we know") { state, event in
                        !event.isNew && event.follows(state.abroad)
                    }
                ],
                handle: { state, event, _ in try state.abroad.take(event, event.data.from) }),
            River(
                "undo leaving the country in a month of aid", hears: Annulled<Deregistration>.self,
                mine: [Condition("is the departure we know") { $1.annuls($0.abroad) }],
                handle: { state, event, effects in
                    try state.abroad.take(event)
                    try Self.tellCorrected("avregistreringen", state, &effects)
                }),
            River(
                "keep a consent to tell another municipality", hears: Consent.self, under: [AidRules.moveMonth],
                concerns: { ([$0.data.holder] + $0.data.recipients).filter { $0.owner == .kommun } },
                mine: [
                    Condition("is new, or changes one we know") { state, event in
                        event.isNew || state.consents.contains { event.follows($0.chain) }
                    }
                ],
                whole: [Condition("is given by the person") { _, event in event.data.filedBy == event.subject }],
                handle: Self.keepConsent),
            River(
                "forget a consent on aid", hears: Annulled<Consent>.self,
                mine: [
                    Condition("is one we know") { state, event in state.consents.contains { event.annuls($0.chain) } }
                ],
                handle: { state, event, _ in state.consents.removeAll { event.annuls($0.chain) } }),
            River(
                "take over an open case", hears: CaseTransfer.self, under: [AidRules.residence],
                concerns: { $0.data.state == .offered ? Kommun.named($0.data.toMunicipality) : [] },
                handle: { state, event, effects in
                    guard let old = event.data.fromMunicipality else { return }
                    let isAllowed = state.consents.contains {
                        $0.lets(Kommun.named(old).first ?? effects.agency, to: effects.agency, on: effects.today)
                    }
                    try effects.publish(
                        CaseTransfer(
                            service: .financialAid, state: isAllowed ? .accepted : .refused, fromMunicipality: old,
                            toMunicipality: effects.municipality))
                    guard isAllowed else { return }
                    let day = state.move.chain.head?.value ?? effects.today
                    let month = InsuranceRules.monthName(Month(of: day).next)
                    try effects.set(
                        Tile(
                            .aidApplication, .informed,
                            "\(Municipalities.body(code: old)) har berättat att du har bistånd där. Ansök här om \(month). Vi har "
                                + "inte fått din beräkning."))
                }),
            River(
                "hear whether the case is taken over", hears: CaseTransfer.self, under: [AidRules.residence],
                concerns: { $0.data.state == .offered ? [] : Kommun.named($0.data.fromMunicipality) },
                mine: [Condition("has offered the case") { state, _ in state.transfer == .offered }],
                handle: Self.hearTransfer),
            River(
                "tell another municipality of a month", hears: AidMonthNeed.self, under: [AidRules.moveMonth],
                concerns: { $0.data.asked }, handle: Self.answerMonth),
            River(
                "hear whether the month is paid", hears: AidMonthAnswer.self, under: [AidRules.moveMonth],
                concerns: { [$0.data.asker] },
                mine: [
                    Condition("is of a month that waits for it") { state, event in
                        state.place(of: event.data.caseRef).map { state.months[$0].stage == .elsewhere } ?? false
                    }
                ], handle: Self.hearMonth),
        ]
    }

    static let movePurpose = Purpose(known: "move")

    // MARK: - Out

    /// Also of who has no month that is open: a later one is no longer ours.
    private static func leaveCountry(
        _ state: inout Case, _ event: Event<Deregistration>, _ effects: inout Effects<Timer>
    ) throws {
        state.abroad = FactChain(event, event.data.from)
        guard let month = state.months.last(where: { $0.isOpen }) else { return }
        let next = Month(of: event.data.from).next
        try tell(
            month.adults, .aidPayment, .stopped,
            "Du är inte folkbokförd i Sverige från \(SwedishText.day(event.data.from)). Vi ansvarar inte för "
                + "bistånd från \(SwedishText.day(next.firstDay)). Det som är beviljat betalas ut.", state, &effects)
    }

    private static func moveOut(
        _ state: inout Case, _ event: Event<Move>, _ effects: inout Effects<Timer>
    ) throws {
        state.move.adopt(event, .out)
        state.movedTo = event.data.toMunicipality
        state.transfer = nil
        try tellResponsible(event, &state, &effects)
    }

    /// Who pays from the month after the move, and who may take over an open case.
    private static func tellResponsible(
        _ event: Event<Move>, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        guard let new = event.data.toMunicipality, let month = state.months.last(where: { $0.isOpen }) else { return }
        let next = Month(of: event.occurredOn).next
        let opens = AidMonth.opens(next, effects.value(of: AidRules.opens))
        try tell(
            month.adults, .aidPayment, .stopped,
            "\(Municipalities.body(code: new)) ansvarar för bistånd från \(SwedishText.day(next.firstDay)). Ansök där från "
                + "\(SwedishText.day(opens)).", state, &effects, other: Kommun.named(new).first)
        try offer(&state, &effects)
    }

    /// An open case is offered where a consent names the new municipality.
    private static func offer(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let new = state.movedTo, state.transfer == nil, let party = Kommun.named(new).first,
            state.months.contains(where: { $0.isOpen }),
            state.consents.contains(where: { $0.lets(effects.agency, to: party, on: effects.today) })
        else { return }
        state.transfer = .offered
        try effects.publish(
            CaseTransfer(
                service: .financialAid, state: .offered, fromMunicipality: effects.municipality, toMunicipality: new))
    }

    private static func hearTransfer(
        _ state: inout Case, _ event: Event<CaseTransfer>, _ effects: inout Effects<Timer>
    ) throws {
        guard event.data.state == .refused else {
            state.transfer = .accepted
            return
        }
        state.transfer = .refused
        guard let new = state.movedTo, let month = state.months.last(where: { $0.isOpen }) else { return }
        try effects.publish(
            CommitteeItem(
                municipality: effects.municipality, about: effects.subject, kind: .transfer, caseRef: month.caseRef,
                readyOn: effects.today), about: desk(effects))
        let next = InsuranceRules.monthName(month.month.next)
        try tell(
            month.adults, .aidPayment, .awaitingAgency,
            "\(Municipalities.body(code: new)) tar inte över ärendet. Vi betalar som förut och ber Inspektionen för vård och "
                + "omsorg avgöra vem som ansvarar. Ansök om \(next) hos oss.", state, &effects,
            other: Kommun.named(new).first)
    }

    /// Another municipality than was told is responsible from the month after the move.
    private static func correctMove(
        _ state: inout Case, _ event: Event<Move>, _ effects: inout Effects<Timer>
    ) throws {
        try state.move.chain.take(event, event.occurredOn)
        guard state.move.way == .out else {
            state.movedFrom = event.data.fromMunicipality
            return
        }
        guard state.movedTo != event.data.toMunicipality else { return }
        state.movedTo = event.data.toMunicipality
        state.move.to = event.data.toMunicipality
        state.transfer = nil
        try tellResponsible(event, &state, &effects)
    }

    private static func undo(
        _ ways: [KnownMove.Way], _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        guard !ways.isEmpty else { return }
        let wasOut = state.movedTo != nil
        // Who had moved out before has moved out again.
        state.movedTo = state.move.way == .out ? state.move.to : nil
        state.movedFrom = nil
        guard wasOut else { return }
        state.transfer = nil
        try tellCorrected("flytten", state, &effects)
    }

    private static func tellCorrected(_ what: String, _ state: Case, _ effects: inout Effects<Timer>) throws {
        guard let month = state.months.last(where: { $0.isOpen }) else { return }
        let opens = AidMonth.opens(month.month.next, effects.value(of: AidRules.opens))
        try tell(
            month.adults, .aidPayment, .corrected,
            "Rättat: \(what) var fel. Ansök om \(InsuranceRules.monthName(month.month.next)) hos oss från "
                + "\(SwedishText.day(opens)).", state, &effects)
    }

    private static func answerMonth(
        _ state: inout Case, _ event: Event<AidMonthNeed>, _ effects: inout Effects<Timer>
    ) throws {
        guard let asker = event.source else { return }
        let isConsented = state.consents.contains { $0.lets(effects.agency, to: asker, on: effects.today) }
        let refusal: AnswerRefusal? =
            event.purpose != movePurpose ? .wrongPurpose : isConsented ? nil : .noConsent
        guard refusal == nil else {
            try effects.publish(
                AidMonthAnswer(caseRef: event.data.caseRef, asker: asker, status: .refused, refusal: refusal),
                purpose: event.purpose)
            return
        }
        let amount = state.paid(for: event.data.month)
        try effects.publish(
            AidMonthAnswer(
                caseRef: event.data.caseRef, asker: asker, status: .answered, paid: amount > 0,
                amount: amount > 0 ? amount : nil), purpose: movePurpose)
    }

    // MARK: - In

    private static func keepConsent(
        _ state: inout Case, _ event: Event<Consent>, _ effects: inout Effects<Timer>
    ) throws {
        let consent = Case.AidConsent(
            chain: ChainHead(event), giver: event.data.filedBy, holder: event.data.holder,
            recipients: event.data.recipients, until: event.data.until)
        if let place = state.consents.firstIndex(where: { event.follows($0.chain) && !event.isNew }) {
            state.consents.remove(at: place)
            if event.change == .ceased { return }
        }
        state.consents.append(consent)
        try offer(&state, &effects)
        try passOnConsent(&state, &effects)
        for place in state.months.indices where state.months[place].stage == .elsewhere {
            try askElsewhere(place, &state, &effects)
        }
    }

    /// A further adult's consent is known on that one's key: the applicant's case is told that it is there.
    static func passOnConsent(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let wanted = state.consentFor,
            state.consents.contains(where: { $0.recipients.contains(effects.agency) })
        else { return }
        state.consentFor = nil
        try effects.publish(
            AidNote(
                municipality: effects.municipality, month: wanted.month, person: effects.subject, kind: .consentGiven),
            about: wanted.applicant)
    }

    /// A month in which the household has moved here may have been paid already: the other municipality is asked with
    /// consent, the household without.
    static func asksElsewhere(_ place: Int, _ state: inout Case, _ effects: inout Effects<Timer>) throws -> Bool {
        guard let old = state.movedFrom, let moved = state.move.chain.head?.value,
            Month(of: moved) == state.months[place].month, state.months[place].take(.foreignMonth)
        else { return false }
        let month = state.months[place]
        let last = effects.today.adding(days: effects.value(of: AidRules.signature))
        state.months[place].due = Stockholm.instant(last.adding(days: 1))
        for adult in month.adults where adult != effects.subject {
            try effects.publish(
                AidNote(
                    municipality: effects.municipality, month: month.month, person: effects.subject, kind: .consentAsked
                ),
                about: adult)
        }
        let body = Municipalities.body(code: old)
        try tell(
            month.adults, .aidApplication, .awaitingCitizen,
            "Ni bodde i \(Municipalities.name(code: old)) i början av \(month.name). Skicka beslutet för \(month.name) från "
                + "\(body), eller låt \(body) svara oss, senast \(SwedishText.day(last)). Annars avslår vi ansökan.",
            state,
            &effects, deadline: last)
        try askElsewhere(place, &state, &effects)
        return true
    }

    static func askElsewhere(_ place: Int, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        let month = state.months[place]
        guard month.stage == .elsewhere, !month.isAskedElsewhere, let old = state.movedFrom,
            let party = Kommun.named(old).first
        else { return }
        var consented = month.consented
        if state.consents.contains(where: { $0.lets(party, to: effects.agency, on: effects.today) }) {
            consented.append(effects.subject)
        }
        guard month.adults.allSatisfy({ consented.contains($0) }) else { return }
        state.months[place].isAskedElsewhere = true
        try effects.publish(
            AidMonthNeed(caseRef: month.caseRef, facts: ["paid", "amount"], asked: [party], month: month.month),
            purpose: movePurpose)
    }

    private static func hearMonth(
        _ state: inout Case, _ event: Event<AidMonthAnswer>, _ effects: inout Effects<Timer>
    ) throws {
        guard let place = state.place(of: event.data.caseRef), event.data.status == .answered else { return }
        guard event.data.paid == true else {
            state.months[place].take(.notPaidThere)
            try fetch(place, &state, &effects)
            return setTimer(state, &effects)
        }
        guard state.months[place].take(.paidThere) else { return }
        try tellPaidThere(place, &state, &effects)
    }

    private static func tellPaidThere(_ place: Int, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        let month = state.months[place]
        (state.months[place].decided, state.months[place].decidedOn) = (0, effects.today)
        state.months[place].due = Stockholm.instant(month.month.next.firstDay)
        try publish(.decided, of: month, &effects)
        let old = Municipalities.body(code: state.movedFrom ?? "")
        let by = appealBy(effects)
        try tell(
            month.adults, .aidDecision, .decided,
            "\(old) har betalat bistånd för \(month.name). Vi betalar inte samma månad igen. Kostnaden för flytten söker "
                + "\(month.you) hos \(old). Överklaga senast \(SwedishText.day(by)).", state, &effects, reviewBy: by)
        setTimer(state, &effects)
    }

    /// Nobody has said whether the month is paid: it is not paid a second time.
    static func refuseUnanswered(_ place: Int, _ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.months[place].take(.paidThere) else { return }
        (state.months[place].decided, state.months[place].decidedOn) = (0, effects.today)
        let month = state.months[place]
        state.months[place].due = Stockholm.instant(month.month.next.firstDay)
        try publish(.decided, of: month, &effects, cause: month.cause)
        let by = appealBy(effects)
        try tell(
            month.adults, .aidDecision, .decided,
            "\(AidRules.capital(month.you)) får inget bistånd för \(month.name) här: vi vet inte om månaden redan är betald. "
                + "Överklaga senast \(SwedishText.day(by)).", state, &effects, cause: month.cause, reviewBy: by)
        setTimer(state, &effects)
    }
}
