import JSON
import LifeEvents
import Scenarios
import Testing

@Suite struct LanguageDataTests {
    private func json(_ value: String) throws -> String {
        let text = """
            scenario: s
            version: 1
            start: 2026-03-02T08:00
            given: {citizens: {anna: {}}, agencies: [skatteverket]}
            steps:
              - {id: birth, at: +0d, publish: t.x.v1, from: skatteverket, for: anna, data: {v: \(value)}}
            """
        let (scenario, diagnostics) = ScenarioFile.parse(text: text, file: "s.yaml")
        let found = try #require(scenario, "\(diagnostics)")
        guard case .publish(let publication) = found.steps[0].action else { return "" }
        var writer = JSONWriter()
        let key = { Subject(seed: 1, scenario: "s", case: "", name: $0) }
        publication.data.write(into: &writer, on: found.timeline, key: key)
        return writer.text.replacing(key("anna").description, with: "KEY")
    }

    @Test(
        arguments: [
            ("1", "1"), ("-5", "-5"), ("\"1\"", "\"1\""), ("0180", "\"0180\""), ("1e3", "\"1e3\""), ("+1", "\"+1\""),
            ("true", "true"), ("'true'", "\"true\""), ("NO", "\"NO\""), ("yes", "\"yes\""), ("null", "\"null\""),
            ("1.5", "\"1.5\""), ("$anna", "\"KEY\""), ("'$anna'", "\"$anna\""), ("[$anna, 1]", "[\"KEY\",1]"),
            ("{a: {b: x}}", "{\"a\":{\"b\":\"x\"}}"), ("2026-03-04", "\"2026-03-04\""), ("2026-03", "\"2026-03\""),
            ("birth", "\"birth\""), ("end", "\"end\""), ("birth +3d", "\"2026-03-05\""),
            ("start -1d", "\"2026-03-01\""),
            ("birth 03:14", "\"2026-03-02T02:14:00.000Z\""), ("birth +36h", "\"2026-03-03T19:00:00.000Z\""),
            ("'birth +3d'", "\"birth +3d\""), ("12:30", "\"12:30\""), ("room 5 birth", "\"room 5 birth\""),
        ])
    func `a payload's scalar has the type that the language gives it`(value: String, expected: String) throws {
        #expect(try json(value) == "{\"v\":\(expected)}")
    }
}
