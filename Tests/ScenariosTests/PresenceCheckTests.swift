import Contracts
import Hosting
import LifeEvents
import Scenarios
import Testing
import YAML

/// An expectation of what can never come is refused: a `none` of it would hold whatever happens.
@Suite struct PresenceCheckTests {
    private static let folder = String(#filePath.prefix(upTo: #filePath.firstRange(of: "/Tests/")!.lowerBound))
    /// The contracts of this repository, and a rule with two objections, read once for all cases.
    private static let shipped = Result {
        try ScenarioVocabulary(
            Catalogue(folder: "\(folder)/Topics"),
            rules: { owner in
                guard owner == .skatteverket else { return [] }
                return [
                    RiverDescription(
                        owner: owner, name: "take a name", type: EventType("skatteverket.filing.name.v1"),
                        hearsAnnulment: false, mine: [],
                        whole: ["is filed for oneself", "names a name that may be borne"], file: "A.swift", line: 1)
                ]
            })
    }

    /// A scenario whose line 19 is what is expected, and its last what must hold at the end.
    private static func read(_ expect: String, then: String = "", letters: String = "[]") throws -> [String] {
        let text = """
            scenario: presence
            version: 1
            start: Mon 2026-03-02T08:00
            given:
              citizens: {anna: {}, liv: {unborn: true}}
              agencies: {skatteverket: simulated, kommun-1780: simulated, polisen: silent, csn: external, \(other): external}
            steps:
              - id: notice
                at: +1d 06:30
                publish: region.birth-notice.v1
                from: region-17
                for: anna
                data: {child: $liv, sex: female, bornAt: notice 03:14, birthOrder: 1}
              - id: name
                at: +2d
                citizen: anna
                action: file
                form: name
                to: skatteverket
                data: {given: Anna, family: Ek}
              - expect: {\(expect)}
            until: notice +1mo
            allow_dead_letters: \(letters)
            \(then.isEmpty ? "" : "then: {\(then)}")

            """
        return ScenarioFile.read(text: text, file: "s.yaml", vocabulary: try shipped.get()).diagnostics.map {
            "\($0.span.range.start.line):\($0.span.range.start.column) \($0.code.rawValue) \($0.message)"
                + "\($0.hint.map { "; \($0)" } ?? "")"
        }
    }

    private static let other = "region-17"
    private static let fine = "none: skatteverket.birth.v1, for: anna, until: end"

    @Test(arguments: [
        fine, "none: region.birth-notice.v1, for: anna, data: {birthOrder: {gt: 0}}, after: start, until: end",
        "none: region.birth-notice.v1, from: region-17, change: created, data: {sex: female}, after: start, until: end",
        "none: skatteverket.filing.name.v1, after: notice, until: name",
        "none: citizen.status-tile.v1, for: anna, data: {tile: preschool}, until: end",
        "none: citizen.status-tile.v1, from: kommun-1780, until: end", "message: csn.study-aid.v1, within: 1w",
        "message: csn.study-aid.v1, from: csn, within: 1w",
        "status: {for: anna, tile: study-aid, code: U7}, within: 1w",
        "dead_letter: region.birth-notice.v1, from: region-17, data: {birthOrder: 1}, within: 1w",
        "refusal: {of: name, reason: is filed for oneself}, within: 1w",
        "refusal: {of: name, reason: {regex: .*may be borne.*}}, within: 1w", "refusal: {of: name}, within: 1w",
    ])
    func `what can come is read without a word`(expect: String) throws {
        #expect(try Self.read(expect) == [])
    }

    @Test(arguments: [
        ("none: forsakringskassan.payment.v1, until: end", "21:20 E046 nobody who takes part says", "add it to given"),
        ("none: csn.study-aid.v1, until: end", "21:20 E046 nobody who takes part says", "csn says it"),
        ("none: csn.study-aid.v1, from: csn, until: end", "E046 `csn` is external, and no step says", ""),
        (
            "none: region.birth-notice.v1, for: liv, until: end",
            "E046 nobody who takes part says region.birth-notice.v1 for liv", ""
        ),
        ("none: polisen.burial-permit.v1, until: end", "E046 nobody who takes part says", ""),
        ("none: polisen.burial-permit.v1, from: polisen, until: end", "E046 `polisen` is silent, and no step says", ""),
        ("message: forsakringskassan.payment.v1, within: 1w", "E046 nobody who takes part says", ""),
        (
            "none: region.birth-notice.v1, from: region-01, until: end", "E046 `region-01` takes no part",
            "did you mean `region-17`?"
        ),
        ("none: kommun.permit.v1, from: kommun-0180, until: end", "E046 `kommun-0180` takes no part", ""),
        ("none: kommun.filing.appeal.v1, until: end", "E046 nobody who takes part says", "only a step can say it"),
        (
            "count: {message: forsakringskassan.payment.v1, equals: 0}, until: end", "E046 nobody who takes part says",
            ""
        ),
        ("order: [notice, forsakringskassan.payment.v1], within: 1w", "E046 nobody who takes part says", ""),
        (
            "none: citizen.status-tile.v1, data: {tile: child-benefit}, until: end",
            "E046 nobody who takes part sets the tile `child-benefit`", "forsakringskassan sets it"
        ),
        (
            "none: citizen.status-tile.v1, from: skatteverket, data: {tile: preschool}, until: end",
            "E046 `skatteverket` never sets the tile `preschool`", "only kommun does"
        ),
        (
            "status: {for: anna, tile: child-benefit, code: U7}, within: 1w",
            "E046 nobody who takes part sets the tile", ""
        ),
        (
            "none: region.birth-notice.v1, for: anna, change: corrected, until: end",
            "E046 no step says region.birth-notice.v1 as corrected", "only steps say it"
        ),
        (
            "none: region.birth-notice.v1, from: region-17, data: {birthOrder: 2}, until: end",
            "E046 no step says region.birth-notice.v1 with this data", ""
        ),
        (
            "count: {message: region.birth-notice.v1, data: {sex: female, child: $anna}, at_most: 3}, until: end",
            "E046 no step says region.birth-notice.v1 with this data", ""
        ),
        (
            "none: skatteverket.filing.name.v1, after: start, until: notice",
            "E046 no step says skatteverket.filing.name.v1 within this window", ""
        ),
        (
            "count: {message: csn.study-aid.v1, from: csn, at_most: 2}, until: end",
            "E046 `csn` is external, and no step says", ""
        ),
        (
            "none: skatteverket.birth.v1, caused_by: name, after: start, until: notice",
            "E046 the window ends before the step `name`",
            ""
        ),
    ])
    func `what nobody can bring is refused where it stands`(expect: String, words: String, hint: String) throws {
        let found = try Self.read(expect)
        #expect(found.contains { $0.hasPrefix("21:") && $0.contains(words) && $0.contains(hint) }, "\(found)")
    }

    @Test(arguments: [
        ("data: {tile: child-benfit}", "did you mean `child-benefit`?"),
        ("data: {tile: {one_of: [preschool, pre-shool]}}", "did you mean `preschool`?"),
        ("data: {tile: {not: parenthod}}", "did you mean `parenthood`?"),
        ("data: {tile: {regex: 'child-benfit.*'}}", "matches none of"),
    ])
    func `a tile in a pattern of a message is one that there is`(data: String, words: String) throws {
        for kind in ["none", "message"] {
            let found = try Self.read("\(kind): citizen.status-tile.v1, for: anna, \(data), until: end")
            #expect(found.contains { $0.hasPrefix("21:") && $0.contains("E045") && $0.contains(words) }, "\(found)")
        }
    }

    @Test(arguments: [
        ("data: {municipality: \"1799\"}", "'1799' is no municipality"),
        ("data: {concerns: {contains: kommun-1799}}", "'kommun-1799' is no agency"),
        ("data: {concerns: [region-02]}", "'region-02' is no agency"),
    ])
    func `a municipality and an agency in a pattern are some that there are`(data: String, words: String) throws {
        let found = try Self.read("none: skatteverket.birth.v1, \(data), until: end")
        #expect(found.contains { $0.hasPrefix("21:") && $0.contains("E045") && $0.contains(words) }, "\(found)")
    }

    @Test(arguments: [
        ("status: {anna: {child-benefit: absent}}", "E046 nobody who takes part sets the tile `child-benefit`"),
        ("status: {anna: {parenthood: {csn: absent}}}", "E046 `csn` is external, and no step says"),
        ("status: {anna: {preschool: {skatteverket: absent}}}", "E046 `skatteverket` never sets the tile `preschool`"),
        ("page: {anna: [{tile: child-benefit, code: U7}]}", "E046 nobody who takes part sets the tile"),
        ("count: {message: forsakringskassan.payment.v1, equals: 0}", "E046 nobody who takes part says"),
        ("status_as_of: [{at: +5d, anna: {child-benefit: absent}}]", "E046 nobody who takes part sets the tile"),
    ])
    func `what must hold at the end can come, too`(then: String, words: String) throws {
        let found = try Self.read(Self.fine, then: then)
        #expect(found.contains { $0.hasPrefix("24:") && $0.contains(words) }, "\(found)")
    }

    @Test(arguments: [
        ("dead_letter: region.birth-notice.v1, from: region-01, within: 1w", "E046 `region-01` takes no part"),
        ("dead_letter: region.birth-notice.v1, from: skatteverket, within: 1w", "E042 skatteverket never says"),
        ("dead_letter: forsakringskassan.payment.v1, within: 1w", "E046 nobody who takes part says"),
        ("dead_letter: region.birth-notice.v1, data: {birthOrdr: 1}, within: 1w", "did you mean `birthOrder`?"),
        ("dead_letter: region.birth-notice.v1, data: {sex: femal}, within: 1w", "did you mean `female`?"),
        ("dead_letter: region.birth-notice.v1, data: {birthOrder: 0}, within: 1w", "E045"),
        ("refusal: {of: name, reason: is filed by oneself}, within: 1w", "E046"),
        ("refusal: {of: name, reason: {regex: .*is filed by a stranger.*}}, within: 1w", "its reasons are “is filed"),
        ("refusal: {of: name, reason: {one_of: [is late at night, is too dear]}}, within: 1w", "E046"),
        ("refusal: {of: name, agency: csn}, within: 1w", "E046 `csn` is not simulated"),
    ])
    func `a dead letter and a refusal are of somebody and something that there is`(
        expect: String, words: String
    ) throws {
        let found = try Self.read(expect)
        #expect(found.contains { $0.hasPrefix("21:") && $0.contains(words) }, "\(found)")
    }

    @Test func `dead letters that are allowed are checked as those that are expected`() throws {
        let found = try Self.read(Self.fine, letters: "[{dead_letter: region.birth-notice.v1, data: {sx: male}}]")
        #expect(found.contains { $0.hasPrefix("23:") && $0.contains("E045") }, "\(found)")
        let foreign = try Self.read(Self.fine, letters: "[{dead_letter: forsakringskassan.payment.v1}]")
        #expect(foreign.contains { $0.hasPrefix("23:") && $0.contains("E046") }, "\(foreign)")
    }
}
