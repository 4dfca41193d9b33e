public import LifeEvents

/// When those that a plane names join the bus: a part of them at once, along a curve, or all by a day.
///
/// Of many agencies, as municipalities, the order in which they join is stable: 30 % of them are among the 60 % of a larger
/// share. Those of one group join together.
public struct AdoptionRule: Sendable {
    /// How many have joined by when.
    public enum Pace: Sendable {
        /// A part, from a day on; nil: always.
        case share(Double, from: Day?)
        /// A part that grows along a logistic curve.
        case curve(Curve)
    }

    /// A logistic curve, as Mina meddelanden's of municipalities: 92 of 290 in December 2020, 131 in May 2022.
    public struct Curve: Sendable {
        /// The share that it nears.
        public let plateau: Double
        /// How steep it is, a year.
        public let rate: Double
        /// The year, with its part, at which half of the plateau has joined.
        public let middle: Double

        /// The share that has joined by a day.
        public func share(on day: Day) -> Double {
            let year = 1970 + Double(day.number) / 365.2425
            return plateau / (1 + Numeric.exponential(-rate * (year - middle)))
        }
    }

    /// In which order agencies of one owner join.
    public enum Order: Sendable {
        /// The larger ones rather first: six tenths size, four tenths chance.
        case sizeAndChance
        /// The larger ones first.
        case size
        /// By chance.
        case random
        /// As they are listed; who is not listed comes after them by chance.
        case listed([AgencyID])
    }

    /// Whom it is for.
    public let readers: [ReaderPattern]
    /// How many by when.
    public let pace: Pace
    /// In which order.
    public let order: Order
    /// The day by which all must have joined; nil: nobody must.
    public let mandatory: Day?
    /// Months that they are late then.
    public let late: Spread
    /// How sure it is.
    public let mark: Mark
    /// Who says so; nil: nobody.
    public let source: String?
    /// Where it stands.
    public let file: String
    /// Where it stands, from 1.
    public let line: Int

    /// `bus-2027.yaml:5`.
    public var place: String { "\(file.split(separator: "/").last ?? ""):\(line)" }

    /// The first day on which somebody with a place in the order has joined; nil: never.
    /// - Parameters:
    ///   - rank: the share of those before it, from 0 to below 1.
    ///   - lateness: months that it is late when all must.
    func joins(rank: Double, lateness: Int) -> Day? {
        precondition(0..<1 ~= rank, "a place in an order is a share of those in it")
        let free: Day? =
            switch pace {
            case .share(let share, let from): rank < share ? from ?? .earliest : nil
            case .curve(let curve): Self.first { curve.share(on: $0) > rank }
            }
        guard let forced = mandatory?.adding(months: lateness) else { return free }
        return min(free ?? forced, forced)
    }

    /// The first day of 2000 to 2199 from which on something holds; nil: it does not within them.
    private static func first(_ holds: (Day) -> Bool) -> Day? {
        // 2000-01-01 and 2199-12-31.
        var (low, high): (Int32, Int32) = (10_957, 84_005)
        guard holds(Day(number: high)) else { return nil }
        while low < high {
            let middle = low + (high - low) / 2
            if holds(Day(number: middle)) { high = middle } else { low = middle + 1 }
        }
        return Day(number: low)
    }
}

/// Municipalities that share one configuration and one adapter, and join together.
public struct PlaneGroup: Sendable {
    /// Its name.
    public let name: String
    /// Its members.
    public let members: [AgencyID]
}

/// What a municipality's case system can take in, by its vendor.
public struct VendorRule: Sendable {
    /// What a system can do.
    public enum Kind: String, CaseIterable, Sendable {
        /// It takes messages as they come.
        case open
        /// It takes a file each working night.
        case file
        /// Somebody types from a printed list.
        case print
    }

    /// The share of systems that are open, and that take files; the others are typed into.
    public let shares: (open: Double, file: Double)
    /// Working days until somebody has typed it.
    public let rekey: Spread
    /// Municipalities of which it is known.
    public let known: [AgencyID: Kind]
    /// Where it stands.
    public let place: String

    /// What a municipality's system can do.
    public func kind(of agency: AgencyID) -> Kind {
        if let kind = known[agency] { return kind }
        let share = agency.share(of: "vendor")
        return share < shares.open ? .open : share < shares.open + shares.file ? .file : .print
    }
}

/// Municipalities that read a type in a way of their own, which a change breaks until somebody has mended it.
public struct DriftRule: Sendable {
    /// Which share of municipalities does, for each type.
    public let share: Double
    /// Of which types.
    public let types: [TypePattern]
    /// From when on; each breaks on a day of the year that follows.
    public let from: Day
    /// Working days until it is mended.
    public let repair: Spread
    /// Where it stands.
    public let place: String

    /// Calendar days over which mappings break, each on one of them.
    private static let yearDays = 365

    /// The days from which and before which a municipality does not understand a type; nil: it always does.
    public func broken(_ agency: AgencyID, _ type: String) -> Range<Day>? {
        guard types.contains(where: { $0.matches(type) }), agency.share(of: "drift", type) < share else { return nil }
        let day = from.adding(days: Int(agency.share(of: "drift day", type) * Double(Self.yearDays)))
        var stream = RandomStream(state: UInt64(agency.share(of: "drift repair", type) * 0x1p53))
        let mended = Office.after(max(1, repair.draw(&stream)), day)
        return day..<mended
    }
}

extension AgencyID {
    /// A share from 0 to below 1 that hangs on the agency and a purpose alone: the same in every run and plane.
    func share(of purpose: String, _ other: String = "") -> Double {
        var hash = SipHash24(key: SipHash24.Key(0x7368_6172_6500_0000, 0x706C_616E_6500_0000))
        hash.append(field: purpose)
        hash.append(field: other)
        feed(&hash)
        return Double(hash.finalize() >> 11) * 0x1p-53
    }
}
