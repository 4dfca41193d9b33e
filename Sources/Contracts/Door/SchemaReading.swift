/// When the schemas of a folder of contracts are read.
public enum SchemaReading: Sendable {
    /// Not at all: nobody holds a message against them.
    case never
    /// Each when its type is first asked for: for a program that needs few of them, and says which by
    /// ``Catalogue/demand(_:)``, so that their faults are told before anything is done.
    case onDemand
    /// All together, with every fault of every file.
    case now
}

/// The schemas of a folder of contracts, as far as they are read.
struct ReadSchemas {
    /// What the data of each type must be.
    var messages = MessageSchemas()
    /// What they say of each type, where they are read on demand.
    var contracts: TypeContracts?
    /// All of them with their annotations, where they are read now.
    var catalogue: SchemaCatalogue?

    /// None.
    init() {}

    /// Reads files.
    /// - Parameter problems: gets what is wrong with those that are read now: what cannot be compiled, and what cannot be
    ///   made types of.
    init(_ sources: SchemaSources, _ reading: SchemaReading, _ problems: inout [ContractProblem]) {
        guard !sources.types.isEmpty else { return }
        switch reading {
        case .never: break
        case .onDemand:
            let contracts = TypeContracts(sources)
            messages = MessageSchemas(contracts)
            self.contracts = contracts
        case .now:
            var unread: [ContractProblem] = []
            catalogue = SchemaCatalogue(sources, &unread)
            do throws(ContractError) {
                messages = try MessageSchemas(sources)
            } catch {
                problems += error.problems
                unread = unread.notAt(error.problems)
            }
            problems += unread
        }
    }
}
