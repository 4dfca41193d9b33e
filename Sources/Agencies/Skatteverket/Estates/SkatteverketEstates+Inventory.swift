import AgencyKit
import LifeEvents

/// The inventory (bouppteckning) is awaited, reminded of, ordered, and registered.
extension SkatteverketEstates {
    var inventories: [River<Self>] {
        [
            River(
                "await an estate inventory", hears: Death.self, handle: Self.follow),
            River(
                "close the estate of one who lives", hears: Annulled<Death>.self,
                handle: { state, event, effects in
                    guard case .annulled = try state.estate.death.take(event) else { return }
                    try Self.annulEstate(&state, event.data.reasonCode, &effects)
                }),
        ]
    }

    private static func follow(
        _ state: inout Case, _ event: Event<Death>, _ effects: inout Effects<Timer>
    ) throws {
        let former = state.estate.death.head?.value
        switch try state.estate.death.take(event, event.data.deathDate) {
        case .became(let death):
            state.estate.municipality = event.data.municipality ?? state.family.municipality
            state.estate.dead = effects.subject
            if former == nil {
                state.estate.registeredOn = event.knownOn
                try tellRelatives(&state, &effects)
                // A death of long ago that nothing in this run has told of: what should follow from it has followed.
                guard event.envelope.causationID != nil || event.occurredOn.adding(months: 12) >= effects.today
                else { return }
                try open(&state, died: death.value, &effects)
            } else if former != death.value {
                try correctDates(&state, died: death.value, &effects)
            }
        case .annulled: try annulEstate(&state, "deathAnnulled", &effects)
        case .ended, .restored, .collapsed, .superseded, .awaitsPredecessor, .repeated, .notOfChain: break
        }
    }

    private static func open(
        _ state: inout Case, died: Day, _ effects: inout Effects<Timer>
    ) throws {
        guard state.estate.take(.opened) else { return }
        state.estate.partners = state.heirs(on: effects.today)
        setDates(&state, EstateRules.dates(died: died, registered: effects.today, effects.rules), &effects)
        try publish(&state, .due, &effects)
        for holder in state.estate.partners.persons
        where state.concernsChiefGuardian(holder, on: effects.today) {
            try tellChiefGuardian(&state, holder, &effects)
        }
        try tellFormerEstate(&state, &effects)
        try tellRelatives(&state, &effects)
        try awaitActor(&state, &effects)
        try tellDue(state, &effects)
        try tellActors(&state, isFirst: true, &effects)
    }

    /// Of a minor who is partner the chief guardian has to know before the meeting (D12, föräldrabalken 15 kap.).
    static func tellChiefGuardian(
        _ state: inout Case, _ child: Subject, _ effects: inout Effects<Timer>
    ) throws {
        // Who has died with protected data is named in nothing that is said of a child: a named function rings up.
        guard !state.family.isProtected else { return }
        let fact = HeirNotice(
            dead: effects.subject, role: .heir, guardianIsPartner: state.needsGodMan(child, on: effects.today),
            municipality: state.estate.municipality)
        if let known = state.estate.notices.firstIndex(where: { $0.child == child }) {
            try effects.publish(fact, in: &state.estate.notices[known].chain, about: child)
        } else {
            var notice = Case.Estate.Notice(child: child, chain: ChainHead())
            try effects.publish(fact, in: &notice.chain, about: child)
            state.estate.notices.append(notice)
        }
    }

    static func setDates(
        _ state: inout Case, _ dates: (heldBy: Day, dueDate: Day), _ effects: inout Effects<Timer>
    ) {
        state.estate.heldBy = dates.heldBy
        state.estate.dueDate = dates.dueDate
        state.estate.lastDay = dates.dueDate
        effects.setTimer(.inventory, at: SkatteverketRules.midnight(after: dates.dueDate))
    }

    static func publish(
        _ state: inout Case, _ stage: EstateInventoryState, _ effects: inout Effects<Timer>
    ) throws {
        guard let fact = fact(state, stage, on: effects.today) else { return }
        if stage == .due { state.estate.dueTo = fact.orderTo ?? fact.holders }
        state.estate.facts.append(ChainHead(try effects.publish(fact)))
    }

