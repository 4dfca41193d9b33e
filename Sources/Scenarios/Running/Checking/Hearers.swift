import AgencyKit
import Contracts
import Hosting
import LifeEvents
import Simulation

/// The agencies that must be offered a message by its type alone; worlds with the same agencies share it.
struct Hearers {
    /// Those of the world that the run plays, at most 64; a bit stands for each.
    let agencies: [AgencyID]
    private var facts: [String: UInt64] = [:]
    private var annulments: [String: UInt64] = [:]
    /// By type: the rules whose contract or owner has it that the message itself says which agencies it concerns.
    private var selective: [String: [Rule]] = [:]

    private struct Rule {
        let description: RiverDescription
        let right: ReadingRight
    }

    /// - Parameters:
    ///   - agencies: those of a world.
    ///   - access: what the rules' branches may be told.
    init(_ rules: [RiverDescription], _ agencies: [AgencyID], _ access: AccessRights) {
        self.agencies = Array(agencies.prefix(64))
        for rule in rules {
            guard let place = self.agencies.firstIndex(where: { $0.owner == rule.owner }) else { continue }
            let right = access.reading(of: rule.type, by: Party(rule.owner, rule.branch))
            guard right.isGranted else { continue }
            guard rule.owner.digits == 0, right.offer == .all, right.selection.isEmpty else {
                selective[rule.type.name, default: []].append(Rule(description: rule, right: right))
                continue
            }
            let bit: UInt64 = 1 << UInt64(place)
            if rule.hearsAnnulment {
                annulments[rule.type.name, default: 0] |= bit
            } else {
                facts[rule.type.name, default: 0] |= bit
            }
        }
    }

    /// Whether an agency, as its bit, has a rule that hears annulments of a type.
    func hearsAnnulments(of type: String, agency bit: UInt64) -> Bool {
        if annulments[type, default: 0] & bit != 0 { return true }
        let owner = agencies.indices.first { 1 << UInt64($0) == bit }.map { agencies[$0].owner }
        return selective[type]?.contains { $0.description.hearsAnnulment && $0.description.owner == owner } == true
    }

    /// The agencies that must be offered a message by what it says: a bit for each.
    /// - Parameter holders: those that have acted on the message's predecessor, and so hold a case.
    func concerned(by message: ObservedMessage, holders: UInt64) -> UInt64 {
        var bits: UInt64 = 0
        let change = message.envelope.change
        for rule in selective[message.type] ?? [] where rule.description.hearsAnnulment == (change == .annulled) {
            let asked = rule.description.concerned(message.envelope, message.data)
            var named: [AgencyID] = []
            if rule.right.offer == .concerned { rule.right.delimitation.concerned(message.data, into: &named) }
            for (place, agency) in agencies.enumerated()
            where agency.owner == rule.description.owner && asked?.contains(agency) ?? true {
                let bit: UInt64 = 1 << UInt64(place)
                let isOffered =
                    switch rule.right.offer {
                    case .all: true
                    case .concerned: named.contains(agency) || (change != nil && holders & bit != 0)
                    // Which branch of an agency holds the case is not known here.
                    case .caseHolder:
                        holders & bit != 0 && rule.description.branch.name == rule.description.owner.description
                    case .none: false
                    }
                let follows = change != nil && holders & bit != 0
                if isOffered, rule.right.admits(message.data, follows: follows) { bits |= bit }
            }
        }
        return bits
    }

    func mustHear(_ type: String, isAnnulment: Bool) -> UInt64 { (isAnnulment ? annulments : facts)[type] ?? 0 }
}
