import AgencyKit
import Hosting
import LifeEvents

/// The agencies that must be offered a message by its type alone; worlds with the same agencies share it.
struct Hearers {
    /// Those of the world that the run plays, at most 64; a bit stands for each.
    let agencies: [AgencyID]
    private var facts: [String: UInt64] = [:]
    private var annulments: [String: UInt64] = [:]

    /// - Parameter agencies: those of a world.
    init(_ rules: [RiverDescription], _ agencies: [AgencyID]) {
        self.agencies = Array(agencies.prefix(64))
        for rule in rules {
            // Of owners with many agencies the message itself says which of them it concerns.
            guard rule.owner.digits == 0, let place = self.agencies.firstIndex(where: { $0.owner == rule.owner }) else {
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

    func mustHear(_ type: String, isAnnulment: Bool) -> UInt64 { (isAnnulment ? annulments : facts)[type] ?? 0 }
}