    private static func fact(_ state: Case, _ stage: EstateInventoryState, on day: Day) -> EstateInventory? {
        guard let heldBy = state.estate.heldBy, let dueDate = state.estate.dueDate else { return nil }
        let hasWards = state.hasWards(on: day)
        let hasUnknown = state.estate.hasUnknownHeirs
        let hasOthers = state.estate.partners.holders.contains { $0.actors != nil }
        let isAsked = [.reminded, .ordered].contains(stage)
        let guardian = state.estate.municipality.flatMap { Municipalities.agency(code: $0) }
        func named(_ persons: [Subject]) -> [Subject] { persons.filter { !state.family.protected.contains($0) } }
        return EstateInventory(
            state: stage, heldBy: heldBy, dueDate: dueDate, heldOn: state.estate.heldOn,
            holders: named(state.estate.partners.persons),
            summoned: state.estate.summoned.isEmpty ? nil : named(state.estate.summoned),
            orderTo: hasOthers || isAsked ? named(state.estate.partners.actors) : nil,
            concerns: (hasWards || hasUnknown) && !state.family.isProtected ? [guardian].compactMap(\.self) : nil,
            unknownHeirs: hasUnknown ? true : nil)
    }

    /// Tells each partner, and who acts for a minor or a principal about that one.
    static func tell(
        _ state: Case, _ code: TileCode, _ text: String, as name: TileName = .estateInventory, deadline: Day? = nil,
        expected: Day? = nil, _ effects: inout Effects<Timer>
    ) throws {
        var told: [Subject] = []
        for holder in state.estate.partners.holders {
            let about = holder.actors == nil ? effects.subject : holder.person
            for actor in holder.actors ?? [holder.person] {
                // Who acts for several is told about each; who is told of the estate once is not told twice.
                guard !told.contains(actor) || about != effects.subject else { continue }
                told.append(actor)
                try effects.set(
                    Tile(name, code, text, about: about, deadline: deadline, expected: expected), for: actor)
            }
        }
    }

    static func tellDue(_ state: Case, _ effects: inout Effects<Timer>) throws {
        guard let heldBy = state.estate.heldBy, let dueDate = state.estate.dueDate else { return }
        try tell(state, .awaitingCitizen, dueText(heldBy), deadline: dueDate, &effects)
    }

    static func dueText(_ heldBy: Day) -> String {
        let held = SwedishText.day(heldBy)
        return "Bouppteckningen ska göras senast den \(held) och lämnas in inom en månad efter mötet. Behöver ni mer "
            + "tid? Sök anstånd senast den \(held)"
    }

    /// The last day has passed without an inventory, or the handling time with one.
    static func inventoryDue(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        let former = state.estate.lastDay ?? effects.today
        guard state.estate.take(.timePassed) else { return }
        switch state.estate.stage {
        case .reminded:
            let day = nextRequest(&state, after: former, &effects)
            try publish(&state, .reminded, &effects)
            try tell(
                state, .awaitingCitizen, "Bouppteckningen har inte kommit in. Lämna in den senast den \(day)",
                deadline: state.estate.lastDay, &effects)
        case .ordered:
            let day = nextRequest(&state, after: former, &effects)
            try publish(&state, .ordered, &effects)
            try tell(
                state, .awaitingCitizen,
                "Skatteverket kräver att ni lämnar in bouppteckningen senast den \(day), annars kan ni få betala vite",
                deadline: state.estate.lastDay, &effects)
        case .appointing:
            try tell(
                state, .investigating,
                "Bouppteckningen har inte kommit in. Skatteverket utser någon som gör den. Ni får brev om vem det blir",
                &effects)
        case .registered:
            try publish(&state, .registered, &effects)
            try tell(state, .done, "Bouppteckningen är registrerad. Visa den för banken", &effects)
            let isSole = state.estate.partners.holders.count == 1
            try tell(
                state, isSole ? .informed : .awaitingCitizen,
                isSole
                    ? "Du är ensam delägare och behöver inget arvskifte. Bouppteckningen är ditt bevis, till exempel "
                        + "hos banken"
                    : "Ni är flera delägare. Gör bodelning och arvskifte skriftligt", as: .estateDivision, &effects)
        case .none, .awaiting, .received, .supplementAsked, .small: break
        }
    }

    private static func nextRequest(
        _ state: inout Case, after former: Day, _ effects: inout Effects<Timer>
    ) -> String {
        let lastDay = EstateRules.next(after: former, effects.rules)
        state.estate.lastDay = lastDay
        effects.setTimer(.inventory, at: SkatteverketRules.midnight(after: lastDay))
        return SwedishText.day(lastDay)
    }

