extension Municipalities {
    /// The agency of a code as data says it, `1780`; nil for a text that is no code of four digits.
    public static func agency(code: String) -> AgencyID? {
        // Int alone would also read a sign.
        guard code.utf8.count == 4, code.utf8.allSatisfy({ 0x30...0x39 ~= $0 }), let number = Int(code) else {
            return nil
        }
        return AgencyID(owner: .kommun, number: number)
    }

    /// The name for a citizen's letter: `Karlstad`; a code that is not in the table is its own name.
    public static func name(code: String) -> String {
        guard let number = Int(code), let found = municipality(number) else { return code }
        return found.name
    }

    /// The row of a code; nil if there is no such municipality. A binary search.
    public static func municipality(_ number: Int) -> Municipality? {
        var low = 0
        var high = all.count
        while low < high {
            let middle = (low + high) / 2
            if all[middle].number < number { low = middle + 1 } else { high = middle }
        }
        return low < all.count && all[low].number == number ? all[low] : nil
    }

    /// Whether there is a municipality with a code of four digits.
    public static func has(code: String) -> Bool {
        agency(code: code)?.number.flatMap { municipality(Int($0)) } != nil
    }

    /// The codes of a county's, rising; empty if there is no such county.
    /// - Parameter county: two digits.
    public static func codes(ofCounty county: String) -> [String] {
        all.compactMap(\.agency.code).filter { $0.hasPrefix(county) }
    }

    /// Whether a county has a single municipality, as Gotland has.
    /// - Parameter county: its number, 1 to 25.
    public static func isOnlyOne(inCounty county: Int) -> Bool {
        all.lazy.filter { $0.number / 100 == county }.prefix(2).count == 1
    }
}
