import Contracts
import LifeEvents

/// Fills in whom a fact or a published message concerns, where the file leaves it out: the municipality (*kommun*) that its
/// data names, and the region (*region*) in whose county it lies, as far as they hear the type by what concerns them.
///
/// Where anybody may be protected nothing is filled in, for then nobody may be told where somebody lives.
struct ConcernedDefault {
    /// The field in which a message names the agencies that it concerns.
    private static let field = "concerns"
    /// The field in which it names the municipality.
    private static let municipality = "municipality"

    private let protection: TypeProtections

    init(_ protection: TypeProtections) {
        self.protection = protection
    }

    func fill(_ scenario: inout Scenario) {
        guard !scenario.mayProtect(protection) else { return }
        for place in scenario.facts.indices {
            scenario.facts[place].data = filled(scenario.facts[place].data, scenario.facts[place].type.value)
        }
        for place in scenario.steps.indices {
            guard case .publish(var publication) = scenario.steps[place].action,
                publication.change?.kind != .annulled
            else { continue }
            publication.data = filled(publication.data, publication.type.value)
            scenario.steps[place].action = .publish(publication)
        }
    }

    private func filled(_ data: DataNode, _ type: String) -> DataNode {
        guard protection[type].needed.contains(Self.field), case .map(let entries) = data.content,
            !entries.contains(where: { $0.key.value == Self.field }),
            let place = entries.first(where: { $0.key.value == Self.municipality })?.value,
            case .text(let code) = place.content, let number = Int(code)
        else { return data }
        let agencies = protection[type].concerned.compactMap { reader in
            AgencyID(owner: reader.owner, number: reader.numbering == .county ? number / 100 : number)
        }
        guard !agencies.isEmpty else { return data }
        let list = DataNode(
            content: .list(agencies.map { DataNode(content: .text("\($0)"), span: data.span) }), span: data.span)
        let entry = DataEntry(key: Located(Self.field, data.span), value: list)
        return DataNode(content: .map(entries + [entry]), span: data.span)
    }
}
