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
                        state.move.stage == .incomplete && state.move.notice?.says(event.data) == true
                            && event.data.dwellingRef != nil
                    },
                ],
                whole: [Self.isFiledWithRight()], handle: Self.tellDwelling),
            River(
                "agree by filing the same", hears: MoveNotice.self, as: Self.register,
                mine: [
                    Self.isAlive(), Self.isOpen(),
                    Condition("is the notice that the other guardian has filed") { state, event in
                        state.move.stage == .consentAsked && state.move.notice?.says(event.data) == true
                            && state.move.notice?.agreed.contains(event.data.filedBy) == false
                    },
                ],
                whole: [Self.isFiledWithRight()],
                handle: { state, event, effects in
                    try Self.agree(event.data.filedBy, &state, &effects)
                }),
            River(
                "take a move notice", hears: MoveNotice.self, as: Self.register,
                mine: [
                    Self.isOpen(),
                    Condition("is not a notice we have") { state, event in
                        state.move.notice?.says(event.data) != true
                    },
                    Condition("does not contradict another's notice") { state, event in
                        !Self.contradicts(state, event)
                    },
                    Condition("is not a move we have decided") { state, event in
                        state.move.decided?.to != event.data.toMunicipality
                            || state.move.decided?.moveDate != event.data.moveDate
                            || state.move.decided?.addressRef != event.data.addressRef
                    },
                ],
                whole: [
                    Self.isAlive(), Self.isRegistered(), Self.isFiledWithRight(),
                    Condition("names a municipality") { _, event in
                        event.data.toMunicipality.flatMap { Int($0) }.flatMap { Municipalities.municipality($0) } != nil
                    },
                    Condition("is filed by the person, who has set a block (M24)") { state, event in
                        !state.move.isBlocked || event.data.filedBy == event.subject
                    },
                    Condition("is no stay that leaves the registration as it is (FOL 8-15 §§)") { _, event in
                        event.data.addressRef.map { !MoveRules.isStay($0) } ?? true
                    },
                    Condition("is not of an earlier move than the notice that is being decided") { state, event in
                        state.move.notice.map { $0.moveDate <= event.data.moveDate } ?? true
                    },
                ], handle: Self.takeNotice),
            River(
                "control where two notices contradict each other", hears: MoveNotice.self, as: Self.register,
                under: [MoveRules.control, MoveRules.order.legal],
                mine: [
                    Self.isAlive(), Self.isOpen(),
                    Condition("contradicts another's notice") { state, event in Self.contradicts(state, event) },
                ],
                whole: [Self.isFiledWithRight()],
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
                    Condition("is filed without a right to") { state, event in !Self.mayFile(state, event) },
                ], handle: Self.tellOfStranger),
            River(
                "take the answer of the other guardian", hears: MoveConsent.self, as: Self.register,
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

    /// Whether two who may both file say of one day that the person moves to different places (M6). Who files again corrects
    /// what he has filed himself.
    private static func contradicts(_ state: Case, _ event: Event<MoveNotice>) -> Bool {
        guard let notice = state.move.notice, state.control.stage == .idle else { return false }
        return notice.moveDate == event.data.moveDate && !notice.agreed.contains(event.data.filedBy)
            && (notice.to != event.data.toMunicipality || notice.addressRef != event.data.addressRef)
    }

    /// M3: the person; from 16 a child itself; the guardians of a child; a god man in scope, a power of attorney.
    private static func mayFile(_ state: Case, _ event: Event<MoveNotice>) -> Bool {
        let filer = event.data.filedBy
        guard filer != event.subject else {
            return !state.isUnder(event.value(of: MoveRules.ownAge), on: event.knownOn)
        }
        guard state.isChild(on: event.knownOn) else {
            return state.representatives.mayAct(filer, on: event.knownOn)
        }
        return state.child.guardians.contains(filer)
    }

    private static func isFiledWithRight() -> Condition<Case, MoveNotice> {
        Condition("is filed by who moves, by a guardian of a child, or with a mandate (M3)") { mayFile($0, $1) }
    }

    private static let byHand = "En särskild handläggare tar hand om den och hör av sig med brev"

    /// What was asked for before stays: nothing is decided by its time any more, and nobody is told where to.
    private static func handOver(
        _ state: inout Case, _ event: Event<RegisterEntry>, _ effects: inout Effects<Timer>
    ) throws {
        for timer in [Timer.move, .emigration, .control] { effects.cancelTimer(timer) }
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
        let isOwn = data.filedBy == event.subject
        let others =
            isOwn || !state.isChild(on: event.knownOn) ? [] : state.child.guardians.filter { $0 != data.filedBy }
        let lacksDwelling = MoveRules.hasManyDwellings(addressRef) && data.dwellingRef == nil
        let decision = effects.decisionDay(moved: data.moveDate, notified: event.knownOn)
        let lastDay: Day?
        if !others.isEmpty {
            state.move.take(.notifiedByOneGuardian)
            lastDay = effects.lastDay(by: MoveRules.consent)
        } else if lacksDwelling {
            state.move.take(.notifiedWithoutDwelling)
            lastDay = effects.lastDay(by: MoveRules.dwelling)
        } else {
            state.move.take(.notified)
            lastDay = nil
        }
        state.move.notice = .init(
            to: new, addressRef: addressRef, hasDwelling: !lacksDwelling, moveDate: data.moveDate,
            noticeDate: event.knownOn, agreed: [data.filedBy],
            decidesOn: lastDay.map { SkatteverketRules.midnight(after: $0) } ?? SkatteverketRules.morning(decision),
            lessor: data.lessor)
        setMoveTimer(state, &effects)
        switch state.move.stage {
        case .consentAsked: try askConsent(of: others, state, lastDay ?? decision, &effects)
        case .incomplete: try askDwelling(state, lastDay ?? decision, &effects)
        case .received, .idle: try tellReceived(state, decision, &effects)
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

    private static func askConsent(
        of others: [Subject], _ state: Case, _ lastDay: Day, _ effects: inout Effects<Timer>
    ) throws {
        guard let notice = state.move.notice else { return }
        let name = Municipalities.name(code: notice.to)
        let day = SwedishText.day(lastDay)
        for guardian in notice.agreed {
            try effects.set(
                Tile(
                    .moveNotice, .received,
                    "Vi har fått flyttanmälan för ditt barn. Den andra vårdnadshavaren ska svara senast den \(day)",
                    about: effects.subject, expected: lastDay), for: guardian)
        }
        for guardian in others {
            try effects.set(
                Tile(
                    .moveNotice, .awaitingCitizen,
                    "Ditt barn är anmält att flytta till \(name). Svara ja eller nej senast den \(day). "
                        + "Utan ditt ja avvisas anmälan", about: effects.subject, deadline: lastDay), for: guardian)
        }
    }

    private static func askDwelling(_ state: Case, _ lastDay: Day, _ effects: inout Effects<Timer>) throws {
        let text =
            "Lämna lägenhetsnummer senast den \(SwedishText.day(lastDay)). "
            + "Annars beslutar vi utan det, och du folkbokförs på huset"
        try tellMover(state, .awaitingCitizen, text, child: text, deadline: lastDay, &effects)
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

    private static func takeConsent(
        _ state: inout Case, _ event: Event<MoveConsent>, _ effects: inout Effects<Timer>
    ) throws {
        guard event.data.consent else {
            guard state.move.take(.refused) else { return }
            return try dismiss(&state, &effects)
        }
        try agree(event.data.filedBy, &state, &effects)
    }

    /// M4: all guardians must agree.
    private static func agree(
        _ guardian: Subject, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        state.move.notice?.agreed.append(guardian)
        let agreed = state.move.notice?.agreed ?? []
        guard state.child.guardians.allSatisfy(agreed.contains), state.move.take(.consented) else { return }
        try receive(&state, &effects)
    }

    /// M4: a no, or no answer: the notice is not tried (avvisning), and the child stays where it is registered.
    private static func dismiss(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        state.move.notice = nil
        effects.cancelTimer(.move)
        state.appeal.toldOn = effects.today
        let name = Municipalities.name(code: state.register.municipality ?? "")
        let last = effects.appealBy
        try tellGuardians(
            state, .stopped,
            "Anmälan är avvisad. Ditt barn är kvar i \(name). Överklaga senast den \(SwedishText.day(last))", &effects)
    }

    /// A stage has lasted its time.
    static func moveDue(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        switch state.move.stage {
        case .received: try decideMove(&state, &effects)
        case .incomplete:
            guard state.move.take(.lastDayPassed) else { return }
            try receive(&state, &effects)
        case .consentAsked:
            guard state.move.take(.lastDayPassed) else { return }
            try dismiss(&state, &effects)
        case .idle: break
        }
    }

    private static func tellOfStranger(
        _ state: inout Case, _ event: Event<MoveNotice>, _ effects: inout Effects<Timer>
    ) throws {
        // A child that files too early is no stranger.
        guard event.data.filedBy != event.subject else { return }
        let hint = "Du kan spärra adressen hos Skatteverket, så gäller bara anmälan med egen e-legitimation"
        try tellMover(
            state, .informed, "Någon försökte anmäla flytt för dig. \(hint)",
            child: "Någon försökte anmäla flytt för ditt barn. \(hint)", &effects)
    }

    // MARK: - Who is told

    /// A line for the one who moves; of a child for each guardian, and for the child who has filed itself.
    static func tellMover(
        _ state: Case, _ code: TileCode, _ text: String, child: String, deadline: Day? = nil, expected: Day? = nil,
        reviewBy: Day? = nil, _ effects: inout Effects<Timer>
    ) throws {
        guard state.death.stage != .dead else { return }
        let isOwn = state.move.notice.map { $0.agreed == [effects.subject] } ?? state.move.isOwnMove
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
