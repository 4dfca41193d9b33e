public import Contracts
public import Hosting
public import LifeEvents

/// The words that a scenario's words are checked against.
public struct ScenarioVocabulary: Sendable {
    /// The message types that have a contract; nil leaves types unchecked.
    public var types: [String]?
    /// The tiles of a citizen's page; nil leaves tiles unchecked.
    public var tiles: [String]?
    /// Tells the names of rules with a value, to a scenario that sets some; nil leaves them unchecked.
    public var rules: (@Sendable () -> [String])?
    /// What the data of each type must be; nil leaves data unchecked.
    public var schemas: MessageSchemas?

    /// What types say of people with protected personal data.
    var protection = TypeProtections()

    /// By topic: what its messages may be used for; empty leaves purposes unchecked.
    var purposes: [String: [String]] = [:]

    /// Agencies that this version does not know, and a folder of contracts does: programs of their own play them.
    var agencies: [AgencyID] = []

    /// Who can say what; nil leaves it unchecked whether what is expected can come.
    var speakers: Speakers?

    /// Some words; nil leaves them unchecked.
    public init(types: [String]? = nil, tiles: [String]? = nil, schemas: MessageSchemas? = nil) {
        self.types = types
        self.tiles = tiles
        self.schemas = schemas
    }

    /// The types and tiles of this version, the types and owners that a folder of contracts has besides, and what the data
    /// of its types must be.
    /// - Parameter rules: the rules of an owner's code, whose sentences refusals are held against; asked of those only whose
    ///   refusals a scenario expects.
    public init(
        _ catalogue: Catalogue, rules: (@Sendable (Owner) -> [RiverDescription])? = nil
    ) {
        self = .builtIn
        speakers = Speakers(catalogue, rules: rules)
        schemas = catalogue.schemasForScenarios
        fillConcerns(by: catalogue)
        purposes = Dictionary(catalogue.topics.map { ($0.name, $0.purposes) }) { first, _ in first }
        let known = Set(types ?? [])
        types? += catalogue.schemaFiles.keys.map(\.name).filter { !known.contains($0) }.sorted()
        agencies = catalogue.agencies.filter { $0.kind == .agency && !Owner.all.contains($0.owner) }.compactMap {
            AgencyID(owner: $0.owner)
        }
    }

    /// From now on whom a message concerns is filled in where a file leaves it out, as the contracts say.
    public mutating func fillConcerns(by catalogue: Catalogue) {
        protection = TypeProtections((try? catalogue.rights()) ?? AccessRights(), catalogue.agencies)
    }

    /// The types and tiles of this version.
    public static let builtIn = ScenarioVocabulary(
        types: EventTypes.all, tiles: TileName.allCases.map(\.rawValue))
}
