import AgencyKit
import LifeEvents
import Testing

/// Acts that bind only together, and who may act for a child.
@Suite struct JointActTests {
    let mother = Subject(seed: 1, scenario: "j", case: "", name: "mother")
    let father = Subject(seed: 1, scenario: "j", case: "", name: "father")
    let stranger = Subject(seed: 1, scenario: "j", case: "", name: "stranger")
    let day = Day("2026-04-01")!

    func filed(_ filings: [(Subject, String)]) -> JointAct<String> {
        var act = JointAct<String>()
        for (person, terms) in filings { act.file(terms, by: person, on: day) }
        return act
    }

    @Test func `an act awaits who is missing, and stands once all have filed alike`() {
        let both = [mother, father]
        #expect(filed([]).standing(of: both) == .unfiled)
        #expect(filed([(mother, "Alma")]).standing(of: both) == .awaits([father]))
        #expect(filed([(mother, "Alma"), (father, "Alva")]).standing(of: both) == .differs)
        #expect(filed([(mother, "Alma"), (father, "Alma")]).standing(of: both) == .agreed("Alma"))
        #expect(filed([(mother, "Alma")]).standing(of: [mother]) == .agreed("Alma"))
    }

    @Test func `the last filing of a person counts, and a stranger's is nothing to it`() {
        #expect(
            filed([(mother, "Alma"), (father, "Alva"), (father, "Alma")]).standing(of: [mother, father])
                == .agreed("Alma"))
        #expect(filed([(stranger, "Nemo"), (mother, "Alma")]).standing(of: [mother, father]) == .awaits([father]))
    }

    @Test func `terms that name the parties bind those alone`() {
        struct Terms: Codable, Hashable { var mother, other: Subject }
        var act = JointAct<Terms>()
        act.file(Terms(mother: mother, other: stranger), by: stranger, on: day)
        act.file(Terms(mother: mother, other: father), by: father, on: day)
        #expect(act.agreed { [$0.mother, $0.other] } == nil)
        act.file(Terms(mother: mother, other: father), by: mother, on: day)
        #expect(act.agreed { [$0.mother, $0.other] } == Terms(mother: mother, other: father))
    }

    @Test func `what has lapsed counts no more, and a case cannot be filled by strangers`() {
        var act = filed([(mother, "Alma")])
        #expect(act.lapse().map(\.by) == [mother])
        #expect(act.standing(of: [mother]) == .unfiled)
        for number in 0..<200 {
            act.file("x", by: Subject(seed: 1, scenario: "j", case: "", name: "\(number)"), on: day)
        }
        #expect(act.filings.count == JointAct<String>.mostFilings)
        act.file("Alma", by: mother, on: day)
        #expect(act.standing(of: [mother]) == .agreed("Alma"))
    }
}

@Suite struct GuardiansTests {
    let child = Subject(seed: 1, scenario: "g", case: "", name: "child")
    let mother = Subject(seed: 1, scenario: "g", case: "", name: "mother")
    let father = Subject(seed: 1, scenario: "g", case: "", name: "father")

    /// An agency that does nothing but know the guardians.
    struct Watcher: Agency {
        struct Case: AgencyCase {
            var guardians = Guardians()
            var changes: [String] = []
        }
        typealias Timer = NoTimer
        static let owner = Owner.csn
        var rivers: [River<Self>] {
            [
                River(
                    "know", hears: FamilyRelation.self,
                    mine: [Condition("is custody that we follow") { $0.guardians.follows($1) }]
                ) { state, event, effects in
                    try state.guardians.take(event)
                    try Self.tell(state, &effects)
                },
                River("note the birth", hears: Birth.self) { state, event, effects in
                    state.guardians.take(mother: event.change == .annulled ? nil : event.data.mother)
                    try Self.tell(state, &effects)
                },
                River(
                    "undo", hears: Annulled<FamilyRelation>.self,
                    mine: [Condition("annuls custody that we follow") { $0.guardians.follows($1) }]
                ) { state, event, effects in
                    try state.guardians.take(event)
                    try Self.tell(state, &effects)
                },
            ]
        }
        static func tell(_ state: Case, _ effects: inout Effects<NoTimer>) throws {
            for holder in state.guardians.holders {
                try effects.set(Tile(.name, .informed, state.guardians.isJoint ? "joint" : "sole"), for: holder)
            }
        }
    }

    func id(_ number: UInt64) -> EventID { .custom(hash: (number, number)) }

