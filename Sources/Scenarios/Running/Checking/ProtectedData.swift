import JSON
import LifeEvents

/// Looks for what an agency may not tell of a person with protected personal data (skyddade personuppgifter).
///
/// Looked at is what agencies make of what they hear. What the scenario says itself is not: filings go to their
/// receiver alone, and opening facts are the registers' own. A citizen's own page, an agency's internal topic, its own cases
/// of benefits, which nobody else reads, and what was dead-lettered stay with those who know already (ADR 19).
struct ProtectedData {
    private static let places: Set = ["municipality", "fromMunicipality", "toMunicipality", "addressRef", "address"]
    private static let relations: Set = [
        "mother", "secondParent", "otherParent", "parents", "spouse", "children", "child", "household", "holders",
        "holder", "applicant", "hasSpouse", "hasMinorChildren",
    ]

    /// Who is protected, by name.
    private let people: Set<String>

    init(_ scenario: Scenario) {
        people = Set(
            scenario.citizens.filter(\.isProtected).map(\.name.value)
                + scenario.facts.filter { Self.protects($0.data) }.map(\.subject.value))
    }

    /// The name of a person who is protected; nil for anybody else.
    private func name(_ key: Subject, _ instance: ScenarioInstance) -> String? {
        instance.name(of: key).flatMap { people.contains($0) ? $0 : nil }
    }

    private static func protects(_ data: DataNode) -> Bool {
        guard case .map(let entries) = data.content else { return false }
        return entries.contains { entry in
            guard entry.key.value == "protection", case .text(let level) = entry.value.content else { return false }
            return level == ProtectionLevel.protected.rawValue
        }
    }

    /// What a message tells that it may not; nil if nothing.
    func leak(
        _ envelope: EventEnvelope, type: String, data: JSONValue?, _ instance: ScenarioInstance
    ) -> String? {
        guard !people.isEmpty, envelope.causationID != nil, let data, data.kind == .object, !Self.isAllowed(type) else {
            return nil
        }
        if let name = name(envelope.subject, instance) {
            for member in data.members where !member.value.isNull {
                let key = member.keyString
                if Self.places.contains(key) { return "`\(key)` tells where \(name) lives" }
                if Self.relations.contains(key), !Self.isEstateOfOwner(type, data, key) {
                    return "`\(key)` tells whom \(name) is related to"
                }
            }
        }
        // Who is on a board stands in a public register, and who owns in one for authorities: by key, and without places.
        return Self.registersOfFirms.contains(where: type.hasPrefix) ? nil : relation(data, path: "", instance)
    }

    /// Whether a field says who may act for an estate, and sees the page of the dead: that stays with the Tax Agency, unless a
    /// municipality is named to hear it.
    private static func isEstateOfOwner(_ type: String, _ data: JSONValue, _ key: String) -> Bool {
        let isTold = data["concerns"]?.elements.contains { _ in true } == true
        return type == EstateInventory.type.name && key == "holders" && !isTold
    }

    private static let registersOfFirms = ["bolagsverket.company.", "bolagsverket.beneficial-owner."]

    /// What Försäkringskassan says of its own cases, and of whom it and the Pensions Agency pay, is said to oneself alone.
    private static let ownCases = [
        "forsakringskassan.benefit-decision.", "forsakringskassan.case-status.", "forsakringskassan.payment.",
        "pensionsmyndigheten.payment.",
    ]

    private static func isAllowed(_ type: String) -> Bool {
        type == StatusTile.type.name || type.hasPrefix("skatteverket.protection.") || type.has(part: ".internal.")
            || type.hasSuffix(".dead-letter.v1") || ownCases.contains(where: type.hasPrefix)
    }

    /// A protected person who is named anywhere in what is said of another.
    private func relation(_ value: JSONValue, path: String, _ instance: ScenarioInstance) -> String? {
        switch value.kind {
        case .string:
            guard let key = value.person, let name = name(key, instance) else { return nil }
            return "`\(path)` names \(name)"
        case .object:
            for member in value.members {
                let inner = path.isEmpty ? member.keyString : "\(path).\(member.keyString)"
                if let leak = relation(member.value, path: inner, instance) { return leak }
            }
            return nil
        case .array:
            for (index, element) in value.elements.enumerated() {
                if let leak = relation(element, path: "\(path)[\(index)]", instance) { return leak }
            }
            return nil
        case .number, .bool, .null: return nil
        }
    }
}
