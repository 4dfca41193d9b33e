extension Catalogue {
    /// The schemas of all types with their annotations, by the names of the types; read from their files.
    /// - Throws: every fault of the schemas.
    public func typeSchemas() throws(ContractError) -> [TypeSchema] {
        guard let folder else { return [] }
        return try SchemaCatalogue(folder: folder).types
    }

    /// Who may say and who is told what, by these contracts.
    ///
    /// Reads the schemas' annotations from their files when it is first asked.
    /// - Throws: every fault of the schemas.
    public func rights() throws(ContractError) -> AccessRights {
        guard let folder else { return AccessRights(topics: topics, agencies: agencies, types: []) }
        return try readRights.value { () throws(ContractError) in
            AccessRights(topics: topics, agencies: agencies, types: try SchemaCatalogue(folder: folder).types)
        }
    }
}
