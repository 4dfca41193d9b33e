import LifeEvents
import YAML

/// `faults`: what goes wrong, and when.
extension ScenarioParser {
    private static let agencyKinds = ["outage", "slow"]
    private static let messageKinds = ["duplicate", "late", "reordered", "corrupt"]

    mutating func faults(_ node: YAMLNode) -> [ScenarioFault] {
        var result: [ScenarioFault] = []
        var places: [String: SourceSpan] = [:]
        for item in list(node, "faults") {
            guard let fault = fault(item) else { continue }
            if let first = places.updateValue(fault.id.span, forKey: fault.id.value) {
                let note = Diagnostic.Note("the first is here", at: first)
                let message = "two faults have the id `\(fault.id.value)`"
                diagnostics.add(.duplicateStep, message, at: fault.id.span, notes: [note])
            }
            result.append(fault)
        }
        return result
    }

    private mutating func fault(_ node: YAMLNode) -> ScenarioFault? {
        guard var map = MapReader(node, "a fault", &diagnostics) else { return nil }
        let id = map.required("id", &diagnostics).flatMap { identifier($0, "a fault's id") }
        let all = Self.agencyKinds + Self.messageKinds + ["broker"]
        let written = all.filter { map.has($0) }
        guard written.count == 1, let name = written.first else {
            let list = all.dropLast().map { "`\($0)`" }.joined(separator: ", ") + " and `broker`"
            if written.isEmpty {
                diagnostics.add(.missingKey, "a fault needs one of the keys \(list)", at: map.span)
            } else {
                let message = "a fault is one thing, not `\(written[0])` and `\(written[1])`: make two faults"
                diagnostics.add(.conflictingKeys, message, at: map.keySpan(written[1]) ?? map.span)
            }
            return nil
        }
        var window = FaultWindow(from: nil, duration: nil)
        let kind = kind(name, &map, &window)
        map.finish(&diagnostics)
        guard let id, let kind else { return nil }
        return ScenarioFault(id: id, kind: kind, window: window, span: node.span)
    }

    private mutating func kind(
        _ name: String, _ map: inout MapReader, _ window: inout FaultWindow
    ) -> ScenarioFault.Kind? {
        if name == "broker" {
            guard let node = map.optional(name, &diagnostics) else { return nil }
            return broker(node, &window).map { .broker($0) }
        }
        if Self.agencyKinds.contains(name) {
            let agency = map.required("agency", &diagnostics).flatMap { played($0) }
            guard let node = map.optional(name, &diagnostics) else { return nil }
            guard var inner = MapReader(node, name, &diagnostics) else { return nil }
            let by = name == "slow" ? inner.required("by", &diagnostics).flatMap { delay($0) } : nil
            window = self.window(&inner)
            inner.finish(&diagnostics)
            guard let agency else { return nil }
            if name == "outage" { return .outage(agency) }
            return by.map { .slow(agency, by: $0) }
        }
        let types = map.required("message", &diagnostics).flatMap { typePattern($0) }
        let subject = map.optional("for", &diagnostics).flatMap { person($0) }
        guard let node = map.optional(name, &diagnostics) else { return nil }
        let scope = types.map { MessageScope(types: $0, subject: subject) }
        return message(name, node, scope, &window)
    }

    /// How much later something comes: by nothing it would come as without the fault.
    private mutating func delay(_ node: YAMLNode) -> Located<TimeSpan>? {
        guard let span = timeSpan(node) else { return nil }
        guard span.value.count > 0 else {
            diagnostics.add(.badValue, "a delay is longer than nothing", at: span.span)
            return nil
        }
        return span
    }

    private mutating func message(
        _ name: String, _ node: YAMLNode, _ scope: MessageScope?, _ window: inout FaultWindow
    ) -> ScenarioFault.Kind? {
        if name == "reordered", node.scalar != nil {
            guard let value = flag(node) else { return nil }
            if !value { diagnostics.add(.badValue, "leave the fault out instead", at: node.span) }
            return scope.map { .reordered($0) }
        }
        guard var map = MapReader(node, name, &diagnostics) else { return nil }
        defer { map.finish(&diagnostics) }
        window = self.window(&map)
        switch name {
        case "duplicate":
            let times = map.optional("times", &diagnostics).map { number($0, ScenarioLimits.duplicates)?.value }
            guard let scope, let count = times ?? 1 else { return nil }
            return .duplicate(scope, times: count)
        case "late":
            let by = map.required("by", &diagnostics).flatMap { delay($0) }
            guard let scope, let by else { return nil }
            return .late(scope, by: by)
        case "reordered":
            return scope.map { .reordered($0) }
        default:
            return corrupt(&map, scope)
        }
    }

