import AgencyKit
import LifeEvents

/// Who may act for a club, by the mandates that its people have given: who signs for it (*firmatecknare*), by the minutes of
/// its annual meeting, and its leaders (*ledare*). There is no register of them (H1).
struct ClubMandates: CasePart {
    /// One mandate.
    struct Given: Codable, Equatable, Sendable {
        var chain: ChainHead
        var filedBy: Subject
        var holder: Subject
        var kind: MandateKind
        var scope: [MandateScope]
        var from: Day
        /// The last day; nil: until it is withdrawn.
        var until: Day?

        func holds(on day: Day) -> Bool { chain.holds && from <= day && until.map { day <= $0 } ?? true }
    }

    private(set) var given: [Given] = []

    init() {}

    /// Whether an event begins a mandate, or changes one that is known.
    func concerns(_ event: Event<GrantedMandate>) -> Bool {
        event.isNew || given.contains { event.follows($0.chain) }
    }

    /// Whether an annulment takes back a mandate that is known.
    func knows(_ event: Event<Annulled<GrantedMandate>>) -> Bool { given.contains { event.annuls($0.chain) } }

    /// Takes what begins, changes or ends a mandate.
    mutating func take(_ event: Event<GrantedMandate>) throws {
        guard let holder = event.data.holder else { return }
        let one = Given(
            chain: ChainHead(event), filedBy: event.data.filedBy, holder: holder, kind: event.data.kind,
            scope: event.data.scope, from: event.data.from, until: event.data.until)
        guard let place = given.firstIndex(where: { !event.isNew && event.follows($0.chain) }) else {
            return given.append(one)
        }
        try given[place].chain.take(event)
        let chain = given[place].chain
        given[place] = one
        given[place].chain = chain
    }

    /// Forgets a mandate that never was, or takes back its end.
    mutating func take(_ event: Event<Annulled<GrantedMandate>>) throws {
        guard let place = given.firstIndex(where: { event.annuls($0.chain) }) else { return }
        try given[place].chain.take(event)
        if !given[place].chain.holds { given.remove(at: place) }
    }

    /// Ends all of them: the club is no more.
    mutating func clear() { given = [] }

    /// Who signs for the club on a day: who came first, and whom one of those has named. Of two boards that know nothing of
    /// each other the first stands until the other's papers are settled.
    func signatories(on day: Day) -> [Given] {
        var known: [Given] = []
        for one in given where one.kind == .signatory && one.holds(on: day) {
            if known.isEmpty || known.contains(where: { $0.holder == one.filedBy }) { known.append(one) }
        }
        return known
    }

    /// Whether two boards say that they sign for the club.
    func areDisputed(on day: Day) -> Bool {
        given.filter { $0.kind == .signatory && $0.holds(on: day) }.count > signatories(on: day).count
    }

    /// Whether somebody may act for the club on a day. A leader acts within what one who signs has given.
    func mayAct(_ person: Subject, _ scope: MandateScope, on day: Day) -> Bool {
        let signing = signatories(on: day)
        if signing.contains(where: { $0.holder == person && ($0.scope.contains(scope) || $0.scope.contains(.all)) }) {
            return true
        }
        return given.contains { one in
            one.kind == .leader && one.holder == person && one.holds(on: day) && one.scope.contains(scope)
                && given.contains { $0.kind == .signatory && $0.holder == one.filedBy }
        }
    }

    /// The last day for which somebody signs for the club; nil: nobody does.
    func boardUntil(on day: Day) -> Day? { signatories(on: day).compactMap(\.until).max() }
}
