public import Contracts
public import Hosting
import LifeEvents

/// The words that a scenario's words are checked against.
public struct ScenarioVocabulary: Sendable {
    /// The message types that have a contract; nil leaves types unchecked.
    public var types: [String]?
    /// The tiles of a citizen's page; nil leaves tiles unchecked.
    public var tiles: [String]?
    /// The names of rules with a value; nil leaves them unchecked.
    public var rules: [String]?
    /// What the data of each type must be; nil leaves data unchecked.
    public var schemas: MessageSchemas?

    /// What types say of people with protected personal data.
    struct Protection: Sendable {
        /// By type: the fields that its data must have where nobody in it is protected.
        var needed: [String: [String]] = [:]
        /// By type: the field that says how protected somebody is.
        var levels: [String: String] = [:]
        /// By type: the owners with many agencies of whom those hear it that it says it concerns.
        var concerned: [String: [(owner: Owner, numbering: AgencyFile.Numbering)]] = [:]
    }

    /// What types say of people with protected personal data.
    var protection = Protection()

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
    /// - Parameter rules: the rules of the agencies' code, whose sentences refusals are held against.
    public init(_ catalogue: Catalogue, rules: [RiverDescription] = []) {
        self = .builtIn
        speakers = Speakers(catalogue, rules: rules)
        schemas = catalogue.schemasForScenarios
        let rights = (try? catalogue.rights()) ?? AccessRights()
        for type in catalogue.topics.flatMap({ rights.protections(on: $0.name) }) {
            let name = String(decoding: type.type, as: UTF8.self)
            if let level = type.level { protection.levels[name] = String(decoding: level, as: UTF8.self) }
            if type.needed.isEmpty { continue }
            protection.needed[name] = type.needed.map { String(decoding: $0, as: UTF8.self) }
            protection.concerned[name] = catalogue.agencies.compactMap { agency in
                let isConcerned = agency.readers.contains {
                    rights.reading(of: EventType(name), by: Party(agency.owner, $0)).offer == .concerned
                }
                return agency.numbering.flatMap { isConcerned ? (agency.owner, $0) : nil }
            }
        }
        purposes = Dictionary(catalogue.topics.map { ($0.name, $0.purposes) }) { first, _ in first }
        let known = Set(types ?? [])
        types? += catalogue.schemaFiles.keys.map(\.name).filter { !known.contains($0) }.sorted()
        agencies = catalogue.agencies.filter { $0.kind == .agency && !Owner.all.contains($0.owner) }.compactMap {
            AgencyID(owner: $0.owner)
        }
    }

    /// The types and tiles of this version.
    public static let builtIn = ScenarioVocabulary(
        types: EventTypes.all, tiles: TileName.allCases.map(\.rawValue))
}