    func relation(_ holder: Subject, _ kind: RelationKind = .custody) -> FamilyRelation {
        FamilyRelation(holder: holder, kind: kind, from: Day("2026-03-02")!, municipality: "1780", concerns: nil)
    }

    func last(_ desk: Harness<Watcher>, _ count: Int) throws -> [String] {
        try desk.tiles().suffix(count).map { "\($0.subject == mother ? "M" : "F") \($0.data.text)" }
    }

    @Test func `custody begins, is shared, ends and is restored`() throws {
        var desk = Harness(Watcher(), now: Stockholm.instant(Day("2026-03-04")!))
        try desk.feed(relation(mother), about: child, id: id(1))
        #expect(try last(desk, 1) == ["M sole"])
        #expect(
            try desk.feed(relation(father, .parenthood), about: child).map(\.outcome.sentences) == [
                ["is custody that we follow"]
            ])
        try desk.feed(relation(father), about: child, id: id(2))
        #expect(try last(desk, 2) == ["M joint", "F joint"])
        try desk.feed(relation(mother), about: child, id: id(3), change: .ceased, previous: id(1))
        #expect(try last(desk, 1) == ["F sole"])
        try desk.feed(
            Annulled<FamilyRelation>(reasonCode: "error"), about: child, id: id(4), change: .annulled, previous: id(3))
        #expect(try last(desk, 2) == ["M joint", "F joint"])
        try desk.feed(
            Annulled<FamilyRelation>(reasonCode: "error"), about: child, id: id(5), change: .annulled, previous: id(2))
        #expect(try last(desk, 1) == ["M sole"])
    }

    // MARK: - Custody by the birth (FB 6:3)

    private func birth() -> Birth {
        Birth(mother: mother, municipality: "1780", birthDate: Day("2026-03-02")!, birthOrder: 1, concerns: nil)
    }

    @Test(arguments: [false, true])
    func `of whose custody the register says nothing has it by the birth, in whatever order they are told`(
        isBirthFirst: Bool
    ) throws {
        var desk = Harness(Watcher(), now: Stockholm.instant(Day("2026-03-04")!))
        if isBirthFirst {
            try desk.feed(birth(), about: child)
            #expect(try last(desk, 1) == ["M sole"])
        }
        try desk.feed(relation(father), about: child, id: id(1))
        if !isBirthFirst { try desk.feed(birth(), about: child) }
        #expect(try last(desk, 2) == ["M joint", "F joint"])
    }

    @Test func `custody by the birth ends with the register's first word on it`() throws {
        var desk = Harness(Watcher(), now: Stockholm.instant(Day("2026-03-04")!))
        try desk.feed(birth(), about: child)
        try desk.feed(relation(father), about: child, id: id(1))
        try desk.feed(relation(mother), about: child, id: id(2))
        #expect(try last(desk, 2) == ["F joint", "M joint"])
        try desk.feed(relation(mother), about: child, id: id(3), change: .ceased, previous: id(2))
        #expect(try last(desk, 1) == ["F sole"])
        // And that she never had it is a word, too.
        var other = Harness(Watcher(), now: Stockholm.instant(Day("2026-03-04")!))
        try other.feed(birth(), about: child)
        try other.feed(relation(mother), about: child, id: id(1))
        try other.feed(relation(father), about: child, id: id(2))
        try other.feed(
            Annulled<FamilyRelation>(reasonCode: "error"), about: child, id: id(3), change: .annulled, previous: id(1))
        #expect(try last(other, 1) == ["F sole"])
    }

    @Test func `a child that two others have is not its mother's`() throws {
        var desk = Harness(Watcher(), now: Stockholm.instant(Day("2026-03-04")!))
        try desk.feed(birth(), about: child)
        try desk.feed(relation(father), about: child, id: id(1))
        let other = Subject(seed: 1, scenario: "g", case: "", name: "other")
        try desk.feed(relation(other), about: child, id: id(2))
        #expect(try desk.tiles().suffix(2).map(\.subject) == [father, other])
    }

    @Test func `where the child has moved to, a correction is the first that is told`() throws {
        var desk = Harness(Watcher(), now: Stockholm.instant(Day("2026-03-04")!))
        try desk.feed(relation(mother), about: child, id: id(2), change: .corrected, previous: id(1))
        #expect(try last(desk, 1) == ["M sole"])
        try desk.feed(relation(mother), about: child, id: id(3), change: .ceased, previous: id(2))
        #expect(try desk.tiles().count == 1)
    }
}
