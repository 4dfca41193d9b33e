import AgencyKit
import Hosting
import LifeEvents
import Simulation

/// The agencies that must be offered a message by its type alone; worlds with the same agencies share it.
struct Hearers {
    /// Those of the world that the run plays, at most 64; a bit stands for each.
    let agencies: [AgencyID]
    private var facts: [String: UInt64] = [:]
    private var annulments: [String: UInt64] = [:]
    /// By type: the rules of owners with many agencies, where the message itself says which of them it concerns.
    private var selective: [String: [RiverDescription]] = [:]

    /// - Parameter agencies: those of a world.
    init(_ rules: [RiverDescription], _ agencies: [AgencyID]) {
        self.agencies = Array(agencies.prefix(64))
        for rule in rules {
            guard let place = self.agencies.firstIndex(where: { $0.owner == rule.owner }) else { continue }
            guard rule.owner.digits == 0 else {
                selective[rule.type.name, default: []].append(rule)
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

    /// The agencies of owners with many that a message concerns: a bit for each.
    func concerned(by message: ObservedMessage) -> UInt64 {
        var bits: UInt64 = 0
        for rule in selective[message.type] ?? [] where rule.hearsAnnulment == (message.envelope.change == .annulled) {
            let named = rule.concerned(message.envelope, message.data)
            for (place, agency) in agencies.enumerated()
            where agency.owner == rule.owner && named?.contains(agency) ?? true { bits |= 1 << UInt64(place) }
        }
        return bits
    }

    func mustHear(_ type: String, isAnnulment: Bool) -> UInt64 { (isAnnulment ? annulments : facts)[type] ?? 0 }
}
