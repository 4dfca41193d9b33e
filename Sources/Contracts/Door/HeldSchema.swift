internal import JSONSchema
internal import LifeEvents
internal import Synchronization

/// The schema that the data of some events is held against, made when the first of them comes.
///
/// Any number of threads may ask. Two that ask at once may both make it, and get the same.
final class HeldSchema: Sendable {
    /// What there is to hold data against.
    enum State: Sendable {
        case compiled(CompiledSchema)
        /// The schema has a fault, in a sentence. Nothing is right by it.
        case faulty(String)
        /// Nothing is asked for.
        case nothing
    }

    private final class Made: Sendable {
        let state: State
        init(_ state: State) { self.state = state }
    }

    private let made = AtomicLazyReference<Made>()
    private let make: @Sendable () -> State

    init(_ make: @escaping @Sendable () -> State) { self.make = make }

    /// A schema that was compiled already.
    convenience init(_ schema: CompiledSchema) { self.init { .compiled(schema) } }

    var state: State { (made.load() ?? made.storeIfNil(Made(make()))).state }

    /// The same schema with other checks for some formats; it is not compiled again.
    func replacing(_ formats: [SchemaFormat]) -> HeldSchema {
        HeldSchema { [self] in
            if case .compiled(let schema) = state { .compiled(schema.replacing(formats)) } else { state }
        }
    }
}

extension HeldSchema.State {
    /// What a type's contract asks for. A fault of what it says of readers is a fault, too.
    init(of type: EventType, _ contracts: TypeContracts) {
        guard let found = contracts.compiled(type) else {
            self = .nothing
            return
        }
        let problems = contracts.problems(of: type, isSaid: true)
        if let compiled = found.value, problems.isEmpty {
            self = .compiled(compiled)
        } else {
            self.init(faults: problems)
        }
    }

    /// A schema that cannot be read.
    init(faults: [ContractProblem]) {
        let all = faults.map(\.description).joined(separator: "; ")
        self = .faulty("the contract of this type has a fault, so that nothing is right by it: \(all)")
    }
}
