import AgencyKit
import Contracts
import JSON
import JSONSchema
import LifeEvents

/// Holds what a scenario publishes and expects against the schemas of its types.
///
/// What is published must be whole, unless the scenario expects a dead letter of the type: then it means the bus to set
/// aside what it says. What is expected names some of a message's values: those must be possible, and so must the
/// values that a condition names.
struct DataCheck: ~Copyable {
    let scenario: Scenario
    private let schemas: MessageSchemas
    /// What types say of the fields that only data about protected people may lack; nil where anybody may be protected.
    private let unprotected: TypeProtections?
    private var writer = JSONWriter(capacity: 512)
    private var tape = JSONTape()

    init(_ scenario: Scenario, _ schemas: MessageSchemas, _ protection: TypeProtections) {
        self.scenario = scenario
        self.schemas = schemas
        // Who is protected is known to the bus while it runs: where anybody may be, it decides.
        unprotected = scenario.mayProtect(protection) ? nil : protection
    }

    /// Adds what is wrong.
    mutating func check(_ diagnostics: inout DiagnosticList) {
        for awaited in scenario.awaited { check(awaited, &diagnostics) }
        for fact in scenario.facts { check(fact.data, fact.type.value, .whole, isAnnulled: false, &diagnostics) }
        for step in scenario.steps {
            switch step.action {
            case .publish(let publication) where !isToBeSetAside(publication.type.value):
                check(
                    publication.data, publication.type.value, .whole,
                    isAnnulled: publication.change?.kind == .annulled, &diagnostics)
            case .publish: break
            case .expect(let expectation):
                for pattern in expectation.patterns { check(pattern, &diagnostics) }
                if case .deadLetter(let letter) = expectation.kind { check(letter, &diagnostics) }
                guard case .status(let pattern) = expectation.kind, let data = pattern.data else { break }
                check(data, StatusTile.type.name, .part, isAnnulled: false, &diagnostics)
            }
        }
        for count in scenario.finalCounts { check(count.pattern, &diagnostics) }
        let rows =
            scenario.finalTiles + scenario.finalPages.flatMap(\.rows) + scenario.tilesAsOf.flatMap(\.tiles)
        for data in rows.compactMap(\.data) {
            check(data, StatusTile.type.name, .part, isAnnulled: false, &diagnostics)
        }
        guard case .some(let letters) = scenario.allowedDeadLetters else { return }
        for letter in letters { check(letter, &diagnostics) }
    }

    func add(
        _ failure: SchemaFailure, _ data: DataNode, _ type: String, _ extent: Extent,
        _ diagnostics: inout DiagnosticList
    ) {
        // An unknown key is named in the sentence.
        let isNamed = failure.place.isEmpty || failure.keyword == "additionalProperties"
        diagnostics.add(
            .badData, "\(type): \(isNamed ? "" : "`\(failure.place)`: ")\(failure.message)",
            at: data.place(of: failure), hint: hint(failure, data, extent, diagnostics))
    }

    /// Values of messages: the type must have such a value.
    private mutating func check(_ awaited: AwaitedMessage, _ diagnostics: inout DiagnosticList) {
        guard let name = awaited.name else { return }
        var told: Set<String> = []
        for (value, span) in scenario.captures where value.name == name.value && told.insert(value.text).inserted {
            let probe = value.probe(DataNode(content: .match([.exists]), span: span))
            for failure in failures(probe, awaited.type, .whole, isAnnulled: false) {
                guard failure.keyword == "additionalProperties" || failure.keyword == "type" else { continue }
                let place = failure.actual.flatMap { failure.keyword == "type" ? nil : $0 } ?? failure.place
                diagnostics.add(
                    .badData, "\(awaited.type) has no value `\(value.text.dropFirst(name.value.count + 1))`", at: span,
                    hint: diagnostics.guess(place, among: failure.allowed)
                        ?? "look at: livsbuss topics show \(awaited.type)",
                    notes: [Diagnostic.Note("the message is named here", at: name.span)])
                break
            }
        }
    }

    private func isToBeSetAside(_ type: String) -> Bool {
        if case .some(let allowed) = scenario.allowedDeadLetters,
            allowed.contains(where: { $0.original.type.value == type })
        {
            return true
        }
        return scenario.steps.contains { step in
            guard case .expect(let expectation) = step.action, case .deadLetter(let letter) = expectation.kind else {
                return false
            }
            return letter.original.type.value == type
        }
    }

