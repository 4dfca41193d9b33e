import LifeEvents
import YAML

/// `given: citizens` and `households`: who is there, and what the register says of them.
extension ScenarioParser {
    /// Citizens of used blocks, then the file's own; all names are known before one of them is read.
    mutating func people(_ blocks: [Block], _ own: YAMLNode?) -> [YAMLEntry] {
        var result: [YAMLEntry] = []
        var first: [String: SourceSpan] = [:]
        func add(_ node: YAMLNode) {
            guard let entries = node.entries else {
                let message = "citizens is a map of names, not \(node.kindName)"
                diagnostics.add(.wrongKind, message, at: node.spanOfFirstLine)
                return
            }
            for entry in entries {
                if let place = first[entry.name] {
                    let note = Diagnostic.Note("the first is here", at: place)
                    diagnostics.add(
                        .duplicateKey, "the person `\(entry.name)` is declared twice", at: entry.key.span, notes: [note]
                    )
                } else {
                    first[entry.name] = entry.key.span
                    result.append(entry)
                }
            }
        }
        for block in blocks {
            if case .persons(let node) = block.content { add(node) }
        }
        if let own { add(own) }
        persons = result.map(\.name)
        return result
    }

    /// Firms and associations: subjects with a name and a page, of which no register knows anything until somebody tells.
    mutating func organisations(_ node: YAMLNode) -> [Citizen] {
        list(node, "organisations").compactMap { item in
            guard let name = identifier(item, "an organisation's name") else { return nil }
            guard !personSet.contains(name.value) else {
                diagnostics.add(.duplicateKey, "`\(name.value)` is declared already", at: name.span)
                return nil
            }
            persons.append(name.value)
            return Citizen(
                name: name, template: nil, isUnborn: false, born: nil, parents: [], isProtected: false,
                municipality: nil, desk: nil)
        }
    }

    mutating func citizens(_ entries: [YAMLEntry]) -> [Citizen] {
        spouses = [:]
        marriedSince = [:]
        marriages = [:]
        civilStatuses = [:]
        let citizens = entries.compactMap { citizen($0) }
        checkGenerations(citizens)
        checkMarriages(citizens)
        return citizens
    }

    /// Nobody is their own forebear, or older than a parent.
    private mutating func checkGenerations(_ citizens: [Citizen]) {
        let known = Dictionary(citizens.map { ($0.name.value, $0) }) { first, _ in first }
        for citizen in citizens {
            var (line, seen): ([String], Set<String>) = (citizen.parents.map(\.value), [])
            while let next = line.popLast() {
                guard next != citizen.name.value else {
                    let span = citizen.parents.first?.span ?? citizen.name.span
                    diagnostics.add(
                        .badFamily, "`\(citizen.name.value)` is among the forebears of their own parents", at: span)
                    break
                }
                if seen.insert(next).inserted { line += known[next]?.parents.map(\.value) ?? [] }
            }
            for parent in citizen.parents {
                guard let own = citizen.born, let other = known[parent.value]?.born, other > own else { continue }
                diagnostics.add(
                    .badFamily, "`\(parent.value)` is born \(other), `\(citizen.name.value)` \(own)", at: parent.span)
            }
        }
    }

