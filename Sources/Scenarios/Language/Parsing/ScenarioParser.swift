import LifeEvents
import LinearRegex
import YAML

/// Turns one case of a file into a scenario. Every method reports what is wrong and goes on with what can be read.
struct ScenarioParser {
    var diagnostics: DiagnosticList
    let vocabulary: ScenarioVocabulary
    let expansion: Expansion
    var timeline = Timeline(start: .earliest)
    /// The names of the declared persons, in the file's order.
    var persons: [String] = [] {
        didSet { personSet = Set(persons) }
    }
    private(set) var personSet: Set<String> = []
    /// The declared agencies, in the file's order.
    var agencies: [AgencyID] = []
    /// Who is married to whom, both ways.
    var spouses: [String: String] = [:]
    /// Since when, written beside the spouse.
    var marriedSince: [String: Day] = [:]
    /// The same where it is written, by whose entry it stands in.
    var marriages: [String: Located<Day>] = [:]
    var civilStatuses: [String: CivilStatus] = [:]
    /// Which steps there are, in the file's order, groups written out.
    var outline: [StepOutline] = []
    /// The place in ``outline`` of each id, the first if two have it.
    var outlineIndex: [String: Int] = [:]
    /// The step with the latest instant so far.
    var latest: (index: Int, instant: Instant)?
    /// The nearest step above the one being read from which a window can run.
    var previous: Located<String>?
    /// Where the step that is being read stands.
    var scope = Expansion.Scope.scenario
    /// What has been published so far, by step.
    var published: [String: (publication: PublishStep, place: SourceSpan)] = [:]
    /// Which step has changed a step's message already.
    var successors: [String: Located<String>] = [:]
    /// The patterns of the expectations of messages so far, by step.
    var expectedPatterns: [String: MessagePattern] = [:]
    var anchors: [TimeAnchor] = []
    /// Where what is being read may look back to: expectations of steps before this index.
    var reach = 0
    /// The ends of the windows of messages that are expected so far, by step; nil where a window has no end of its own.
    var windows: [String: Instant] = [:]
    /// What steps answer, by the ids of the expectations that stand for it: the places of the steps.
    var reactions: [String: Int] = [:]
    /// The names of all messages of the file that are expected by name.
    var captureNames: [String] = []
    /// The messages that are expected so far and have a name, by name.
    var captures: [String: (step: String, type: String, name: Located<String>)] = [:]
    /// The expectations that times and values have been found to rest on, and those steps that do by their times.
    var waits = ScenarioWaits()
    /// Times whose origin had no instant yet when they were read, with the uses of groups that lead there.
    var unresolved: [(time: TimeExpression, uses: [SourceSpan])] = []
    /// Whether the file says when the run ends.
    private(set) var hasOwnEnd = false
    private var name: Located<String>?
    private(set) var start: Located<Instant>?

    /// Regular expressions that have been read, also for the cases before this one.
    var regexes: [String: LinearRegex]

    init(
        _ expansion: Expansion, _ vocabulary: ScenarioVocabulary, regexes: [String: LinearRegex],
        _ diagnostics: DiagnosticList
    ) {
        self.regexes = regexes
        self.diagnostics = diagnostics
        self.vocabulary = vocabulary
        self.expansion = expansion
    }

    mutating func scenario() -> Scenario? {
        guard var map = MapReader(expansion.root, "a scenario", &diagnostics) else { return nil }
        for key in ["include", "params", "matrix", "groups"] { map.allow(key) }
        readHead(&map)
        let choice = self.choice(&map)
        let given = map.required("given", &diagnostics)
        if let steps = map.required("steps", &diagnostics) { _ = list(steps, "steps") }
        outline = expansion.steps.map { StepOutline($0) }
        outlineIndex = Dictionary(outline.enumerated().map { ($1.id, $0) }) { first, _ in first }
        captureNames = outline.compactMap(\.captureName)
        let opening = self.given(given)
        checkParameterNames()
        let steps = expansion.steps.indices.flatMap { readStep($0) }
        (scope, diagnostics.uses, reach) = (.scenario, [], .max)
        let until = map.optional("until", &diagnostics).flatMap { self.until($0) }
        setEnd(until, steps)
        let horizon = map.optional("horizon", &diagnostics).flatMap { self.horizon($0) }
        if let home = map.optional("home", &diagnostics) { checkHome(home) }
        let anchor = map.optional("anchor", &diagnostics).flatMap { self.anchor($0) }
        // What goes wrong may change what comes, so it cannot rest on it.
        reach = 0
        let faults = map.optional("faults", &diagnostics).map { self.faults($0) } ?? []
        let letters = map.optional("allow_dead_letters", &diagnostics).map { allowedDeadLetters($0) } ?? .some([])
        reach = .max
        let then = map.optional("then", &diagnostics).map { self.then($0) } ?? Outcome()
        checkTimes(of: then)
        map.finish(&diagnostics)
        checkWindows(steps)
        checkOrders(steps, faults)
        checkUnresolved()
        checkDelays(faults)
        checkCrowds(steps, opening.facts)
        checkCaptures()
        guard let name, let start else { return nil }
        return Scenario(
            name: name, caseName: expansion.caseName, parameters: parameters(), tags: choice.tags,
            skip: choice.skip, knownFailure: choice.knownFailure, version: 1, start: start,
            citizens: opening.citizens, households: opening.households, agencies: opening.agencies,
            facts: opening.facts, rules: opening.rules, faults: faults, steps: steps, anchors: anchors,
            finalTiles: then.tiles,
            finalPages: then.pages, tilesAsOf: then.tilesAsOf, invariants: then.invariants, finalCounts: then.counts,
            allowedDeadLetters: letters, anchor: anchor, horizonDays: horizon, awaited: awaited(steps),
            until: until, timeline: timeline,
            files: diagnostics.files)
    }

