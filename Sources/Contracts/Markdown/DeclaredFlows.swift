internal import LifeEvents

/// Who says and hears what by declaration, beside how often runs showed it.
struct DeclaredFlows {
    private let catalogue: Catalogue
    private let readings: [DeclaredReading]
    private let writings: [DeclaredWriting]
    private let observed: ObservedFlows?

    init(
        _ catalogue: Catalogue, readings: [DeclaredReading], writings: [DeclaredWriting], observed: ObservedFlows?
    ) {
        self.catalogue = catalogue
        self.readings = readings.sorted { ($0.type, $0.party, $0.rule) < ($1.type, $1.party, $1.rule) }
        self.writings = writings.sorted { ($0.type, $0.party) < ($1.type, $1.party) }
        self.observed = observed
    }

    private func name(_ party: Party) -> String {
        "\(MarkdownText.escaped(catalogue.titles(of: party).swedish)) (\(MarkdownText.code(party.description)))"
    }

    func writers(of type: EventType) -> [String] {
        let own = writings.filter { $0.type == type }
        guard !own.isEmpty else { return ["Nobody declares to."] }
        guard let observed else { return own.map { "- \(name($0.party))" } }
        return MarkdownText.table(
            ["who", "said in runs"], own.map { [name($0.party), "\(observed.said(type, by: $0.party.owner))"] })
    }

    func readers(of type: EventType) -> [String] {
        let own = readings.filter { $0.type == type }
        guard !own.isEmpty else { return ["No agency: it is shown to people and kept for the record."] }
        return MarkdownText.table(
            ["who", "rule", "where", "by the row"] + (observed == nil ? [] : ["delivered in runs", "handled"]),
            own.map { reading in
                let counts = observed?.heard(reading)
                return [
                    name(reading.party), MarkdownText.escaped(reading.rule),
                    MarkdownText.code("\(reading.file):\(reading.line)"), row(of: reading),
                ] + (counts.map { ["\($0.delivered)", "\($0.handled)"] } ?? [])
            })
    }

    /// Where the row of the access list stands that lets a rule hear its type: the manifest below the folder, and the
    /// line.
    private func row(of reading: DeclaredReading) -> String {
        guard let topic = catalogue.topic(named: reading.type.topic),
            let index = topic.access.firstIndex(where: { reading.party.matches($0) && $0.access.allowsReading })
        else { return "none" }
        let file = topic.file.split(separator: "/").suffix(2).joined(separator: "/")
        let line = catalogue.manifestPlaces[topic.name]?.rows[index].line
        return MarkdownText.code(line.map { "\(file):\($0)" } ?? file)
    }

    // MARK: - Declared against observed

    /// What was declared and never seen, and seen and not declared; nothing where no runs were looked at.
    var lines: [String] {
        guard let observed else { return [] }
        let runs = observed.runs.map { MarkdownText.code($0) }.joined(separator: ", ")
        return ["", "## Flows declared and observed", "", "Observed in \(runs)."]
            + list(
                "Declared and never seen",
                writings.filter { observed.said($0.type, by: $0.party.owner) == 0 }.map {
                    "\(MarkdownText.code($0.type.name)) is said by \(name($0.party))"
                }
                    + readings.filter { observed.heard($0).delivered == 0 }.map {
                        "\(MarkdownText.code($0.type.name)) is heard by \(name($0.party)), rule "
                            + "“\(MarkdownText.escaped($0.rule))”"
                    }) + list("Seen and not declared", undeclared(observed))
    }

    private func undeclared(_ observed: ObservedFlows) -> [String] {
        let said = observed.publications.filter { one in
            !EventType.isDeadLetter(one.type)
                && !writings.contains { $0.type == one.type && $0.party.owner == one.owner }
        }
        let heard = observed.deliveries.filter { one in
            !readings.contains {
                $0.type == one.type && $0.party.owner == one.owner && $0.rule == one.rule ?? $0.rule
            }
        }
        return said.map {
            "\(MarkdownText.code($0.type.name)) was said by \(MarkdownText.code($0.owner.description)) "
                + "\(times($0.count))"
        }
            + heard.map {
                "\(MarkdownText.code($0.type.name)) was heard by \(MarkdownText.code($0.owner.description))"
                    + ($0.rule.map { ", rule “\(MarkdownText.escaped($0))”," } ?? "") + " \(times($0.delivered))"
            }
    }

    private func times(_ count: Int) -> String { count == 1 ? "once" : "\(count) times" }

    private func list(_ title: String, _ items: [String]) -> [String] {
        ["", "### \(title)", ""] + (items.isEmpty ? ["Nothing."] : items.map { "- \($0)" })
    }
}

extension EventType {
    /// Whether it is a dead letter, which the bus writes for whoever could not handle something.
    fileprivate static func isDeadLetter(_ type: EventType) -> Bool {
        type.owner.map { type.name == "\($0).dead-letter.v1" } ?? false
    }
}
