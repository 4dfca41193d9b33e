import LifeEvents
import Scenarios
import Testing

@Suite struct LanguageStepTests {
    private func scenario(_ steps: String, head: String = "", tail: String = "") throws -> Scenario {
        let reading = ScenarioFile.read(text: languageText(head, steps: steps, tail: tail), file: "s.yaml")
        #expect(reading.messages == [])
        return try #require(reading.scenarios.first)
    }

    private static let birth =
        "- {id: b, at: +1d, publish: region.birth-notice.v1, from: region-17, for: anna, occurred: b -2h, data: {child: $cia, sex: female}}\n"

    @Test func `a correction carries the whole payload, an annulment its reason`() throws {
        let found = try scenario(
            Self.birth + """
                - {id: fix, at: +2d, corrects: b, data: {sex: male, birthOrder: 1}}
                - {id: gone, at: +3d, annuls: fix, data: {reasonCode: wrongPerson}}
                - {id: anew, at: +4d, publish: region.birth-notice.v1, from: region-17, for: anna, data: {x: 1}}
                - {id: over, at: +5d, ceases: anew, occurred: over -1d}
                """)
        let fix = try found.publication("fix")
        #expect(found.json(fix.data) == #"{"child":"cia","sex":"male","birthOrder":1}"#)
        #expect(fix.change?.kind == .corrected)
        #expect(fix.change?.step.value == "b")
        #expect(fix.source.description == "region-17")
        #expect(fix.subject.value == "anna")
        #expect(fix.occurred?.spans == [TimeSpan(-2, .hours)])
        #expect(found.json(try found.publication("gone").data) == #"{"reasonCode":"wrongPerson"}"#)
        let over = try found.publication("over")
        #expect(over.change?.kind == .ceased)
        #expect(found.json(over.data) == #"{"x":1}"#)
    }

    @Test(
        arguments: [
            (
                "action: apply, to: forsakringskassan, for: cia, data: {benefit: parentalBenefit}",
                "forsakringskassan.filing.application.v1", "cia", #"{"filedBy":"anna","benefit":"parentalBenefit"}"#
            ),
            (
                "action: apply, to: kommun-1780, data: {service: preschool}", "kommun.filing.application.v1", "anna",
                #"{"filedBy":"anna","municipality":"1780","service":"preschool"}"#
            ),
            (
                "action: confirm, to: kommun-1780, for: cia", "kommun.filing.parenthood-confirmation.v1", "cia",
                #"{"filedBy":"anna","municipality":"1780"}"#
            ),
            (
                "action: file, form: name, to: skatteverket, for: cia", "skatteverket.filing.name.v1", "cia",
                #"{"filedBy":"anna"}"#
            ),
        ])
    func `what a citizen does is a filing of the agency's form`(
        step: String, type: String, subject: String, data: String
    ) throws {
        let found = try scenario("- {id: a, at: +1d, citizen: anna, \(step)}")
        let filing = try found.publication("a")
        #expect(filing.type.value == type)
        #expect(filing.source == .citizen)
        #expect(filing.subject.value == subject)
        #expect(filing.filing?.citizen.value == "anna")
        #expect(found.json(filing.data) == data)
    }

