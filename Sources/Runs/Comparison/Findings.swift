import Contracts
import Hosting
import LifeEvents

/// What a plane does not bring about, that comes about where all is told at once and nobody errs.
public struct ComparisonFinding: Sendable, Hashable, Comparable {
    /// What is lacking.
    public enum Kind: String, Sendable {
        /// A reader is never told of a type.
        case neverTold = "never told"
        /// A line of a page does not come to an end.
        case neverEnds = "never ends"
    }

    /// The plane.
    public let plane: String
    /// What is lacking.
    public let kind: Kind
    /// `skatteverket.move.v1 → kommun/forskola (silo.yaml:110)`, or `parental-benefit of forsakringskassan`.
    public let what: String
    /// In how many lives.
    public let lives: Int

    /// By plane, kind, how often, and text.
    public static func < (left: ComparisonFinding, right: ComparisonFinding) -> Bool {
        (left.plane, left.kind.rawValue, -left.lives, left.what)
            < (right.plane, right.kind.rawValue, -right.lives, right.what)
    }

    /// What planes lack beside the lives as they would be.
    static func all(_ records: [[LifeRecord]], _ planes: [String], right: [LifeRecord]) -> [ComparisonFinding] {
        var found: [ComparisonFinding] = []
        for (plane, lives) in zip(planes, records) {
            var counts: [[String]: Int] = [:]
            for (life, own) in zip(lives, right) {
                var seen: Set<[String]> = []
                for one in life.deliveries where one.outcome == .never {
                    let reader = Party(one.agency.owner, one.branch)
                    seen.insert([Kind.neverTold.rawValue, "\(one.type) → \(reader) (\(one.row))"])
                }
                for row in own.doneRows.subtracting(life.doneRows) {
                    // Of the many agencies of an owner, whose it is does not tell more.
                    let agency = AgencyID(row.agency).map { "\($0.owner)" } ?? row.agency
                    seen.insert([Kind.neverEnds.rawValue, "\(row.tile) of \(agency)"])
                }
                for key in seen { counts[key, default: 0] += 1 }
            }
            for (key, lives) in counts.sorted(by: { ($0.key[0], $0.key[1]) < ($1.key[0], $1.key[1]) }) {
                guard let kind = Kind(rawValue: key[0]) else { continue }
                found.append(ComparisonFinding(plane: plane, kind: kind, what: key[1], lives: lives))
            }
        }
        return found.sorted()
    }
}
