/// A municipality: a row of configuration for the one adapter that plays all of them.
public struct Municipality: Hashable, Sendable {
    /// The code of four digits as a number: 180 for Stockholm, 1780 for Karlstad.
    public let number: Int
    /// The Swedish name without "kommun": `Karlstad`.
    public let name: String
    /// Inhabitants, SCB's count of 2025.
    public let population: Int

    init(_ number: Int, _ name: String, _ population: Int) {
        self.number = number
        self.name = name
        self.population = population
    }

    /// The agency on the bus.
    public var agency: AgencyID { .kommun(number) }
}

/// The 290 municipalities, by code.
///
/// Generated from `seeds/municipalities.csv`, so that a run reads no file. Codes and names: sjbrg/swedish-geodata
/// (CC0 1.0). Populations: SCB, 2025.
public enum Municipalities {
    /// All 290, in the order of their codes.
    public static let all: [Municipality] = countiesTo12 + countiesFrom13
}
