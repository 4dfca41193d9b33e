import AgencyKit
import LifeEvents

/// Controls of where somebody lives (M6): a doubt opens one, the person and the landlord are ordered to answer, an officer
/// may visit, and then the register decides without a notice or closes it.
extension Skatteverket {
    var controls: [River<Self>] {
        [
            River(
                "open a control on the Social Insurance Agency's doubt", hears: InsuranceRegisterDoubt.self,
                as: Self.register, under: [MoveRules.control, MoveRules.order.legal],
                mine: [Self.isAlive(), Self.isOpen(), Self.isRegistered(), Self.isIdle()],
                handle: { state, _, effects in try Self.openControl(&state, tells: true, &effects) }),
            River(
                "open a control on a municipality's doubt", hears: MunicipalRegisterDoubt.self, as: Self.register,
                under: [MoveRules.control, MoveRules.order.legal],
                mine: [Self.isAlive(), Self.isOpen(), Self.isRegistered(), Self.isIdle()],
                handle: { state, _, effects in try Self.openControl(&state, tells: true, &effects) }),
            River(
                "open a control that an officer wants, or another case", hears: RegisterControl.self,
                as: Self.register, under: [MoveRules.control, MoveRules.order.legal],
                mine: [
                    Self.isAlive(), Self.isOpen(), Self.isRegistered(), Self.isIdle(),
                    Condition("opens a control") { _, event in event.data.state == .opened },
                ],
                handle: { state, _, effects in try Self.openControl(&state, tells: false, &effects) }),
            River(
                "close a control that an officer has cleared", hears: RegisterControl.self, as: Self.register,
                mine: [
                    Condition("closes a control") { _, event in event.data.state == .closed },
                    Condition("has a control open") { state, _ in state.control.stage != .idle },
                ],
                handle: { state, _, effects in
                    state.control.take(.ended)
                    try Self.clear(&state, &effects)
                }),
            River(
                "hear a landlord", hears: TenancyAnswer.self, as: Self.register, under: [MoveRules.control],
                mine: [
                    Self.isAlive()
                ],
                handle: { state, event, effects in
                    guard state.control.inquiry.take(event) != .notAsked else { return }
                    state.control.rents = event.data.rents ?? .unknown
                    try Self.weigh(&state, &effects)
                }),
            River(
                "hear whose residence is in doubt", hears: ResidenceAnswer.self, as: Self.register,
                under: [MoveRules.control],
                mine: [
                    Condition("has a control that waits for an answer") { state, _ in
                        state.control.stage == .ordered || state.control.stage == .visit
                    }
                ],
                whole: [Self.isAnsweredWithRight()],
                handle: { state, event, effects in
                    state.control.livesThere = event.data.livesThere
                    try Self.weigh(&state, &effects)
                }),
            River(
                "hear who protests against a move", hears: ResidenceAnswer.self, as: Self.register,
                under: [MoveRules.control, MoveRules.handling.legal],
                mine: [
                    Self.isIdle(), Self.deniesMove(),
                    Condition("is of a move that others have filed") { state, event in
                        state.move.decided.map { !Self.isOwn($0, event) && !$0.filedBy.isEmpty } ?? false
                    },
                ],
                whole: [Self.isAnsweredWithRight()], handle: Self.takeProtest),
            River(
                "control a move that its own filer denies", hears: ResidenceAnswer.self, as: Self.register,
                under: [MoveRules.control, MoveRules.order.legal],
                mine: [
                    Self.isAlive(), Self.isOpen(), Self.deniesMove(),
                    Condition("is of a move that the person, or who answers, has filed") { state, event in
                        state.move.decided.map { Self.isOwn($0, event) } ?? false
                    },
                ],
                whole: [Self.isAnsweredWithRight()],
                handle: { state, _, effects in try Self.openControl(&state, tells: true, &effects) }),
            River(
                "point who denies a decision without notice to an appeal", hears: ResidenceAnswer.self,
                as: Self.register, under: [MoveRules.appeal.legal],
                mine: [
                    Self.isIdle(), Self.deniesMove(),
                    Condition("is of a move that nobody has filed") { state, _ in
                        state.move.decided?.filedBy.isEmpty == true
                    },
                ],
                whole: [Self.isAnsweredWithRight()], handle: Self.pointToAppeal),
            River(
                "ask who lives at a notified address", hears: ResidentAsked.self, as: Self.register,
                under: [MoveRules.control],
                mine: [Self.isAlive(), Self.isOpen()],
                handle: { state, event, effects in
                    state.control.asked = event.data.addressRef
                    try effects.set(
                        Tile(.moveNotice, .awaitingCitizen, "Någon har anmält flytt till din adress. Stämmer det?"))
                }),
            River(
                "hear who lives at a notified address", hears: ResidenceAnswer.self, as: Self.register,
                under: [MoveRules.control],
                mine: [
                    Condition("has been asked about the address") { state, _ in state.control.asked != nil }
                ],
                whole: [Self.isAnsweredWithRight()],
                handle: { state, event, effects in
                    state.control.asked = nil
                    // Nothing of who has notified, and nothing of what comes of it.
                    try effects.set(
                        Tile(
                            .moveNotice, event.data.livesThere ? .done : .investigating,
                            event.data.livesThere
                                ? "Tack, vi har ditt svar" : "Tack, vi har ditt svar och utreder vem som bor där"))
                }),
        ]
    }

