import AgencyKit
import LifeEvents

/// From the dead's case to the survivors' own: each is told what concerns that one, and tested there.
extension Pensionsmyndigheten {
    var survivors: [River<Self>] {
        [
            River(
                "test what a survivor has a right to", hears: SurvivorNotice.self,
                mine: [
                    Condition("is a new survivor, or corrects one we know") { state, event in
                        event.isNew
                            ? !state.claims.contains { $0.notice.dead == event.data.dead }
                            : state.claims.contains { event.corrects($0.chain) }
                    }
                ], handle: Self.test),
            River(
                "drop a survivor of nobody", hears: Annulled<SurvivorNotice>.self,
                mine: [
                    Condition("is what told us of the survivor") { state, event in
                        state.claims.contains { event.annuls($0.chain) }
                    }
                ], handle: Self.drop),
            River(
                "remember a civil status", hears: CivilStatusChange.self,
                mine: [
                    Condition("is a new fact") { _, event in event.isNew && event.change == nil }
                ],
                handle: { state, event, effects in
                    state.civilStatus.adopt(event)
                    // Who marries again has no adjustment pension from the month after (D18).
                    guard event.data.status == .married || event.data.status == .partnership else { return }
                    try Self.endAdjustment(&state, after: Month(of: event.data.date), &effects)
                }),
            River(
                "know who acts for a pensioner or survivor", hears: Guardianship.self, under: [GodManConsumer.knows],
                concerns: { $0.data.concerns.filter { $0.owner == .pensionsmyndigheten } },
                mine: [
                    Condition("lets somebody guard rights or manage property, or changes what we know") {
                        state, event in
                        state.deputies.concerns(event, for: RetirementRules.scopes)
                    }
                ],
                handle: { state, event, _ in try state.deputies.take(event, for: RetirementRules.scopes) }),
            River(
                "forget who never acted for a pensioner or survivor", hears: Annulled<Guardianship>.self,
                under: [GodManConsumer.knows],
                mine: [Condition("is one we know") { state, event in state.deputies.knows(event) }],
                handle: { state, event, _ in try state.deputies.take(event) }),
            River(
                "remember who has custody", hears: FamilyRelation.self,
                mine: [
                    Condition("is custody") { _, event in event.data.kind == .custody },
                    Condition("is of a child with a claim") { state, _ in !state.claims.isEmpty },
                ], handle: Self.noteCustody),
        ]
    }

    /// Each survivor's case learns what concerns that one alone.
    static func tellSurvivors(
        _ state: inout Case, _ event: Event<SurvivorsAnswer>, _ effects: inout Effects<Timer>
    ) throws {
        guard case .complete = state.inquiry.take(event), let death = state.death.head?.value, state.death.holds
        else { return }
        let persons = event.data.persons ?? []
        try tell(persons, of: persons, since: death.knownOn, death, &state, &effects)
    }

    /// A child that the register knows later: it is told, and what the others have stays. One that is none is taken back.
    static func tellLaterSurvivors(
        _ state: inout Case, _ event: Event<SurvivorsAnswer>, _ effects: inout Effects<Timer>
    ) throws {
        guard let death = state.death.head?.value else { return }
        let persons = event.data.persons ?? []
        let new = persons.filter { person in !state.told.survivors.contains { $0.person == person.person } }
        try tell(new, of: persons, since: effects.today, death, &state, &effects)
        for index in state.told.survivors.indices.reversed() {
            var told = state.told.survivors[index]
            guard !persons.contains(where: { $0.person == told.person }) else { continue }
            try effects.annul(SurvivorNotice.self, in: &told.chain, about: told.person, reason: "notValid")
            state.told.survivors.remove(at: index)
        }
    }