    @Test func `expectations of every kind are read`() throws {
        let found = try scenario(
            Self.birth + """
                - {id: a, at: +2d, citizen: anna, action: apply, to: forsakringskassan}
                - {id: seen, expect: {message: skatteverket.birth.v1, for: cia, change: corrected, caused_by: b, exactly: {mother: $anna}, within: 2wd}}
                - expect: {order: [b, seen, skatteverket.identity.v1, {message: skatteverket.move.v1, for: bo}]}
                - expect: {latency: {from: b, to: {message: skatteverket.birth.v1}, at_most: 5wd}, after: b}
                - expect: {dead_letter: skatteverket.birth.v1, reason: {regex: 'no .*'}, in: forsakringskassan}
                - expect: {refusal: {of: a, reason: late}, by: +9d}
                - expect: {none: skatteverket.death.v1, until: end}
                """)
        guard case .message(let pattern) = try found.expectation(2).kind,
            case .order(let order) = try found.expectation(3).kind,
            case .latency(let latency) = try found.expectation(4).kind,
            case .deadLetter(let letter) = try found.expectation(5).kind,
            case .refusal(let refusal) = try found.expectation(6).kind
        else { Issue.record("another kind"); return }
        #expect(pattern.isExact)
        #expect(pattern.change?.value == .corrected)
        #expect(
            order.map {
                switch $0 {
                case .step(let id): id.value
                case .message(let pattern): pattern.type.value
                }
            } == ["b", "skatteverket.birth.v1", "skatteverket.identity.v1", "skatteverket.move.v1"])
        #expect(latency.atMost.value == TimeSpan(5, .workingDays))
        #expect(try found.expectation(4).after?.value == "b")
        #expect(letter.agency?.value == .forsakringskassan)
        #expect(letter.reason != nil)
        #expect(refusal.agency == .forsakringskassan)
        #expect(refusal.filing.value == "a")
    }

    @Test(
        arguments: [
            ("{gt: 0}", "greater"), ("{gt: 0, lt: 9}", "greater less"), ("{between: [1, 2]}", "between"),
            ("{between: [b +0d, 2026-04-01]}", "between"), ("{approx: {value: 5, within: 1}}", "approximately"),
            ("{approx: {value: b +0d, within: 2d}}", "approximately"), ("{regex: 'a+'}", "regex"),
            ("{one_of: [a, 1, $bo]}", "oneOf"), ("{exists: true}", "exists"), ("{exists: false}", "absent"),
            ("{absent: true}", "absent"), ("{absent: false}", "exists"), ("{any: true}", "any"),
            ("{at_least: 1, at_most: b +0d}", "atLeast atMost"), ("{not: a}", "noneOf"),
            ("{none_of: [a, 1]}", "noneOf"),
            ("{not: {regex: 'a'}}", "noneOf"), ("{contains: {person: $anna, share: {gt: 5}}}", "contains"),
            ("{each: $bo}", "each"), ("{length: 2}", "length"), ("{length: {at_least: 1}}", "length"),
        ])
    func `a matcher stands for a value, at any depth`(matcher: String, expected: String) throws {
        let found = try scenario(
            Self.birth + "- expect: {message: skatteverket.birth.v1, data: {a: [{b: \(matcher)}]}}")
        guard case .message(let pattern) = try found.expectation(1).kind,
            case .map(let entries)? = pattern.data?.content, case .list(let items) = entries[0].value.content,
            case .map(let inner) = items[0].content, case .match(let matchers) = inner[0].value.content
        else { Issue.record("no matcher"); return }
        #expect(matchers.map { String("\($0)".prefix { $0 != "(" }) }.joined(separator: " ") == expected)
    }

    @Test func `faults of every kind are read`() throws {
        let found = try scenario(
            Self.birth,
            head: """
                faults:
                  - {id: down, agency: forsakringskassan, outage: {from: b, for: 36h}}
                  - {id: slow, agency: skatteverket, slow: {by: 2d}}
                  - {id: twice, message: "skatteverket.*", duplicate: {times: 2, from: +1h}}
                  - {id: late, message: skatteverket.birth.v1, for: anna, late: {by: 3d}}
                  - {id: mixed, message: "*.birth*", reordered: true}
                  - {id: torn, message: "region.*", corrupt: {nth: 2}}
                  - {id: broker, broker: {error: not-leader, request: fetch, times: 3}}
                  - {id: lag, broker: {latency: 200, from: +1h, for: 2h}}
                  - {id: gone, broker: {down: true}}
                """)
        #expect(
            found.faults.map { String("\($0.kind)".prefix { $0 != "(" }) } == [
                "outage", "slow", "duplicate", "late", "reordered", "corrupt", "broker", "broker", "broker",
            ])
        let (first, end) = found.faults[0].window.bounds(on: found.timeline)
        #expect(first == found.timeline.instant(ofStep: "b"))
        #expect(end == first + .hours(36))
        #expect(found.faults[1].window.bounds(on: found.timeline).first == found.start.value)
    }

    @Test(
        arguments: [
            ("skatteverket.*", "skatteverket.birth.v1", true), ("*", "x", true),
            ("*.birth.v1", "skatteverket.birth.v1", true),
            ("s*.b*h.v1", "skatteverket.birth.v1", true), ("skatteverket.*", "region.birth.v1", false),
            ("a*a", "a", false), ("a*a", "aa", true), ("", "", true), ("a*b*c", "abbbcbc", true), ("a", "ab", false),
        ])
    func `a star stands for any text`(pattern: String, type: String, matches: Bool) {
        #expect(WildcardPattern(pattern).matches(type) == matches)
    }

    @Test func `what must hold at the end is read`() throws {
        let found = try scenario(
            Self.birth,
            tail: """
                then:
                  status_as_of:
                    - {at: b +1d, anna: {name: U1, parenthood: {skatteverket: U3}}}
                  invariants: [no-lost-message, chain-rules]
                  count: [{message: skatteverket.birth.v1, for: cia, equals: 1}]
                until: +10d
                """)
        #expect(found.tilesAsOf.map { $0.tiles.map(\.code?.codeInWords) } == [["U1", "U3"]])
        #expect(found.invariants.map(\.value) == [.noLostMessage, .chainRules])
        #expect(found.finalCounts.map(\.count.least) == [1])
    }
}