    private static func isIdle<Data>() -> Condition<Case, Data> {
        Condition("has no control open") { state, _ in state.control.stage == .idle }
    }

    private static func deniesMove() -> Condition<Case, ResidenceAnswer> {
        Condition("says not to live where a decided move led") { state, event in
            !event.data.livesThere && state.move.decided != nil && state.control.asked == nil
        }
    }

    /// Whether the person, or who answers for the person, has filed a move or consented to it.
    private static func isOwn(_ decided: Case.Relocation.Decided, _ event: Event<ResidenceAnswer>) -> Bool {
        decided.filedBy.contains(event.subject) || decided.filedBy.contains(event.data.filedBy)
    }

    private static func isAnsweredWithRight() -> Condition<Case, ResidenceAnswer> {
        Condition("is answered by the person, a guardian of a child, or with a mandate (M3)") { state, event in
            event.data.filedBy == event.subject
                || (state.isChild(on: event.knownOn)
                    ? state.child.guardians.contains(event.data.filedBy)
                    : state.representatives.mayAct(event.data.filedBy, on: event.knownOn))
        }
    }

    /// - Parameter tells: whether the control is noted on the bus: not where that is what opened it.
    static func openControl(_ state: inout Case, tells: Bool, _ effects: inout Effects<Timer>) throws {
        guard state.control.take(.opened) else { return }
        let last = effects.lastDay(by: MoveRules.order)
        state.control.since = effects.today
        (state.control.livesThere, state.control.rents) = (nil, nil)
        if tells { try effects.publish(RegisterControl(state: .opened)) }
        if let lessor = state.move.decided?.lessor {
            try effects.ask(
                TenancyNeed(
                    caseRef: "control-\(effects.today)", facts: ["rents"], asked: [lessor], by: last,
                    addressRef: state.move.decided?.addressRef),
                for: populationRegistration, in: &state.control.inquiry)
        }
        setControlTimer(SkatteverketRules.midnight(after: last), &state, &effects)
        let day = SwedishText.day(last)
        try tellMover(
            state, .awaitingCitizen, "Vi utreder var du bor. Svara senast den \(day)",
            child: "Vi utreder var ditt barn bor. Svara senast den \(day)", deadline: last, &effects)
    }

    /// The one purpose for which a landlord is asked.
    static let populationRegistration = Purpose(known: "population-registration")

    private static func setControlTimer(_ due: Instant, _ state: inout Case, _ effects: inout Effects<Timer>) {
        state.control.dueOn = due
        effects.setTimer(.control, at: due)
    }

    private static func weigh(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        let isVisited = state.control.stage == .visit
        guard let trigger = state.control.answers, state.control.take(trigger) else { return }
        switch trigger {
        case .confirmed: try clear(&state, &effects)
        case .contradicted where isVisited: try acknowledge(state, &effects)
        case .contradicted: try visit(&state, &effects)
        case .admitted:
            setControlTimer(SkatteverketRules.morning(1, after: effects.today), &state, &effects)
        case .opened, .disputed, .lastDayPassed, .ended: break
        }
    }

    private static func visit(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        state.control.inquiry.close()
        let last = SwedishCalendar.adding(workingDays: effects.value(of: MoveRules.visit), to: effects.today)
        try effects.publish(RegisterControl(state: .visit))
        setControlTimer(SkatteverketRules.morning(last), &state, &effects)
        let text = "Vi besöker adressen. Besked senast den \(SwedishText.day(last))"
        try tellMover(state, .investigating, text, child: text, expected: last, &effects)
    }

