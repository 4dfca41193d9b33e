import AgencyKit
import LifeEvents

/// Who acts for a person, as an agency that has a case of the person knows it: UNKNOWN → ACTIVE → EXPIRED (FB 11 and 12 kap.).
/// It is asked at each filing, not when somebody logs in.
struct KnownGodMan: CasePart {
    enum Stage: String, Codable, Sendable {
        case unknown, active, expired
    }

    /// One whom a later appointment has replaced, and who acts again if that never was.
    struct Replaced: Codable, Equatable, Sendable {
        var chain: ChainHead
        var holder: Subject
        var kind: GuardianshipKind
        var scope: [GuardianshipScope]
        var capacity: LegalCapacity
    }

    private(set) var stage = Stage.unknown
    private(set) var chain = ChainHead()
    /// The last who was replaced and whose appointment has not ended.
    private(set) var replaced: Replaced?
    /// Who was replaced, and whose own appointment has ended since.
    private(set) var left: Left?

    /// One whose appointment has ended while another was held to act.
    struct Left: Codable, Equatable, Sendable {
        var holder: Subject
        var on: Day
    }
    /// Who acts; kept when it has expired, for that one is told.
    var holder: Subject?
    var kind: GuardianshipKind?
    var scope: [GuardianshipScope] = []
    var capacity: LegalCapacity?

    init() {}

    /// Whether somebody may act for the person, in something.
    func mayAct(_ person: Subject, _ needed: GuardianshipScope) -> Bool {
        stage == .active && holder == person && scope.contains(needed)
    }

    /// Takes that somebody acts.
    mutating func begin(
        _ holder: Subject, _ kind: GuardianshipKind, _ scope: [GuardianshipScope], _ capacity: LegalCapacity
    ) {
        stage = .active
        (self.holder, self.kind, self.scope, self.capacity) = (holder, kind, scope, capacity)
    }

    /// Nobody acts any more.
    mutating func expire() { if stage == .active { stage = .expired } }

    /// What was said never was: who was replaced by it acts again.
    /// - Returns: who.
    mutating func forget() -> Subject? {
        let former = replaced
        self = KnownGodMan()
        guard let former else { return nil }
        chain = former.chain
        begin(former.holder, former.kind, former.scope, former.capacity)
        return former.holder
    }

    /// Whether an event moves what is known, or what it has replaced.
    func isMoved<Data: LifeEvent>(by event: Event<Data>) -> Bool {
        !event.isNew && (event.follows(chain) || event.follows(replaced?.chain))
    }

    /// Takes an appointment: a new one replaces who acts.
    mutating func take<Data: LifeEvent>(_ event: Event<Data>) throws {
        guard event.isNew || !event.follows(chain) else {
            try chain.take(event)
            return
        }
        left = nil
        replaced =
            if stage == .active, chain.holds, let holder, let kind, let capacity {
                Replaced(chain: chain, holder: holder, kind: kind, scope: scope, capacity: capacity)
            } else {
                nil
            }
        chain.adopt(event)
    }

    /// Takes an annulment.
    mutating func take<Fact: LifeEvent>(_ event: Event<Annulled<Fact>>) throws { try chain.take(event) }

    /// Takes what becomes of the appointment that is replaced; nobody is told, for that one acts no more as it is.
    /// - Parameter acts: who acts by it now; nil: nobody.
    /// - Returns: whether the event is about that appointment.
    mutating func changesReplaced<Data: LifeEvent>(
        _ event: Event<Data>,
        _ acts: (holder: Subject, kind: GuardianshipKind, scope: [GuardianshipScope], capacity: LegalCapacity)?
    ) throws -> Bool {
        guard !event.isNew, var former = replaced, event.follows(former.chain) else { return false }
        replaced = nil
        guard event.change == .corrected, let acts else {
            left = Left(holder: former.holder, on: event.knownOn)
            return true
        }
        try former.chain.take(event)
        (former.holder, former.kind, former.scope, former.capacity) = acts
        replaced = former
        return true
    }

    /// Takes that the appointment that is replaced never was.
    /// - Returns: whose it was; nil: the annulment is of another.
    mutating func forgetsReplaced<Fact: LifeEvent>(_ event: Event<Annulled<Fact>>) -> Subject? {
        guard let former = replaced, event.annuls(former.chain) else { return nil }
        replaced = nil
        return former.holder
    }
}