    private mutating func citizen(_ entry: YAMLEntry) -> Citizen? {
        let name = identifier(entry.key, "a person's name")
        guard var map = MapReader(entry.value, "a person", &diagnostics) else { return nil }
        let template = map.optional("template", &diagnostics)
            .flatMap { word($0, "a template", Citizen.Template.self)?.value }
        let isUnborn = map.optional("unborn", &diagnostics).flatMap { flag($0) } ?? (template == .newborn)
        let born = map.optional("born", &diagnostics).flatMap { day($0) }
        let number = map.optional("number", &diagnostics).flatMap { birthDay(ofNumber: $0) }
        let parents = map.optional("parents", &diagnostics).map { self.parents($0, of: entry.name) } ?? []
        let isProtected = map.optional("protected_identity", &diagnostics).flatMap { flag($0) } ?? false
        let municipality = map.optional("municipality", &diagnostics).flatMap { self.municipality($0) }
        let desk = map.optional("desk", &diagnostics).flatMap { self.desk($0) }
        readMarriage(&map, entry.name)
        checkMarriageDate(map, entry.name)
        map.finish(&diagnostics)
        let others = [
            "template", "unborn", "born", "number", "parents", "protected_identity", "municipality", "spouse",
        ]
        if map.has("desk"), let other = others.first(where: { map.has($0) }), let span = map.keySpan(other) {
            diagnostics.add(.conflictingKeys, "a desk is no person: it has no `\(other)`", at: span)
        }
        if map.has("born"), let span = map.keySpan("number") {
            diagnostics.add(.conflictingKeys, "the number gives the date of birth already", at: span)
        }
        if isUnborn, let span = map.keySpan("born") ?? map.keySpan("number") ?? map.keySpan("municipality") {
            let what = map.has("born") || map.has("number") ? "date of birth" : "municipality"
            diagnostics.add(.conflictingKeys, "a person who is unborn has no \(what)", at: span)
        }
        let age = isUnborn ? nil : template?.age
        let birthday = born ?? number ?? age.map { Stockholm.day(of: timeline.start).adding(months: -12 * $0) }
        if let birthday, start != nil, birthday > Stockholm.day(of: timeline.start),
            let span = map.keySpan("born") ?? map.keySpan("number")
        {
            diagnostics.add(
                .backInTime, "`\(entry.name)` is born after the start", at: span,
                hint: "write `unborn: true`, and let a step tell of the birth")
        }
        let isAged = ["template", "born", "number"].contains { map.has($0) }
        if municipality != nil, birthday == nil, !isUnborn, !isAged {
            diagnostics.add(
                .missingKey, "a person with a municipality needs `template`, `born` or `number`", at: entry.key.span)
        }
        return name.map {
            Citizen(
                name: $0, template: template, isUnborn: isUnborn, born: birthday, parents: parents,
                isProtected: isProtected, municipality: municipality, desk: desk)
        }
    }

    /// The key of an office of an agency, written as `kommun-1780/boende`.
    private mutating func desk(_ node: YAMLNode) -> Subject? {
        guard let text = text(node, "a desk") else { return nil }
        let parts = text.value.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let agency = AgencyID(String(parts[0])), !parts[1].isEmpty,
            parts[1].allSatisfy({ $0.isASCII && $0.isLowercase })
        else {
            diagnostics.add(
                .badValue, "a desk is an agency and its office, as `kommun-1780/boende`", at: text.span)
            return nil
        }
        return Subject(deskOf: agency, office: String(parts[1]))
    }

    private mutating func parents(_ node: YAMLNode, of name: String) -> [Located<String>] {
        var result: [Located<String>] = []
        var known: Set<String> = []
        for item in list(node, "parents") {
            guard let parent = person(item) else { continue }
            if parent.value == name {
                diagnostics.add(.badFamily, "nobody is their own parent", at: parent.span)
            } else if !known.insert(parent.value).inserted {
                diagnostics.add(.badFamily, "the parent is named twice", at: parent.span)
            } else {
                result.append(parent)
            }
        }
        return result
    }

    private mutating func readMarriage(_ map: inout MapReader, _ name: String) {
        if let status = map.optional("civil_status", &diagnostics)
            .flatMap({ word($0, "a civil status", CivilStatus.self) })
        {
            civilStatuses[name] = status.value
        }
        let since = map.optional("married", &diagnostics).flatMap { day($0) }
        if let since, let span = map.keySpan("married") { marriages[name] = Located(since, span) }
        guard let spouse = map.optional("spouse", &diagnostics).flatMap({ person($0) }) else { return }
        guard spouse.value != name else {
            diagnostics.add(.badFamily, "nobody is their own spouse", at: spouse.span)
            return
        }
        for (person, other) in [(name, spouse.value), (spouse.value, name)] {
            if let known = spouses[person], known != other {
                diagnostics.add(.badFamily, "`\(person)` is married to `\(known)` already", at: spouse.span)
            } else {
                spouses[person] = other
                if let since { marriedSince[person] = since }
            }
        }
    }

