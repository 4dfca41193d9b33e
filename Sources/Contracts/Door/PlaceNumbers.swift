public import JSON
public import LifeEvents

/// Which agencies stand for a place by their numbers: municipalities, regions, county boards. Who has to do with one of
/// them lives there as a rule.
public struct PlaceNumbers: Sendable {
    private let owners: Set<Owner>
    /// Those of them whose numbers are municipalities'.
    private let municipal: Set<Owner>

    /// No agency stands for a place.
    public init() { (owners, municipal) = ([], []) }

    /// What the owners' files say.
    init(_ agencies: some Sequence<AgencyFile>) {
        owners = Set(agencies.filter { $0.numbering != nil }.map(\.owner))
        municipal = Set(agencies.filter { $0.numbering == .municipality }.map(\.owner))
    }

    /// Whether the number of an agency is that of a place.
    public func contains(_ agency: AgencyID) -> Bool { owners.contains(agency.owner) }

    /// Whether the number of an agency says one municipality: its own, or that of a county with a single one (Gotland).
    public func saysMunicipality(_ agency: AgencyID) -> Bool {
        guard contains(agency), let number = agency.number else { return false }
        return municipal.contains(agency.owner) || Municipalities.isOnlyOne(inCounty: Int(number))
    }

    /// The agency that a value names, itself or a desk of it, and that stands for a place; nil for any other value.
    public func agency(_ value: JSONValue) -> AgencyID? {
        guard !owners.isEmpty, let bytes = value.stringBytes else { return nil }
        let desk = "desk:".utf8
        let start = bytes.starts(with: desk) ? desk.count : 0
        let end = bytes[start...].firstIndex(of: UInt8(ascii: "/")) ?? bytes.endIndex
        return place(AgencyID(utf8: UnsafeRawBufferPointer(rebasing: bytes[start..<end])))
    }

    /// The agency that says an event, if it stands for a place.
    public func source(_ value: JSONValue?) -> AgencyID? {
        guard !owners.isEmpty, let bytes = value?.stringBytes else { return nil }
        return place(AgencyID(sourceUTF8: bytes))
    }

    private func place(_ agency: AgencyID?) -> AgencyID? {
        agency.flatMap { contains($0) ? $0 : nil }
    }
}
