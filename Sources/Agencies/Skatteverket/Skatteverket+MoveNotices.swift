import AgencyKit
import LifeEvents

/// Notices of moves (flyttanmälan): who may file, what is missing, who must agree (M1, M3, M4, M24).
extension Skatteverket {
    var moveNotices: [River<Self>] {
        [
            River(
                "complete a move notice", hears: MoveNotice.self, as: Self.register,
                mine: [
                    Self.isAlive(), Self.isOpen(),
                    Condition("is about the notice that lacks a dwelling") { state, event in
                        state.move.notice?.hasDwelling == false && state.move.notice?.says(event.data) == true
                            && event.data.dwellingRef != nil
                    },
                    Self.isFiledWithRight(),
                ], handle: Self.tellDwelling),
            River(
                "agree by filing the same", hears: MoveNotice.self, as: Self.register,
                mine: [
                    Self.isAlive(), Self.isOpen(),
                    Condition("is the notice that the other guardian has filed") { state, event in
                        state.move.stage == .consentAsked && state.move.notice?.says(event.data) == true
                            && state.move.notice?.agreed.contains(event.data.filedBy) == false
                    },
                    Self.isFiledWithRight(),
                ],
                handle: { state, event, effects in
                    try Self.agree(event.data.filedBy, &state, &effects)
                }),
            River(
                "take a move notice", hears: MoveNotice.self, as: Self.register,
                mine: [
                    Self.isOpen(),
                    Self.unlessStranger("is not a notice we have") { state, event in
                        state.move.notice?.says(event.data) != true
                    },
                    Self.unlessStranger("does not contradict another's notice") { state, event in
                        !Self.contradicts(state, event)
                    },
                    Self.unlessStranger("is not a move we have decided") { state, event in
                        state.move.decided?.to != event.data.toMunicipality
                            || state.move.decided?.moveDate != event.data.moveDate
                            || state.move.decided?.addressRef != event.data.addressRef
                    },
                ],
                // Who has no right to file is told that, and nothing else about the person.
                whole: [
                    Self.isFiledWithRight(),
                    Self.unlessStranger("is alive") { state, _ in state.death.stage != .dead },
                    Self.unlessStranger("is registered in a municipality") { state, _ in state.residence != nil },
                    Self.unlessStranger("names a municipality") { _, event in
                        event.data.toMunicipality.flatMap { Int($0) }.flatMap { Municipalities.municipality($0) } != nil
                    },
                    Self.unlessStranger("is filed by the person, who has set a block (M24)") { state, event in
                        !state.move.isBlocked || event.data.filedBy == event.subject
                    },
                    Self.unlessStranger("is no stay that leaves the registration as it is (FOL 8-15 §§)") {
                        state, event in
                        let isChild = state.isChild(on: event.knownOn)
                        return event.data.addressRef.map { !MoveRules.isStay($0, ofChild: isChild) } ?? true
                    },
                    Self.unlessStranger("is for more than a year, where the stay is fixed to a time (FOL 8-9 §§)") {
                        _, event in
                        event.data.until.map {
                            $0 > event.data.moveDate.adding(months: 12 * event.value(of: MoveRules.stayYears))
                        } ?? true
                    },
                    Self.unlessStranger("is not of an earlier move than the notice that is being decided") {
                        state, event in
                        state.move.notice.map { $0.moveDate <= event.data.moveDate } ?? true
                    },
                ], handle: Self.takeNotice),
            River(
                "control where two notices contradict each other", hears: MoveNotice.self, as: Self.register,
                under: [MoveRules.control, MoveRules.order.legal],
                mine: [
                    Self.isAlive(), Self.isOpen(),
                    Condition("contradicts another's notice") { state, event in Self.contradicts(state, event) },
                    Self.isFiledWithRight(),
                ],
                handle: { state, _, effects in
                    // Neither is tried: who lives where is asked, and whoever moves files anew.
                    state.move.notice = nil
                    state.move.take(.lapsed)
                    Self.setMoveTimer(state, &effects)
                    try Self.openControl(&state, tells: true, &effects)
                }),
            River(
                "hand a protected person's notice to a named function", hears: MoveNotice.self, as: Self.register,
                under: [MoveRules.protected],
                mine: [
                    Self.isAlive(),
                    Condition("has protected data") { state, _ in state.register.isProtected },
                ],
                whole: [Self.isFiledWithRight()],
                // No place, no date and no word of where to: what follows is done by hand, and told by letter.
                handle: { state, event, effects in
                    let text = "Vi har fått flyttanmälan. \(Self.byHand)"
                    guard event.data.filedBy != event.subject else {
                        return try effects.set(Tile(.moveNotice, .received, text))
                    }
                    try effects.set(
                        Tile(.moveNotice, .received, text, about: effects.subject), for: event.data.filedBy)
                }),
            River(
                "hand what waits of who is protected now to a named function", hears: RegisterEntry.self,
                as: Self.register, under: [MoveRules.protected],
                mine: [
                    Condition("protects") { _, event in event.data.protection != nil },
                    Condition("has a move or a control that waits") { state, _ in
                        state.move.notice != nil || state.abroad.departure != nil || state.control.stage != .idle
                    },
                ], handle: Self.handOver),
            River(
                "tell of a notice by somebody else", hears: MoveNotice.self, as: Self.register,
                mine: [
                    Self.isAlive(), Self.isOpen(), Self.isRegistered(),
                    Condition("is filed without a right to") { state, event in
                        !Self.mayFile(event.data.filedBy, state, event)
                    },
                ], handle: Self.tellOfStranger),
            River(
                "take the answer of the other guardian", hears: MoveConsent.self, as: Self.register,
                under: [MoveRules.consent.legal],
                mine: [
                    Self.isAlive(),
                    Condition("has a notice that waits for consent") { state, _ in
                        state.move.stage == .consentAsked
                    },
                ],
                whole: [
                    Condition("is filed by a guardian who has not agreed yet") { state, event in
                        state.child.guardians.contains(event.data.filedBy)
                            && state.move.notice?.agreed.contains(event.data.filedBy) == false
                    }
                ], handle: Self.takeConsent),
            River(
                "set or take away a block", hears: AddressBlock.self, as: Self.register, mine: [Self.isAlive()],
                whole: [Condition("is filed by the person") { _, event in event.data.filedBy == event.subject }],
                handle: { state, event, effects in
                    guard state.move.isBlocked != event.data.on else { return }
                    state.move.isBlocked = event.data.on
                    try effects.set(
                        Tile(
                            .moveNotice, event.data.on ? .informed : .done,
                            event.data.on
                                ? "Din adress är spärrad. Bara du kan anmäla flytt, med din e-legitimation"
                                : "Spärren är borttagen"))
                }),
        ]
    }

