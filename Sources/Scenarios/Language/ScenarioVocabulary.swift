import LifeEvents

/// The words that a scenario's words are checked against.
public struct ScenarioVocabulary: Sendable {
    /// The message types that have a contract; nil leaves types unchecked.
    public var types: [String]?
    /// The tiles of a citizen's page; nil leaves tiles unchecked.
    public var tiles: [String]?

    /// Some words; nil leaves them unchecked.
    public init(types: [String]? = nil, tiles: [String]? = nil) {
        self.types = types
        self.tiles = tiles
    }

    /// The types and tiles of this version.
    public static let builtIn = ScenarioVocabulary(
        types: EventTypes.all, tiles: TileName.allCases.map(\.rawValue))
}
