public import LifeEvents

/// What the bus does with events of a type that are about people with protected personal data (*skyddade
/// personuppgifter*: sekretessmarkering and skyddad folkbokföring).
public struct TypeProtection: Sendable {
    /// The type's name.
    public let type: [UInt8]
    /// The fields that give away where somebody is.
    public let fields: [[UInt8]]
    /// Those of them that must be there for people who are not protected.
    public let needed: [[UInt8]]
    /// The field that says how protected the subject is; nil: the type says nothing of it.
    public let level: [UInt8]?
    /// Whether the whole event is withheld for people in protected population registration: it tells of a move, or asks many
    /// about them.
    public let isWithheld: Bool
    /// Whether somebody but the type's owner and the bus reads it.
    public let isReadByOthers: Bool
    /// The readers that are told what concerns them by a field that gives away a place: without it nobody tells them.
    public let unreached: [Party]
}

extension AccessRights {
    /// The types of a topic that protection says something of.
    public func protections(on topic: String) -> [TypeProtection] {
        schemas(on: topic).compactMap { protection(by: $0) }
    }

    /// What protection says of a type; nil: nothing.
    public func protection(of type: EventType) -> TypeProtection? { schema(of: type).flatMap { protection(by: $0) } }

    private func protection(by schema: TypeSchema) -> TypeProtection? {
        let fields = schema.fields.filter(\.isProtected)
        let level = schema.fields.first(where: \.setsProtection)
        guard !fields.isEmpty || level != nil || schema.isWithheldWhenProtected else { return nil }
        let parties = readers(of: schema)
        return TypeProtection(
            type: Array(schema.type.name.utf8), fields: fields.map { Array($0.name.utf8) },
            needed: fields.filter(\.isRequiredUnlessProtected).map { Array($0.name.utf8) },
            level: level.map { Array($0.name.utf8) }, isWithheld: schema.isWithheldWhenProtected,
            isReadByOthers: parties.contains { $0.owner != schema.owner && $0.owner != .livsbuss },
            unreached: parties.filter { party in
                reading(of: schema.type, by: party).offer == .concerned
                    && schema.delimiting.allSatisfy { name in fields.contains { $0.name == name } }
            })
    }
}
