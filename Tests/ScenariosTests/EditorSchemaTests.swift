import Contracts
import Foundation
import JSON
import LifeEvents
import Testing

@testable import Scenarios

/// The schema that editors get knows what each type holds and who says it.
@Suite struct EditorSchemaTests {
    static let repository = String(#filePath.prefix(upTo: #filePath.firstRange(of: "/Tests/")!.lowerBound))
    private let schema: String

    init() throws {
        schema = ScenarioSchema.json(contracts: try ScenarioContracts(folder: "\(Self.repository)/Topics"))
    }

    /// A scenario without a mistake, of which a case changes one line.
    static let good = """
        scenario: good
        version: 1
        start: Mon 2026-03-02T00:00
        until: +12mo
        given:
          citizens: {ada: {}, bo: {}}
          agencies: {skatteverket: simulated, csn: simulated, region-17: external}
          facts:
            - fact: skatteverket.register-entry.v1
              for: ada
              data: {municipality: "1780", civilStatus: married, spouse: $bo, birthDate: 1993-02-17}
        steps:
          - id: certificate
            at: +1d
            publish: region.death-certificate.v1
            from: region-17
            for: bo
            data: {deathDate: certificate -1d, certainty: exact, signer: s, channel: electronic, forensic: false}
          - id: application
            at: +2d
            citizen: ada
            action: apply
            to: csn
            data: {from: 2026-08-31, to: 2027-01-17, extent: 100, loan: true}
          - id: break-off
            at: +3d
            citizen: ada
            action: file
            form: interruption
            to: csn
            data: {lastDay: break-off +0d}
          - expect: {message: skatteverket.civil-status.v1, for: ada, from: skatteverket, data: {status: widowed}}
          - expect: {message: csn.study-aid.v1, data: {extent: {gt: 50}, loan: true}}
          - expect: {none: csn.study-aid.v1, change: annulled, data: {reasonCode: wrongPerson}}
          - expect: {count: {message: skatteverket.death.v1, data: {certainty: exact}, equals: 1}}
          - id: answer
            on: {message: csn.study-aid.v1, for: ada, data: {loan: true}, within: 1w, as: $aid}
            at: +1d
            citizen: ada
            action: file
            form: interruption
            to: csn
            data: {lastDay: $aid.from}
          - expect: {any_order: [skatteverket.death.v1, {message: csn.study-aid.v1, data: {extent: 50}}]}
          - expect: {status: {for: ada, tile: name, code: absent}}
          - expect: {status: {for: ada, tile: name, code: {one_of: [U3, U4]}}}
        then:
          status: {bo: {stopped: {region-17: U10}}, ada: {death-registered: {code: {not: U1}, deadline: 2026-03-09}}}
          count: {message: skatteverket.death.v1, at_least: 1, at_most: 3}

        """

    /// What is written wrong, and where an editor must mark it.
    static let mistakes: [(old: String, new: String, place: String)] = [
        ("deathDate:", "deathDay:", "steps/0/data"),
        (", signer: s", "", "steps/0/data"),
        ("certainty: exact, signer", "certainty: certain, signer", "steps/0/data/certainty"),
        ("forensic: false", "forensic: 'no'", "steps/0/data/forensic"),
        ("from: region-17", "from: skatteverket", "steps/0/from"),
        ("from: region-17", "from: region-1", "steps/0/from"),
        ("publish: region.death-certificate.v1", "publish: region.death.v1", "steps/0/publish"),
        ("csn: simulated", "cns: simulated", "given/agencies"),
        ("spouse: $bo", "spouse: bo", "given/facts/0/data/spouse"),
        ("\"1780\"", "1780", "given/facts/0/data/municipality"),
        ("civilStatus: married", "civilStatus: wed", "given/facts/0/data/civilStatus"),
        ("extent: 100", "extent: 101", "steps/1/data/extent"),
        ("loan: true}\n  - id", "loan: 7}\n  - id", "steps/1/data/loan"),
        ("{from: 2026-08-31", "{filedBy: $ada, from: 2026-08-31", "steps/1/data"),
        ("action: apply\n    to: csn", "action: apply\n    to: arbetsformedlingen", "steps/1/to"),
        ("form: interruption", "form: move-notice", "steps/2/form"),
        ("{lastDay:", "{last:", "steps/2/data"),
        ("status: widowed", "status: widow", "steps/3/expect/data/status"),
        ("for: ada, from: skatteverket", "for: ada, from: csn", "steps/3/expect/from"),
        ("extent: {gt: 50}", "extent: {over: 50}", "steps/4/expect/data/extent"),
        ("extent: {gt: 50}", "weeks: {gt: 50}", "steps/4/expect/data"),
        ("data: {certainty: exact}, equals", "data: {certainty: sure}, equals", "steps/6/expect/count/data/certainty"),
        ("within: 1w, as: $aid", "witin: 1w, as: $aid", "steps/7/on"),
        ("data: {loan: true}, within", "data: {loan: 7}, within", "steps/7/on/data/loan"),
        ("for: ada, data: {loan: true}", "tile: name, data: {loan: true}", "steps/7/on"),
        ("data: {extent: 50}}]", "data: {extent: 101}}]", "steps/8/expect/any_order/1/data/extent"),
        ("code: absent", "code: gone", "steps/9/expect/status/code"),
        ("one_of: [U3, U4]", "one_of: [U3, U12]", "steps/10/expect/status/code/one_of/1"),
        ("{not: U1}", "{nor: U1}", "then/status/ada/death-registered/code"),
        ("deadline: 2026-03-09", "deadlin: 2026-03-09", "then/status/ada/death-registered"),
        ("at_least: 1, at_most: 3", "at_lest: 1, at_most: 3", "then/count"),
        ("at_least: 1, at_most: 3", "equals: 1, at_most: 3", "then/count"),
        ("stopped:", "stoped:", "then/status/bo"),
        ("{region-17: U10}", "{region: U10}", "then/status/bo/stopped"),
    ]

    private static let validator = """
        import json, re, sys, yaml, jsonschema
        class Core(yaml.SafeLoader): pass
        Core.yaml_implicit_resolvers = {}
        Core.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(true|false)$"), list("tf"))
        Core.add_implicit_resolver("tag:yaml.org,2002:int", re.compile("^-?(0|[1-9][0-9]*)$"), list("-0123456789"))
        schema = json.load(open(sys.argv[1]))
        jsonschema.Draft202012Validator.check_schema(schema)
        validator = jsonschema.Draft202012Validator(schema)
        def places(error):
            inner = [place for cause in error.context for place in places(cause)]
            return ["/".join(str(part) for part in error.absolute_path)] + inner
        for path in sys.argv[2:]:
            errors = validator.iter_errors(yaml.load(open(path), Core))
            print(path.split("/")[-1], *sorted({place for error in errors for place in places(error)}))
        """

    private func validate(_ files: [String], in folder: LanguageFolder) throws -> [[String]] {
        let run = try Python.run(Self.validator, ["\(folder.path)/schema.json"] + files)
        #expect(run.code == 0, "\(run.output)")
        return run.output.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    }

    @Test(.enabled(if: Python.isWanted, "Python's modules are missing"))
    func `every shipped scenario and library is right by it`() throws {
        let folder = try LanguageFolder(["schema.json": schema])
        let scenarios = "\(Self.repository)/Scenarios"
        let names = (FileManager.default.enumerator(atPath: scenarios)?.allObjects ?? []).compactMap { $0 as? String }
        let files = names.filter { $0.hasSuffix(".yaml") }.sorted()
        #expect(files.count > 60)
        // What a scenario says so that the bus refuses it is marked, as it must be.
        let refused = [["diagnosis-probe.yaml", "steps/0/data"]]
        for verdict in try validate(files.map { "\(scenarios)/\($0)" }, in: folder) {
            #expect(verdict.count == 1 || refused.contains(verdict), "\(verdict)")
        }
    }

    @Test(.enabled(if: Python.isWanted, "Python's modules are missing"))
    func `a wrong field, value, form or agency is marked where it stands`() throws {
        let folder = try LanguageFolder(["schema.json": schema, "good.yaml": Self.good])
        var files = ["good.yaml"]
        for (index, mistake) in Self.mistakes.enumerated() {
            let text = Self.good.replacing(mistake.old, with: mistake.new, maxReplacements: 1)
            #expect(text != Self.good, "\(mistake.old)")
            files.append("\(index).yaml")
            try folder.write(text, to: "\(index).yaml")
        }
        let verdicts = try validate(files.map { "\(folder.path)/\($0)" }, in: folder)
        try #require(verdicts.count == files.count)
        #expect(verdicts[0].count == 1, "\(verdicts[0])")
        for (mistake, verdict) in zip(Self.mistakes, verdicts.dropFirst()) {
            #expect(verdict.contains(mistake.place), "\(mistake.new): \(verdict)")
        }
        // The parser agrees that the good one is good.
        #expect(ScenarioFile.read(path: "\(folder.path)/good.yaml").messages == [])
    }

    @Test func `each agency, type, field and value has what the contracts say of it`() throws {
        let contracts = try ScenarioContracts(folder: "\(Self.repository)/Topics")
        func has(_ parts: (String, String)...) -> Bool {
            schema.contains(parts.map { contracts.member($0.0, $0.1) }.joined(separator: ", "))
        }
        for type in contracts.schemas.types {
            #expect(has(("const", type.type.name), ("title", type.title), ("description", type.description)))
            for field in type.fields {
                let member = contracts.member("description", field.description)
                #expect(schema.contains("\"\(field.name)\": {\(member)"), "\(type.type) \(field.name)")
            }
        }
        #expect(has(("const", "skatteverket"), ("description", "Tax Agency (Skatteverket).")))
        #expect(has(("pattern", "^kommun-[0-9]{4}$"), ("description", "Municipality (Kommun).")))
        #expect(has(("const", "U10"), ("description", "Stopped or moved.")))
    }
}
