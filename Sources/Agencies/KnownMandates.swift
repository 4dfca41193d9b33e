import AgencyKit
import LifeEvents

/// Who may act for one person, and see the person's page, by what an agency has been told: powers of attorney (fullmakt), a
/// power of attorney for the future once its holder has declared it in force (framtidsfullmakt), a god man within the scope.
struct KnownMandates: CasePart {
    /// What a mandate rests on.
    enum Ground: String, Codable, Sendable {
        case powerOfAttorney, futurePowerOfAttorney, godMan
    }

    /// One mandate.
    struct Known: Codable, Equatable, Sendable {
        var chain: ChainHead
        var holder: Subject
        var ground: Ground
        /// Whether the holder may act; else only see.
        var acts: Bool
        var from: Day
        /// The last day; nil: no end is known.
        var until: Day?
        /// Whether a power of attorney for the future is in force.
        var isInForce: Bool
        /// Whether its scope holds something that the agency has to do with.
        var isInScope = true
    }

    var known: [Known] = []

    init() {}

    /// Whether an event gives a person a mandate, or changes one that is known. One that is rightly given is known also where
    /// its scope holds nothing that the agency has to do with: a correction may bring it in.
    func concerns(_ event: Event<GrantedMandate>, for scope: MandateScope) -> Bool {
        guard event.isNew else { return known.contains { event.follows($0.chain) } }
        return event.data.holder != nil && (event.data.scope.contains(scope) || mayFile(event))
    }

    /// Whether an event lets a god man act in one of some scopes, or changes one who is known. A scope that has grown may be
    /// the first that the agency has to do with.
    func concerns(_ event: Event<Guardianship>, for scopes: [GuardianshipScope]) -> Bool {
        event.change != .ceased && event.data.scope.contains(where: scopes.contains)
            || !event.isNew && known.contains { event.follows($0.chain) }
    }

    /// Whether an annulment takes back a mandate that is known.
    func knows<Fact: LifeEvent>(_ event: Event<Annulled<Fact>>) -> Bool { known.contains { event.annuls($0.chain) } }

    /// Who filed may give this mandate: the principal; a power of attorney for the future is declared in force by its holder.
    func mayFile(_ event: Event<GrantedMandate>) -> Bool {
        if event.data.filedBy == event.subject { return true }
        return event.data.kind == .futurePowerOfAttorney && event.change == .corrected
            && event.data.filedBy == event.data.holder
    }

    /// Takes what begins, widens, narrows, declares in force or ends a mandate.
    /// - Parameter scope: what the agency has to do with.
    /// - Returns: who holds it.
    @discardableResult
    mutating func take(_ event: Event<GrantedMandate>, for scope: MandateScope) throws -> Subject? {
        guard let holder = event.data.holder else { return nil }
        let isFuture = event.data.kind == .futurePowerOfAttorney
        let one = Known(
            chain: ChainHead(event), holder: holder, ground: isFuture ? .futurePowerOfAttorney : .powerOfAttorney,
            acts: event.data.level != .view, from: event.data.from, until: event.data.until,
            isInForce: !isFuture || event.data.filedBy == holder, isInScope: event.data.scope.contains(scope))
        try keep(one, event)
        return holder
    }

    /// Takes what a chief guardian says of a god man.
    mutating func take(_ event: Event<Guardianship>, for scopes: [GuardianshipScope]) throws {
        let one = Known(
            chain: ChainHead(event), holder: event.data.holder, ground: .godMan, acts: true, from: event.data.from,
            until: nil, isInForce: true, isInScope: event.data.scope.contains(where: scopes.contains))
        try keep(one, event)
    }

    private mutating func keep<Data: LifeEvent>(_ one: Known, _ event: Event<Data>) throws {
        guard let place = known.firstIndex(where: { event.follows($0.chain) && !event.isNew }) else {
            return known.append(one)
        }
        let wasInForce = known[place].isInForce
        try known[place].chain.take(event)
        let chain = known[place].chain
        known[place] = one
        known[place].chain = chain
        known[place].isInForce = one.isInForce || wasInForce
    }

    /// Forgets a mandate that never was, or takes back its end.
    mutating func take<Fact: LifeEvent>(_ event: Event<Annulled<Fact>>) throws {
        guard let place = known.firstIndex(where: { event.annuls($0.chain) }) else { return }
        try known[place].chain.take(event)
        if !known[place].chain.holds { known.remove(at: place) }
    }

    private func holding(on day: Day) -> [Known] {
        known.filter {
            $0.chain.holds && $0.isInForce && $0.isInScope && $0.from <= day && ($0.until.map { day <= $0 } ?? true)
        }
    }

    /// Whether somebody may act for the person on a day. Beside a god man who acts, others may only see.
    func mayAct(_ person: Subject, on day: Day) -> Bool {
        let all = holding(on: day)
        let hasGodMan = all.contains { $0.ground == .godMan }
        return all.contains { $0.holder == person && $0.acts && (!hasGodMan || $0.ground == .godMan) }
    }

    /// Who acts by a court or a chief guardian, in scope, on a day.
    func godMen(on day: Day) -> [Subject] { holding(on: day).filter { $0.ground == .godMan }.map(\.holder) }

    /// Who sees the page besides the person on a day, each once.
    func viewers(on day: Day) -> [Subject] {
        var all: [Subject] = []
        for holder in holding(on: day).map(\.holder) where !all.contains(holder) { all.append(holder) }
        return all
    }
}