    private mutating func readHead(_ map: inout MapReader) {
        name = map.required("scenario", &diagnostics).flatMap { identifier($0, "a scenario's name") }
        BlockReader.version(&map, &diagnostics)
        guard let node = map.required("start", &diagnostics), let time = timeText(node) else { return }
        guard case .day(let day) = time.origin, time.spans.isEmpty else {
            let message = "the start is a day or a local time, counted from nothing"
            diagnostics.add(.badAnchor, message, at: node.span, hint: "write 2026-03-02T08:00")
            return
        }
        if let clock = time.clock, !checkClock(clock, on: day, at: node.span) { return }
        let instant = time.clock?.instants(on: day).first ?? Stockholm.instant(day)
        // The rest is read against the nearest start that can be, so that it is told what is wrong there, and only that.
        let run = ScenarioLimits.run
        timeline = Timeline(start: min(max(instant, run.lowerBound), run.upperBound))
        if isInRun(instant, "the start", at: node.span) { start = Located(instant, node.span) }
    }

    /// `tags`, `skip` and `known_failure`: which runs play the scenario, and what is thought of its end.
    private mutating func choice(
        _ map: inout MapReader
    ) -> (tags: [Located<String>], skip: Located<String>?, knownFailure: Located<String>?) {
        let tags = map.optional("tags", &diagnostics).map { node in
            list(node, "tags").compactMap { identifier($0, "a tag") }
        }
        let skip = map.optional("skip", &diagnostics).flatMap { reason($0, "skip") }
        let known = map.optional("known_failure", &diagnostics).flatMap { reason($0, "known_failure") }
        if skip != nil, let span = map.keySpan("known_failure") {
            diagnostics.add(.conflictingKeys, "what is skipped does not fail: keep `skip` or `known_failure`", at: span)
        }
        return (tags ?? [], skip, known)
    }

    /// Why a scenario is left out, or fails: some words.
    private mutating func reason(_ node: YAMLNode, _ key: String) -> Located<String>? {
        guard let words = text(node, "the reason of `\(key)`") else { return nil }
        guard words.value.contains(where: { !$0.isWhitespace }) else {
            diagnostics.add(
                .badValue, "`\(key)` says why, and this is empty", at: words.span,
                hint: "write the reason, which every report tells")
            return nil
        }
        let isSwitch = ["true", "false", "yes", "no", "on", "off", "null", "~"].contains(words.value.lowercased())
        guard !isSwitch || node.style != .plain else {
            diagnostics.add(
                .badValue, "`\(key)` says why in words, and `\(words.value)` is no reason", at: words.span,
                hint: "take the key away where it does not hold")
            return nil
        }
        return words
    }

    /// `$name` has one meaning.
    private mutating func checkParameterNames() {
        for parameter in expansion.declared where personSet.contains(parameter.value) {
            diagnostics.add(
                .nameClash, "`\(parameter.value)` is a person and a parameter", at: parameter.span,
                hint: "give one another name")
        }
    }

    private mutating func parameters() -> [CaseParameter] {
        expansion.parameters.map {
            CaseParameter(name: $0.name, value: data($0.value), text: $0.value.scalar ?? "", isVaried: $0.isVaried)
        }
    }

    /// The step that comparisons of planes count from.
    private mutating func anchor(_ node: YAMLNode) -> Located<String>? {
        guard let step = identifier(node, "a step") else { return nil }
        guard published[step.value] != nil else {
            diagnostics.add(
                .unknownStep, "`\(step.value)` is no step that publishes", at: step.span,
                hint: "name the step of the event that the journey begins with")
            return nil
        }
        return step
    }

    /// How many days beyond its end comparisons of planes play.
    private mutating func horizon(_ node: YAMLNode) -> Int? {
        if node.style == .plain, let text = node.scalar, let days = Int(text), 0...3_650 ~= days { return days }
        diagnostics.add(
            .badValue, "`horizon` is how many days comparisons play beyond the end, from 0 to 3650", at: node.span,
            hint: "write 120")
        return nil
    }

    /// The municipality that comparisons put others in place of, which ``Relocation`` reads.
    private mutating func checkHome(_ node: YAMLNode) {
        guard !(node.scalar.map { Municipalities.has(code: $0) } ?? false) else { return }
        diagnostics.add(
            .badValue, "`home` is the municipality that comparisons put others in place of", at: node.span,
            hint: "write its code in quotes, \"1780\"")
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
        hasOwnEnd = until != nil
        if let until {
            timeline.end = until.resolveAsDeadline(on: timeline)
            guard let end = timeline.end else { return }
            if end < timeline.start {
                diagnostics.add(.backInTime, "the run ends before it starts", at: until.span)
            } else {
                _ = isInRun(end, "the end of the run", at: until.span)
            }
        } else {
            timeline.end = timeline.lastInstant(of: steps)
        }
    }
}
