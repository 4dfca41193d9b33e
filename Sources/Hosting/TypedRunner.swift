import AgencyKit
import Contracts
import JSON
import LifeEvents

/// Runs one agency type, whose cases and timers it knows.
final class TypedRunner<A: Agency>: CaseRunner {
    private let code: A
    private let cases: TypedCaseStorage<A.Case>
    private let rivers: [River<A>]
    private var shelf: CaseShelf?

    init(_ code: A, playing played: [AgencyID]) {
        let (hears, rivers) = Self.byType(code.rivers)
        var hearings: [Hearing] = []
        for (place, own) in rivers.enumerated() {
            hearings.append(Hearing(own, type: hears[place].type, owner: A.owner))
        }
        let storage = TypedCaseStorage<A.Case>()
        self.code = code
        cases = storage
        self.rivers = Array(rivers.joined())
        super.init(
            owner: A.owner, branch: A.branch, section: A.section, hears: hears, hearings: hearings, playing: played,
            storage: storage)
    }

    /// The rivers that hear each type, in the declared order.
    private static func byType(
        _ all: [River<A>]
    ) -> (hears: [(type: EventType, isAnnulment: Bool)], rivers: [[River<A>]]) {
        var hears: [(type: EventType, isAnnulment: Bool)] = []
        var rivers: [[River<A>]] = []
        for river in all {
            var place = 0
            while place < hears.count,
                hears[place].type != river.type || hears[place].isAnnulment != river.hearsAnnulment
            { place += 1 }
            if place == hears.count {
                hears.append((river.type, river.hearsAnnulment))
                rivers.append([])
            }
            rivers[place].append(river)
        }
        return (hears, rivers)
    }

    override var riverDescriptions: [RiverDescription] {
        rivers.map {
            RiverDescription(
                owner: owner, name: $0.name, branch: $0.branch, type: $0.type, hearsAnnulment: $0.hearsAnnulment,
                mine: $0.sentences.mine, whole: $0.sentences.whole, file: $0.file, line: $0.line, concerns: $0.concerns)
        }
    }

    override var publications: [(type: EventType, branch: Branch)] {
        A.publications.map { ($0.type, $0.branch ?? A.ownBranch) }
    }

    override var timerNames: [String] { A.Timer.allCases.map(\.rawValue) }

    override func hasTimer(_ name: String) -> Bool { A.Timer(rawValue: name) != nil }

    override func act(on timer: String, _ sink: EffectSink) throws {
        guard let timer = A.Timer(rawValue: timer) else { return }
        var effects = Effects<A.Timer>(sink: sink)
        cases.load()
        try code.due(timer, &cases.current.pointee, &effects)
    }

    // MARK: - Cases that are not handled for long

    override var casesInMemory: Int { cases.countInMemory }

    override package var hasRefusedCases: Bool { shelf?.hasRefused ?? false }

    override func putAway(on file: ShelfFile, _ packing: PackingState, all: Int, few: Int) {
        precondition(0...all ~= few, "of few cases none is put away")
        precondition(shelf == nil, "a runner has one shelf")
        let shelf = CaseShelf(file, packing)
        cases.packing = ShelfPacking(shelf)
        self.shelf = shelf
        putsAway = true
        (allAtHand, fewAtHand) = (all, few)
    }

    // MARK: - Checkpoints

    override func takeChanges(_ give: (CasePage) throws -> Void) rethrows {
        try givePages(
            { slot -> KeptCase<A.Case>.State in
                guard let shelf, let place = cases.packedPlace(of: slot) else { return .asItIs(cases[slot]) }
                return .packed(shelf.bytes(place))
            }, give)
    }

    override func restore(page number: Int64, _ value: UnsafeRawBufferPointer) throws {
        try restore(page: number, value) { (slot: Int, state: A.Case?) in
            if let state { cases[slot] = state } else { cases.clear(slot) }
        }
    }

    override func restored() { table.restored() }
}