    private mutating func check(_ pattern: MessagePattern, _ diagnostics: inout DiagnosticList) {
        checkSource(pattern, &diagnostics)
        guard let data = pattern.data else { return }
        let change = pattern.change?.value
        // A pattern that names no change may mean the annulment too, which says something else.
        if change == nil, refusals(data, pattern.type.value, isAnnulled: true).isEmpty,
            faults(ofConditionsIn: data, pattern.type.value, isAnnulled: true).isEmpty,
            !pattern.isExact || missing(data, pattern.type.value, isAnnulled: true).isEmpty
        {
            return
        }
        check(data, pattern.type.value, .part, isAnnulled: change == .annulled, &diagnostics)
        guard pattern.isExact else { return }
        for failure in missing(data, pattern.type.value, isAnnulled: change == .annulled) {
            diagnostics.add(
                .badData, "\(pattern.type.value): \(failure.message), and it is in every message",
                at: data.place(of: failure),
                hint: "write it too, or `data` instead of `exactly`")
        }
    }

    /// What every message has and data that is to be the whole of one leaves out.
    private mutating func missing(_ data: DataNode, _ type: String, isAnnulled: Bool) -> [SchemaFailure] {
        failures(data, type, .whole, isAnnulled: isAnnulled).filter { $0.keyword == "required" }
    }

    /// An agency that never says a type is expected in vain, and not to hear it from that agency means nothing.
    ///
    /// What is filed citizens say, and employers, whose declarations are filings too.
    func checkSource(_ pattern: MessagePattern, _ diagnostics: inout DiagnosticList) {
        guard let source = pattern.source, let owner = EventType(pattern.type.value).owner,
            owner != source.value.owner, owner != .citizen, source.value != .citizen, source.value != .livsbuss,
            !(source.value.owner == .arbetsgivare && pattern.type.value.contains(".filing."))
        else { return }
        diagnostics.add(
            .wrongSource, "\(source.value) never says \(pattern.type.value)", at: source.span,
            hint: "only \(owner) does")
    }

    enum Extent { case whole, part }

    /// What may be absent for protected people only.
    private func checkUnprotected(_ data: DataNode, _ type: String, _ diagnostics: inout DiagnosticList) {
        guard case .map(let entries) = data.content else { return }
        for name in unprotected?[type].needed ?? [] where !entries.contains(where: { $0.key.value == name }) {
            diagnostics.add(
                .badData, "\(type): '\(name)' is missing", at: data.span,
                hint: "only what is about people with protected personal data may lack it")
        }
    }

    private mutating func check(
        _ data: DataNode, _ type: String, _ extent: Extent, isAnnulled: Bool, _ diagnostics: inout DiagnosticList
    ) {
        if extent == .whole, !isAnnulled { checkUnprotected(data, type, &diagnostics) }
        if scenario.waits { checkQuotations(data, type, isAnnulled: isAnnulled, &diagnostics) }
        let all = failures(data, type, extent, isAnnulled: isAnnulled)
        for failure in all where extent == .part || !failure.isMunicipalityOf(aFilingOf: type) {
            // A text that is no agency breaks the pattern of agencies, too: one mistake.
            let isTold =
                failure.keyword == "pattern" && all.contains { $0.keyword == "format" && $0.place == failure.place }
            if !isTold { add(failure, data, type, extent, &diagnostics) }
        }
        guard extent == .part else { return }
        for fault in faults(ofConditionsIn: data, type, isAnnulled: isAnnulled) {
            diagnostics.add(
                fault.code, fault.code == .badData ? "\(type): \(fault.message)" : fault.message, at: fault.span,
                hint: fault.refusal.flatMap { hint($0.failure, $0.data, extent, diagnostics) })
        }
    }

    /// What is wrong with data of which a part is named.
    mutating func refusals(_ data: DataNode, _ type: String, isAnnulled: Bool) -> [SchemaFailure] {
        failures(data, type, .part, isAnnulled: isAnnulled)
    }

    private func hint(
        _ failure: SchemaFailure, _ data: DataNode, _ extent: Extent, _ diagnostics: DiagnosticList
    ) -> String? {
        if extent == .part, failure.keyword == "type", data.holdsMap(at: failure.instancePath) {
            let list = "a condition is one of \(ScenarioParser.matchers.joined(separator: ", "))"
            let key = data.firstKey(at: failure.instancePath)
            return key.flatMap { diagnostics.guess($0, among: ScenarioParser.matchers) }.map { "\($0) \(list)" } ?? list
        }
        guard let actual = failure.actual else { return nil }
        if scenario.citizens.contains(where: { $0.name.value == actual }) { return "write `$\(actual)`" }
        return diagnostics.guess(actual, among: failure.allowed)
    }

