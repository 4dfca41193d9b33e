import LifeEvents

/// Whose case it is, and in which world.
struct CaseKey: Hashable, Sendable {
    var world: Int32
    var agency: AgencyID
    var subject: Subject
}

/// The keys of an agency's cases by their slots, 16 bytes each instead of the 32 of a ``CaseKey``: a runner plays a few
/// agencies, of which each has a number here.
struct CaseKeys {
    private struct Compact {
        var subject: Subject
        var world: Int32
        var agency: UInt16
    }

    private var keys = PagedArray(
        repeating: Compact(subject: Subject(seed: 0, scenario: "", case: "", name: ""), world: -1, agency: 0))
    /// The agencies that ever had a case, by their numbers.
    private var agencies: [AgencyID] = []
    private var numbers: [AgencyID: UInt16] = [:]

    /// How much memory a key takes, bytes.
    static var bytesOfKey: Int { MemoryLayout<Compact>.stride }

    /// How many slots there is room for: whole pages.
    var count: Int { keys.count }

    mutating func appendPage() { keys.appendPage() }

    /// The key in a slot; one that was never set is that of the bus in no world.
    subscript(slot: Int) -> CaseKey {
        get {
            let key = keys[slot]
            return CaseKey(
                world: key.world, agency: agencies.isEmpty ? .livsbuss : agencies[Int(key.agency)], subject: key.subject
            )
        }
        set {
            keys[slot] = Compact(subject: newValue.subject, world: newValue.world, agency: number(of: newValue.agency))
        }
    }

    /// Whether a slot has a key.
    func holds(_ key: CaseKey, in slot: Int) -> Bool {
        let own = keys[slot]
        return own.subject == key.subject && own.world == key.world && agencies[Int(own.agency)] == key.agency
    }

    /// A country has some 300 municipalities and 21 regions, and an owner's numbers have at most four digits.
    static let mostAgencies = Int(UInt16.max) + 1

    private mutating func number(of agency: AgencyID) -> UInt16 {
        if let number = numbers[agency] { return number }
        precondition(agencies.count < Self.mostAgencies, "a runner plays at most \(Self.mostAgencies) agencies")
        let number = UInt16(agencies.count)
        agencies.append(agency)
        numbers[agency] = number
        return number
    }
}
