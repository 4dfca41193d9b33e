import Scenarios
import Testing

/// Expectations made false, one thing at a time.
@Suite struct FalsehoodTests {
    private static func scenario(_ expectation: String, then: String = "") throws -> Scenario {
        let steps = """
            - {id: b, at: +1d, publish: region.birth-notice.v1, from: region-17, for: anna, data: {child: $cia}}
            - expect: \(expectation)
            """
        let text = languageText("until: +30d", steps: steps, tail: then)
        return try #require(LanguageFolder(["s.yaml": text]).read("s.yaml").scenarios.first)
    }

    private static func falsehoods(_ scenario: Scenario) -> [String] {
        var all: [String] = []
        while let (_, told) = scenario.falsified(all.count), !told.isEmpty { all.append(told[0].what) }
        return all
    }

    @Test(
        arguments: [
            ("{message: skatteverket.birth.v1, until: end}", []),
            ("{message: skatteverket.birth.v1, for: anna, until: end}", ["the person"]),
            (
                "{message: skatteverket.birth.v1, for: anna, from: skatteverket, caused_by: b, change: created, until: end}",
                ["the person", "the agency", "the cause", "the change"]
            ),
            ("{message: skatteverket.birth.v1, within: 2d}", ["the window"]),
            ("{message: skatteverket.birth.v1, data: {birthOrder: 1}, until: end}", ["`birthOrder`"]),
            (
                "{message: skatteverket.birth.v1, data: {mother: $anna, born: b +0d}, until: end}",
                ["`mother`", "`born`"]
            ),
            (
                "{message: skatteverket.birth.v1, data: {concerns: [a, b]}, until: end}",
                ["`concerns[0]`", "`concerns`"]
            ),
            ("{none: skatteverket.birth.v1, until: end}", ["that none comes"]),
            ("{count: {message: skatteverket.birth.v1, for: anna, equals: 0}, until: end}", ["the count"]),
            (
                "{count: {message: skatteverket.birth.v1, for: anna, equals: 1}, until: end}",
                ["the count", "the person"]
            ),
            (
                "{status: {for: anna, tile: name, code: U4}, within: 2d}", ["the code", "the person", "the window"]
            ),
            ("{status: {for: anna, tile: name, code: {not: U4}}, until: end}", ["the code", "the person"]),
            ("{status: {for: anna, tile: name, code: absent}, within: 2d}", ["that it is absent"]),
            ("{count: {message: skatteverket.birth.v1, for: anna, at_most: 2}, until: end}", ["the most"]),
            (
                "{count: {message: skatteverket.birth.v1, for: anna, at_least: 1, at_most: 2}, until: end}",
                ["the least", "the most", "the person"]
            ),
            (
                "{any_order: [{message: skatteverket.birth.v1, for: anna}, {message: skatteverket.death.v1, data: "
                    + "{certainty: exact}}], within: 2d}",
                ["the person of message 1", "`certainty` of message 2", "the window"]
            ),
        ] as [(String, [String])])
    func `each thing that an expectation says is made false once`(expectation: String, falsehoods: [String]) throws {
        #expect(try Self.falsehoods(Self.scenario(expectation)) == falsehoods)
    }

    @Test func `what must be seen at the end is made false too`() throws {
        let scenario = try Self.scenario(
            "{message: skatteverket.birth.v1, until: end}",
            then: "then:\n  status:\n    anna: {name: U4}\n")
        let (changed, told) = try #require(scenario.falsified(0))
        #expect(told.map(\.what) == ["the code"])
        #expect(told.map(\.step) == ["then"])
        #expect(changed.finalTiles.map { $0.code?.codeInWords } == ["U5"])
        #expect(scenario.falsified(1) == nil)
    }

    @Test func `what rows and counts say at the end is made false too, each in its turn`() throws {
        let scenario = try Self.scenario(
            "{message: skatteverket.birth.v1, until: end}",
            then: """
                then:
                  status:
                    anna: {name: {code: {one_of: [U3, U4]}, text: Namn, deadline: b +1mo}}
                  count: {message: skatteverket.birth.v1, at_least: 1, at_most: 3}

                """)
        let all = [0, 1, 2].map { scenario.falsified($0)?.falsehoods.map(\.what) }
        #expect(all == [["the code", "the least"], ["`text`", "the most"], ["`deadline`"]])
        #expect(try #require(scenario.falsified(0)).scenario.finalTiles[0].code?.codeInWords == "not U3 or U4")
    }
}
