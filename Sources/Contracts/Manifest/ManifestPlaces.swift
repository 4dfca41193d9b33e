internal import YAML

/// Where the parts of a sound manifest stand.
struct ManifestPlaces: Sendable {
    let name: ContractPlace
    let replication: ContractPlace
    let retention: ContractPlace
    let access: ContractPlace
    /// In the order of the access list.
    let rows: [ContractPlace]
    /// The settings and the annotations that the file has, by key.
    private let parts: KeyedNodes<ContractPlace>

    init?(_ reading: NaisReading) {
        guard let name = reading.name?.node, let access = reading.accessNode, let config = reading.configNode else {
            return nil
        }
        self.name = ContractPlace(name)
        self.access = ContractPlace(access)
        replication = ContractPlace(reading.configFields["replication"] ?? config)
        retention = ContractPlace(reading.configFields["retentionHours"] ?? config)
        rows = reading.rows.map { ContractPlace($0.node) }
        parts = (reading.configFields + reading.annotations).mapValues { ContractPlace($0) }
    }

    /// Where a setting or an annotation stands; the manifest's name for one that the file leaves out.
    func part(_ key: String) -> ContractPlace { parts[key] ?? name }
}

/// A place in a file of contracts.
struct ContractPlace: Sendable {
    let file: String
    let line: Int?
    let column: Int?

    init(_ node: YAMLNode) {
        file = node.file
        line = node.range.start.line
        column = node.range.start.column
    }

    init(file: String, line: Int, column: Int) {
        self.file = file
        self.line = line
        self.column = column
    }

    /// A file as a whole.
    init(file: String) {
        self.file = file
        line = nil
        column = nil
    }
}
