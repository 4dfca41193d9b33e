import Scenarios
import Testing

@Suite struct LanguageCaseTests {
    private static let step =
        "- {id: b, at: +1d, publish: region.birth-notice.v1, from: region-17, for: anna, data: {i: $income, p: $protected}}"

    private func cases(_ head: String) throws -> [Scenario] {
        let reading = ScenarioFile.read(text: languageText(head, steps: Self.step), file: "s.yaml")
        #expect(reading.messages == [])
        return reading.scenarios
    }

    @Test func `a matrix is the product of its lists in the file's order`() throws {
        let found = try cases("matrix: {income: [0, 32000], protected: [false, true]}")
        #expect(
            found.map(\.caseName) == [
                "income=0,protected=false", "income=0,protected=true", "income=32000,protected=false",
                "income=32000,protected=true",
            ])
        #expect(try found.map { $0.json(try $0.publication("b").data) }.last == #"{"i":32000,"p":true}"#)
        #expect(found.allSatisfy { $0.name.value == "s" })
    }

    @Test func `parameters without a matrix make one case without a name`() throws {
        let found = try cases("params: {income: \"1\", protected: true}")
        #expect(found.map(\.caseName) == [""])
        #expect(found[0].parameters.map(\.name) == ["income", "protected"])
        #expect(found[0].parameters.map(\.isVaried) == [false, false])
        #expect(try found[0].json(found[0].publication("b").data) == #"{"i":"1","p":true}"#)
    }

    @Test func `what the matrix does not give comes from params`() throws {
        let found = try cases("params: {income: 5, protected: false}\nmatrix: {protected: [true, false]}")
        #expect(found.map(\.caseName) == ["protected=true", "protected=false"])
        #expect(found[0].parameters.map(\.text) == ["5", "true"])
    }

    @Test func `rows of their own come after the product, and a pattern leaves rows out`() throws {
        let found = try cases(
            """
            matrix:
              income: [0, 1]
              protected: [false, true]
              exclude:
                - {income: 0, protected: true}
              cases:
                - {protected: true, income: 7}
            """)
        #expect(
            found.map(\.caseName) == [
                "income=0,protected=false", "income=1,protected=false", "income=1,protected=true",
                "income=7,protected=true",
            ])
    }

    @Test func `a table with a header gives rows`() throws {
        let folder = try LanguageFolder([
            "rows.csv": "income,protected\r\n0,true\r\n\"0180\",false\r\n",
            "s.yaml": languageText("matrix: {csv: rows.csv}", steps: Self.step),
        ])
        let reading = folder.read("s.yaml")
        // A number and a quoted text are two kinds.
        #expect(reading.messages == ["E054 a value of `income` is text, another a number"])
        try folder.write("income,protected\n5,true\n6,false\n", to: "rows.csv")
        let again = folder.read("s.yaml")
        #expect(again.scenarios.map(\.caseName) == ["income=5,protected=true", "income=6,protected=false"])
        #expect(again.files.map { $0.split(separator: "/").last } == ["s.yaml", "rows.csv"])
    }

    @Test(
        arguments: [
            ("$n", "5", "5"), ("${n}", "5", "5"), ("\"${n}\"", "5", "5"), ("'${n}'", "5", "\"${n}\""),
            ("$n", "\"0180\"", "\"0180\""), ("$n", "0180", "\"0180\""), ("$n", "true", "true"), ("$n", "$bo", "\"bo\""),
            ("x${n}", "5", "\"x5\""), ("1${n}", "5", "\"15\""), ("\"b +${n}d\"", "5", "\"2026-03-08\""),
            ("[$n, {a: $n}]", "5", "[5,{\"a\":5}]"), ("'$n'", "5", "\"$n\""), ("cost $5", "5", "\"cost $5\""),
        ])
    func `a variable keeps its value's type`(written: String, value: String, expected: String) throws {
        let text = languageText(
            "params: {n: \(value)}",
            steps: """
                - id: b
                  at: +1d
                  publish: region.birth-notice.v1
                  from: region-17
                  for: anna
                  data:
                    v: \(written)
                    used: $n
                """)
        let reading = ScenarioFile.read(text: text, file: "s.yaml")
        #expect(reading.messages == [])
        let scenario = try #require(reading.scenarios.first)
        let json = scenario.json(try scenario.publication("b").data)
        #expect(json.hasPrefix("{\"v\":\(expected),\"used\":"))
    }

    @Test func `a variable stands in times, persons, agencies and expectations`() throws {
        let text = languageText(
            "params: {weeks: 2, who: $anna, where: region-17, days: 3}\nmatrix: {code: [U1, U3]}",
            steps: """
                - {id: b, at: "+${weeks}w", publish: region.birth-notice.v1, from: $where, for: $who}
                - expect: {status: {for: $who, tile: name, code: $code}, within: "${days}wd"}
                """, tail: "then: {status: {$who: {name: $code}}}")
        let reading = ScenarioFile.read(text: text, file: "s.yaml")
        #expect(reading.messages == [])
        #expect(reading.scenarios.map(\.caseName) == ["code=U1", "code=U3"])
        #expect(reading.scenarios.map { $0.finalTiles[0].code?.codeInWords } == ["U1", "U3"])
        #expect(reading.scenarios.map { $0.finalTiles[0].holder.value } == ["anna", "anna"])
    }

    @Test(arguments: [
        ("income=0", 2), ("income=0,protected=true", 1), ("protected=true", 2), ("income=9", 0), ("x=1", 0),
    ])
    func `a filter chooses cases`(filter: String, count: Int) throws {
        let found = try cases("matrix: {income: [0, 32000], protected: [false, true]}")
        let wanted = try #require(CaseFilter(filter))
        #expect(found.count { wanted.matches($0) } == count)
    }

    @Test(arguments: ["", "income", "income=1,", "=1", "Income=1"])
    func `a filter that is none is refused`(text: String) {
        #expect(CaseFilter(text) == nil)
    }
}