    /// Whether two who may both file say that the person moves to different places (M6), of one day or another. Who files
    /// again corrects what he has filed himself.
    private static func contradicts(_ state: Case, _ event: Event<MoveNotice>) -> Bool {
        guard let notice = state.move.notice, state.control.stage == .idle else { return false }
        return !notice.agreed.contains(event.data.filedBy)
            && (notice.to != event.data.toMunicipality || notice.addressRef != event.data.addressRef)
    }

    private static func isFiledWithRight() -> Condition<Case, MoveNotice> {
        Condition("is filed by who moves, by a guardian of a child, or with a mandate (M3)") {
            mayFile($1.data.filedBy, $0, $1)
        }
    }

    /// A condition that a stranger's notice always meets: why it fails would tell the stranger about the person.
    private static func unlessStranger(
        _ sentence: String, _ holds: @escaping @Sendable (Case, Event<MoveNotice>) -> Bool
    ) -> Condition<Case, MoveNotice> {
        Condition(sentence) { !mayFile($1.data.filedBy, $0, $1) || holds($0, $1) }
    }

    private static let byHand = "En särskild handläggare tar hand om den och hör av sig med brev"

    /// What was asked for before stays: nothing is decided by its time any more, and nobody is told where to.
    private static func handOver(
        _ state: inout Case, _ event: Event<RegisterEntry>, _ effects: inout Effects<Timer>
    ) throws {
        for timer in [Timer.move, .emigration, .control, .missing] { effects.cancelTimer(timer) }
        state.control.missingOn = nil
        let hadNotice = state.move.take(.lapsed) || state.abroad.departure != nil
        state.move.notice = nil
        state.abroad.departure = nil
        if state.control.take(.ended) {
            try effects.publish(RegisterControl(state: .closed))
            guard hadNotice else {
                let text = "Vi har tagit emot en fråga om var du bor. \(byHand)"
                return try tellMover(
                    state, .received, text, child: "Vi har tagit emot en fråga om var ditt barn bor. \(byHand)",
                    &effects)
            }
        }
        let text = "Vi har fått flyttanmälan. \(byHand)"
        try tellMover(state, .received, text, child: text, &effects)
    }

