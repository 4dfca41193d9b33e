import Contracts
import Scenarios
import Testing
import YAML

/// What a scenario publishes and expects is held against the schemas of the shipped contracts.
@Suite struct DataCheckTests {
    private static let folder = String(#filePath.prefix(upTo: #filePath.firstRange(of: "/Tests/")!.lowerBound))
    /// The contracts of this repository, read once for all cases.
    private static let shipped = Result { try ScenarioVocabulary(Catalogue(folder: "\(folder)/Topics")) }

    /// A scenario with one fact, one step and one expectation, each a line of its own.
    private static func read(
        fact: String = #"{municipality: "0180", civilStatus: unmarried, birthDate: 1993-02-17}"#,
        publish: String = "{child: $liv, sex: female, bornAt: notice 03:14, birthOrder: 1}",
        expect: String = "none: skatteverket.birth.v1, for: liv, until: end",
        then count: String? = nil
    ) throws -> [String] {
        let text = """
            scenario: data
            version: 1
            start: Mon 2026-03-02T08:00
            given:
              citizens:
                anna: {}
                liv: {unborn: true}
              agencies: [skatteverket, forsakringskassan, region-17]
              facts:
                - {fact: skatteverket.register-entry.v1, for: anna, data: \(fact)}
            steps:
              - id: notice
                at: +1d 06:30
                publish: region.birth-notice.v1
                from: region-17
                for: anna
                data: \(publish)
              - expect: {\(expect)}
            until: notice +1mo
            \(count.map { "then: {count: [\($0)]}" } ?? "")

            """
        let vocabulary = try shipped.get()
        return ScenarioFile.read(text: text, file: "data.yaml", vocabulary: vocabulary).diagnostics.map {
            "\($0.span.range.start.line) \($0.code.rawValue) \($0.message)\($0.hint.map { "; \($0)" } ?? "")"
        }
    }

    @Test func `data that the schemas allow is read without a word`() throws {
        #expect(try Self.read() == [])
    }

    @Test(arguments: [
        (
            #"{municipality: "180", civilStatus: unmarried, birthDate: 1993-02-17}"#,
            "10 E045 skatteverket.register-entry.v1: `municipality`"
        ),
        (
            #"{municipality: "0180", civilStatus: unmaried, birthDate: 1993-02-17}"#,
            "did you mean `unmarried`?"
        ),
        (#"{municipality: "0180", civilStatus: unmarried}"#, "'birthDate' is missing"),
        (
            #"{municipality: "0180", civilStatus: unmarried, birthDate: 1993-02-17, children: [{person: $liv}]}"#,
            "`children[0]`: 'birthDate' is missing"
        ),
    ])
    func `an opening fact must fit its schema`(fact: String, words: String) throws {
        let found = try Self.read(fact: fact)
        #expect(found.contains { $0.hasPrefix("10 E045") && $0.contains(words) }, "\(found)")
    }

    @Test func `a text that is no agency is one mistake`() throws {
        let found = try Self.read(
            expect: "message: skatteverket.birth.v1, for: liv, data: {concerns: [Region 17]}, until: end")
        #expect(found.filter { $0.contains("E045") && $0.contains("concerns") }.count == 1, "\(found)")
    }

    @Test func `whom a fact or a step concerns follows from its municipality, unless the file says it`() throws {
        let vocabulary = try Self.shipped.get()
        func concerned(_ more: String, citizen: String = "") throws -> [String] {
            let text = """
                scenario: data
                version: 1
                start: Mon 2026-03-02T08:00
                given:
                  citizens:
                    anna: {born: 1993-02-17, municipality: "0180"\(citizen)}
                    liv: {born: 2024-02-17, municipality: "0180"}
                  agencies: [forsakringskassan]
                  facts:
                    - fact: skatteverket.family-relation.v1
                      for: liv
                      occurred: 2026-03-01
                      data: {holder: $anna, kind: custody, from: 2026-03-01, municipality: "1780"\(more)}
                steps:
                  - at: +1h
                    publish: skatteverket.family-relation.v1
                    for: liv
                    data: {holder: $anna, kind: custody, from: 2026-03-02, municipality: "2580"\(more)}
                until: +1d

                """
            let scenario = try #require(
                ScenarioFile.read(text: text, file: "s.yaml", vocabulary: vocabulary).scenarios.first)
            let data =
                scenario.facts.map(\.data)
                + scenario.steps.compactMap { step in
                    if case .publish(let publication) = step.action { publication.data } else { nil }
                }
            return data.flatMap { node -> [String] in
                guard case .map(let entries) = node.content,
                    case .list(let items)? = entries.first(where: { $0.key.value == "concerns" })?.value.content
                else { return [] }
                return items.compactMap { if case .text(let text) = $0.content { text } else { nil } }
            }
        }
        let found = try concerned("")
        #expect(found.contains("kommun-1780") || found.contains("region-17"), "\(found)")
        #expect(found.contains("kommun-2580") || found.contains("region-25"), "\(found)")
        #expect(try concerned(", concerns: [kommun-0114]") == ["kommun-0114", "kommun-0114"])
        #expect(try concerned("", citizen: ", protected_identity: true").isEmpty)
    }

    /// The bus refuses such a fact, unless it is about people of whom nobody may know where they live.
    @Test(arguments: [
        ("", "{holder: $anna, kind: custody, from: 2026-03-01}", "'municipality' is missing"),
        ("", "{holder: $anna, kind: custody, from: 2026-03-01, concerns: []}", "'municipality' is missing"),
        // Whom it concerns follows from the municipality.
        ("", #"{holder: $anna, kind: custody, from: 2026-03-01, municipality: "0180"}"#, ""),
        (
            "", #"{holder: $anna, kind: custody, from: 2026-03-01, municipality: "0180", concerns: [kommun-0180]}"#,
            ""
        ),
        (", protected_identity: true", "{holder: $anna, kind: custody, from: 2026-03-01}", ""),
    ])
    func `only what is about protected people may lack where they live`(
        citizen: String, data: String, words: String
    ) throws {
        let text = """
            scenario: data
            version: 1
            start: Mon 2026-03-02T08:00
            given:
              citizens:
                anna: {born: 1993-02-17, municipality: "0180"\(citizen)}
                liv: {born: 2024-02-17, municipality: "0180"}
              agencies: [skatteverket, forsakringskassan]
              facts:
                - {fact: skatteverket.family-relation.v1, for: liv, occurred: 2026-03-01, data: \(data)}
            steps:
              - expect: {none: skatteverket.birth.v1, for: liv, until: end}
            until: +1d

            """
        let vocabulary = try Self.shipped.get()
        let found = ScenarioFile.read(text: text, file: "data.yaml", vocabulary: vocabulary).diagnostics
            .filter { $0.code == .badData }.map { "\($0.span.range.start.line) \($0.message)" }
        let isFound = found.contains { $0.hasPrefix("10 ") && $0.contains(words) }
        #expect(words.isEmpty ? found.isEmpty : isFound, "\(found)")
    }

    @Test(arguments: [
        ("{child: $liv, sex: femal, bornAt: notice 03:14, birthOrder: 1}", "did you mean `female`?"),
        ("{child: $liv, sex: female, bornAt: notice 03:14, birthOrdr: 1}", "did you mean `birthOrder`?"),
        ("{child: $liv, sex: female, bornAt: notice 03:14}", "'birthOrder' is missing"),
        ("{child: liv, sex: female, bornAt: notice 03:14, birthOrder: 1}", "write `$liv`"),
        (#"{child: $liv, sex: female, bornAt: notice 03:14, birthOrder: "1"}"#, "`birthOrder`"),
        ("{child: $liv, sex: female, bornAt: notice 03:14, birthOrder: 0}", "`birthOrder`"),
    ])
    func `what a step publishes must fit its schema`(data: String, words: String) throws {
        let found = try Self.read(publish: data)
        #expect(found.contains { $0.hasPrefix("17 E045") && $0.contains(words) }, "\(found)")
    }

    @Test(arguments: [
        ("data: {mothr: $anna}", "did you mean `mother`?"),
        ("data: {mothr: {absent: true}}", "did you mean `mother`?"),
        ("data: {mother: anna}", "write `$anna`"),
        (#"data: {birthOrder: "1"}"#, "`birthOrder`"),
        ("data: {birthOrder: {gte: 1}}", "a condition is one of"),
        ("exactly: {mothr: $anna}", "did you mean `mother`?"),
    ])
    func `what is expected must be possible`(data: String, words: String) throws {
        for kind in ["none: skatteverket.birth.v1", "message: skatteverket.birth.v1"] {
            let found = try Self.read(expect: "\(kind), for: liv, \(data), until: end")
            #expect(found.contains { $0.hasPrefix("18 E045") && $0.contains(words) }, "\(found)")
        }
    }

    /// What a condition compares with is held against the schema as a value itself is.
    @Test(arguments: [
        ("sex: {one_of: [male, femal]}", "did you mean `female`?"),
        ("sex: {none_of: [malee, female]}", "did you mean `male`?"),
        ("sex: {not: females}", "did you mean `female`?"),
        ("child: {one_of: [$liv, anna]}", "write `$anna`"),
        ("child: {not: liv}", "write `$liv`"),
        (#"birthOrder: {none_of: ["2"]}"#, "`birthOrder`"),
        ("birthOrder: {one_of: [1, 12]}", "12 is more than 9"),
        ("birthOrder: {contains: 2}", "`birthOrder`"),
        ("birthOrder: {each: 2}", "`birthOrder`"),
        ("birthOrder: {length: 2}", "`birthOrder`"),
        ("birthOrder: {length: {at_least: 1}}", "`birthOrder`"),
        ("birthOrder: {regex: '[1-3]'}", "a regular expression is for text"),
        ("birthOrder: {lt: notice +3d}", "`birthOrder`"),
        ("birthOrder: {at_least: 10}", "no value is so great: 10 is more than 9"),
        ("birthOrder: {gt: 9}", "no value is so great"),
        ("birthOrder: {lt: 1}", "no value is so small"),
        ("birthOrder: {between: [10, 12]}", "no value is so great"),
        ("birthOrder: {approx: {value: 14, within: 4}}", "no value is so great: 10 is more than 9"),
        ("bornAt: {at_most: 5}", "`bornAt`"),
        ("sex: {gt: 1}", "`sex`"),
        ("sex: {regex: 'mal'}", "matches none of"),
        ("sex: {absent: true}", "'sex' is in every message"),
        ("birthOrder: {exists: false}", "'birthOrder' is in every message"),
        ("birthOrder: {not: {gt: 9}}", "no value is so great"),
        ("birthOrder: {not: {at_least: 1}}", "no value is so small"),
        ("birthOrder: {not: {at_most: 9}}", "no value is so great"),
        ("sex: {none_of: [male, female]}", "`sex`: no other value may stand here"),
        ("sex: {not: {one_of: [female, male]}}", "`sex`: no other value may stand here"),
        ("sex: {not: {regex: '(fe)?male'}}", "`sex`: no other value may stand here"),
        ("child: {regex: liv}", "`child`: the regular expression matches nothing that may stand here"),
        ("bornAt: {regex: 'Tue.*'}", "`bornAt`: the regular expression matches nothing that may stand here"),
    ])
    func `a condition must be able to hold, and to fail`(data: String, words: String) throws {
        for kind in ["none", "message"] {
            let found = try Self.read(
                expect: "\(kind): region.birth-notice.v1, for: anna, data: {\(data)}, until: end")
            #expect(found.contains { $0.hasPrefix("18 E045") && $0.contains(words) }, "\(found)")
        }
    }

    @Test(arguments: [
        ("{children: {contains: {persn: $liv}}}", "did you mean `person`?"),
        ("{children: {contains: {person: liv}}}", "write `$liv`"),
        ("{children: {each: {person: {not: liv}}}}", "write `$liv`"),
        ("{children: {each: {birthDate: {at_mst: 2026-03-02}}}}", "did you mean `at_most`?"),
        ("{children: {contains: {birthDate: {absent: true}}}}", "'birthDate' is in every message"),
        ("{children: [{birthDate: {gt: 3}}]}", "`children[0].birthDate`"),
        ("{civilStatus: {not: {one_of: [unmaried]}}}", "did you mean `unmarried`?"),
    ])
    func `conditions within conditions must be possible`(data: String, words: String) throws {
        let found = try Self.read(expect: "none: skatteverket.register-entry.v1, for: anna, data: \(data), until: end")
        #expect(found.contains { $0.hasPrefix("18 E04") && $0.contains(words) }, "\(found)")
    }

    @Test(arguments: [
        "birthOrder: {gt: 5, lt: 2}", "birthOrder: {at_least: 4, lt: 4}",
        "bornAt: {gt: notice +2d, at_most: notice +1d}",
        "bornAt: {between: [notice +2d, notice +1d]}", "bornAt: {at_least: 3, at_most: notice +1d}",
    ])
    func `bounds leave something between them`(data: String) throws {
        let found = try Self.read(expect: "none: region.birth-notice.v1, for: anna, data: {\(data)}, until: end")
        #expect(found.contains { $0.hasPrefix("18 E044 nothing is") }, "\(found)")
    }

    @Test(arguments: [
        ("{concerns: {length: {lt: 0}}}", "no list is so short"),
        ("{birthOrder: {not: {exists: true}}}", "whether a value is there is not negated; write absent: true"),
        ("{birthOrder: {none_of: [1, {absent: true}]}}", "write exists: true"),
        ("{mother: {not: {any: true}}}", "nothing is not anything"),
        ("{municipality: {not: {regex: '.*'}}}", "every text is like this"),
        ("{municipality: {none_of: [{regex: '(.|[a-z])+'}]}}", "every text is like this"),
        ("{municipality: {not: {regex: '[^ø]*|.*ø.*'}}}", "every text is like this"),
        ("{municipality: {regex: '^01'}}", "the regular expression matches nothing that may stand here"),
        ("{municipality: {regex: Karlstad}}", "the regular expression matches nothing that may stand here"),
        (#"{birthDate: {regex: '.*T.*'}}"#, "the regular expression matches nothing that may stand here"),
    ])
    func `what no value at all fulfils, or every value, is no condition`(data: String, words: String) throws {
        let found = try Self.read(expect: "none: skatteverket.birth.v1, for: liv, data: \(data), until: end")
        #expect(found.contains { $0.hasPrefix("18 E04") && $0.contains(words) }, "\(found)")
    }

    @Test(arguments: [
        ("{}", "'child' is missing, and it is in every message"), ("{birthOrder: 1}", "'sex' is missing"),
        ("{child: $liv, sex: female, bornAt: notice 03:14}", "'birthOrder' is missing"),
        ("{child: $liv, sex: {any: true}, bornAt: {exists: true}, birthOrder: 1}", ""),
    ])
    func `what a message must be exactly has all that every message has`(data: String, words: String) throws {
        for kind in ["none", "message"] {
            let found = try Self.read(
                expect: "\(kind): region.birth-notice.v1, for: anna, change: created, exactly: \(data), until: end")
            let isFound = found.contains { $0.hasPrefix("18 E045") && $0.contains(words) }
            #expect(words.isEmpty ? found.isEmpty : isFound, "\(found)")
        }
    }

    @Test(arguments: [
        ("region.birth-notice.v1, for: anna", "{birthOrder: {gt: 0, lt: 9}, sex: {one_of: [male, female]}}"),
        ("region.birth-notice.v1, for: anna", "{birthOrder: {at_least: 9}, child: {not: $liv}, sex: {exists: true}}"),
        ("region.birth-notice.v1, for: anna", "{birthOrder: {approx: {value: 9, within: 2}}, sex: {regex: 'f.*'}}"),
        ("region.birth-notice.v1, for: anna", "{bornAt: {gt: notice 03:00, lt: notice +1d}, birthOrder: {lt: 90}}"),
        ("region.birth-notice.v1, for: anna", "{bornAt: {between: [2026-03-01, 2026-03-03]}, birthOrder: {any: true}}"),
        ("skatteverket.birth.v1, for: liv", "{birthDate: {approx: {value: notice +0d 12:00, within: 1d}}}"),
        ("skatteverket.birth.v1, for: liv", "{birthDate: {at_least: notice 03:00}, secondParent: {not: $anna}}"),
        ("skatteverket.birth.v1, for: liv", "{concerns: {contains: region-17}, municipality: {absent: true}}"),
        ("skatteverket.birth.v1, for: liv", "{concerns: {length: 2}}"),
        ("skatteverket.birth.v1, for: liv", "{concerns: {length: {gt: 1}}}"),
        ("skatteverket.birth.v1, for: liv", "{reasonCode: {one_of: [error]}}"),
        (
            "skatteverket.register-entry.v1, for: anna",
            "{children: {each: {person: $liv, birthDate: {gt: notice +0d}}}}"
        ),
        ("skatteverket.register-entry.v1, for: anna", "{children: {contains: {person: {one_of: [$liv, $anna]}}}}"),
    ])
    func `a condition that can hold and can fail is read without a word`(what: String, data: String) throws {
        let found = try Self.read(expect: "none: \(what), data: \(data), until: end")
        #expect(found == [])
    }

    @Test(arguments: [
        (
            "{message: skatteverket.birth.v1, for: liv, data: {mothr: $anna}, equals: 0}", "E045",
            "did you mean `mother`?"
        ),
        ("{message: skatteverket.birth.v1, for: liv, data: {birthOrder: {gt: 11}}, equals: 0}", "E045", "so great"),
        ("{message: skatteverket.birth.v1, from: region-17, equals: 0}", "E042", "only skatteverket does"),
        ("{message: skatteverket.birth.v1, for: liv, data: {mother: $anna}, equals: 0}", "", ""),
    ])
    func `what is counted at the end must be possible`(count: String, code: String, words: String) throws {
        let found = try Self.read(then: count)
        let isFound = found.contains { $0.hasPrefix("20 \(code)") && $0.contains(words) }
        #expect(code.isEmpty ? found.isEmpty : isFound, "\(found)")
    }

    @Test(arguments: [
        "data: {mother: $anna}", "data: {birthOrder: {gt: 0}}", "data: {secondParent: {absent: true}}",
        "data: {municipality: {regex: '01.*'}}", "data: {reasonCode: error}",
        "change: annulled, data: {reasonCode: error}",
    ])
    func `a part of a message and a condition are enough`(data: String) throws {
        #expect(try Self.read(expect: "none: skatteverket.birth.v1, for: liv, \(data), until: end") == [])
    }

    @Test(arguments: [
        (
            "data: {birthOrder: $b.mother}",
            "`birthOrder` is never `$b.mother`: that is somebody's key, and here stands a number"
        ),
        ("data: {birthDate: {gt: $b.mother}}", "that is somebody's key, and here stands a day"),
        ("data: {municipality: {none_of: [$b.birthDate]}}", "that is a day, and here stands a municipality"),
        ("data: {mother: $b.mother}", ""), ("data: {birthDate: {at_most: $b.birthDate}}", ""),
        ("exactly: {reasonCode: $b.birthOrder}, change: annulled", "that is a number, and here stands"),
    ])
    func `a value of a message is quoted where such a value can stand`(data: String, words: String) throws {
        let expect = "none: skatteverket.birth.v1, for: liv, \(data), until: end"
        let found = try Self.read(
            expect: "message: skatteverket.birth.v1, for: liv, within: 3d, as: $b}\n  - expect: {\(expect)")
        #expect(words.isEmpty ? found.isEmpty : found.count == 1 && found[0].contains(words), "\(found)")
    }

    @Test func `a step may break the schema of a type whose dead letter is expected`() throws {
        let broken = "{child: $liv, bornAt: notice 03:14}"
        #expect(try !Self.read(publish: broken).isEmpty)
        let expected = "dead_letter: region.birth-notice.v1, for: anna, in: region-17, within: 1d"
        #expect(try Self.read(publish: broken, expect: expected) == [])
    }

    @Test func `an agency is not expected to say what only another says`() throws {
        let found = try Self.read(expect: "none: skatteverket.birth.v1, from: region-17, until: end")
        #expect(found == ["18 E042 region-17 never says skatteverket.birth.v1; only skatteverket does"])
    }
}