    /// No partner is known, or none could be reached: the municipality has to see to the estate (D14).
    static func tellUnattended(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.estate.stage == .awaiting, let municipality = state.estate.municipality else { return }
        try effects.publish(
            EstateUnattended(
                municipality: municipality, lastDay: effects.today.adding(days: -1),
                hasHeirs: state.estate.partners.holders.isEmpty ? nil : true),
            in: &state.estate.unattended)
    }

    /// Where nobody can act for the estate the municipality is told some time later; where somebody can, it need not see
    /// to it any more.
    static func awaitActor(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.estate.stage == .awaiting else { return }
        guard state.estate.partners.actors.isEmpty else {
            effects.cancelTimer(.unattended)
            return try effects.annul(EstateUnattended.self, in: &state.estate.unattended, reason: "notValid")
        }
        guard !effects.hasTimer(.unattended), !state.estate.unattended.holds else { return }
        effects.setTimer(
            .unattended,
            at: SkatteverketRules.midnight(
                after: effects.today.adding(days: effects.value(of: EstateRules.unattended))))
    }

    /// Another day of death moves the last days; one that is filed already needs none.
    private static func correctDates(
        _ state: inout Case, died: Day, _ effects: inout Effects<Timer>
    ) throws {
        try tellRelatives(&state, &effects)
        guard state.estate.stage.isWaiting, !state.estate.facts.isEmpty else { return }
        let dates = EstateRules.dates(died: died, registered: state.estate.registeredOn ?? died, effects.rules)
        guard dates != (state.estate.heldBy, state.estate.dueDate) else { return }
        if state.estate.stage == .awaiting || dates.dueDate >= effects.today {
            state.estate.take(.dueLater)
            setDates(&state, dates, &effects)
        } else {
            (state.estate.heldBy, state.estate.dueDate) = dates
        }
        try publishDueAgain(&state, &effects)
    }

    /// Corrects what was said first of the estate, and tells the partners while there is time.
    static func publishDueAgain(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard !state.estate.facts.isEmpty, let due = fact(state, .due, on: effects.today) else { return }
        state.estate.dueTo = due.orderTo ?? due.holders
        try effects.publish(due, in: &state.estate.facts[0])
        if state.estate.stage == .awaiting { try tellDue(state, &effects) }
    }

    /// Others act than were told of: who goes by it learns that.
    static func correctDue(_ state: inout Case, _ effects: inout Effects<Timer>) throws {
        guard state.estate.stage.isWaiting, let due = fact(state, .due, on: effects.today),
            (due.orderTo ?? due.holders) != state.estate.dueTo
        else { return }
        state.estate.dueTo = due.orderTo ?? due.holders
        try effects.publish(due, in: &state.estate.facts[0])
    }

    private static let noInventory = "Det var fel: dödsfallet har inte inträffat. Ingen bouppteckning behövs"

    /// Nobody died: no inventory was ever due.
    private static func annulEstate(
        _ state: inout Case, _ reason: String, _ effects: inout Effects<Timer>
    ) throws {
        try untellRelatives(&state, reason, &effects)
        guard state.estate.stage != .none else { return state.estate.dead = nil }
        for timer in Timer.allCases { effects.cancelTimer(timer) }
        for var fact in state.estate.facts.reversed() {
            try effects.annul(EstateInventory.self, in: &fact, reason: reason)
        }
        for index in state.estate.notices.indices {
            let child = state.estate.notices[index].child
            try effects.annul(
                HeirNotice.self, in: &state.estate.notices[index].chain, about: child, reason: reason)
        }
        try effects.annul(EstateUnattended.self, in: &state.estate.unattended, reason: reason)
        if let former = state.family.deadSpouse {
            try effects.annul(PartnerDied.self, in: &state.estate.partnerDied, about: former, reason: reason)
        }
        try tell(state, .corrected, noInventory, &effects)
        // What was told to a partner who has died since stands on that one's page.
        for holder in state.estate.partners.persons where state.family.dead.contains(where: { $0.person == holder }) {
            try effects.set(Tile(.estateInventory, .corrected, noInventory, about: effects.subject), for: holder)
        }
        let death = state.estate.death
        state.estate = Case.Estate()
        state.estate.death = death
    }
}