    /// What the person says came during the visit, and the landlord has said otherwise: the visit shows who is right.
    private static func acknowledge(_ state: Case, _ effects: inout Effects<Timer>) throws {
        guard let due = state.control.dueOn else { return }
        let last = Stockholm.day(of: due)
        let text = "Vi har ditt svar och besöker adressen. Besked senast den \(SwedishText.day(last))"
        try tellMover(state, .investigating, text, child: text, expected: last, &effects)
    }

    /// The registration was right.
    private static func clear(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        effects.cancelTimer(.control)
        try effects.publish(RegisterControl(state: .closed))
        let name = Municipalities.name(code: state.register.municipality ?? "")
        try tellMover(
            state, .decided, "Utredningen är klar. Du är folkbokförd i \(name) som förut",
            child: "Utredningen är klar. Ditt barn är folkbokfört i \(name) som förut", &effects)
    }

    /// An order's time is over, a visit is done, or what the person has said is decided.
    static func controlDue(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        switch state.control.stage {
        case .ordered:
            guard state.control.take(.lastDayPassed) else { return }
            try visit(&state, &effects)
        case .visit, .admitted: try decideWithoutNotice(&state, &effects)
        case .disputed: try annulFalseMove(&state, &effects)
        case .idle: break
        }
    }

    /// Nobody has told where the person lives: registered in the municipality alone, from the day of the decision (M2, M6).
    private static func decideWithoutNotice(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        let isFound = state.control.stage == .admitted
        guard let place = state.register.municipality, state.control.take(.ended) else { return }
        try effects.publish(RegisterControl(state: .closed))
        let today = effects.today
        let head = try effects.publish(
            Move(
                fromMunicipality: place, toMunicipality: place, effectiveDate: today,
                minor: state.isChild(on: today), concerns: agencies(of: [place])),
            occurredOn: today)
        state.move.decided = .init(
            chain: ChainHead(head), from: place, to: place, moveDate: today, effectiveDate: today)
        if !isFound {
            let years = effects.value(of: MoveRules.missing)
            let missingOn = SkatteverketRules.morning(1, after: today.adding(months: 12 * years))
            state.control.missingOn = missingOn
            effects.setTimer(.missing, at: missingOn)
        }
        let name = Municipalities.name(code: place)
        try tellDecidedWithoutNotice(
            &state, "i \(name), utan adress,", "\(SwedishText.day(today)), den dag vi beslutade", &effects)
    }

    /// A decision that nobody has asked for.
    static func tellDecidedWithoutNotice(
        _ state: inout Case, _ place: String, _ day: String, _ effects: inout Effects<Timer>
    ) throws {
        state.appeal.toldOn = effects.today
        let last = effects.appealBy
        let appeal = "Överklaga senast den \(SwedishText.day(last))"
        try tellMover(
            state, .decided, "Du är folkbokförd \(place) från den \(day). \(appeal)",
            child: "Ditt barn är folkbokfört \(place) från den \(day). \(appeal)", reviewBy: last, &effects)
    }

    // MARK: - A move that never was

    private static func takeProtest(
        _ state: inout Case, _ event: Event<ResidenceAnswer>, _ effects: inout Effects<Timer>
    ) throws {
        guard state.control.take(.disputed) else { return }
        let decision = SwedishCalendar.adding(workingDays: effects.value(of: MoveRules.handling), to: effects.today)
        setControlTimer(SkatteverketRules.morning(decision), &state, &effects)
        let text = "Vi har fått veta att flytten är fel. Besked omkring den \(SwedishText.day(decision))"
        try tellMover(state, .investigating, text, child: text, expected: decision, &effects)
    }

    /// What the register has decided itself is changed by an appeal (M7), and no answer undoes it.
    private static func pointToAppeal(
        _ state: inout Case, _ event: Event<ResidenceAnswer>, _ effects: inout Effects<Timer>
    ) throws {
        let text: String
        if let last = state.appeal.toldOn.map({ effects.appealBy(toldOn: $0) }), effects.today <= last {
            text = "Beslutet gäller. Håller du inte med, överklaga senast den \(SwedishText.day(last))"
        } else {
            text = "Beslutet gäller, och tiden att överklaga är slut. Har du flyttat, anmäl flytt"
        }
        try tellMover(state, .decided, text, child: text, &effects)
    }

    /// The annulment undoes the move when it is heard; who has filed for another is controlled.
    private static func annulFalseMove(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.control.take(.ended), let decided = state.move.decided, let head = decided.chain.head?.id else {
            return
        }
        try effects.publish(Annulled<Move>(reasonCode: "error"), change: .annulled, previous: head)
        for filer in decided.filedBy where filer != effects.subject {
            try effects.publish(RegisterControl(state: .opened), about: filer)
        }
    }
}