/// A case that knows who acts for the person.
protocol KnowsGodMan: AgencyCase {
    /// Who acts.
    var godMan: KnownGodMan { get set }
}

/// What every consumer of a guardianship does alike.
enum GodManConsumer {
    static let knows = LegalRule(
        "G17",
        "agencies and others with a case of the principal know who acts within the scope, and ask it at each filing",
        source: "föräldrabalken 11 kap. 5 §, 12 kap. 2 and 8 §§")

    /// Rivers of an agency that a chief guardian tells.
    /// - Parameters:
    ///   - name: the agency in the first word of a sentence.
    ///   - more: what else the representative reads.
    ///   - scopes: what the agency has to do with.
    ///   - tells: whether the representative reads of it on a page.
    ///   - whom: what the agency calls the principal, which tells branches' rules apart.
    ///   - hasCase: whether the agency has a case of the principal; nil: it knows all who are represented.
    static func rivers<A: Agency>(
        _ type: A.Type, as branch: Branch? = nil, _ name: String, more: String = "",
        for scopes: [GuardianshipScope], tells: Bool = true, of whom: String = "principal",
        hasCase: (@Sendable (A.Case) -> Bool)? = nil
    ) -> [River<A>] where A.Case: KnowsGodMan {
        let whose: [Condition<A.Case, Guardianship>] =
            hasCase.map { hasCase in
                [Condition("has a case here") { state, _ in hasCase(state) || state.godMan.stage != .unknown }]
            } ?? []
        return [
            River(
                "know who acts for a \(whom)", hears: Guardianship.self, as: branch, under: [knows],
                mine: whose + [
                    Condition("is of what we have to do with, or changes what we know") { state, event in
                        let isOurs = event.data.scope.contains { scopes.contains($0) }
                        // A scope that has grown may be the first that we have to do with.
                        let begins = event.isNew || event.change == .corrected && state.godMan.stage == .unknown
                        return state.godMan.isMoved(by: event) || begins && isOurs
                    }
                ],
                handle: { state, event, effects in
                    let data = event.data
                    let isOurs = data.scope.contains { scopes.contains($0) }
                    let acts = isOurs ? (data.holder, data.kind, data.scope, data.capacity) : nil
                    guard try !state.godMan.changesReplaced(event, acts) else { return }
                    try state.godMan.take(event)
                    try follow(event, &state.godMan, name, more, scopes, tells, &effects)
                }),
            River(
                "forget who never acted for a \(whom)", hears: Annulled<Guardianship>.self, as: branch, under: [knows],
                mine: [Condition("annuls what we know") { state, event in state.godMan.isMoved(by: event) }],
                handle: { state, event, effects in
                    if let former = state.godMan.forgetsReplaced(event) {
                        if tells, former != state.godMan.holder { try tellForgotten(former, nil, nil, name, &effects) }
                        return
                    }
                    try state.godMan.take(event)
                    guard let holder = state.godMan.holder, let kind = state.godMan.kind else { return }
                    if state.godMan.chain.holds {
                        state.godMan.begin(holder, kind, state.godMan.scope, state.godMan.capacity ?? .full)
                        if tells { try tell(holder, .corrected, "\(name) vet att du är god man som förut.", &effects) }
                        return
                    }
                    let left = state.godMan.left
                    let former = state.godMan.forget()
                    guard tells else { return }
                    try tellForgotten(holder, former, left, name, &effects)
                }),
        ]
    }

    private static func follow<Timer>(
        _ event: Event<Guardianship>, _ known: inout KnownGodMan, _ name: String, _ more: String,
        _ scopes: [GuardianshipScope], _ tells: Bool, _ effects: inout Effects<Timer>
    ) throws {
        let former = known.stage == .active ? known.holder : nil
        let isOurs = event.data.scope.contains { scopes.contains($0) }
        if event.change == .ceased || !isOurs {
            known.expire()
            guard tells, let former else { return }
            if event.change == .corrected, event.occurredOn <= event.data.from {
                // It was wrong from the start.
                return try tell(
                    former, .corrected, "Rättat: uppdraget gäller inte hos \(inSentence(name)).", &effects)
            }
            return try tell(
                former, .stopped, "Uppdraget gäller inte hos \(inSentence(name)) från \(day(effects)).", &effects)
        }
        known.begin(event.data.holder, event.data.kind, event.data.scope, event.data.capacity)
        guard tells, former != event.data.holder else { return }
        if let former {
            try tell(former, .stopped, "Uppdraget gäller inte hos \(inSentence(name)) från \(day(effects)).", &effects)
        }
        try tell(event.data.holder, .informed, informed(name, more, effects), &effects)
    }