    /// - Parameters:
    ///   - new: who is told now.
    ///   - persons: all who survive.
    ///   - registered: since when it is known.
    private static func tell(
        _ new: [Survivor], of persons: [Survivor], since registered: Day, _ death: Case.Death, _ state: inout Case,
        _ effects: inout Effects<Timer>
    ) throws {
        let children = persons.filter { $0.role == .child }
        let drew = state.pensions.contains { $0.kind == .oldAge }
        for person in new {
            let isChild = person.role == .child
            let atHome = children.filter {
                $0.sameAddress && $0.birthDate.adding(months: PensionRules.childAge * 12) > death.date
            }
            let notice = SurvivorNotice(
                dead: effects.subject, deathDate: death.date, deadBorn: isChild ? nil : state.account.birthDate,
                registeredOn: registered, deadDrewPension: drew, facts: person,
                childrenAtHome: isChild || !person.sameAddress
                    ? nil : atHome.map { RegisteredChild(person: $0.person, birthDate: $0.birthDate) },
                children: isChild ? children.count : nil,
                youngestBorn: isChild ? children.map(\.birthDate).max() : nil,
                survivorBase: state.account.survivorBase, widowMonthly: isChild ? nil : state.account.widowMonthly)
            var told = Case.ToldSurvivor(person: person.person, notice: notice, chain: ChainHead())
            try effects.publish(notice, in: &told.chain, about: person.person)
            state.told.survivors.append(told)
        }
    }

    /// Another day of death: the survivors' cases learn it.
    static func correctSurvivors(
        _ state: inout Case, _ death: Case.Death, _ effects: inout Effects<Timer>
    ) throws {
        for index in state.told.survivors.indices {
            state.told.survivors[index].notice.deathDate = death.date
            let told = state.told.survivors[index]
            try effects.publish(told.notice, in: &state.told.survivors[index].chain, about: told.person)
        }
    }

    private static func test(
        _ state: inout Case, _ event: Event<SurvivorNotice>, _ effects: inout Effects<Timer>
    ) throws {
        let studies = state.claims.first { event.corrects($0.chain) }?.studiesUntil
        let hasRight =
            !state.isDead && !PensionRules.rights(event.data, effects.rules, studies: studies).isEmpty
        if let known = state.claims.firstIndex(where: { event.corrects($0.chain) }) {
            try state.claims[known].chain.take(event)
            state.claims[known].notice = event.data
            return try testAnew(known, hasRight, &state, &effects)
        }
        state.claims.append(
            .init(notice: event.data, chain: ChainHead(event), state: hasRight ? .tested : .nothing))
        if hasRight { try investigate(event.data, state, &effects) }
    }

    /// There is a right: it is decided without an application.
    static func investigate(
        _ notice: SurvivorNotice, _ state: Case, _ effects: inout Effects<Timer>
    ) throws {
        let day = PensionRules.decisionDay(foundOn: effects.today, effects.rules)
        effects.setTimer(.decide, at: Stockholm.instant(day, hour: 8))
        let isChild = notice.facts.role == .child
        try tell(
            state, .investigating,
            "Vi undersöker om \(isChild ? "barnet" : "du") har rätt till efterlevandepension. Du behöver inte ansöka. "
                + "Besked senast den \(SwedishText.day(day))", expected: day, &effects)
    }

    /// Another day of death: a right may arise by it, or be gone.
    private static func testAnew(
        _ known: Int, _ hasRight: Bool, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        switch state.claims[known].state {
        case .granted where hasRight: try decide(state.claims[known], &state, &effects)
        case .granted, .tested:
            guard !hasRight else { return }
            let wasGranted = state.claims[known].state == .granted
            state.claims[known].state = .refused
            try annulPensions(after: state.claims[known].notice.dead, besides: [], &state, &effects)
            if !state.claims.contains(where: { $0.state == .tested }) { effects.cancelTimer(.decide) }
            let review = PensionRules.reviewDeadline(decided: effects.today, effects.rules)
            let reason = PensionRules.refusal(state.claims[known].notice, effects.rules)
            try tell(
                state, .decided,
                (wasGranted ? "Beslutet är ändrat, för dödsdagen är rättad" : "Avslag")
                    + ": \(reason). Begär omprövning senast den \(SwedishText.day(review))", reviewBy: review, &effects)
            schedule(state, &effects)
        case .nothing, .refused:
            guard hasRight else { return }
            state.claims[known].state = .tested
            try investigate(state.claims[known].notice, state, &effects)
        }
    }

