import Contracts
public import LifeEvents

/// Who is on the bus and since when, in a plane in which not all are.
public struct Joining: Sendable {
    /// The rules; of those that are for somebody the first counts.
    public let rules: [AdoptionRule]
    /// Those that join together.
    public let groups: [PlaneGroup]
    /// What municipalities' systems can take in; nil: all take what comes.
    public let vendor: VendorRule?
    /// Whose mappings break; nil: nobody's.
    public let drift: DriftRule?
    /// The day as on which all have joined that have, whenever a message is; nil: the message's own day.
    public let asOf: Day?
    /// By rule: the day on which each of its agencies joins, of owners that are many agencies.
    private let memberDays: [[AgencyID: Day?]]

    /// Nobody has joined anything, and nothing stands between.
    public static let none = Joining(rules: [], groups: [], vendor: nil, drift: nil)

    /// By its parts.
    init(rules: [AdoptionRule], groups: [PlaneGroup], vendor: VendorRule?, drift: DriftRule?, asOf: Day? = nil) {
        self.rules = rules
        self.groups = groups
        self.vendor = vendor
        self.drift = drift
        self.asOf = asOf
        memberDays = rules.map { rule in Self.days(of: rule, groups) }
    }

    /// The day from which a branch of an agency is on the bus, and the rule; nil: never.
    /// - Parameter branch: nil: any of its branches.
    public func joins(_ agency: AgencyID, _ branch: Branch? = nil) -> (day: Day, rule: AdoptionRule)? {
        // order-free: a list with a table for each rule, each asked for one key
        for (rule, days) in zip(rules, memberDays) where rule.isFor(agency, branch) {
            let day =
                if let known = days[agency] {
                    known
                } else {
                    // Of who is one there is no order; of who stands in no table chance alone makes it.
                    rule.joins(
                        rank: agency.number == nil ? 0 : agency.share(of: "adoption"),
                        lateness: Self.lateness(rule, agency))
                }
            return day.map { ($0, rule) }
        }
        return nil
    }

    /// Whether an agency is on the bus on a day.
    func has(_ agency: AgencyID, on day: Day) -> Bool { joins(agency).map { $0.day <= asOf ?? day } ?? false }

    /// The rule by which a message goes over the bus; nil: the source or the reader has not joined.
    public func rule(from source: AgencyID, to reader: AgencyID, _ branch: Branch, on day: Day) -> AdoptionRule? {
        guard !rules.isEmpty, has(source, on: day), let other = joins(reader, branch), other.day <= asOf ?? day
        else { return nil }
        return other.rule
    }

    /// How many adapters are built by a day, and for how many agencies of an owner: a group needs one.
    public func adapters(of owner: Owner, by day: Day) -> (adapters: Int, agencies: Int) {
        var (single, agencies) = (0, 0)
        var groupsBuilt: Set<String> = []
        for agency in Self.agencies(of: owner) ?? [] {
            guard let joined = joins(agency), joined.day <= day else { continue }
            agencies += 1
            if let group = groups.first(where: { $0.members.contains(agency) }) {
                groupsBuilt.insert(group.name)
            } else {
                single += 1
            }
        }
        return (single + groupsBuilt.count, agencies)
    }

    /// The agencies of an owner that is many, in the order of their codes; nil: they stand in no table.
    static func agencies(of owner: Owner) -> [AgencyID]? {
        switch owner {
        case .kommun: Municipalities.all.map(\.agency)
        case .region: Regions.agencies
        default: nil
        }
    }

    // MARK: - Order

    private static func days(of rule: AdoptionRule, _ groups: [PlaneGroup]) -> [AgencyID: Day?] {
        var days: [AgencyID: Day?] = [:]
        for owner in [Owner.kommun, .region] {
            guard let members = agencies(of: owner), members.contains(where: { rule.isFor($0, nil) }) else { continue }
            let ranks = ranks(members, rule.order)
            for (agency, rank) in zip(members, ranks) {
                let group = groups.first { $0.members.contains(agency) }
                // A group joins when the first of it would.
                let first = group.map { group in
                    zip(members, ranks).filter { group.members.contains($0.0) }.map(\.1).min() ?? rank
                }
                let late = group?.members.min() ?? agency
                days.updateValue(rule.joins(rank: first ?? rank, lateness: lateness(rule, late)), forKey: agency)
            }
        }
        return days
    }

    /// The place of each in the order, as a share.
    static func ranks(_ members: [AgencyID], _ order: AdoptionRule.Order) -> [Double] {
        let sizes = sizeShares(members)
        func weight(_ place: Int) -> Double {
            let agency = members[place]
            let chance = agency.share(of: "adoption")
            switch order {
            case .sizeAndChance: return 0.6 * sizes[place] + 0.4 * chance
            case .size: return sizes[place]
            case .random: return chance
            case .listed(let listed):
                return listed.firstIndex(of: agency).map { Double($0) - Double(listed.count) } ?? chance
            }
        }
        let weights = members.indices.map(weight)
        let sorted = members.indices.sorted { (weights[$0], members[$0]) < (weights[$1], members[$1]) }
        var ranks = Array(repeating: 0.0, count: members.count)
        for (rank, place) in sorted.enumerated() { ranks[place] = Double(rank) / Double(members.count) }
        return ranks
    }

    /// The share of those that are larger.
    private static func sizeShares(_ members: [AgencyID]) -> [Double] {
        func size(_ agency: AgencyID) -> Int {
            guard let number = agency.number.map({ Int($0) }) else { return 0 }
            if agency.owner == .kommun { return Municipalities.municipality(number)?.population ?? 0 }
            return Municipalities.all.filter { $0.agency.surroundingRegion == agency }.reduce(0) { $0 + $1.population }
        }
        let sizes = members.map(size)
        let sorted = members.indices.sorted { (-sizes[$0], members[$0]) < (-sizes[$1], members[$1]) }
        var shares = Array(repeating: 0.0, count: members.count)
        for (rank, place) in sorted.enumerated() { shares[place] = Double(rank) / Double(members.count) }
        return shares
    }

    private static func lateness(_ rule: AdoptionRule, _ agency: AgencyID) -> Int {
        var stream = RandomStream(state: UInt64(agency.share(of: "late") * 0x1p53))
        return rule.late.draw(&stream)
    }
}

extension AdoptionRule {
    /// Whether a branch of an agency is meant; `branch` nil: any of its branches.
    func isFor(_ agency: AgencyID, _ branch: Branch?) -> Bool {
        readers.contains { pattern in
            guard let branch else {
                switch pattern {
                case .all: return true
                case .owner(let owner): return owner == agency.owner
                case .branch(let party): return party.owner == agency.owner
                case .agency(let own): return own == agency
                case .party, .people: return false
                }
            }
            return pattern.matches(Party(agency.owner, branch), agency)
        }
    }
}
