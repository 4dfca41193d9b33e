import Hosting
import LifeEvents
import Planes

/// What lives are measured against.
struct LifeFrame {
    /// When the journey begins.
    var begins: Instant
    /// The end of all planes alike.
    var horizon: Instant
    /// The lines of pages that some plane brings to an end, in this life.
    var rows: [LifeRecord.TileRow]
    /// What is right, net of what is claimed back: all told at once, nobody erring.
    var right: [LifeRecord.PaymentKey: Int]
    /// The days to the end of the last line, all told at once and nobody erring; nil: no line ends.
    var floor: Double?
    /// The plane that the life was lived in.
    var plane: Plane
    var rules: LifeRules

    var measures: Measures { rules.measures }
}

extension LifeRecord {
    /// The codes with which a matter of a line is done: it goes on, is done, or has ended.
    private static let doneCodes: Set<String> = ["U7", "U9", "U10"]

    /// The lines that come to an end.
    var doneRows: Set<TileRow> { Set(tiles.filter { Self.doneCodes.contains($0.code) }.map(\.row)) }

    private static let day = 86_400_000.0

    /// The life's numbers by metric key, and which of them the horizon has cut off.
    func values(_ frame: LifeFrame) -> (values: [String: Double], censored: Set<String>) {
        var values: [String: Double] = [:]
        var censored: Set<String> = []
        func isPrivate(_ owner: Owner) -> Bool { frame.measures.privateOwners.contains(owner) }
        let own = contacts.filter { $0.why != "calledUp" }
        let filed = filedTogether(frame)
        values[Metric.contactsPublic.key] = Double(
            filed.count { !isPrivate($0.owner) } + own.count { !isPrivate($0.to.owner) })
        values[Metric.contactsPrivate.key] = Double(
            filed.count { isPrivate($0.owner) } + own.count { isPrivate($0.to.owner) })
        values[Metric.chasing.key] = Double(own.count { $0.why == "chase" })
        values[Metric.again.key] = Double(factsAgain(frame))
        values[Metric.bodies.key] = Double(bodies(frame))
        addDays(frame, &values, &censored)
        values[Metric.floor.key] = frame.floor
        addKnowing(frame, &values, &censored)
        addPayments(frame, &values)
        values[Metric.reclaims.key] = Double(reclaimed.count)
        addHarm(frame, &values)
        addDeadlines(frame, &values)
        values[Metric.desk.key] = Double(deskMinutes(frame.measures.minutes))
        values[Metric.lettersHome.key] = Double(tiles.count { ["mailbox", "letter"].contains($0.way) })
        let letters = ["letter", "function", "print"]
        values[Metric.lettersBetween.key] = Double(
            deliveries.count { letters.contains($0.channel) && $0.outcome == .heard })
        values[Metric.messages.key] = Double(messages)
        let broken = deliveries.count { $0.channel == Passage.broken && $0.outcome == .heard }
        if frame.plane.joining.drift != nil || broken > 0 { values[Metric.breakages.key] = Double(broken) }
        values[Metric.proxy.key] = proxy(values, frame)
        return (values, censored)
    }

    /// The days until a line's end is seen; one that the horizon cuts off counts to it.
    func days(to row: TileRow, _ frame: LifeFrame) -> (days: Double, isCut: Bool) {
        let seen = tiles.filter { $0.row == row && Self.doneCodes.contains($0.code) }.compactMap(\.seen).min()
        let end = seen.map { min($0, frame.horizon) } ?? frame.horizon
        return (max(0, Double((end - frame.begins).milliseconds) / Self.day), seen == nil)
    }

