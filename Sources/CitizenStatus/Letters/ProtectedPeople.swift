import JSON
import LifeEvents

/// Follows who is in protected population registration (skyddad folkbokföring), as the register tells.
struct ProtectedPeople: Sendable {
    private var people: Set<Subject> = []

    /// Whether a person is.
    func contains(_ person: Subject) -> Bool { people.contains(person) }

    /// Takes a message of the bus; it passes over all but the register's words on protection.
    /// - Throws: `JSONDecodingError` for data that is not of its type.
    mutating func take(_ envelope: EventEnvelope, type: String, _ data: JSONValue) throws {
        switch type {
        case RegisterEntry.type.name:
            guard data.kind == .object, let level = data.members.first(where: { $0.keyString == "protection" }) else {
                return
            }
            protect(envelope.subject, level.value.string == ProtectionLevel.protected.rawValue)
        case Protection.type.name:
            protect(envelope.subject, try Protection(json: JSONSource(data)).level == .protected)
        default: return
        }
    }

    private mutating func protect(_ person: Subject, _ isProtected: Bool) {
        if isProtected { people.insert(person) } else { people.remove(person) }
    }
}