    private static func takeNotice(
        _ state: inout Case, _ event: Event<MoveNotice>, _ effects: inout Effects<Timer>
    ) throws {
        let data = event.data
        // Only whom the register has open files here, and a filing reaches its receiver whole.
        guard let new = data.toMunicipality, let addressRef = data.addressRef else { return }
        state.move.notice = .init(
            to: new, addressRef: addressRef,
            hasDwelling: !MoveRules.hasManyDwellings(addressRef) || data.dwellingRef != nil, moveDate: data.moveDate,
            noticeDate: event.knownOn, agreed: [data.filedBy], decidesOn: effects.now, lessor: data.lessor)
        try proceed(&state, &effects)
    }

    /// The other guardians are asked (M4), then for the number of the dwelling; what lacks neither is decided.
    static func proceed(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let notice = state.move.notice else { return }
        let others = missingConsents(notice.agreed, state, effects)
        if !others.isEmpty {
            state.move.take(.notifiedByOneGuardian)
            let lastDay = effects.lastDay(by: MoveRules.consent)
            state.move.notice?.decidesOn = SkatteverketRules.midnight(after: lastDay)
            setMoveTimer(state, &effects)
            try askConsent(of: others, state, lastDay, &effects)
        } else if !notice.hasDwelling {
            state.move.take(.notifiedWithoutDwelling)
            let lastDay = effects.lastDay(by: MoveRules.dwelling)
            state.move.notice?.decidesOn = SkatteverketRules.midnight(after: lastDay)
            setMoveTimer(state, &effects)
            try askDwelling(state, lastDay, &effects)
        } else {
            state.move.take(.notified)
            try receive(&state, &effects)
        }
    }

    static func setMoveTimer(_ state: Case, _ effects: inout Effects<Timer>) {
        if let notice = state.move.notice {
            effects.setTimer(.move, at: notice.decidesOn)
        } else {
            effects.cancelTimer(.move)
        }
    }

    private static func tellReceived(_ state: Case, _ decision: Day, _ effects: inout Effects<Timer>) throws {
        guard let notice = state.move.notice else { return }
        let answer = "Besked omkring den \(SwedishText.day(decision))"
        let isLate = effects.isLate(moved: notice.moveDate, notified: notice.noticeDate)
        let day = SwedishText.day(effects.effectiveDate(moved: notice.moveDate, notified: notice.noticeDate))
        try tellMover(
            state, .received,
            "Vi har fått din flyttanmälan. " + (isLate ? "Den kom mer än en vecka efter flytten. " : "")
                + "Om den godkänns gäller den från den \(day). \(answer)",
            child: "Vi har fått flyttanmälan för ditt barn. \(answer)", expected: decision, &effects)
        // From 16 the child files itself, and the guardians are told.
        if notice.agreed == [effects.subject], state.isChild(on: effects.today) {
            try tellGuardians(
                state, .informed,
                "Ditt barn har anmält flytt till \(Municipalities.name(code: notice.to)). "
                    + "Du kan överklaga beslutet ensam", &effects)
        }
    }

    private static func askDwelling(_ state: Case, _ lastDay: Day, _ effects: inout Effects<Timer>) throws {
        let text = "Lämna lägenhetsnummer senast den \(SwedishText.day(lastDay)). Annars beslutar vi utan det, och"
        try tellMover(
            state, .awaitingCitizen, "\(text) du folkbokförs på huset", child: "\(text) barnet folkbokförs på huset",
            deadline: lastDay, &effects)
    }

