import Contracts
import Hosting
import LifeEvents
import Planes

/// What people must say, to how many, and what of it was known.
extension LifeRecord {
    /// Days within which filings of one person to two members of a front agency are one contact; an assumption.
    private static let togetherDays = 14

    /// The filings; those of one person to members of a front agency within two weeks are one.
    func filedTogether(_ frame: LifeFrame) -> [Filing] {
        guard let front = frame.plane.front else { return filings }
        var kept: [Filing] = []
        var last: [String: Instant] = [:]
        for filing in filings {
            guard isMember(filing, front) else {
                kept.append(filing)
                continue
            }
            if let before = last[filing.by], filing.at < before + .days(Int64(Self.togetherDays)) { continue }
            last[filing.by] = filing.at
            kept.append(filing)
        }
        return kept
    }

    /// Whether a branch that heard it is a member.
    private func isMember(_ filing: Filing, _ front: FrontAgency) -> Bool {
        deliveries.contains {
            $0.message == filing.message && front.has(Party($0.agency.owner, $0.branch), $0.agency)
        }
    }

    /// With how many somebody had to do; the members of a front agency are one.
    func bodies(_ frame: LifeFrame) -> Int {
        var bodies: Set<String> = []
        for filing in filings {
            let isFront = frame.plane.front.map { isMember(filing, $0) } ?? false
            bodies.insert(isFront ? "front" : "\(filing.owner)")
        }
        for contact in contacts {
            let isFront =
                frame.plane.front.map { front in
                    front.members.contains {
                        switch $0 {
                        case .owner(let owner): owner == contact.to.owner
                        case .agency(let agency): agency == contact.to
                        default: false
                        }
                    }
                } ?? false
            bodies.insert(isFront ? "front" : "\(contact.to.owner)")
        }
        return bodies.count
    }

    /// How many facts people give that somebody on the bus has said, and whom they are given to has not been told, or does
    /// not fill in.
    func factsAgain(_ frame: LifeFrame) -> Int {
        let forms = frame.measures.forms
        var again = 0
        for filing in filings {
            guard let place = filing.form else { continue }
            for case let type? in forms.forms[place].facts {
                let isHeld = filing.people.contains { person in
                    firstSaid[Saying(type: type, subject: person)].map { $0 <= filing.at } ?? false
                }
                if isHeld, isAsked(type, filing, frame) { again += 1 }
            }
        }
        let told = contacts.filter { ["tell", "answer", "correct", "repeat"].contains($0.why) }
        for contact in told {
            guard let message = contact.message,
                let type = deliveries.first(where: { $0.message == message })?.type
            else { continue }
            again += forms.told(of: type)
        }
        return again
    }

    /// Whether a form asks what its body, or a member of its front agency, has not been told of any person it names.
    private func isAsked(_ type: String, _ filing: Filing, _ frame: LifeFrame) -> Bool {
        let readers = Set(deliveries.filter { $0.message == filing.message }.map(\.agency))
        let reader = readers.min()
        if let reader, !frame.plane.prefills(reader, on: Stockholm.day(of: filing.at)) { return true }
        let front = frame.plane.front.flatMap { front in isMember(filing, front) ? front : nil }
        return !deliveries.contains { one in
            guard one.type == type, one.outcome == .heard, let known = one.known, known <= filing.at,
                filing.people.contains(one.subject)
            else { return false }
            return one.agency.owner == filing.owner
                || front?.has(Party(one.agency.owner, one.branch), one.agency) ?? false
        }
    }

    /// The satisfaction proxy of 10.
    func proxy(_ values: [String: Double], _ frame: LifeFrame) -> Double {
        let proxy = frame.measures.proxy
        func value(_ metric: Metric) -> Double { values[metric.key] ?? 0 }
        let waiting = max(0, value(.days) - (frame.floor ?? value(.days)))
        let burden =
            proxy.bodies * Numeric.logarithm(max(1, value(.bodies))) + proxy.again
            * Numeric.logarithm(1 + value(.again))
            + proxy.chasing * Numeric.logarithm(1 + value(.chasing)) + proxy.waiting * Numeric.logarithm(1 + waiting)
            + proxy.harm * (value(.harm) + value(.cold))
        return min(proxy.most, 10 / (1 + Numeric.exponential(burden - proxy.level)))
    }
}
