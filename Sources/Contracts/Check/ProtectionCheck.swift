internal import LifeEvents

/// Looks for fields that could tell others where a person with protected personal data is.
///
/// Agencies of places the bus takes out wherever they stand, so a field of agencies needs no mark. Of a municipality's code
/// only the schema knows whether a person is there, or a firm's seat.
public struct ProtectionCheck: Sendable {
    private let access: AccessRights
    private let types: [TypeSchema]

    /// A check of some schemas.
    public init(_ access: AccessRights, types: [TypeSchema]) {
        self.access = access
        self.types = types
    }

    /// What is wrong, type by type.
    public func findings() -> [ContractProblem] {
        types.sorted { $0.type < $1.type }.flatMap { type in
            access.otherReaders(of: type).isEmpty ? [] : type.fields.filter { isUnsaid($0) }.map { problem(type, $0) }
        }
    }

    private func isUnsaid(_ field: Field) -> Bool { field.type.isMunicipality && !field.saysProtection }

    private func problem(_ type: TypeSchema, _ field: Field) -> ContractProblem {
        ContractProblem(
            file: type.file,
            message:
                "the field '\(field.name)' of \(type.type) tells other owners a municipality: write \"protected\": true "
                + "into its x-livsbuss where a person is there, or false where nobody is")
    }
}

extension FieldType {
    /// Whether it is a municipality, or a list of some.
    fileprivate var isMunicipality: Bool {
        switch self {
        case .formatted(.municipality): true
        case .array(let element): element.isMunicipality
        default: false
        }
    }
}
