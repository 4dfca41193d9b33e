import AgencyKit
import Contracts
import JSON
import LifeEvents

/// A rule as a host runs it, whatever its agency's cases are.
final class HeardRiver {
    let name: String
    let file: StaticString
    let line: Int
    let concerns: (@Sendable (IncomingEvent) throws -> [AgencyID])?
    let run: @Sendable (CaseStorage, IncomingEvent, EffectSink) throws -> RiverOutcome
    /// The place of its branch in its hearing.
    let branch: Int

    init(
        name: String, file: StaticString, line: Int, concerns: (@Sendable (IncomingEvent) throws -> [AgencyID])?,
        run: @escaping @Sendable (CaseStorage, IncomingEvent, EffectSink) throws -> RiverOutcome, branch: Int
    ) {
        self.name = name
        self.file = file
        self.line = line
        self.concerns = concerns
        self.run = run
        self.branch = branch
    }

    convenience init<A: Agency>(_ river: River<A>, branch: Int) {
        self.init(
            name: river.name, file: river.file, line: river.line, concerns: river.concerns, run: river.run,
            branch: branch)
    }
}

extension HeardRiver {
    /// A rule that is no river.
    convenience init(
        _ name: String, branch: Int,
        run: @escaping @Sendable (CaseStorage, IncomingEvent, EffectSink) throws -> RiverOutcome
    ) {
        self.init(name: name, file: #fileID, line: #line, concerns: nil, run: run, branch: branch)
    }
}

/// A branch with a river among those that hear a type.
final class HearingBranch {
    /// Its place among the branches.
    let place: Int
    /// What it may be told.
    fileprivate(set) var right: ReadingRight
    /// The right's place in ``Host/rights``.
    fileprivate(set) var number: Int32 = 0
    /// The names of the fields that it does not get.
    fileprivate(set) var hiddenFields: [[UInt8]] = []

    init(_ right: ReadingRight, place: Int) {
        self.right = right
        self.place = place
    }

    /// Why a river that asks for an event is denied it; nil: it was only not offered.
    /// - Parameter asksByItself: whether the river says by itself whom an event concerns.
    func denial(asksByItself: Bool, _ agency: AgencyID) -> String? {
        switch right.offer {
        case .none(let reason): reason
        case .concerned where asksByItself: "the event does not concern \(agency)"
        case .all, .concerned, .caseHolder: nil
        }
    }
}

/// The rivers that hear one type, and what their branches may be told of it. One thread owns it.
final class Hearing {
    /// In the order in which they handle.
    let rivers: [HeardRiver]
    /// In the order of their first rivers; at most ``BranchSet/mostBranches``.
    let branches: [HearingBranch]
    /// Whom an event concerns.
    private(set) var delimitation = Delimitation()
    /// Whether some branch is told only what concerns the agency.
    private(set) var asksWhomItConcerns = false
    /// Whether a river may be denied an event.
    private(set) var canDeny = false
    /// The branches that are told every event; nil: each must be asked.
    private var toldAlways: BranchSet?

    /// Rivers that hear a type, held to nothing.
    convenience init<A: Agency>(_ rivers: [River<A>], type: EventType, owner: Owner) {
        var branches: [Branch] = []
        let heard = rivers.map { river in
            let known = branches.firstIndex(of: river.branch)
            if known == nil { branches.append(river.branch) }
            return HeardRiver(river, branch: known ?? branches.count - 1)
        }
        self.init(heard, branches: branches, type: type, owner: owner)
    }

    /// Rules of branches that hear a type, held to nothing.
    init(_ rivers: [HeardRiver], branches: [Branch], type: EventType, owner: Owner) {
        self.rivers = rivers
        precondition(
            branches.count <= BranchSet.mostBranches, "an owner has at most \(BranchSet.mostBranches) branches")
        self.branches = branches.enumerated().map { place, branch in
            HearingBranch(ReadingRight(type: type, party: Party(owner, branch), offer: .all), place: place)
        }
        noteOffers()
    }

    /// Takes the rights of the branches from the contracts, and adds them to those of the host.
    func hold(to access: AccessRights, _ rights: inout [ReadingRight]) {
        for branch in branches {
            let right = access.reading(of: branch.right.type, by: branch.right.party)
            branch.right = right
            branch.hiddenFields = right.hiddenFields.map { Array($0.utf8) }
            // Facts and annulments of a type are two hearings of one right: by the same contracts a branch has one to a type.
            let known = rights.firstIndex { $0.party == right.party && $0.type == right.type }
            branch.number = Int32(known ?? rights.count)
            if known == nil { rights.append(right) }
            delimitation = right.delimitation
        }
        noteOffers()
    }

    private func noteOffers() {
        asksWhomItConcerns = branches.contains { $0.right.offer == .concerned }
        canDeny = asksWhomItConcerns || branches.contains { !$0.right.isGranted }
        var all = BranchSet()
        for branch in branches { all.insert(branch.place) }
        toldAlways = branches.allSatisfy { $0.right.offer == .all && $0.right.selection.isEmpty } ? all : nil
    }

    /// The branches that an agency's event is offered to.
    /// - Parameters:
    ///   - isNamed: whether the event's data names the agency.
    ///   - hasCase: whether the agency holds a case on the subject.
    ///   - isLater: whether the event is a later link of a fact.
    ///   - data: what the event says.
    func told(isNamed: Bool, hasCase: Bool, isLater: Bool, _ data: JSONValue?) -> BranchSet {
        if let toldAlways { return toldAlways }
        var told = BranchSet()
        for branch in branches {
            let isTold =
                switch branch.right.offer {
                case .all: true
                case .concerned: isNamed || (isLater && hasCase)
                case .caseHolder: hasCase
                case .none: false
                }
            if isTold, branch.right.selection.isEmpty || branch.right.admits(data, follows: hasCase && isLater) {
                told.insert(branch.place)
            }
        }
        return told
    }
}

/// Some of the branches of an owner, by their places.
struct BranchSet {
    /// As many as a word has bits; the owner with most branches, the municipality, has nine.
    static let mostBranches = 64
    private var bits: UInt64 = 0

    var isEmpty: Bool { bits == 0 }
    mutating func insert(_ place: Int) { bits |= 1 << UInt64(place) }
    func contains(_ place: Int) -> Bool { bits & 1 << UInt64(place) != 0 }
}
