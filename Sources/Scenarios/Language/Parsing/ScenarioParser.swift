import LifeEvents
import YAML

/// Turns a document into a scenario. Every method reports what is wrong and goes on with what can be read.
struct ScenarioParser {
    var diagnostics: DiagnosticList
    let knownTypes: [String]?
    var timeline = Timeline(start: .earliest)
    /// The names of the declared persons, in the file's order.
    var persons: [String] = []
    /// Which steps there are, in the file's order.
    var outline: [StepOutline] = []
    private var name: Located<String>?
    private var start: Located<Instant>?

    init(source: String, knownTypes: [String]?) {
        diagnostics = DiagnosticList(source: source)
        self.knownTypes = knownTypes
    }

    mutating func scenario(_ root: YAMLNode) -> Scenario? {
        guard var map = MapReader(root, "a scenario", &diagnostics) else { return nil }
        readHead(&map)
        let given = map.required("given", &diagnostics)
        let stepNodes = map.required("steps", &diagnostics).map { list($0, "steps") } ?? []
        outline = stepNodes.enumerated().map { StepOutline($1, index: $0) }
        let opening = self.given(given)
        let steps = stepNodes.indices.compactMap { step(stepNodes[$0], index: $0) }
        let until = map.optional("until", &diagnostics).flatMap { self.until($0) }
        setEnd(until, steps)
        let then = map.optional("then", &diagnostics).map { self.then($0) } ?? []
        map.finish(&diagnostics)
        checkWindows(steps)
        guard let name, let start else { return nil }
        return Scenario(
            name: name, version: 1, start: start, citizens: opening.citizens, agencies: opening.agencies,
            facts: opening.facts, steps: steps, finalTiles: then, until: until, timeline: timeline)
    }

    private mutating func readHead(_ map: inout MapReader) {
        name = map.required("scenario", &diagnostics).flatMap { identifier($0, "a scenario's name") }
        if let node = map.required("version", &diagnostics), node.scalar != "1" {
            diagnostics.add(.unknownVersion, "this version of the language is not read", at: node.span, hint: "write 1")
        }
        guard let node = map.required("start", &diagnostics), let time = timeText(node) else { return }
        guard case .day(let day) = time.origin, time.spans.isEmpty else {
            let message = "the start is a day or a local time, counted from nothing"
            diagnostics.add(.badAnchor, message, at: node.span, hint: "write 2026-03-02T08:00")
            return
        }
        let instant = Stockholm.instant(day, hour: time.clock?.hour ?? 0, minute: time.clock?.minute ?? 0)
        start = Located(instant, node.span)
        timeline = Timeline(start: instant)
    }

    private mutating func until(_ node: YAMLNode) -> TimeExpression? {
        guard let time = time(node) else { return nil }
        guard time.origin != .end else {
            diagnostics.add(.badAnchor, "the end cannot be counted from itself", at: node.span)
            return nil
        }
        return time
    }

    /// Without `until` the run ends with the last step or deadline.
    private mutating func setEnd(_ until: TimeExpression?, _ steps: [Step]) {
        if let until {
            timeline.end = until.resolveAsDeadline(on: timeline)
            return
        }
        let instants = steps.compactMap { timeline.instant(ofStep: $0.id.value) }
        let deadlines = steps.compactMap { step -> Instant? in
            guard case .expect(let expectation) = step.action else { return nil }
            return timeline.deadline(of: expectation)
        }
        timeline.end = max(timeline.start, (instants + deadlines).max() ?? timeline.start)
    }

    private mutating func then(_ node: YAMLNode) -> [FinalTile] {
        guard var map = MapReader(node, "then", &diagnostics) else { return [] }
        defer { map.finish(&diagnostics) }
        return map.optional("status", &diagnostics).map { finalTiles($0) } ?? []
    }
}