    /// What the law does not give any more never held.
    private static func annulPensions(
        after dead: Subject, besides kinds: [SurvivorKind], _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        for index in state.pensions.indices where state.pensions[index].dead == dead {
            guard let kind = state.pensions[index].survivorKind, !kinds.contains(kind) else { continue }
            try effects.annul(PensionDecision.self, in: &state.pensions[index].chain, reason: "deathCorrected")
        }
        state.pensions.removeAll { pension in
            pension.dead == dead && pension.survivorKind.map { !kinds.contains($0) } ?? false
        }
    }

    /// The survivor's page; a child's guardians have it about the child.
    static func tell(
        _ state: Case, _ code: TileCode, _ text: String, expected: Day? = nil, next: Day? = nil,
        reviewBy: Day? = nil, _ effects: inout Effects<Timer>
    ) throws {
        // A principal's tiles go to who acts within the scope.
        let godMen = state.deputies.godMen(on: effects.today)
        for holder in state.isWarded(on: effects.today) ? state.custodians : godMen.isEmpty ? [effects.subject] : godMen
        {
            try effects.set(
                Tile(
                    .survivorsPension, code, text, about: effects.subject, expected: expected, next: next,
                    reviewBy: reviewBy), for: holder)
        }
    }

    static func decideClaims(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        for index in state.claims.indices where state.claims[index].state == .tested {
            state.claims[index].state = .granted
        }
        let decided = state.claims.filter { $0.state == .granted }
        // A child whose other parent has died too has more after the first as well.
        for claim in decided
        where claim.notice.facts.role == .child || !state.pensions.contains(where: { $0.dead == claim.notice.dead }) {
            try decide(claim, &state, &effects)
        }
    }

    /// What a claim gives: of a child from the month in which there is a right after both parents more.
    private static func rights(_ claim: Case.Claim, _ state: Case, _ rules: RuleValues) -> [SurvivorRight] {
        let alone = PensionRules.rights(claim.notice, rules, studies: claim.studiesUntil)
        let other = state.claims.first {
            $0.notice.dead != claim.notice.dead && $0.notice.facts.role == .child && $0.state == .granted
        }
        guard let other, let since = PensionRules.rights(other.notice, rules).map(\.first).min() else { return alone }
        let both = PensionRules.rights(claim.notice, rules, beside: other.notice, studies: claim.studiesUntil)
        let first = both.map { right in
            guard var former = alone.first(where: { $0.kind == right.kind }), former.first < since else {
                var right = right
                right.first = max(right.first, since)
                return right
            }
            former.steps = former.steps.filter { $0.from < since } + [.init(from: since, monthly: right.monthly)]
            return former
        }
        return first
            + alone.filter { right in right.first < since && !both.contains { $0.kind == right.kind } }
            .map { right in
                var right = right
                right.last = since.adding(months: -1)
                return right
            }
    }