    mutating func failures(
        _ data: DataNode, _ type: String, _ extent: Extent, isAnnulled: Bool
    ) -> [SchemaFailure] {
        writer.removeAll()
        data.write(into: &writer, on: scenario.timeline) { Subject(seed: 0, scenario: "", case: "", name: $0) }
        let all = writer.bytes.withUnsafeBytes { bytes -> [SchemaFailure] in
            guard (try? tape.parse(bytes)) != nil else { return [] }
            return schemas.failures(of: tape.root, type: type, isAnnulled: isAnnulled)
        }
        guard extent == .part else {
            return all.filter { !data.holdsCondition(at: $0.instancePath) || $0.keyword == "additionalProperties" }
        }
        return all.filter { failure in
            guard failure.keyword != "required" else { return false }
            // A condition stands for a value that is not known.
            return failure.keyword == "additionalProperties" || !data.holdsCondition(at: failure.instancePath)
        }
    }
}

extension Scenario {
    /// The types of its facts, of what it publishes and of what it expects, as often as it names them.
    var typesNamed: [String] {
        let said = steps.flatMap { step -> [String] in
            switch step.action {
            case .publish(let publication): [publication.type.value]
            case .expect(let expectation): expectation.patterns.map(\.type.value)
            }
        }
        return facts.map(\.type.value) + said + finalCounts.map(\.pattern.type.value)
    }

    /// Whether anybody may be protected in it, from the start or later.
    /// - Parameter protection: the field by which each type says how protected somebody is.
    func mayProtect(_ protection: TypeProtections) -> Bool {
        func protects(_ type: String, _ data: DataNode) -> Bool {
            protection[type].level.map { data.holdsKey($0) } ?? false
        }
        return citizens.contains(where: \.isProtected) || facts.contains { protects($0.type.value, $0.data) }
            || steps.contains { step in
                if case .publish(let publication) = step.action {
                    protects(publication.type.value, publication.data)
                } else {
                    false
                }
            }
    }
}

extension Expectation {
    /// The messages that it speaks of.
    fileprivate var patterns: [MessagePattern] {
        switch kind {
        case .message(let pattern), .none(let pattern), .count(let pattern, _): [pattern]
        case .deadLetter: []
        case .latency(let latency): [latency.to] + [latency.from].compactMap(\.pattern)
        case .order(let references): references.compactMap(\.pattern)
        case .anyOrder(let patterns): patterns
        case .status, .refusal: []
        }
    }
}

extension SchemaFailure {
    /// Whether a form names a municipality that there is not: people may, and are refused.
    fileprivate func isMunicipalityOf(aFilingOf type: String) -> Bool {
        keyword == "format" && type.contains(".filing.") && message.contains(" is no municipality;")
    }
}

extension DataNode {
    /// Where a failure stands: the key that is unknown, the value that is wrong, or what it lacks in.
    func place(of failure: SchemaFailure) -> SourceSpan {
        let (node, key) = node(at: failure.instancePath)
        if case .map(let entries) = node.content,
            let unknown = entries.first(where: { $0.key.value == failure.actual && failure.keyword != "required" })
        {
            return unknown.key.span
        }
        return failure.keyword == "additionalProperties" ? key ?? node.span : node.span
    }

    fileprivate func holdsKey(_ name: String) -> Bool {
        if case .map(let entries) = content { entries.contains { $0.key.value == name } } else { false }
    }

    /// Whether a JSON Pointer leads to a condition, or through one.
    fileprivate func holdsCondition(at pointer: String) -> Bool {
        switch node(at: pointer).node.content {
        case .match, .capture: true
        default: false
        }
    }

    /// Whether a JSON Pointer leads to keys with values.
    fileprivate func holdsMap(at pointer: String) -> Bool {
        if case .map = node(at: pointer).node.content { true } else { false }
    }

    /// The first of the keys that a JSON Pointer leads to.
    fileprivate func firstKey(at pointer: String) -> String? {
        if case .map(let entries) = node(at: pointer).node.content { entries.first?.key.value } else { nil }
    }

    /// The node that a JSON Pointer leads to, or the last on the way to it, with the key that it stands under.
    private func node(at pointer: String) -> (node: DataNode, key: SourceSpan?) {
        var node = self
        var key: SourceSpan?
        for part in pointer.split(separator: "/") {
            switch node.content {
            case .map(let entries):
                let name = part.replacing("~1", with: "/").replacing("~0", with: "~")
                guard let entry = entries.first(where: { $0.key.value == name }) else { return (node, key) }
                (node, key) = (entry.value, entry.key.span)
            case .list(let items):
                guard let index = Int(part), items.indices.contains(index) else { return (node, key) }
                (node, key) = (items[index], nil)
            default: return (node, key)
            }
        }
        return (node, key)
    }
}
