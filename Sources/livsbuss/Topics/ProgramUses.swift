import Agencies
import Contracts
import LifeEvents

/// What agencies hear and publish that no code of this program plays: programs of their own do, and nobody here can look
/// into them, so the contracts themselves say it.
struct ProgramUses {
    private(set) var readings: [DeclaredReading] = []
    private(set) var writings: [DeclaredWriting] = []
    /// The types of these owners.
    private(set) var types: [EventType] = []

    init(_ catalogue: Catalogue) {
        let owners = catalogue.agencies.filter { $0.kind == .agency }.map(\.owner).filter {
            BuiltInAgencies.code(for: $0).isEmpty
        }
        guard !owners.isEmpty else { return }
        let all = catalogue.schemaFiles.keys.sorted()
        types = all.filter { $0.owner.map(owners.contains) ?? false }
        let people = catalogue.agencies.filter { $0.kind == .people }.map(\.owner)
        for type in all {
            guard let topic = catalogue.topic(named: type.topic) else { continue }
            for rule in topic.access {
                guard let owner = Owner(text: rule.team), let branch = Branch(text: rule.application) else { continue }
                let party = Party(owner, branch)
                // People file what such an owner asks for; that is theirs to say.
                let files = people.contains(owner) && types.contains(type)
                guard owners.contains(owner) || files else { continue }
                if rule.access.allowsReading, !files {
                    readings.append(
                        DeclaredReading(party: party, type: type, rule: "asked of a program", file: topic.name, line: 1)
                    )
                }
                if rule.access.allowsWriting { writings.append(DeclaredWriting(party: party, type: type)) }
            }
        }
    }
}