    private mutating func corrupt(_ map: inout MapReader, _ scope: MessageScope?) -> ScenarioFault.Kind? {
        let times = map.optional("times", &diagnostics)
        let nth = map.optional("nth", &diagnostics)
        if times != nil, let span = map.keySpan("nth") {
            diagnostics.add(.conflictingKeys, "`times` and `nth` both say which messages: keep one", at: span)
            return nil
        }
        let count = (times ?? nth).map { number($0, ScenarioLimits.damaged)?.value }
        guard let scope, let number = count ?? 1 else { return nil }
        return .corrupt(scope, nth == nil ? .first(number) : .nth(number))
    }

    private mutating func broker(_ node: YAMLNode, _ window: inout FaultWindow) -> ScenarioBrokerFault? {
        guard var map = MapReader(node, "broker", &diagnostics) else { return nil }
        defer { map.finish(&diagnostics) }
        window = self.window(&map)
        let written = ["error", "down", "latency"].filter { map.has($0) }
        guard written.count == 1 else {
            if written.isEmpty {
                let message = "broker needs one of the keys `error`, `down` and `latency`"
                diagnostics.add(.missingKey, message, at: map.span)
            } else {
                let message = "a fault is one thing, not `\(written[0])` and `\(written[1])`: make two faults"
                diagnostics.add(.conflictingKeys, message, at: map.keySpan(written[1]) ?? map.span)
            }
            for key in ["error", "down", "latency", "request", "times"] { map.allow(key) }
            return nil
        }
        switch written[0] {
        case "down":
            guard let node = map.optional("down", &diagnostics), let value = flag(node) else { return nil }
            if !value { diagnostics.add(.badValue, "leave the fault out instead", at: node.span) }
            return .down
        case "latency":
            guard let node = map.optional("latency", &diagnostics) else { return nil }
            return number(node, ScenarioLimits.latency).map { .latency(milliseconds: $0.value) }
        default:
            let error = map.optional("error", &diagnostics)
                .flatMap { word($0, "an answer of the broker", ScenarioBrokerFault.Failure.self) }
            let request = map.optional("request", &diagnostics)
                .map { word($0, "a kind of request", ScenarioBrokerFault.Request.self)?.value }
            let times = map.optional("times", &diagnostics).map { number($0, ScenarioLimits.failedRequests)?.value }
            guard let error, let kind = request ?? .produce, let count = times ?? 1 else { return nil }
            return .fails(kind, with: error.value, times: count)
        }
    }

    private mutating func window(_ map: inout MapReader) -> FaultWindow {
        let fromNode = map.optional("from", &diagnostics)
        let from = fromNode.flatMap { time($0) }.flatMap { instant($0) }
        let duration = map.optional("for", &diagnostics).flatMap { timeSpan($0) }
        if let from, let first = from.resolve(on: timeline) {
            if let end = timeline.end, first > end {
                diagnostics.add(.backInTime, "the fault begins after the end of the run", at: from.span)
            } else if first < timeline.start {
                diagnostics.add(.backInTime, "the fault begins before the start", at: from.span)
            }
        }
        return FaultWindow(from: from, duration: duration)
    }

    /// An agency that takes part.
    private mutating func played(_ node: YAMLNode) -> Located<AgencyID>? {
        guard let agency = agency(node) else { return nil }
        guard agencies.contains(agency.value) else {
            diagnostics.add(
                .unknownAgency, "`\(agency.value)` takes no part in the scenario", at: agency.span,
                hint: "add it to given: agencies")
            return nil
        }
        return agency
    }

    private mutating func typePattern(_ node: YAMLNode) -> Located<WildcardPattern>? {
        guard let text = text(node, "a message type") else { return nil }
        let pattern = WildcardPattern(text.value)
        guard let types = vocabulary.types, !types.contains(where: pattern.matches) else {
            return Located(pattern, text.span)
        }
        if !text.value.contains("*") { return messageType(node).map { Located(WildcardPattern($0.value), $0.span) } }
        diagnostics.add(
            .unknownType, "no message type matches `\(text.value)`", at: text.span,
            hint: diagnostics.guess(
                text.value, among: types.compactMap { $0.split(separator: ".").first.map { "\($0).*" } }))
        return nil
    }
}
