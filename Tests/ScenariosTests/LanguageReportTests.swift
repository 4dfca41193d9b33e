import Foundation
import JSON
import Scenarios
import Testing
import YAML

@Suite struct LanguageReportTests {
    private static func report() -> DiagnosticReport {
        var report = DiagnosticReport()
        for name in LanguageSnapshotTests.names {
            let reading = ScenarioFile.read(
                path: "\(LanguageSnapshotTests.folder)\(name).yaml", vocabulary: LanguageSnapshotTests.vocabulary)
            report.files += 1
            report.diagnostics += reading.diagnostics
        }
        return report
    }

    @Test(.enabled(if: Python.isWantedWithSchemas, "Python's modules or ../shared/schemas are missing"))
    func `the SARIF log is valid by the published schema`() throws {
        let folder = try LanguageFolder(["log.sarif": Self.report().sarif(version: "0.1.0")])
        let program = """
            import json, sys, jsonschema
            schema, log = (json.load(open(path)) for path in sys.argv[1:])
            jsonschema.validators.validator_for(schema)(schema).validate(log)
            run = log["runs"][0]
            rules = run["tool"]["driver"]["rules"]
            for result in run["results"]:
                assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
            print(len(run["results"]), len(rules))
            """
        let arguments = [try Python.schema("sarif-2.1.0.json"), "\(folder.path)/log.sarif"]
        let printed = try Python.run(program, arguments).output
        #expect(printed == "\(Self.report().diagnostics.count) \(DiagnosticCode.allCases.count)")
    }

    @Test func `the JSON report has every diagnostic with its place`() throws {
        let report = Self.report()
        try JSONTape.reading(Array(report.json().utf8)) { root in
            #expect(root["schemaVersion"]?.int == 1)
            #expect(root["files"]?.int == Int64(report.files))
            #expect(root["errors"]?.int == Int64(report.errorCount))
            #expect(root["diagnostics"]?.count == report.diagnostics.count)
            let first = root["diagnostics"]?[0]
            #expect(first?["code"]?.string == report.diagnostics[0].code.rawValue)
            #expect(first?["line"]?.int == Int64(report.diagnostics[0].span.range.start.line))
        }
    }

