public import Contracts
import LifeEvents

/// The words that a scenario's words are checked against.
public struct ScenarioVocabulary: Sendable {
    /// The message types that have a contract; nil leaves types unchecked.
    public var types: [String]?
    /// The tiles of a citizen's page; nil leaves tiles unchecked.
    public var tiles: [String]?
    /// What the data of each type must be; nil leaves data unchecked.
    public var schemas: MessageSchemas?

    /// Some words; nil leaves them unchecked.
    public init(types: [String]? = nil, tiles: [String]? = nil, schemas: MessageSchemas? = nil) {
        self.types = types
        self.tiles = tiles
        self.schemas = schemas
    }

    /// The types and tiles of this version, and what the data of a folder of contracts' types must be.
    public init(_ catalogue: Catalogue) {
        self = .builtIn
        schemas = catalogue.schemasForScenarios
    }

    /// The types and tiles of this version.
    public static let builtIn = ScenarioVocabulary(
        types: EventTypes.all, tiles: TileName.allCases.map(\.rawValue))
}
