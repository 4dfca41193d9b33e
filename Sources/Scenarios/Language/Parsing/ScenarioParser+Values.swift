import LifeEvents
import YAML

/// The small values that occur in many places.
extension ScenarioParser {
    mutating func text(_ node: YAMLNode, _ what: String) -> Located<String>? {
        guard let text = node.scalar, !node.isPlainEmpty else {
            diagnostics.add(.wrongKind, "\(what) is text, not \(node.kindName)", at: node.spanOfFirstLine)
            return nil
        }
        return Located(text, node.span)
    }

    mutating func list(_ node: YAMLNode, _ what: String) -> [YAMLNode] {
        if let items = node.items { return items }
        diagnostics.add(.wrongKind, "\(what) is a list, not \(node.kindName)", at: node.spanOfFirstLine)
        return []
    }

    mutating func identifier(_ node: YAMLNode, _ what: String) -> Located<String>? {
        guard let text = text(node, what) else { return nil }
        guard TimeText.isName(text.value), text.value != "start", text.value != "end" else {
            diagnostics.add(
                .badValue, "`\(SourceLines.masked(text.value))` cannot be \(what)", at: text.span,
                hint: "use a-z, 0-9 and single hyphens; `start` and `end` are taken")
            return nil
        }
        guard text.value.utf8.count <= ScenarioLimits.longestName else {
            diagnostics.add(
                .badValue, "\(what) has at most \(ScenarioLimits.longestName) characters", at: text.span)
            return nil
        }
        return text
    }

    /// The name of a declared person, with or without a `$` before it.
    mutating func person(_ node: YAMLNode) -> Located<String>? {
        guard let text = text(node, "a person") else { return nil }
        if let group = scope.group, !text.value.hasPrefix("$"), personSet.contains(text.value) {
            diagnostics.add(
                .unknownPerson, "the group `\(group)` knows no person but its inputs", at: text.span,
                hint: "declare an input, and hand it over as $\(text.value)")
            return nil
        }
        return person(named: text.value.hasPrefix("$") ? String(text.value.dropFirst()) : text.value, at: text.span)
    }

    mutating func person(named name: String, at span: SourceSpan) -> Located<String>? {
        guard personSet.contains(name) else {
            diagnostics.add(
                .unknownPerson, "no person `\(SourceLines.masked(name))` is declared", at: span,
                hint: diagnostics.guess(name, among: persons + expansion.parameters.map(\.name))
                    ?? "add it to given: citizens")
            return nil
        }
        return Located(name, span)
    }

    mutating func messageType(_ node: YAMLNode) -> Located<String>? {
        guard let type = text(node, "a message type") else { return nil }
        guard let knownTypes = vocabulary.types, !knownTypes.contains(type.value) else { return type }
        diagnostics.add(
            .unknownType, "no contract has the message type `\(type.value)`", at: type.span,
            hint: diagnostics.guess(type.value, among: knownTypes))
        return nil
    }

    mutating func agency(_ node: YAMLNode) -> Located<AgencyID>? {
        guard let text = text(node, "an agency") else { return nil }
        guard let agency = AgencyID(text.value), Self.isKnown(agency) || vocabulary.agencies.contains(agency) else {
            diagnostics.add(
                .unknownAgency, "there is no agency `\(text.value)`", at: text.span,
                hint: Self.agencyHint(text.value))
            return nil
        }
        return Located(agency, text.span)
    }

    /// Any word has the form of an agency; these are the ones there are.
    private static func isKnown(_ agency: AgencyID) -> Bool {
        guard agency.number != nil else { return AgencyID.single.contains(agency) }
        let code = agency.description.drop { $0 != "-" }.dropFirst()
        switch agency.owner {
        case .kommun: return Municipalities.has(code: String(code))
        case .region: return Regions.agencies.contains(agency)
        default: return true
        }
    }

