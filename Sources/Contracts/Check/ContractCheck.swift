public import LifeEvents

/// Holds the access lists of a catalogue against what agencies hear and publish.
///
/// A topic whose only reader is the bus is written for the record: what is on it is shown to people, and no agency need
/// hear it. Dead letters are apart: the bus reads and writes them, and whoever reads or writes a topic of an owner may
/// lay aside what breaks its contract.
public struct ContractCheck: Sendable {
    private let catalogue: Catalogue
    private let readings: [DeclaredReading]
    private let writings: [DeclaredWriting]
    /// The types of each topic, in their order.
    private let types: [String: [EventType]]
    private let schemas: Set<String>

    /// A check.
    ///
    /// - Parameters:
    ///   - catalogue: the contracts, as they were read from a folder.
    ///   - types: all types that may travel.
    ///   - readings: what the rules of all agencies hear.
    ///   - writings: what they publish, and what people file.
    ///   - schemas: the types that have a schema file; nil: none is looked for.
    public init(
        _ catalogue: Catalogue, types: [EventType], readings: [DeclaredReading], writings: [DeclaredWriting],
        schemas: [EventType]? = nil
    ) {
        self.catalogue = catalogue
        self.readings = readings
        self.writings = writings
        self.types = Dictionary(grouping: types.sorted(), by: \.topic)
        self.schemas = Set((schemas ?? types).map(\.name))
    }

    /// What is wrong, by file and place: topics by name, then what no topic has.
    public func findings() -> [ContractProblem] {
        var found: [ContractProblem] = []
        for topic in catalogue.topics {
            let places = FindingPlaces(topic, catalogue.manifestPlaces[topic.name])
            let wanted = topic.isDeadLetter ? deadLetterUse(topic) : use(topic)
            var problems = rows(topic, wanted, places) + missing(topic, wanted, places)
            if !topic.isDeadLetter { problems += unheard(topic, places) + unknownTypes(topic, places) }
            problems += lints(topic, places) + groundless(topic, places)
            found += problems.enumerated().sorted { ($0.element.order, $0.offset) < ($1.element.order, $1.offset) }
                .map(\.element)
        }
        return found + withoutTopic()
    }

    // MARK: - Access lists

    /// Who reads and who writes a topic, with the first rule that does.
    private struct Use {
        var readers: [Party: DeclaredReading?] = [:]
        var writers: Set<Party> = []
    }

    private func use(_ topic: TopicManifest) -> Use {
        var use = Use()
        use.readers[bus] = .some(nil)
        for reading in readings where reading.type.topic == topic.name && use.readers[reading.party] == nil {
            use.readers[reading.party] = reading
        }
        for writing in writings where writing.type.topic == topic.name { use.writers.insert(writing.party) }
        return use
    }

    private func deadLetterUse(_ topic: TopicManifest) -> Use {
        var use = Use()
        use.readers[bus] = .some(nil)
        use.writers.insert(bus)
        for party in catalogue.agency(of: topic.owner)?.readers ?? [] {
            use.readers[Party(topic.owner, party)] = .some(nil)
            use.writers.insert(Party(topic.owner, party))
        }
        for reading in readings where reading.type.owner == topic.owner { use.writers.insert(reading.party) }
        for writing in writings where writing.type.owner == topic.owner { use.writers.insert(writing.party) }
        return use
    }

    private var bus: Party { Party(whole: .livsbuss) }

    /// Rows that name nobody, or more than somebody uses.
    private func rows(_ topic: TopicManifest, _ use: Use, _ places: FindingPlaces) -> [ContractProblem] {
        topic.access.enumerated().compactMap { index, rule in
            let party = "\(rule.team)/\(rule.application)"
            if let unknown = unknown(rule) { return places.row(index, unknown) }
            let reads = use.readers.keys.contains { $0.matches(rule) }
            let writes = use.writers.contains { $0.matches(rule) }
            let mayRead = rule.access.allowsReading
            let mayWrite = rule.access.allowsWriting
            return switch (mayRead && !reads, mayWrite && !writes) {
            case (true, true): places.row(index, "\(party) neither hears nor publishes \(topic.name); remove the row")
            case (true, false) where mayWrite:
                places.row(
                    index, "\(party) may read \(topic.name) and no rule of it hears a type of it; write access: write")
            case (true, false):
                places.row(
                    index, "\(party) may read \(topic.name) and no rule of it hears a type of it; remove the row")
            case (false, true) where mayRead:
                places.row(index, "\(party) may write \(topic.name) and publishes no type of it; write access: read")
            case (false, true):
                places.row(index, "\(party) may write \(topic.name) and publishes no type of it; remove the row")
            case (false, false): nil
            }
        }
    }

