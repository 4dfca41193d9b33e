import AgencyKit
import LifeEvents
import Testing

/// What several persons must each file alike.
@Suite struct JointActTests {
    typealias Standing = JointStanding<String>

    static let (anna, bo, cia) = (person("anna"), person("bo"), person("cia"))

    private static func person(_ name: String) -> Subject {
        Subject(seed: 1, scenario: "joint", case: "", name: name)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var filed: [(String, Subject)]
        var needed: [Subject]
        var standing: Standing
        var testDescription: String { filed.map(\.0).joined(separator: ", ") }
    }

    static let cases = [
        Case(filed: [], needed: [anna, bo], standing: .unfiled),
        Case(filed: [("Liv", anna)], needed: [anna, bo], standing: .awaits([bo])),
        Case(filed: [("Liv", anna), ("Liv", bo)], needed: [anna, bo], standing: .agreed("Liv")),
        Case(filed: [("Liv", anna), ("Siv", bo)], needed: [anna, bo], standing: .differs),
        // A stranger's filing is nothing to it, alike or not.
        Case(filed: [("Liv", anna), ("Siv", cia)], needed: [anna, bo], standing: .awaits([bo])),
        Case(filed: [("Siv", cia)], needed: [anna, bo], standing: .unfiled),
        // Who files again has changed one's mind.
        Case(filed: [("Liv", anna), ("Siv", bo), ("Liv", bo)], needed: [anna, bo], standing: .agreed("Liv")),
        Case(filed: [("Liv", anna), ("Liv", bo), ("Siv", anna)], needed: [anna, bo], standing: .differs),
        Case(filed: [("Liv", anna)], needed: [anna], standing: .agreed("Liv")),
        Case(filed: [("Liv", anna)], needed: [], standing: .unfiled),
    ]

    @Test(arguments: cases) func `it stands once all whom it needs have filed the same`(example: Case) throws {
        var act = JointAct<String>()
        for (terms, person) in example.filed { act.file(terms, by: person, on: try #require(Day("2026-03-02"))) }
        #expect(act.standing(of: example.needed) == example.standing)
    }

    @Test func `the terms themselves may say whom they need`() throws {
        let day = try #require(Day("2026-03-02"))
        var act = JointAct<Subject>()
        act.file(Self.bo, by: Self.anna, on: day)
        #expect(act.agreed { [Self.anna, $0] } == nil)
        act.file(Self.cia, by: Self.cia, on: day)
        #expect(act.agreed { [Self.anna, $0] } == nil, "cia names herself, and anna names bo")
        act.file(Self.bo, by: Self.bo, on: day)
        #expect(act.agreed { [Self.anna, $0] } == Self.bo)
    }

    @Test func `what has lapsed counts no more, and strangers cannot fill it`() throws {
        let day = try #require(Day("2026-03-02"))
        var act = JointAct<String>()
        act.file("Liv", by: Self.anna, on: day)
        #expect(act.lapse().map(\.by) == [Self.anna])
        #expect(act.standing(of: [Self.anna]) == .unfiled)
        for number in 0...JointAct<String>.mostFilings { act.file("x", by: Self.person("s\(number)"), on: day) }
        #expect(act.filings.count == JointAct<String>.mostFilings)
        #expect(act.filing(by: Self.person("s0")) == nil, "the oldest goes")
        #expect(act.filing(by: Self.person("s1")) != nil)
    }
}