    private static func agencyHint(_ text: String) -> String? {
        switch text {
        case "kommun": return "add the code, as kommun-1780"
        case "region": return "add the county's code, as region-17"
        default: break
        }
        if let agency = AgencyID(text), agency.owner == .kommun {
            return municipalityHint(String(text.drop { $0 != "-" }.dropFirst()))
        }
        if let agency = AgencyID(text), agency.owner == .region {
            return "the counties' codes are \(Regions.agencies.compactMap(\.code).joined(separator: ", "))"
        }
        return DiagnosticList.question(text, among: AgencyID.single.map(\.description))
    }

    /// Who says a message: what is written, or the one agency that can, or the citizen for a filing. Employers file too.
    mutating func source(_ node: YAMLNode?, of type: Located<String>) -> AgencyID? {
        let parts = type.value.split(separator: ".")
        let owner = parts.first.flatMap { Owner(text: $0) }
        let wanted = parts.dropFirst().first == "filing" ? .citizen : owner
        guard let node else {
            if let wanted, let agency = AgencyID(owner: wanted) { return agency }
            // An unknown owner has been reported with the type, when types are checked.
            if let owner, owner.digits > 0 {
                diagnostics.add(
                    .wrongSource, "there are many of `\(owner)`: say which one publishes this", at: type.span,
                    hint: "add from: \(owner == .region ? "region-17" : "kommun-1780")")
            }
            return nil
        }
        guard let agency = agency(node) else { return nil }
        if wanted == .citizen, agency.value.owner == .arbetsgivare { return agency.value }
        if let wanted, agency.value.owner != wanted, parts.prefix(2) != ["citizen", "status-tile"] {
            let message = "\(agency.value) does not publish \(type.value)"
            diagnostics.add(.wrongSource, message, at: agency.span, hint: "\(wanted) does")
            return nil
        }
        return agency.value
    }

    mutating func statusCode(_ node: YAMLNode) -> Located<String>? {
        guard let text = text(node, "a status code") else { return nil }
        guard text.value.hasPrefix("U"), let number = Int(text.value.dropFirst()), 1...11 ~= number,
            text.value == "U\(number)"
        else {
            diagnostics.add(.badValue, "`\(text.value)` is no status code", at: text.span, hint: "they are U1 to U11")
            return nil
        }
        return text
    }

    /// The name of a tile that a citizen can have.
    mutating func tile(_ node: YAMLNode) -> Located<String>? {
        guard let tile = identifier(node, "a tile's name") else { return nil }
        guard let tiles = vocabulary.tiles, !tiles.contains(tile.value) else { return tile }
        diagnostics.add(
            .unknownTile, "no citizen has the tile `\(tile.value)`", at: tile.span,
            hint: diagnostics.guess(tile.value, among: tiles))
        return nil
    }

    /// One of the words of an enumeration, such as an invariant's name.
    mutating func word<Word: RawRepresentable<String> & CaseIterable & Sendable>(
        _ node: YAMLNode, _ what: String, _ type: Word.Type
    ) -> Located<Word>? {
        guard let text = text(node, what) else { return nil }
        if let word = Word(rawValue: text.value) { return Located(word, text.span) }
        let words = Word.allCases.map(\.rawValue)
        diagnostics.add(
            .badValue, "`\(SourceLines.masked(text.value))` is not \(what)", at: text.span,
            hint: diagnostics.guess(text.value, among: words) ?? "write \(words.joined(separator: ", "))")
        return nil
    }

    mutating func number(_ node: YAMLNode, _ range: ClosedRange<Int>) -> Located<Int>? {
        guard let text = node.scalar, node.style == .plain, let number = Int(text), range.contains(number) else {
            let form =
                range.upperBound == Int.max
                ? "\(range.lowerBound) or more" : "\(range.lowerBound) to \(range.upperBound)"
            diagnostics.add(.badValue, "this is a whole number, \(form)", at: node.spanOfFirstLine)
            return nil
        }
        return Located(number, node.span)
    }

    mutating func flag(_ node: YAMLNode) -> Bool? {
        if node.style == .plain, node.scalar == "true" { return true }
        if node.style == .plain, node.scalar == "false" { return false }
        diagnostics.add(.badValue, "this is true or false", at: node.spanOfFirstLine)
        return nil
    }
}
