public import LifeEvents

/// What the bus does with events of a type that are about people with protected personal data (*skyddade
/// personuppgifter*: sekretessmarkering and skyddad folkbokföring).
public struct TypeProtection: Sendable {
    /// The type's name.
    public let type: [UInt8]
    /// The fields that give away where somebody is.
    public let fields: [[UInt8]]
    /// The fields of which the schema says that nobody is there, as a firm's seat.
    public let places: [[UInt8]]
    /// Those of ``fields`` that must be there for people who are not protected.
    public let needed: [[UInt8]]
    /// The field that says how protected the subject is; nil: the type says nothing of it.
    public let level: [UInt8]?
    /// Whether the whole event is withheld for people in protected population registration: it tells of a move, or asks many
    /// about them.
    public let isWithheld: Bool
    /// The owners that read it, beside the type's own and the bus, sorted.
    public let readers: [Owner]
    /// The readers that are told what concerns them.
    let concerned: [Party]
    /// Those of them that are told by fields alone that give away a place: without it nobody tells them.
    let toldByPlace: [Party]

    /// Whether somebody but the type's owner and the bus reads it.
    public var isReadByOthers: Bool { !readers.isEmpty }

    /// The readers that nobody tells of an event which agencies were taken out of.
    public func unreached(without agencies: [AgencyID]) -> [Party] {
        concerned.filter { party in toldByPlace.contains(party) || agencies.contains { $0.owner == party.owner } }
    }
}

extension AccessRights {
    /// Which agencies stand for a place.
    public var placeNumbers: PlaceNumbers { PlaceNumbers(agencyFiles) }

    /// The owners that read a type, beside its own and the bus, sorted.
    func otherReaders(of schema: TypeSchema) -> [Owner] {
        // order-free: sorted.
        Set(readers(of: schema).map(\.owner)).subtracting([schema.owner, .livsbuss]).sorted()
    }

    /// What protection says of the types of a topic.
    public func protections(on topic: String) -> [TypeProtection] {
        schemas(on: topic).map { protection(by: $0) }
    }

    /// What protection says of a type; nil: no contract has it.
    public func protection(of type: EventType) -> TypeProtection? { schema(of: type).map { protection(by: $0) } }

    private func protection(by schema: TypeSchema) -> TypeProtection {
        let fields = schema.fields.filter(\.isProtected)
        let level = schema.fields.first(where: \.setsProtection)
        let concerned = readers(of: schema).filter { reading(of: schema.type, by: $0).offer == .concerned }
        let isToldByPlace = schema.delimiting.allSatisfy { name in fields.contains { $0.name == name } }
        return TypeProtection(
            type: Array(schema.type.name.utf8), fields: fields.map { Array($0.name.utf8) },
            places: schema.fields.filter { $0.saysProtection && !$0.isProtected }.map { Array($0.name.utf8) },
            needed: fields.filter(\.isRequiredUnlessProtected).map { Array($0.name.utf8) },
            level: level.map { Array($0.name.utf8) }, isWithheld: schema.isWithheldWhenProtected,
            readers: otherReaders(of: schema), concerned: concerned, toldByPlace: isToldByPlace ? concerned : [])
    }
}
