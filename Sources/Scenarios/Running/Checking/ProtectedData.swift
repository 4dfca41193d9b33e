import JSON
import LifeEvents

/// Looks for what an agency may not tell of a person with protected personal data (skyddade personuppgifter).
///
/// Looked at is what agencies make of what they hear. What the scenario says itself is not: filings go to their
/// receiver alone, and opening facts are the registers' own. A citizen's own page, an agency's internal topic and what
/// was laid aside stay with those who know already.
struct ProtectedData {
    private static let places: Set = ["municipality", "fromMunicipality", "toMunicipality", "addressRef", "address"]
    private static let relations: Set = [
        "mother", "secondParent", "otherParent", "parents", "spouse", "children", "child", "household", "holders",
        "holder", "applicant", "hasSpouse", "hasMinorChildren",
    ]

    private let people: [Subject: String]

    init(_ instance: ScenarioInstance) {
        var names = instance.scenario.citizens.filter(\.isProtected).map(\.name.value)
        for fact in instance.scenario.facts where Self.protects(fact.data) { names.append(fact.subject.value) }
        people = Dictionary(
            names.compactMap { name in instance.key(of: name).map { ($0, name) } },
            uniquingKeysWith: { first, _ in first })
    }

    private static func protects(_ data: DataNode) -> Bool {
        guard case .map(let entries) = data.content else { return false }
        return entries.contains { entry in
            guard entry.key.value == "protection", case .text(let level) = entry.value.content else { return false }
            return level == ProtectionLevel.protected.rawValue
        }
    }

    /// What a message tells that it may not; nil if nothing.
    func leak(_ envelope: EventEnvelope, type: String, data: JSONValue?) -> String? {
        guard !people.isEmpty, envelope.causationID != nil, let data, data.kind == .object, !Self.isAllowed(type) else {
            return nil
        }
        if let name = people[envelope.subject] {
            for member in data.members where !member.value.isNull {
                let key = member.keyString
                if Self.places.contains(key) { return "`\(key)` tells where \(name) lives" }
                if Self.relations.contains(key) { return "`\(key)` tells whom \(name) is related to" }
            }
        }
        return relation(data, path: "")
    }

    private static func isAllowed(_ type: String) -> Bool {
        type == StatusTile.type.name || type.hasPrefix("skatteverket.protection.") || type.contains(".internal.")
            || type.hasSuffix(".dead-letter.v1")
    }

    /// A protected person who is named anywhere in what is said of another.
    private func relation(_ value: JSONValue, path: String) -> String? {
        switch value.kind {
        case .string:
            guard let key = value.person, let name = people[key] else { return nil }
            return "`\(path)` names \(name)"
        case .object:
            for member in value.members {
                let inner = path.isEmpty ? member.keyString : "\(path).\(member.keyString)"
                if let leak = relation(member.value, path: inner) { return leak }
            }
            return nil
        case .array:
            for (index, element) in value.elements.enumerated() {
                if let leak = relation(element, path: "\(path)[\(index)]") { return leak }
            }
            return nil
        case .number, .bool, .null: return nil
        }
    }
}