    @Test func `an annotation is one line, whatever the file's name`() throws {
        let reading = ScenarioFile.read(text: "scenario: s\nversion: 2\n", file: "a,b:c%.yaml")
        var report = DiagnosticReport()
        report.diagnostics = reading.diagnostics
        let lines = report.githubAnnotations().split(separator: "\n")
        #expect(lines.count == reading.diagnostics.count)
        #expect(
            lines.contains(
                "::error file=a%2Cb%3Ac%25.yaml,line=2,endLine=2,col=10,endColumn=11,title=E015::"
                    + "this version of the language is not read (write 1)"))
    }

    @Test(.enabled(if: Python.isWanted, "Python's modules are missing"))
    func `the schema takes the shipped scenarios, and is itself valid`() throws {
        let folder = try LanguageFolder(["schema.json": ScenarioSchema.json(), "all.yaml": Self.everything])
        let program = """
            import json, re, sys, yaml, jsonschema
            class Core(yaml.SafeLoader): pass
            Core.yaml_implicit_resolvers = {}
            Core.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(true|false)$"), list("tf"))
            Core.add_implicit_resolver("tag:yaml.org,2002:int", re.compile("^-?(0|[1-9][0-9]*)$"), list("-0123456789"))
            schema = json.load(open(sys.argv[1]))
            jsonschema.Draft202012Validator.check_schema(schema)
            validator = jsonschema.Draft202012Validator(schema)
            for path in sys.argv[2:]:
                errors = [e.message for e in validator.iter_errors(yaml.load(open(path), Core))]
                print("bad" if errors else "good", *errors)
            """
        let shipped = ["first-child", "death", "move"].map { "\(LanguageShippedTests.folder)/\($0).yaml" }
        let bad = ["expect-kinds", "two-actions", "faults", "filing-mistakes", "no-scenario", "tiles"].map {
            "\(LanguageSnapshotTests.folder)\($0).yaml"
        }
        let files = shipped + ["\(folder.path)/all.yaml"] + bad
        let printed = try Python.run(program, ["\(folder.path)/schema.json"] + files).output
        let verdicts = printed.split(separator: "\n").map { $0.split(separator: " ")[0] }
        #expect(
            verdicts == Array(repeating: "good", count: 4) + Array(repeating: "bad", count: bad.count), "\(printed)")
        #expect(ScenarioFile.read(path: "\(folder.path)/all.yaml").messages == [])
    }

    /// A file with every key of the language.
    static let everything = """
        scenario: everything
        version: 1
        start: Fri 2026-01-16T00:00
        params: {income: 32000, weeks: 6}
        matrix:
          income: [0, 32000]
          exclude: [{income: 0}]
          cases: [{income: 9}]
        groups:
          birth:
            inputs: [mother, child]
            steps:
              - {id: notice, at: +0d 06:30, publish: region.birth-notice.v1, from: region-17, for: $mother, data: {child: $child}}
        given:
          citizens:
            anna: {template: adult, municipality: "1780", civil_status: married, spouse: bo}
            bo: {born: 1990-01-01, protected_identity: true}
            cia: {unborn: true, parents: [anna, bo]}
          households: {ek: [anna, bo, cia]}
          agencies: {skatteverket: simulated, forsakringskassan: silent, region-17: external}
          facts:
            - {fact: skatteverket.register-entry.v1, for: bo, occurred: 1990-01-01, data: {municipality: "1780"}}
        faults:
          - {id: down, agency: forsakringskassan, outage: {from: +2d, for: 36h}}
          - {id: slow, agency: skatteverket, slow: {by: 2d}}
          - {id: twice, message: "skatteverket.*", duplicate: {times: 2}}
          - {id: late, message: skatteverket.birth.v1, for: anna, late: {by: 3d}}
          - {id: mixed, message: "region.*", reordered: true}
          - {id: torn, message: "region.*", corrupt: {nth: 2}}
          - {id: broker, broker: {error: not-leader, request: fetch, times: 2, from: +1d}}
        steps:
          - {id: b, use: birth, at: +45d, with: {mother: $anna, child: $cia}}
          - {id: fix, at: b-notice +1d, corrects: b-notice, data: {sex: male}}
          - {id: gone, at: fix +1d, annuls: fix, data: {reasonCode: wrongPerson}}
          - id: apply
            at: "b-notice +${weeks}w"
            citizen: anna
            action: apply
            to: forsakringskassan
            for: cia
            data: {benefit: parentalBenefit, from: b-notice +0d, income: $income}
          - {id: seen, expect: {message: skatteverket.birth.v1, change: created, exactly: {birthOrder: {gt: 0}}, caused_by: b-notice}}
          - expect: {none: skatteverket.death.v1, until: end}
          - expect: {status: {for: anna, tile: name, agency: skatteverket, code: U3}, after: b, by: b +90d}
          - expect: {count: {message: skatteverket.birth.v1, equals: 1}}
          - expect: {order: [b-notice, seen, {message: skatteverket.identity.v1, for: cia}]}
          - expect: {latency: {from: b-notice, to: skatteverket.birth.v1, at_most: 5wd}}
          - expect: {dead_letter: skatteverket.birth.v1, reason: {regex: 'no .*'}, in: forsakringskassan}
          - expect: {refusal: {of: apply, reason: late}, within: 5wd}
        then:
          status: {anna: {child-registered: U9, stopped: {region-17: U10}}}
          status_as_of: [{at: b +1d, anna: {child-registered: U1}}]
          invariants: [no-lost-message, chain-rules]
          count: {message: skatteverket.birth.v1, equals: 1}
        until: apply +6mo
        """
}