    /// Grants what the law gives; a decision that stands is corrected where it gives something else.
    private static func decide(
        _ claim: Case.Claim, _ state: inout Case, _ effects: inout Effects<Timer>
    ) throws {
        let review = PensionRules.reviewDeadline(decided: effects.today, effects.rules)
        var sentences: [String] = []
        let rights = rights(claim, state, effects.rules)
        let isCorrected = state.pensions.contains { $0.dead == claim.notice.dead }
        if isCorrected {
            try annulPensions(after: claim.notice.dead, besides: rights.map(\.kind), &state, &effects)
        }
        for right in rights {
            let index = state.pensions.firstIndex {
                $0.survivorKind == right.kind && $0.dead == claim.notice.dead
            }
            var pension =
                index.map { state.pensions[$0] }
                ?? Case.Pension(
                    kind: .survivor, survivorKind: right.kind, share: 100, first: right.first, dead: claim.notice.dead,
                    chain: ChainHead())
            (pension.monthly, pension.first, pension.last) = (right.monthly, right.first, right.last)
            pension.steps = right.steps
            // What had ended goes on, for the child studies.
            try effects.restore(PensionDecision.self, in: &pension.chain, reason: "goesOn")
            if let paid = pension.paid.map(\.month).min(), paid > right.first {
                // Months before what was paid: they are paid with the next.
                pension.paidTo = nil
            }
            try effects.publish(
                PensionDecision(
                    kind: .survivor, survivorKind: right.kind, outcome: .granted, month: right.first, to: right.last,
                    share: 100), in: &pension.chain)
            if let index { state.pensions[index] = pension } else { state.pensions.append(pension) }
            let end = right.last.map { " till och med \(PensionRules.text($0))" } ?? ""
            let later = right.steps.map { step in
                ", \(PensionRules.kronor(step.monthly)) kr från \(PensionRules.text(step.from))"
            }
            sentences.append(
                "\(right.kind.text), \(PensionRules.kronor(right.monthly)) kr i månaden från "
                    + "\(PensionRules.text(right.first))\(later.joined())\(right.last == nil ? "" : end)")
        }
        try tell(
            state, .decided,
            "Beviljad: \(sentences.joined(separator: "; ")). Begär omprövning senast den \(SwedishText.day(review))",
            reviewBy: review, &effects)
        schedule(state, &effects)
    }

    /// When payment begins, when the next right ends, and the paydays between.
    private static func schedule(_ state: Case, _ effects: inout Effects<Timer>) {
        setPayday(state, &effects)
        let own = state.pensions.filter { $0.kind == .survivor && $0.chain.holds }
        if let first = own.filter({ $0.paid.isEmpty }).map(\.first).min() {
            let next = Stockholm.instant(SwedishCalendar.adding(workingDays: 1, to: effects.today), hour: 8)
            effects.setTimer(.begin, at: max(next, Stockholm.instant(first.firstDay)))
        }
        guard let last = own.compactMap(\.last).min() else { return effects.cancelTimer(.end) }
        effects.setTimer(.end, at: Stockholm.instant(last.next.firstDay))
    }

    static func beginPayment(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        let own = state.pensions.filter { $0.kind == .survivor && $0.chain.holds }
        guard let pension = own.min(by: { $0.first < $1.first }), let kind = pension.survivorKind else { return }
        let month = max(Month(of: effects.today), pension.first)
        var day = PensionRules.payday(of: month, born: state.birthDate)
        if day <= effects.today { day = PensionRules.payday(of: month.next, born: state.birthDate) }
        guard payee(state, effects.subject, on: effects.today) != nil else { return }
        try tell(
            state, .ongoing,
            "\(kind.definiteText) betalas ut den \(SwedishText.day(day)) och sedan varje månad", next: day, &effects)
    }

    /// The last month of a right is over: adjustment pension may go on for who has a child at home (D18).
    static func endRights(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        let (today, rules) = (Month(of: effects.today), effects.rules)
        for index in state.pensions.indices {
            let pension = state.pensions[index]
            guard pension.kind == .survivor, pension.chain.holds, let last = pension.last, last < today,
                let kind = pension.survivorKind
            else { continue }
            let claim = state.claims.first { $0.notice.dead == pension.dead }
            let later =
                kind == .adjustment ? claim.flatMap { PensionRules.laterRight(of: $0.notice, after: last, rules) } : nil
            try effects.cease(
                PensionDecision(
                    kind: .survivor, survivorKind: kind, outcome: .granted, month: last, share: 100),
                in: &state.pensions[index].chain, occurredOn: last.lastDay)
            guard let later else {
                try tell(
                    state, .done, "\(kind.definiteText) har upphört efter \(PensionRules.text(last))", &effects)
                continue
            }
            var next = Case.Pension(
                kind: .survivor, survivorKind: later.kind, share: 100, monthly: later.monthly, first: later.first,
                last: later.last, dead: pension.dead, chain: ChainHead())
            try effects.publish(
                PensionDecision(
                    kind: .survivor, survivorKind: later.kind, outcome: .granted, month: later.first, to: later.last,
                    share: 100), in: &next.chain)
            state.pensions.append(next)
            let end = later.last.map { " till och med \(PensionRules.text($0))" } ?? ""
            let review = PensionRules.reviewDeadline(decided: effects.today, effects.rules)
            try tell(
                state, .decided,
                "Beviljad: \(later.kind.text), \(PensionRules.kronor(later.monthly)) kr i månaden från "
                    + "\(PensionRules.text(later.first))\(end). Begär omprövning senast den \(SwedishText.day(review))",
                reviewBy: review, &effects)
        }
        schedule(state, &effects)
    }

