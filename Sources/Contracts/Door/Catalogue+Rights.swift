public import LifeEvents
internal import Dispatch
internal import Parallel

extension Catalogue {
    /// The schemas of all types with their annotations, and what types share; read from their files when they are first
    /// asked for.
    /// - Throws: every fault of the schemas.
    public func schemaCatalogue() throws(ContractError) -> SchemaCatalogue? {
        guard let sources, !sources.types.isEmpty else { return nil }
        return try readSchemas.value { () throws(ContractError) in
            var problems: [ContractProblem] = []
            guard let catalogue = SchemaCatalogue(sources, &problems) else { throw ContractError(problems: problems) }
            return catalogue
        }
    }

    /// The schemas of all types with their annotations, by the names of the types.
    /// - Throws: every fault of the schemas.
    public func typeSchemas() throws(ContractError) -> [TypeSchema] { try schemaCatalogue()?.types ?? [] }

    /// Who may say and who is told what, by these contracts.
    /// - Throws: every fault of the schemas, unless they are read on demand.
    public func rights() throws(ContractError) -> AccessRights {
        if let contracts { return AccessRights(topics: topics, agencies: agencies, contracts: contracts) }
        return try readRights.value { () throws(ContractError) in
            AccessRights(topics: topics, agencies: agencies, types: try typeSchemas())
        }
    }

    /// Begins to read what the contracts say of some types, where they are read on demand, on a thread of its own. Who asks
    /// for one of them meanwhile gets it read, and is told its faults.
    public func readAhead(_ types: [EventType]) {
        guard let contracts else { return }
        DispatchQueue.global(qos: .userInitiated).async {
            for type in types { _ = contracts.schema(of: type) }
        }
    }

    /// Reads what the contracts say of some types now, where they are read on demand: for a run, of the types that it will
    /// need, before it plays anything.
    /// - Parameter areSaid: whether messages of them are known to come; else only who is told of them is asked for, and
    ///   what their data must be is read when the first message comes.
    /// - Throws: where one of them has a fault, every fault of every file.
    public func demand(_ types: some Sequence<EventType>, areSaid: Bool) throws(ContractError) {
        guard let contracts else { return }
        var asked: Set<EventType> = []
        let each = types.filter { asked.insert($0).inserted }
        // In the order in which they were asked for.
        for problems in each.mapInParallel({ contracts.problems(of: $0, isSaid: areSaid) }) where !problems.isEmpty {
            _ = try Catalogue(folder: contracts.sources.folder)
            // Somebody has mended the files meanwhile.
            throw ContractError(problems: problems)
        }
    }
}
