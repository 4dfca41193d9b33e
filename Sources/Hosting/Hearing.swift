import AgencyKit
import Contracts
import LifeEvents

/// The rivers that hear one type, and what their branches may be told of it. One thread owns it.
final class Hearing<A: Agency> {
    /// A branch with a river among them.
    struct HearingBranch {
        /// Its place among the branches.
        let place: Int
        /// What it may be told.
        var right: ReadingRight
        /// The right's place in ``Host/rights``.
        var number: Int32
        /// The names of the fields that it does not get.
        var hiddenFields: [[UInt8]] = []

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

    /// In the order in which they handle.
    let rivers: [River<A>]
    /// The branch of each river, by its place.
    let branchOfRiver: [Int]
    /// In the order of their first rivers; at most ``BranchSet/mostBranches``.
    private(set) var branches: [HearingBranch]
    /// Whom an event concerns.
    private(set) var delimitation = Delimitation()
    /// Whether some branch is told only what concerns the agency.
    private(set) var asksWhomItConcerns = false
    /// Whether a river may be denied an event.
    private(set) var canDeny = false

    /// Rivers that hear a type, held to nothing.
    init(_ rivers: [River<A>], type: EventType, owner: Owner) {
        self.rivers = rivers
        var branches: [Branch] = []
        branchOfRiver = rivers.map { river in
            if let place = branches.firstIndex(of: river.branch) { return place }
            branches.append(river.branch)
            return branches.count - 1
        }
        precondition(
            branches.count <= BranchSet.mostBranches, "an owner has at most \(BranchSet.mostBranches) branches")
        self.branches = branches.enumerated().map { place, branch in
            HearingBranch(
                place: place, right: ReadingRight(type: type, party: Party(owner, branch), offer: .all), number: 0)
        }
    }

    /// Takes the rights of the branches from the contracts, and adds them to those of the host.
    func hold(to access: AccessRights, _ rights: inout [ReadingRight]) {
        for place in branches.indices {
            let own = branches[place].right
            let right = access.reading(of: own.type, by: own.party)
            branches[place].right = right
            branches[place].hiddenFields = right.hiddenFields.map { Array($0.utf8) }
            // Facts and annulments of a type are two hearings of one right.
            let known = rights.firstIndex(of: right)
            branches[place].number = Int32(known ?? rights.count)
            if known == nil { rights.append(right) }
            delimitation = right.delimitation
        }
        asksWhomItConcerns = branches.contains { $0.right.offer == .concerned }
        canDeny = asksWhomItConcerns || branches.contains { !$0.right.isGranted }
    }

    /// The branches that an agency's event is offered to.
    /// - Parameters:
    ///   - isNamed: whether the event's data names the agency.
    ///   - hasCase: whether the agency holds a case on the subject.
    ///   - isLater: whether the event is a later link of a fact.
    func told(isNamed: Bool, hasCase: Bool, isLater: Bool) -> BranchSet {
        var told = BranchSet()
        for branch in branches {
            let isTold =
                switch branch.right.offer {
                case .all: true
                case .concerned: isNamed || (isLater && hasCase)
                case .caseHolder: hasCase
                case .none: false
                }
            if isTold { told.insert(branch.place) }
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