    private func unknown(_ rule: AccessRule) -> String? {
        guard let owner = Owner(text: rule.team), let agency = catalogue.agency(of: owner) else {
            let guess = Guess.text(rule.team, among: catalogue.agencies.map(\.owner.description))
            return "there is no owner '\(rule.team)'\(guess)"
        }
        guard !agency.readers.contains(where: { $0.name == rule.application }) else { return nil }
        let guess = Guess.text(rule.application, among: agency.readers.map(\.name))
        return "\(owner) has no branch '\(rule.application)'\(guess)"
    }

    /// Rules and publications that no row allows.
    private func missing(_ topic: TopicManifest, _ use: Use, _ places: FindingPlaces) -> [ContractProblem] {
        var found: [ContractProblem] = []
        for party in use.readers.keys.sorted() where !topic.mayRead(party) {
            guard let reading = use.readers[party] ?? nil else {
                found.append(places.access("no row lets \(party) read \(topic.name)"))
                continue
            }
            found.append(
                places.access(
                    "no row lets \(party) read \(topic.name), which its rule “\(reading.rule)” hears "
                        + "(\(reading.file):\(reading.line))"))
        }
        for party in use.writers.sorted() where !topic.mayWrite(party) {
            let type = writings.first { $0.party == party && $0.type.topic == topic.name }?.type.name
            found.append(
                places.access(
                    "no row lets \(party) write \(topic.name)" + (type.map { ", and it publishes \($0)" } ?? "")))
        }
        return found
    }

    // MARK: - Types

    /// Types that nobody hears though somebody may read the topic.
    private func unheard(_ topic: TopicManifest, _ places: FindingPlaces) -> [ContractProblem] {
        let readers = topic.access.filter { $0.access.allowsReading && !bus.matches($0) }
        guard !readers.isEmpty else { return [] }
        return (types[topic.name] ?? []).filter { type in !readings.contains { $0.type == type } }.map {
            places.name("nobody hears \($0)")
        }
    }

    private func unknownTypes(_ topic: TopicManifest, _ places: FindingPlaces) -> [ContractProblem] {
        guard let known = types[topic.name] else { return [places.name("no type of this version is on \(topic.name)")] }
        return known.filter { !schemas.contains($0.name) }.map { places.name("\($0) has no schema") }
    }

    /// Types whose topic has no manifest.
    private func withoutTopic() -> [ContractProblem] {
        types.keys.sorted().filter { catalogue.topic(named: $0) == nil }.map { topic in
            let heard = readings.first { $0.type.topic == topic }
            let by = heard.map { ", which the rule “\($0.rule)” of \($0.party) hears (\($0.file):\($0.line))" } ?? ""
            // Where a schema says what would be on it, that is where to look.
            guard let file = types[topic]?.lazy.compactMap({ catalogue.schemaFiles[$0] }).first else {
                return ContractProblem(file: topic, message: "no manifest has the topic\(by)")
            }
            return ContractProblem(file: file, line: 1, column: 1, message: "no manifest has the topic \(topic)\(by)")
        }
    }

    // MARK: - Lints

    /// Personal data flows by law, by contract or by consent, and a manifest says which (GDPR articles 5.2 and 6). Whose
    /// dead letters they are holds what its other topics hold.
    private func groundless(_ topic: TopicManifest, _ places: FindingPlaces) -> [ContractProblem] {
        guard topic.informationClass > .c1, !topic.isDeadLetter, topic.legalBasis == nil else { return [] }
        return [
            places.name(
                "personal data (class \(topic.informationClass.rawValue)) flows on no ground that the manifest says: name the "
                    + "law, the contract or the consent (livsbuss.se/legal-basis)")
        ]
    }

    private func lints(_ topic: TopicManifest, _ places: FindingPlaces) -> [ContractProblem] {
        var found = TopicLints.complaints(about: topic.config, class: topic.informationClass).map { setting, sentence in
            setting == .replication ? places.replication(sentence) : places.retention(sentence)
        }
        guard topic.informationClass >= .c4 else { return found }
        for (index, rule) in topic.access.enumerated() where rule.access.allowsReading {
            let party = "\(rule.team)/\(rule.application)"
            guard rule.team != topic.owner.description, !bus.matches(rule), !topic.namedReaders.contains(party) else {
                continue
            }
            found.append(
                places.row(
                    index,
                    "\(party) may read a topic of class \(topic.informationClass.rawValue) and is not among its named "
                        + "readers (livsbuss.se/readers)"))
        }
        for reader in topic.namedReaders
        where !topic.access.contains(where: { "\($0.team)/\($0.application)" == reader }) {
            found.append(places.access("the named reader \(reader) has no row in the access list"))
        }
        return found
    }
}

extension TopicManifest {
    /// Whether it holds what could not be handled.
    public var isDeadLetter: Bool { name == "\(owner).dead-letter.v1" }

    func mayRead(_ party: Party) -> Bool {
        mayRead(team: party.owner.description, application: party.branch.name)
    }

    func mayWrite(_ party: Party) -> Bool {
        mayWrite(team: party.owner.description, application: party.branch.name)
    }
}
