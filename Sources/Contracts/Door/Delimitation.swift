public import JSON
public import LifeEvents

/// Which agencies of an owner an event concerns, by its own data: a municipality hears of its own people, as Navet
/// delimits what it sends.
public struct Delimitation: Hashable, Sendable {
    /// What a delimiting field holds.
    public enum Form: Hashable, Sendable {
        /// A municipality's code.
        case municipality
        /// An agency.
        case agency
    }

    /// A field of the data.
    struct Field: Hashable, Sendable {
        let name: [UInt8]
        let form: Form
    }

    private let owner: Owner?
    private let numbering: AgencyFile.Numbering?
    private let fields: [Field]

    /// One that concerns nobody.
    public init() {
        owner = nil
        numbering = nil
        fields = []
    }

    /// A delimitation for the agencies of an owner.
    /// - Parameters:
    ///   - numbering: what the numbers of the owner's agencies stand for; nil: no place, or there are none.
    ///   - fields: the delimiting fields of the type, by name; lists of agencies among them.
    public init(of owner: Owner, numbering: AgencyFile.Numbering?, fields: [(name: String, form: Form)]) {
        self.owner = owner
        self.numbering = numbering
        self.fields = fields.map { Field(name: Array($0.name.utf8), form: $0.form) }
    }

    /// Whether no event concerns any agency.
    public var isEmpty: Bool { fields.isEmpty }

    /// Adds the agencies of the owner that the data names, each once. An annulment's data names none.
    public func concerned(_ data: JSONValue?, into agencies: inout [AgencyID]) {
        guard let owner, let data, data.kind == .object else { return }
        for field in fields {
            let value = field.name.withUnsafeBytes { data.member($0) }
            guard let value else { continue }
            if value.kind == .array {
                for element in value.elements { add(element, field.form, owner, &agencies) }
            } else {
                add(value, field.form, owner, &agencies)
            }
        }
    }

    private func add(_ value: JSONValue, _ form: Form, _ owner: Owner, _ agencies: inout [AgencyID]) {
        guard let bytes = value.stringBytes, let agency = agency(bytes, form, owner), !agencies.contains(agency) else {
            return
        }
        agencies.append(agency)
    }

    private func agency(_ bytes: UnsafeRawBufferPointer, _ form: Form, _ owner: Owner) -> AgencyID? {
        switch form {
        case .agency:
            guard let agency = AgencyID(utf8: bytes), agency.owner == owner else { return nil }
            return agency
        case .municipality:
            guard let numbering, bytes.count == 4 else { return nil }
            var number = 0
            for byte in bytes.prefix(numbering == .municipality ? 4 : 2) {
                guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte else { return nil }
                number = number * 10 + Int(byte - UInt8(ascii: "0"))
            }
            return AgencyID(owner: owner, number: number)
        }
    }
}
