/// A region: a row of configuration for the one adapter that plays all of them.
public struct RegionRow: Hashable, Sendable {
    /// The county's code as a number: 1 for Stockholm, 17 for Värmland.
    public let number: Int
    /// The region's own Swedish name.
    public let name: String

    init(_ number: Int, _ name: String) {
        self.number = number
        self.name = name
    }

    /// The agency on the bus.
    public var agency: AgencyID { .region(number) }
}

/// The 21 regions, by county code. On Gotland the municipality has the region's tasks and name.
public enum Regions {
    /// All 21.
    public static let all: [RegionRow] = [
        RegionRow(1, "Region Stockholm"),
        RegionRow(3, "Region Uppsala"),
        RegionRow(4, "Region Sörmland"),
        RegionRow(5, "Region Östergötland"),
        RegionRow(6, "Region Jönköpings län"),
        RegionRow(7, "Region Kronoberg"),
        RegionRow(8, "Region Kalmar län"),
        RegionRow(9, "Region Gotland"),
        RegionRow(10, "Region Blekinge"),
        RegionRow(12, "Region Skåne"),
        RegionRow(13, "Region Halland"),
        RegionRow(14, "Västra Götalandsregionen"),
        RegionRow(17, "Region Värmland"),
        RegionRow(18, "Region Örebro län"),
        RegionRow(19, "Region Västmanland"),
        RegionRow(20, "Region Dalarna"),
        RegionRow(21, "Region Gävleborg"),
        RegionRow(22, "Region Västernorrland"),
        RegionRow(23, "Region Jämtland Härjedalen"),
        RegionRow(24, "Region Västerbotten"),
        RegionRow(25, "Region Norrbotten"),
    ]

    /// The agencies of all 21.
    public static let agencies: [AgencyID] = all.map(\.agency)

    /// The region of a municipality's code, which its first two digits say; nil for a text that is no such code.
    public static func agency(municipality code: String) -> AgencyID? {
        Municipalities.agency(code: code)?.surroundingRegion
    }

    /// The name for a citizen's letter; a region that is not in the table is named by its id.
    public static func name(_ agency: AgencyID) -> String {
        all.first { $0.agency == agency }?.name ?? agency.description
    }
}
