import LifeEvents
import YAML

/// `given`: who is there, who plays, what held before.
extension ScenarioParser {
    struct Given {
        var citizens: [Citizen] = []
        var agencies: [PlayedAgency] = []
        var facts: [OpeningFact] = []
    }

    mutating func given(_ node: YAMLNode?) -> Given {
        var result = Given()
        guard let node, var map = MapReader(node, "given", &diagnostics) else { return result }
        if let citizens = map.required("citizens", &diagnostics) { result.citizens = self.citizens(citizens) }
        if let agencies = map.required("agencies", &diagnostics) { result.agencies = self.agencies(agencies) }
        if let facts = map.optional("facts", &diagnostics) {
            result.facts = list(facts, "facts").compactMap { fact($0) }
        }
        map.finish(&diagnostics)
        return result
    }

    private mutating func citizens(_ node: YAMLNode) -> [Citizen] {
        guard node.entries != nil else {
            diagnostics.add(.wrongKind, "citizens is a map of names, not \(node.kindName)", at: node.spanOfFirstLine)
            return []
        }
        // All names first, so that one wrong entry makes no second mistake.
        persons = node.entries?.map(\.name) ?? []
        return node.entries?.compactMap { citizen($0) } ?? []
    }

    private mutating func citizen(_ entry: YAMLEntry) -> Citizen? {
        let name = identifier(entry.key, "a person's name")
        guard var map = MapReader(entry.value, "a person", &diagnostics) else { return nil }
        let isUnborn = map.optional("unborn", &diagnostics).flatMap { flag($0) } ?? false
        let born = map.optional("born", &diagnostics).flatMap { day($0) }
        let number = map.optional("number", &diagnostics).flatMap { birthDay(ofNumber: $0) }
        map.finish(&diagnostics)
        if map.has("born"), let span = map.keySpan("number") {
            diagnostics.add(.conflictingKeys, "the number gives the date of birth already", at: span)
        }
        if isUnborn, let span = map.keySpan("born") ?? map.keySpan("number") {
            diagnostics.add(.conflictingKeys, "a person who is unborn has no date of birth", at: span)
        }
        return name.map { Citizen(name: $0, isUnborn: isUnborn, born: born ?? number) }
    }

    private mutating func day(_ node: YAMLNode) -> Day? {
        guard let time = timeText(node) else { return nil }
        if case .day(let day) = time.origin, time.spans.isEmpty, time.clock == nil { return day }
        diagnostics.add(.badDate, "this is a date", at: node.span, hint: "write it as 1996-05-05")
        return nil
    }

    /// The number itself goes no further than here.
    private mutating func birthDay(ofNumber node: YAMLNode) -> Day? {
        guard let text = text(node, "a personal number") else { return nil }
        do {
            return try PersonalNumber(text.value).birthDay
        } catch {
            diagnostics.add(.badNumber, Self.withoutFullStop(error.description), at: text.span)
            return nil
        }
    }

    private static func withoutFullStop(_ sentence: String) -> String {
        sentence.hasSuffix(".") ? String(sentence.dropLast()) : sentence
    }

    private mutating func agencies(_ node: YAMLNode) -> [PlayedAgency] {
        var result: [PlayedAgency] = []
        if let entries = node.entries {
            for entry in entries {
                let part = self.part(entry.value)
                if let id = agency(entry.key), let part { result.append(PlayedAgency(id: id, part: part)) }
            }
            return result
        }
        for item in list(node, "agencies") {
            guard let id = agency(item) else { continue }
            if let first = result.first(where: { $0.id.value == id.value }) {
                let note = Diagnostic.Note("the first is here", at: first.id.span)
                diagnostics.add(.duplicateKey, "the agency is listed twice", at: id.span, notes: [note])
            } else {
                result.append(PlayedAgency(id: id, part: .simulated))
            }
        }
        return result
    }

    private mutating func part(_ node: YAMLNode) -> PlayedAgency.Part? {
        guard let text = text(node, "an agency's part") else { return nil }
        if let part = PlayedAgency.Part(rawValue: text.value) { return part }
        diagnostics.add(
            .badValue, "an agency is simulated, silent or external", at: text.span,
            hint: Suggestion.question(text.value, among: PlayedAgency.Part.allCases.map(\.rawValue)))
        return nil
    }

    private mutating func fact(_ node: YAMLNode) -> OpeningFact? {
        guard var map = MapReader(node, "an opening fact", &diagnostics) else { return nil }
        let type = map.required("fact", &diagnostics).flatMap { messageType($0) }
        let subject = map.required("for", &diagnostics).flatMap { person($0) }
        let occurred = map.optional("occurred", &diagnostics).flatMap { time($0) }
        let from = map.optional("from", &diagnostics)
        let data = dataMap(map.optional("data", &diagnostics), of: node.span)
        map.finish(&diagnostics)
        guard let type, let source = source(from, of: type), let subject else { return nil }
        return OpeningFact(
            type: type, subject: subject, source: source, occurred: occurred, data: data, span: node.span)
    }
}