    private static func tellDwelling(
        _ state: inout Case, _ event: Event<MoveNotice>, _ effects: inout Effects<Timer>
    ) throws {
        state.move.notice?.hasDwelling = true
        guard state.move.take(.dwellingTold) else { return }
        try receive(&state, &effects)
    }

    /// What was asked for has come, or its time is over: decided as the notice would have been, or the next working day.
    private static func receive(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let notice = state.move.notice else { return }
        let decision = max(
            effects.decisionDay(moved: notice.moveDate, notified: notice.noticeDate),
            SwedishCalendar.adding(workingDays: 1, to: effects.today))
        state.move.notice?.decidesOn = SkatteverketRules.morning(decision)
        setMoveTimer(state, &effects)
        try tellReceived(state, decision, &effects)
    }

    /// A stage has lasted its time.
    static func moveDue(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard let notice = state.move.notice else { return }
        guard !isOrphaned(notice.agreed, state, effects) else { return try lapse(&state, &effects) }
        let isAgreed = missingConsents(notice.agreed, state, effects).isEmpty
        switch state.move.stage {
        case .received where isAgreed: try decideMove(&state, &effects)
        // Another has got custody since, or who was to answer has it no longer.
        case .received: try proceed(&state, &effects)
        case .consentAsked where isAgreed: try proceed(&state, &effects)
        case .consentAsked:
            guard state.move.take(.lastDayPassed) else { return }
            try dismiss(&state, &effects)
        case .incomplete:
            guard state.move.take(.lastDayPassed) else { return }
            state.move.notice?.hasDwelling = true
            try receive(&state, &effects)
        case .idle: break
        }
    }

    private static func tellOfStranger(
        _ state: inout Case, _ event: Event<MoveNotice>, _ effects: inout Effects<Timer>
    ) throws {
        // A child that files too early is no stranger.
        guard event.data.filedBy != event.subject else { return }
        // Only the person can set a block (M24), and only once.
        let hint =
            state.move.isBlocked
            ? "Adressen är spärrad, så bara anmälan med din e-legitimation gäller"
            : "Du kan spärra adressen hos Skatteverket, så gäller bara anmälan med egen e-legitimation"
        try tellMover(
            state, .informed, "Någon försökte anmäla flytt för dig. \(hint)",
            child: "Någon försökte anmäla flytt för ditt barn. Anmälan gäller inte, och du behöver inte göra något",
            &effects)
    }

    // MARK: - Who is told

    /// A line for the one who moves; of a child for each guardian, and for the child who has filed itself.
    /// - Parameter alsoDead: whether it goes to the dead, too: what an officer's decision told, and never was.
    static func tellMover(
        _ state: Case, _ code: TileCode, _ text: String, child: String, deadline: Day? = nil, expected: Day? = nil,
        reviewBy: Day? = nil, alsoDead: Bool = false, _ effects: inout Effects<Timer>
    ) throws {
        guard state.death.stage != .dead || alsoDead else { return }
        let waiting = state.move.notice?.agreed ?? state.abroad.departure?.agreed
        let isOwn = waiting.map { $0 == [effects.subject] } ?? state.move.isOwnMove
        guard state.isChild(on: effects.today), !isOwn else {
            try effects.set(Tile(.moveNotice, code, text, deadline: deadline, expected: expected, reviewBy: reviewBy))
            for holder in state.representatives.pages(on: effects.today) {
                try effects.set(
                    Tile(
                        .moveNotice, code, text, about: effects.subject, deadline: deadline, expected: expected,
                        reviewBy: reviewBy),
                    for: holder)
            }
            return
        }
        for guardian in state.child.guardians {
            try effects.set(
                Tile(
                    .moveNotice, code, child, about: effects.subject, deadline: deadline, expected: expected,
                    reviewBy: reviewBy),
                for: guardian)
        }
    }

    static func tellGuardians(
        _ state: Case, _ code: TileCode, _ text: String, _ effects: inout Effects<Timer>
    ) throws {
        for guardian in state.child.guardians {
            try effects.set(Tile(.moveNotice, code, text, about: effects.subject), for: guardian)
        }
    }
}