    private func addDays(_ frame: LifeFrame, _ values: inout [String: Double], _ censored: inout Set<String>) {
        var last: Double?
        var ofTile: [String: [Double]] = [:]
        for row in frame.rows {
            let (days, isCut) = days(to: row, frame)
            if isCut {
                censored.insert(Metric.days(of: row.tile).key)
                censored.insert(Metric.days.key)
            }
            ofTile[row.tile, default: []].append(days)
            last = max(last ?? 0, days)
        }
        values[Metric.days.key] = last
        let all = ofTile.sorted { $0.key < $1.key }.flatMap(\.value)
        if !all.isEmpty { values[Metric.daysMean.key] = all.reduce(0, +) / Double(all.count) }
        for (tile, days) in ofTile.sorted(by: { $0.key < $1.key }) {
            values[Metric.days(of: tile).key] = days.reduce(0, +) / Double(days.count)
        }
    }

    /// What a body says to itself, and what people file with it, is in no plane a matter of knowing.
    private func addKnowing(_ frame: LifeFrame, _ values: inout [String: Double], _ censored: inout Set<String>) {
        let told = deliveries.filter { !$0.row.isEmpty }
        guard !told.isEmpty else { return }
        func quantiles(_ since: (DeliveryReport) -> Instant) -> (p50: Double, p95: Double) {
            let days = told.map { one -> Double in
                let known = one.outcome == .heard ? one.known ?? frame.horizon : one.known ?? frame.horizon
                return max(0, Double((min(known, frame.horizon) - since(one)).milliseconds) / Self.day)
            }.sorted()
            func at(_ share: Double) -> Double {
                days[min(days.count - 1, max(0, Int((share * Double(days.count)).rounded(.up)) - 1))]
            }
            return (at(0.5), at(0.95))
        }
        // What was so before the journey begins, nobody has waited for.
        let all = quantiles { max($0.occurred, frame.begins) }
        values[Metric.known50.key] = all.p50
        values[Metric.known95.key] = all.p95
        values[Metric.plane95.key] = quantiles(\.said).p95
        let untold = told.count { $0.outcome == .never || $0.outcome == .open }
        if untold > 0 { censored.insert(Metric.known95.key) }
        values[Metric.never.key] = 100 * Double(untold) / Double(told.count)
        let heard = deliveries.filter { $0.outcome == .heard }
        if !heard.isEmpty {
            values[Metric.audit.key] = 100 * Double(heard.count(where: \.isLogged)) / Double(heard.count)
        }
        values[Metric.wronglyDead.key] = wronglyDeadHours(frame.horizon)
    }

    /// The hours that readers, together, took somebody for dead who was not.
    private func wronglyDeadHours(_ horizon: Instant) -> Double {
        let types = [Death.type.name, PublicDeath.type.name]
        let deaths = deliveries.filter { types.contains($0.type) }
        let undone = deaths.filter { $0.change == .annulled }
        let wrong = Set(undone.compactMap(\.previous))
        var hours = 0.0
        for one in deaths where one.change == nil && one.outcome == .heard && wrong.contains(one.message) {
            guard let since = one.known else { continue }
            let end =
                undone.first {
                    $0.previous == one.message && $0.agency == one.agency && $0.branch == one.branch
                        && $0.outcome == .heard
                }?.known ?? horizon
            hours += Double((min(end, horizon) - since).milliseconds) / 3_600_000
        }
        return hours
    }

    private func addPayments(_ frame: LifeFrame, _ values: inout [String: Double]) {
        var (over, under) = (0, 0)
        for key in Set(paid.keys).union(frame.right.keys).sorted() {
            let wrong = (paid[key]?.gross ?? 0) - (frame.right[key] ?? 0)
            if wrong > 0 { over += wrong } else { under -= wrong }
        }
        values[Metric.over.key] = Double(over)
        values[Metric.under.key] = Double(under)
    }

    private func deskMinutes(_ minutes: Measures.Minutes) -> Int {
        var sum = filings.count * minutes.filing
        for contact in contacts {
            switch contact.way {
            case "phone": sum += minutes.phone
            case "visit": sum += minutes.visit
            default: sum += minutes.letter
            }
        }
        for one in deliveries where one.outcome == .heard {
            switch one.channel {
            case "letter": sum += minutes.letter
            case "function", "phone": sum += minutes.function
            case "print": sum += minutes.rekey
            default: break
            }
        }
        return sum
    }
}