    static func endAdjustment(
        _ state: inout Case, after month: Month, because: String = "för du har gift dig",
        _ effects: inout Effects<Timer>
    ) throws {
        for index in state.pensions.indices {
            guard let kind = state.pensions[index].survivorKind, kind == .adjustment || kind == .adjustmentExtended,
                state.pensions[index].chain.holds
            else { continue }
            state.pensions[index].last = month
            try effects.cease(
                PensionDecision(
                    kind: .survivor, survivorKind: kind, outcome: .granted, month: month, share: 100),
                in: &state.pensions[index].chain, occurredOn: month.lastDay)
            try tell(
                state, .done, "\(kind.definiteText) har upphört efter \(PensionRules.text(month)), \(because)",
                &effects)
        }
    }

    private static func drop(
        _ state: inout Case, _ event: Event<Annulled<SurvivorNotice>>, _ effects: inout Effects<Timer>
    ) throws {
        guard let place = state.claims.firstIndex(where: { event.annuls($0.chain) }) else { return }
        let claim = state.claims[place]
        let wasTold = claim.state != .nothing
        for index in state.pensions.indices where state.pensions[index].dead == claim.notice.dead {
            try effects.annul(
                PensionDecision.self, in: &state.pensions[index].chain, reason: event.data.reasonCode)
        }
        state.pensions.removeAll { $0.dead == claim.notice.dead }
        for timer in [Timer.decide, .begin, .end] { effects.cancelTimer(timer) }
        if wasTold {
            try tell(
                state, .corrected,
                "Det var fel: dödsfallet har inte inträffat. Ärendet om efterlevandepension är avslutat", &effects)
        }
        state.claims.remove(at: place)
        resumeClaims(state, &effects)
        setPayday(state, &effects)
    }

    /// Claims that a death had stopped go on.
    static func resumeClaims(_ state: Case, _ effects: inout Effects<Timer>) {
        if state.claims.contains(where: { $0.state == .tested }) {
            effects.setTimer(
                .decide, at: Stockholm.instant(PensionRules.decisionDay(foundOn: effects.today, effects.rules), hour: 8)
            )
        }
        if state.claims.contains(where: { $0.state == .granted }) { schedule(state, &effects) }
    }

    /// Who has custody of a child takes its pension; nobody: it is saved until somebody has.
    private static func noteCustody(
        _ state: inout Case, _ event: Event<FamilyRelation>, _ effects: inout Effects<Timer>
    ) throws {
        let wasHeld = state.custodians.isEmpty
        if let known = state.guardians.held.firstIndex(where: { event.follows($0.chain) && !event.isNew }) {
            try state.guardians.held[known].chain.take(event)
        } else if event.isNew {
            state.guardians.held.append(.init(holder: event.data.holder, chain: ChainHead(event)))
        } else if event.change == .ceased {
            state.guardians.lost.append(event.data.holder)
        }
        // What was saved is told to who takes it now.
        if wasHeld { try beginPayment(&state, &effects) }
        setPayday(state, &effects)
    }
}
