import Hosting
import LifeEvents
import Planes

/// Letters that hurt, and times that were not kept.
extension LifeRecord {
    /// Days after a child's death within which a stop of what was the child's is cold.
    private static let coldDays = 14
    /// The codes of what ends.
    private static let stops: Set<String> = ["U8", "U9", "U10"]

    /// Lines about somebody dead that are seen after the death and set by a body that had not been told of it; and stops
    /// about a dead child that reach a parent within a fortnight, but those of the death's own page.
    func addHarm(_ frame: LifeFrame, _ values: inout [String: Double]) {
        var (harm, cold) = (0, 0)
        // In the order of their ids.
        for (_, death) in deaths.sorted(by: { $0.key < $1.key }) {
            let told = deliveries.filter { $0.type == Death.type.name && $0.subject == death.dead }
            for tile in tiles {
                guard let seen = tile.seen, seen >= death.at, !frame.rules.deathTiles.contains(tile.row.tile),
                    tile.row.holder == death.dead || tile.row.about == "\(death.dead)"
                else { continue }
                let knew = told.contains {
                    "\($0.agency)" == tile.row.agency && $0.outcome == .heard && ($0.known ?? .latest) <= tile.set
                }
                let isSaidByRegister = tile.row.agency == "\(AgencyID(.skatteverket))"
                if !knew, !isSaidByRegister, tile.set >= death.at {
                    harm += 1
                } else if tile.row.holder != death.dead, Self.stops.contains(tile.code),
                    seen < death.at + .days(Int64(Self.coldDays))
                {
                    cold += 1
                }
            }
        }
        values[Metric.harm.key] = Double(harm)
        values[Metric.cold.key] = Double(cold)
    }

    /// Deadlines that fall before the end, and have passed without what ends them.
    func addDeadlines(_ frame: LifeFrame, _ values: inout [String: Double]) {
        var (agencies, citizens, isAsked) = (0, 0, false)
        for mark in marks where mark.isStart {
            let rule = frame.measures.deadlines[mark.deadline]
            let last = Stockholm.instant(rule.lastDay(from: Stockholm.day(of: mark.at)).adding(days: 1))
            guard last <= frame.horizon else { continue }
            isAsked = true
            let isKept = marks.contains {
                $0.deadline == mark.deadline && !$0.isStart && $0.subject == mark.subject && mark.at <= $0.at
                    && $0.at < last
            }
            guard !isKept else { continue }
            switch rule.who {
            case .agency: agencies += 1
            case .citizen: citizens += 1
            }
        }
        guard isAsked else { return }
        values[Metric.lateAgencies.key] = Double(agencies)
        values[Metric.lateCitizens.key] = Double(citizens)
    }
}
