public import LifeEvents

/// Who may say and who is told what: the rights to which a run holds agencies, scenarios and outsiders.
///
/// A topic without a manifest is open to all: it belongs to a test, or to an agency that is being made.
public struct AccessRights: Sendable {
    private var topics: [String: TopicManifest] = [:]
    private var agencies: [Owner: AgencyFile] = [:]
    private var schemas = KnownSchemas()
    private var planned: Set<Owner> = []

    /// No contracts: everybody may say and is told everything.
    public init() {}

    /// The rights that a folder of contracts gives.
    /// - Parameters:
    ///   - topics: the manifests.
    ///   - agencies: the owners.
    ///   - types: the schemas, which narrow a topic's readers.
    public init(topics: [TopicManifest], agencies: [AgencyFile], types: [TypeSchema]) {
        self.init(topics, agencies, KnownSchemas(types))
    }

    /// The rights that a folder of contracts gives whose schemas are read when somebody first asks for their types.
    init(topics: [TopicManifest], agencies: [AgencyFile], contracts: TypeContracts) {
        self.init(topics, agencies, KnownSchemas(contracts))
    }

    private init(_ topics: [TopicManifest], _ agencies: [AgencyFile], _ schemas: KnownSchemas) {
        for topic in topics { self.topics[topic.name] = topic }
        for agency in agencies { self.agencies[agency.owner] = agency }
        self.schemas = schemas
    }

    /// The same rights, and all rights for owners that have no topic yet: for the tests of an agency that is being made.
    /// An owner that has topics is held to the contracts.
    public func open(to owners: [Owner]) -> AccessRights {
        var rights = self
        // order-free: whether there is any.
        for owner in owners where !topics.values.contains(where: { $0.owner == owner && !$0.isDeadLetter }) {
            rights.planned.insert(owner)
        }
        return rights
    }

    /// The types that have a schema, by name.
    public var types: [EventType] { schemas.types }

    /// What is known of each owner, sorted.
    var agencyFiles: [AgencyFile] {
        // order-free: sorted.
        agencies.values.sorted { $0.owner < $1.owner }
    }

    /// Who keeps a register that says who is protected, sorted. Reads the schema of each type.
    public var registersOfProtection: [Owner] {
        let setting = types.filter { schemas[$0]?.fields.contains(where: \.setsProtection) ?? false }
        // order-free: sorted.
        return Set(setting.compactMap(\.owner)).sorted()
    }

    // MARK: - Writing

    /// The owners of whom some branch may write a topic, sorted; nil: the topic is open.
    public func writers(of topic: String) -> [Owner]? {
        guard let manifest = topics[topic] else { return nil }
        let owners = manifest.access.filter(\.access.allowsWriting).compactMap { Owner(text: $0.team) }
        return Set(owners).union(planned).sorted()
    }

    /// Whether a branch may publish a type.
    public func mayPublish(_ type: EventType, _ party: Party) -> Bool {
        planned.contains(party.owner) || (topics[type.topic].map { $0.mayWrite(party) } ?? true)
    }

    // MARK: - Reading

    /// What a branch is told of a type.
    public func reading(of type: EventType, by party: Party) -> ReadingRight {
        guard let topic = topics[type.topic], !planned.contains(party.owner) else {
            return ReadingRight(type: type, party: party, offer: .all)
        }
        let schema = schemas[type]
        if let fault = schemas.fault(of: type) {
            return ReadingRight(type: type, party: party, offer: .none(reason: fault))
        }
        let (offer, groups) = topic.offer(of: type, schema, to: party, isNumbered: isNumbered(party.owner))
        let all = schema.map(\.groups) ?? []
        let given = groups ?? all
        let reader = schema?.readers?.first { $0.party == party }
        return ReadingRight(
            type: type, party: party, offer: offer, groups: given,
            hiddenFields: (schema?.fields ?? []).filter { $0.group.map { !given.contains($0) } ?? false }.map(\.name),
            delimitation: delimitation(of: schema, for: party.owner),
            selection: reader?.selection ?? [], consent: reader?.consent,
            purpose: topic.purposes.first ?? "",
            legalBasis: topic.legalBasis, informationClass: topic.informationClass)
    }

    /// The schemas of a topic's types, by name.
    func schemas(on topic: String) -> [TypeSchema] { schemas.types(on: topic).compactMap { schemas[$0] } }

    /// The schema of a type; nil if it has none.
    func schema(of type: EventType) -> TypeSchema? { schemas[type] }

    /// The branches that read a type, in the order of the topic's rows.
    func readers(of schema: TypeSchema) -> [Party] {
        let rows = (topics[schema.type.topic]?.access ?? []).filter(\.access.allowsReading)
        let parties = rows.compactMap { row in
            Owner(text: row.team).flatMap { owner in Branch(text: row.application).map { Party(owner, $0) } }
        }
        return parties.filter { reading(of: schema.type, by: $0).isGranted }
    }

    private func isNumbered(_ owner: Owner) -> Bool { (agencies[owner]?.digits ?? owner.digits) > 0 }

    private func delimitation(of schema: TypeSchema?, for owner: Owner) -> Delimitation {
        guard let schema else { return Delimitation() }
        let fields = schema.delimiting.compactMap { name -> (name: String, form: Delimitation.Form)? in
            guard let type = schema.fields.first(where: { $0.name == name })?.type else { return nil }
            return type.delimitingForm.map { (name, $0) }
        }
        return Delimitation(of: owner, numbering: agencies[owner]?.numbering, fields: fields)
    }
}

extension TopicManifest {
    /// What of a type a branch is offered, and the groups of fields that it gets; nil: all.
    fileprivate func offer(
        of type: EventType, _ schema: TypeSchema?, to party: Party, isNumbered: Bool
    ) -> (ReadingRight.Offer, groups: [String]?) {
        guard mayRead(party) else { return (.none(reason: "no row of \(name) lets \(party) read it"), nil) }
        let byItself: ReadingRight.Offer = isNumbered && !(schema?.delimiting.isEmpty ?? true) ? .concerned : .all
        guard let readers = schema?.readers else { return (byItself, nil) }
        guard let reader = readers.first(where: { $0.party == party }) else {
            return (.none(reason: "\(party) is not among the readers of \(type)"), nil)
        }
        let offer: ReadingRight.Offer =
            switch reader.offer {
            case .all: .all
            case .concerned: .concerned
            case .caseHolder: .caseHolder
            case nil: byItself
            }
        return (offer, reader.groups)
    }
}

extension FieldType {
    /// How a field of the type says whom an event concerns; nil: it does not.
    var delimitingForm: Delimitation.Form? {
        switch self {
        case .formatted(.municipality): .municipality
        // A payee is a person or an agency; a person's key is no agency.
        case .formatted(.agency), .formatted(.subject): .agency
        case .array(let element): element.delimitingForm
        default: nil
        }
    }
}