    /// A marriage has been, and stands beside the spouse.
    private mutating func checkMarriageDate(_ map: MapReader, _ name: String) {
        guard let since = marriages[name] else { return }
        if start != nil, since.value > Stockholm.day(of: timeline.start) {
            diagnostics.add(
                .backInTime, "`\(name)` is married after the start", at: since.span,
                hint: "let a step tell of the marriage")
        }
        if !map.has("spouse") {
            diagnostics.add(
                .missingKey, "`married` needs the key `spouse` beside it", at: since.span)
        }
    }

    /// Nobody marries before birth.
    private mutating func checkMarriages(_ citizens: [Citizen]) {
        for citizen in citizens {
            guard let born = citizen.born, let since = marriedSince[citizen.name.value], since < born,
                let place = marriages[citizen.name.value] ?? spouses[citizen.name.value].flatMap({ marriages[$0] })
            else { continue }
            diagnostics.add(
                .badFamily, "`\(citizen.name.value)` is born \(born), and married \(since)", at: place.span)
        }
    }

    private mutating func municipality(_ node: YAMLNode) -> Located<String>? {
        guard let text = text(node, "a municipality") else { return nil }
        guard text.value.utf8.count == 4, text.value.utf8.allSatisfy({ 48...57 ~= $0 }) else {
            diagnostics.add(.badValue, "a municipality is a code of four digits", at: text.span, hint: "write \"1780\"")
            return nil
        }
        guard Municipalities.has(code: text.value) else {
            diagnostics.add(
                .badValue, "there is no municipality \(text.value)", at: text.span,
                hint: Self.municipalityHint(text.value))
            return nil
        }
        return text
    }