    /// Rivers of a private party, to whom the representative has the chief guardian send an extract.
    static func extracts<A: Agency>(_ type: A.Type, _ name: String) -> [River<A>] where A.Case: KnowsGodMan {
        [
            River(
                "know who acts by an extract", hears: GuardianExtract.self, under: [knows],
                concerns: { [$0.data.addressee] },
                mine: [
                    Condition("is new, or changes what we know") { state, event in
                        event.isNew || state.godMan.isMoved(by: event)
                    }
                ],
                handle: { state, event, effects in
                    let data = event.data
                    let acts = data.state == .valid ? (data.holder, data.kind, data.scope, data.capacity) : nil
                    guard try !state.godMan.changesReplaced(event, acts) else { return }
                    try state.godMan.take(event)
                    let former = state.godMan.stage == .active ? state.godMan.holder : nil
                    guard event.change != .ceased, data.state == .valid else {
                        state.godMan.expire()
                        guard let former else { return }
                        if event.change == .corrected, event.occurredOn <= event.data.from {
                            return try tell(
                                former, .corrected, "Rättat: uppdraget gäller inte hos \(inSentence(name)).", &effects)
                        }
                        return try tell(
                            former, .stopped, "Uppdraget gäller inte hos \(inSentence(name)) från \(day(effects)).",
                            &effects)
                    }
                    state.godMan.begin(event.data.holder, event.data.kind, event.data.scope, event.data.capacity)
                    guard former != event.data.holder else { return }
                    if let former {
                        try tell(
                            former, .stopped, "Uppdraget gäller inte hos \(inSentence(name)) från \(day(effects)).",
                            &effects)
                    }
                    try tell(event.data.holder, .informed, informed(name, "", effects), &effects)
                }),
            River(
                "forget an extract of who never acted", hears: Annulled<GuardianExtract>.self, under: [knows],
                mine: [Condition("annuls what we know") { state, event in state.godMan.isMoved(by: event) }],
                handle: { state, event, effects in
                    if let former = state.godMan.forgetsReplaced(event) {
                        if former != state.godMan.holder { try tellForgotten(former, nil, nil, name, &effects) }
                        return
                    }
                    try state.godMan.take(event)
                    guard let holder = state.godMan.holder else { return }
                    if state.godMan.chain.holds, let kind = state.godMan.kind {
                        state.godMan.begin(holder, kind, state.godMan.scope, state.godMan.capacity ?? .full)
                        return try tell(holder, .corrected, "\(name) vet att du är god man som förut.", &effects)
                    }
                    let left = state.godMan.left
                    let former = state.godMan.forget()
                    try tellForgotten(holder, former, left, name, &effects)
                }),
        ]
    }

    private static func tellForgotten<Timer>(
        _ holder: Subject, _ former: Subject?, _ left: KnownGodMan.Left?, _ name: String,
        _ effects: inout Effects<Timer>
    ) throws {
        if let left, left.holder != holder {
            try tell(
                left.holder, .stopped,
                "Uppdraget gäller inte hos \(inSentence(name)) från \(SwedishText.day(left.on)).", &effects)
        }
        if former != holder {
            try tell(
                holder, .corrected, "Det var fel: du är inte god man. \(name) har tagit bort uppgiften.", &effects)
        }
        guard let former else { return }
        try tell(former, .corrected, "\(name) vet att du är god man som förut.", &effects)
    }

    private static func day<Timer>(_ effects: Effects<Timer>) -> String { SwedishText.day(effects.today) }

    private static func informed<Timer>(_ name: String, _ more: String, _ effects: Effects<Timer>) -> String {
        "\(name) vet sedan \(day(effects)) att du är god man.\(more)"
    }

    /// Names of authorities keep their capital; `Banken` is `banken` within a sentence.
    private static func inSentence(_ name: String) -> String {
        ["Banken", "Hyresvärden", "Regionen", "Hemtjänsten"].contains(name) ? KommunElderCare.lowered(name) : name
    }

    private static func tell<Timer>(
        _ holder: Subject, _ code: TileCode, _ text: String, _ effects: inout Effects<Timer>
    ) throws {
        try effects.set(Tile(.whoKnows, code, text, about: effects.subject), for: holder)
    }
}
