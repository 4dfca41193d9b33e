public import LifeEvents
internal import Parallel
package import YAML

/// All topics and owners of a folder of contracts.
///
/// ```swift
/// let catalogue = try Catalogue(folder: "Topics")
/// let birth = catalogue.topic(named: "skatteverket.birth.v1")
/// ```
public struct Catalogue: Sendable {
    /// The topics, by name.
    public let topics: [TopicManifest]
    /// The owners, by name.
    public let agencies: [AgencyFile]
    /// The files of schemas, `<noun>[.<facet>].v<N>.schema.json` in the owner's folder, by the type they describe.
    public let schemaFiles: [EventType: String]
    /// What the data of each type must be; nothing is asked for by a catalogue that was read without schemas.
    public let schemas: MessageSchemas
    /// The schemas' files; nil for a catalogue made by the program.
    package let sources: SchemaSources?
    /// What the schemas say of each type, where they are read on demand.
    package let contracts: TypeContracts?
    /// The schemas with their annotations, once somebody has asked for them.
    let readSchemas: OnceRead<SchemaCatalogue>
    /// The rights, once somebody has asked for them.
    let readRights = OnceRead<AccessRights>()
    private let places: [String: Int]
    /// Where the parts of the manifests stand, by the topic's name; empty for manifests made by the program.
    let manifestPlaces: [String: ManifestPlaces]

    /// Reads each `<folder>/<owner>/*.yaml`: the owner's `agency.yaml`, and the manifests. Other files are left alone.
    ///
    /// - Parameter reading: when ``schemas`` are read. Who only looks at manifests and owners reads a folder in a third of
    ///   the time without, and is not told what is wrong with its schemas.
    /// - Throws: every fault of every file at once; of the schemas, where they are read now.
    public init(folder path: String, schemas reading: SchemaReading = .now) throws(ContractError) {
        var problems: [ContractProblem] = []
        var files: [ContractFile] = []
        for folder in FolderListing.names(in: path, .folders, &problems) {
            files += ContractFile.files(in: "\(path)/\(folder)", named: folder, &problems)
        }
        var found: [TopicManifest] = []
        var agencies: [AgencyReading] = []
        var manifestPlaces: [String: ManifestPlaces] = [:]
        for reading in files.mapInParallel({ $0.read() }) {
            problems += reading.problems
            reading.agency.map { agencies.append($0) }
            guard let topic = reading.topic else { continue }
            found.append(topic)
            manifestPlaces[topic.name] = reading.places
        }
        let schemaFiles = files.compactMap { SchemaSources.TypeFile($0.name, of: $0.owner, in: $0.folder) }
        // Between files only when each is sound: one that was not read lacks in the others' view.
        if problems.isEmpty { problems = AgencyReadings.problems(agencies) }
        let sources = SchemaSources(folder: path, types: schemaFiles)
        // Who is told of a fault is told of all, whatever would have been read later.
        let schemas = ReadSchemas(sources, problems.isEmpty || reading == .never ? reading : .now, &problems)
        guard problems.isEmpty else { throw ContractError(problems: problems) }
        self.init(
            found, agencies: agencies.map(\.file), manifestPlaces: manifestPlaces, sources: sources, schemas: schemas)
    }

    /// A catalogue of manifests made by the program; two with one name are a programming error and trap.
    public init(_ topics: [TopicManifest], agencies: [AgencyFile] = []) {
        self.init(topics, agencies: agencies, manifestPlaces: [:], sources: nil, schemas: ReadSchemas())
    }

    private init(
        _ topics: [TopicManifest], agencies: [AgencyFile], manifestPlaces: [String: ManifestPlaces],
        sources: SchemaSources?, schemas: ReadSchemas
    ) {
        self.sources = sources
        self.schemas = schemas.messages
        contracts = schemas.contracts
        readSchemas = OnceRead(schemas.catalogue)
        schemaFiles = Dictionary((sources?.types ?? []).map { ($0.type, $0.path) }) { first, _ in first }
        self.manifestPlaces = manifestPlaces
        self.topics = topics.sorted { $0.name < $1.name }
        self.agencies = agencies.sorted { $0.owner < $1.owner }
        places = Dictionary(uniqueKeysWithValues: self.topics.enumerated().map { ($1.name, $0) })
    }

    /// The schemas as scenarios are held against them: a person must be a declared one; a tile, an agency and a
    /// municipality one that there is.
    public var schemasForScenarios: MessageSchemas {
        schemas.replacing(MessageSchemas.formatsOfScenarios(agencies))
    }

    /// The topic with that full name; one look-up.
    public func topic(named name: String) -> TopicManifest? {
        places[name].map { topics[$0] }
    }

    /// The declaration of an owner; nil for one without a folder. Looks at each.
    public func agency(of owner: Owner) -> AgencyFile? {
        agencies.first { $0.owner == owner }
    }

    /// Where the messages go that break a contract of this owner, or that its agency cannot handle. The name follows
    /// from a rule, so it is there even where the catalogue lacks the topic.
    public func deadLetterTopic(of owner: Owner) -> String {
        "\(owner).dead-letter.v1"
    }
}

extension ContractProblem {
    package init(_ error: YAMLError) {
        switch error.code {
        case .unreadable, .tooLarge: self.init(file: error.file, message: error.message)
        default: self.init(file: error.file, line: error.line, column: error.column, message: error.message)
        }
    }
}