    static func municipalityHint(_ code: String) -> String {
        let county = String(code.prefix(2))
        let own = Municipalities.codes(ofCounty: county)
        guard let first = own.first, let last = own.last else { return "no county has the code \(county)" }
        return own.count == 1
            ? "the county \(county) has \(first) only"
            : "the county \(county) has \(own.count), from \(first) to \(last)"
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
            let sentence = error.description
            let message = sentence.hasSuffix(".") ? String(sentence.dropLast()) : sentence
            diagnostics.add(.badNumber, message, at: text.span)
            return nil
        }
    }

    mutating func households(_ node: YAMLNode) -> [HouseholdDeclaration] {
        guard let entries = node.entries else {
            diagnostics.add(.wrongKind, "households is a map of names, not \(node.kindName)", at: node.spanOfFirstLine)
            return []
        }
        var home: [String: SourceSpan] = [:]
        return entries.compactMap { entry in
            let name = identifier(entry.key, "a household's name")
            var members: [Located<String>] = []
            for item in list(entry.value, "a household") {
                guard let member = person(item) else { continue }
                if let other = home[member.value] {
                    let note = Diagnostic.Note("the first is here", at: other)
                    diagnostics.add(
                        .badFamily, "`\(member.value)` is in a household already", at: member.span, notes: [note])
                } else {
                    home[member.value] = member.span
                    members.append(member)
                }
            }
            if entry.value.items?.isEmpty == true {
                diagnostics.add(.badFamily, "the household has no members", at: entry.key.span)
            }
            return name.map { HouseholdDeclaration(name: $0, members: members) }
        }
    }

    // MARK: - Register entries

    /// A person with a municipality is in the register: what the declaration says becomes an opening fact.
    mutating func registerEntries(_ citizens: [Citizen], _ facts: [OpeningFact]) -> [OpeningFact] {
        let type = RegisterEntry.type.name
        let written = Dictionary(
            facts.filter { $0.type.value == type }.map { ($0.subject.value, $0.type.span) }
        ) { first, _ in first }
        var children: [String: [Citizen]] = [:]
        for child in citizens where !child.isUnborn && child.born != nil {
            for parent in child.parents { children[parent.value, default: []].append(child) }
        }
        let known = Dictionary(citizens.map { ($0.name.value, $0) }) { first, _ in first }
        return citizens.compactMap { citizen in
            guard let municipality = citizen.municipality, let born = citizen.born else { return nil }
            let name = citizen.name
            if let other = written[name.value] {
                let note = Diagnostic.Note("the person's municipality is here", at: municipality.span)
                diagnostics.add(
                    .conflictingKeys, "`\(name.value)` has a register entry by their municipality", at: other,
                    hint: "keep one", notes: [note])
            }
            let data = registerEntry(citizen, municipality, born, children[name.value] ?? [], known)
            return OpeningFact(
                type: Located(type, name.span), subject: name, source: .skatteverket,
                occurred: TimeExpression(origin: .day(born), span: name.span), data: data, span: name.span)
        }
    }

    private func registerEntry(
        _ citizen: Citizen, _ municipality: Located<String>, _ born: Day, _ children: [Citizen],
        _ known: [String: Citizen]
    ) -> DataNode {
        let name = citizen.name.value
        func node(_ content: DataNode.Content) -> DataNode { DataNode(content: content, span: citizen.name.span) }
        func entry(_ key: String, _ content: DataNode.Content) -> DataEntry {
            DataEntry(key: Located(key, citizen.name.span), value: node(content))
        }
        let status = civilStatuses[name] ?? (spouses[name] == nil ? .unmarried : .married)
        var entries = [
            entry("municipality", .text(municipality.value)), entry("civilStatus", .text(status.rawValue)),
        ]
        if let spouse = spouses[name] { entries.append(entry("spouse", .person(spouse))) }
        if let since = marriedSince[name] { entries.append(entry("spouseSince", .text(since.description))) }
        entries.append(entry("birthDate", .text(born.description)))
        if !children.isEmpty {
            let list = children.map { child in
                var fields = [
                    entry("person", .person(child.name.value)),
                    entry("birthDate", .text(child.born?.description ?? "")),
                ]
                if let other = child.parents.first(where: { $0.value != name }) {
                    fields.append(entry("otherParent", .person(other.value)))
                }
                return node(.map(fields))
            }
            entries.append(entry("children", .list(list)))
        }
        // Nothing that is said of one names a relative with protected data.
        let parents = citizen.parents.filter { known[$0.value]?.isProtected == false }
        if !parents.isEmpty, !citizen.isProtected {
            entries.append(entry("parents", .list(parents.map { node(.person($0.value)) })))
        }
        let relatives = relatives(of: citizen, children, known)
        if !relatives.isEmpty {
            let list = relatives.map { relative in
                let fields = [
                    entry("person", .person(relative.name.value)),
                    entry("birthDate", .text(relative.born?.description ?? "")),
                    entry(
                        "sharesHome",
                        .bool(relative.municipality.map { $0.value == municipality.value } ?? true)),
                ]
                return node(.map(relative.isProtected ? fields + [entry("protected", .bool(true))] : fields))
            }
            entries.append(entry("related", .list(list)))
        }
        if citizen.isProtected { entries.append(entry("protection", .text(ProtectionLevel.protected.rawValue))) }
        return node(.map(entries))
    }

    /// Spouse, children and their other parents whose date of birth is declared: who lives in the same municipality
    /// is taken to live at the same address.
    private func relatives(of citizen: Citizen, _ children: [Citizen], _ known: [String: Citizen]) -> [Citizen] {
        let name = citizen.name.value
        var names = [spouses[name]].compactMap(\.self)
        for parent in children.flatMap(\.parents) where parent.value != name && !names.contains(parent.value) {
            names.append(parent.value)
        }
        return (names.compactMap { known[$0] } + children).filter { $0.born != nil && !$0.isUnborn }
    }
}
