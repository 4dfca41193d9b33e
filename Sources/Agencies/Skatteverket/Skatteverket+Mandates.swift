import AgencyKit
import LifeEvents

/// Who may notify a move for somebody else: by a power of attorney for moves (fullmakt), or as god man or förvaltare with
/// the principal's rights in scope (M3).
extension Skatteverket {
    var mandates: [River<Self>] {
        [
            River(
                "keep a power of attorney for moves", hears: GrantedMandate.self, as: Self.register,
                under: [MoveRules.filer],
                mine: [
                    Condition("is a power of attorney for moves, to a person, or changes one we know") { state, event in
                        // Another one that is rightly given a correction may bring in.
                        event.isNew
                            ? Self.isForMoves(event.data)
                                || Self.isPersonal(event.data) && event.data.filedBy == event.subject
                            : state.representatives.knows(event)
                    }
                ],
                whole: [Condition("is given by the principal") { _, event in event.data.filedBy == event.subject }],
                handle: { state, event, _ in
                    guard let holder = event.data.holder else { return }
                    try state.representatives.take(
                        event, holder, until: Self.isForMoves(event.data) ? event.data.until : .earliest)
                }),
            River(
                "forget a power of attorney", hears: Annulled<GrantedMandate>.self, as: Self.register,
                mine: [
                    Condition("is one we know") { state, event in
                        state.representatives.known.contains { event.annuls($0.chain) }
                    }
                ],
                handle: { state, event, _ in try state.representatives.forget(event) }),
            River(
                "keep a god man with the principal's rights", hears: Guardianship.self, as: Self.register,
                under: [MoveRules.filer],
                mine: [
                    Condition("lets somebody guard rights, or changes what we know") { state, event in
                        // A scope that has grown may be the first that we have to do with.
                        event.change != .ceased && event.data.scope.contains(.guardRights)
                            || state.representatives.knows(event)
                    }
                ],
                handle: { state, event, _ in
                    let isOurs = event.data.scope.contains(.guardRights)
                    try state.representatives.take(
                        event, event.data.holder, until: isOurs ? nil : .earliest, seesPage: true)
                }),
            River(
                "forget a god man", hears: Annulled<Guardianship>.self, as: Self.register,
                mine: [
                    Condition("is one we know") { state, event in
                        state.representatives.known.contains { event.annuls($0.chain) }
                    }
                ],
                handle: { state, event, _ in try state.representatives.forget(event) }),
        ]
    }

    private static func isForMoves(_ mandate: GrantedMandate) -> Bool {
        isPersonal(mandate) && mandate.scope.contains(.move) && mandate.level != .view
    }

    private static func isPersonal(_ mandate: GrantedMandate) -> Bool {
        mandate.kind == .powerOfAttorney && mandate.holder != nil
    }
}

extension SkatteverketCase {
    /// Who may act for the person in the register.
    struct Representatives: CasePart {
        struct Representative: Codable, Equatable, Sendable {
            var holder: Subject
            var chain: ChainHead
            /// The last day by what it says itself; nil: none is known.
            var until: Day?
            /// The last day, where it has ended.
            var endedOn: Day?
            /// Whether tiles about the principal go to this one, too: a god man or förvaltare.
            var seesPage: Bool

            /// Whether a day is not past the last one.
            func holds(on day: Day) -> Bool { [until, endedOn].allSatisfy { $0.map { day <= $0 } ?? true } }
        }

        var known: [Representative] = []

        /// Whether an event changes or ends a mandate that is known.
        func knows<Data: LifeEvent>(_ event: Event<Data>) -> Bool {
            !event.isNew && known.contains { event.follows($0.chain) }
        }

        /// Takes what begins, corrects or ends a mandate.
        /// - Parameter endedOn: the last day, where that is not the day on which it has ended.
        mutating func take<Data: LifeEvent>(
            _ event: Event<Data>, _ holder: Subject, until: Day?, endedOn: Day? = nil, seesPage: Bool = false
        ) throws {
            if let place = known.firstIndex(where: { event.follows($0.chain) && !event.isNew }) {
                try known[place].chain.take(event)
                known[place].until = until
                known[place].endedOn = event.change == .ceased ? endedOn ?? event.occurredOn : nil
                known[place].holder = holder
            } else {
                known.append(.init(holder: holder, chain: ChainHead(event), until: until, seesPage: seesPage))
            }
        }

        /// Takes that a mandate never was, or that its end never was: then it holds as before.
        mutating func forget<Fact: LifeEvent>(_ event: Event<Annulled<Fact>>) throws {
            guard let place = known.firstIndex(where: { event.annuls($0.chain) }) else { return }
            try known[place].chain.take(event)
            known[place].endedOn = nil
            if !known[place].chain.holds { known.remove(at: place) }
        }

        /// Whether somebody may act on a day.
        func mayAct(_ person: Subject, on day: Day) -> Bool {
            // A god man who is dismissed acts no more from that instant; a power of attorney holds its last day out.
            known.contains {
                $0.holder == person && (!$0.seesPage || $0.chain.holds) && $0.holds(on: day)
            }
        }

        /// Who sees the page besides the principal on a day.
        func pages(on day: Day) -> [Subject] {
            var holders: [Subject] = []
            for holder in known.filter({ $0.seesPage && $0.holds(on: day) }).map(\.holder)
            where !holders.contains(holder) {
                holders.append(holder)
            }
            return holders
        }
    }
}
