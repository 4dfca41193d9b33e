import LifeEvents
import Processes
import YAML

/// `given`: who is there, who plays, what held before.
extension ScenarioParser {
    struct Given {
        var citizens: [Citizen] = []
        var households: [HouseholdDeclaration] = []
        var agencies: [PlayedAgency] = []
        var facts: [OpeningFact] = []
        var rules: [ScenarioRule] = []
    }

    mutating func given(_ node: YAMLNode?) -> Given {
        var result = Given()
        guard let node, var map = MapReader(node, "given", &diagnostics) else { return result }
        let blocks = map.optional("use", &diagnostics).map { self.blocks($0) } ?? []
        let people = people(blocks, map.optional("citizens", &diagnostics))
        let firms = map.optional("organisations", &diagnostics).map { organisations($0) } ?? []
        if people.isEmpty, firms.isEmpty, !map.has("citizens") { _ = map.required("citizens", &diagnostics) }
        result.citizens = citizens(people) + firms
        result.households = map.optional("households", &diagnostics).map { households($0) } ?? []
        var played: [PlayedAgency] = []
        for block in blocks {
            if case .agencies(let node) = block.content { played += agencies(node, after: played) }
        }
        if let own = map.optional("agencies", &diagnostics) { played += agencies(own, after: played) }
        if played.isEmpty, !map.has("agencies") { _ = map.required("agencies", &diagnostics) }
        result.agencies = played
        agencies = played.map(\.id.value)
        if let facts = map.optional("facts", &diagnostics) {
            result.facts = list(facts, "facts").compactMap { fact($0) }
        }
        result.rules = map.optional("rules", &diagnostics).map { rules($0) } ?? []
        map.finish(&diagnostics)
        result.facts = registerEntries(result.citizens, result.facts) + result.facts
        return result
    }

    /// `rules`: values that rules with a number have in this scenario, as `--set` gives them to a run.
    private mutating func rules(_ node: YAMLNode) -> [ScenarioRule] {
        guard let entries = node.entries else {
            diagnostics.add(
                .wrongKind, "rules is a map of names and numbers, not \(node.kindName)", at: node.spanOfFirstLine)
            return []
        }
        return entries.compactMap { entry in
            guard let name = identifier(entry.key, "a rule's name"),
                let value = number(entry.value, 0...ScenarioLimits.ruleValue)
            else { return nil }
            if let known = vocabulary.rules?(), !known.contains(name.value) {
                diagnostics.add(
                    .badValue, "no rule with a value is called `\(name.value)`", at: name.span,
                    hint: diagnostics.guess(name.value, among: known) ?? "`livsbuss rules` lists them")
                return nil
            }
            return ScenarioRule(name: name, value: value.value)
        }
    }

    /// The blocks that `given` uses.
    private mutating func blocks(_ node: YAMLNode) -> [Block] {
        let visible = expansion.file.visible
        return list(node, "use").compactMap { item in
            guard let name = text(item, "a block's name") else { return nil }
            let block = visible[name.value]
            if case .group? = block?.content {
                diagnostics.add(.unknownBlock, "`\(name.value)` is a group: use it as a step", at: name.span)
                return nil
            }
            if let block { return block }
            diagnostics.add(
                .unknownBlock, "there is no block `\(name.value)`", at: name.span,
                hint: diagnostics.guess(name.value, among: visible.keys.sorted())
                    ?? "include the library that has it")
            return nil
        }
    }

    /// A list, whose agencies are simulated, or a map of agencies and parts.
    private mutating func agencies(_ node: YAMLNode, after others: [PlayedAgency]) -> [PlayedAgency] {
        var result: [PlayedAgency] = []
        var places = Dictionary(others.map { ($0.id.value, $0.id.span) }) { first, _ in first }
        let pairs =
            node.entries?.map { ($0.key, Optional($0.value)) }
            ?? list(node, "agencies").map { ($0, nil) }
        for (key, value) in pairs {
            let program = value.flatMap { $0.entries == nil ? nil : self.program($0) }
            let part =
                value.map { $0.entries == nil ? self.part($0) : program.map { _ in .simulated } } ?? .simulated
            guard let id = agency(key), let part else { continue }
            if let first = places[id.value] {
                let note = Diagnostic.Note("the first is here", at: first)
                diagnostics.add(.duplicateKey, "the agency is listed twice", at: id.span, notes: [note])
            } else {
                places[id.value] = id.span
                result.append(PlayedAgency(id: id, part: part, program: program))
            }
        }
        return result
    }

    private mutating func part(_ node: YAMLNode) -> PlayedAgency.Part? {
        guard let text = text(node, "an agency's part") else { return nil }
        if let part = PlayedAgency.Part(rawValue: text.value) { return part }
        diagnostics.add(
            .badValue, "an agency is simulated, silent or external, or has a program: `{exec: ./akassa.py}`",
            at: text.span,
            hint: diagnostics.guess(text.value, among: PlayedAgency.Part.allCases.map(\.rawValue)))
        return nil
    }

    /// `{exec: ./akassa.py}`: a program on standard input plays the agency.
    private mutating func program(_ node: YAMLNode) -> AgencyProgram? {
        guard var map = MapReader(node, "an agency's program", &diagnostics) else { return nil }
        let command = map.required("exec", &diagnostics).flatMap { text($0, "a program") }
        let branchName = map.optional("branch", &diagnostics).flatMap { text($0, "a branch") }
        map.finish(&diagnostics)
        guard let command else { return nil }
        guard let words = CommandWords.split(command.value) else {
            diagnostics.add(
                .badValue, "a program is written as words, such as `python3 akassa.py`, and each quote ends",
                at: command.span)
            return nil
        }
        let branch = branchName.flatMap { Branch(text: $0.value) }
        if let branchName, branch == nil {
            diagnostics.add(.badValue, "a branch is small letters with single hyphens between", at: branchName.span)
            return nil
        }
        return AgencyProgram(command: command, words: words, branch: branch)
    }

    private mutating func fact(_ node: YAMLNode) -> OpeningFact? {
        guard var map = MapReader(node, "an opening fact", &diagnostics) else { return nil }
        let type = map.required("fact", &diagnostics).flatMap { messageType($0) }
        let subject = map.required("for", &diagnostics).flatMap { person($0) }
        let occurred = map.optional("occurred", &diagnostics).flatMap { time($0) }.flatMap { instant($0) }
        let from = map.optional("from", &diagnostics)
        let data = dataMap(map.optional("data", &diagnostics), of: node.span)
        map.finish(&diagnostics)
        guard let type, let source = source(from, of: type), let subject else { return nil }
        return OpeningFact(
            type: type, subject: subject, source: source, occurred: occurred, data: data, span: node.span)
    }
}
