internal import Parallel

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
            sources.readAll()
            let parts = Part.allCases.mapInParallel { $0.read(sources) }
            messages = parts.compactMap(\.messages).first ?? messages
            catalogue = parts.compactMap(\.catalogue).first
            for part in parts { problems += part.problems.notAt(problems) }
        }
    }

    /// What is made of the files, each by a thread of its own.
    private enum Part: CaseIterable {
        case compiled, annotated

        struct Reading: Sendable {
            var messages: MessageSchemas?
            var catalogue: SchemaCatalogue?
            var problems: [ContractProblem] = []
        }

        func read(_ sources: SchemaSources) -> Reading {
            var reading = Reading()
            switch self {
            case .annotated: reading.catalogue = SchemaCatalogue(sources, &reading.problems)
            case .compiled:
                do throws(ContractError) {
                    reading.messages = try MessageSchemas(sources)
                } catch {
                    reading.problems = error.problems
                }
            }
            return reading
        }
    }
}
