import LifeEvents

/// Municipalities as the command line names them.
enum MunicipalityChoice {
    /// The codes of `1780,0180`, `all` or `sample:30`; none of an empty text.
    ///
    /// A sample has every so-manieth of all by population, from the largest to the smallest.
    /// - Returns: nil for what is none of these.
    static func codes(_ text: String) -> [String]? {
        guard !text.isEmpty else { return [] }
        let all = Municipalities.all
        if text == "all" { return all.compactMap(\.agency.code) }
        if text.hasPrefix("sample:") {
            guard let count = Int(text.dropFirst("sample:".count)), 1...all.count ~= count else {
                return nil
            }
            let sorted = all.sorted { (-$0.population, $0.number) < (-$1.population, $1.number) }
            return (0..<count).compactMap { sorted[$0 * all.count / count].agency.code }.sorted()
        }
        var codes: [String] = []
        for code in text.split(separator: ",", omittingEmptySubsequences: false).map(String.init) {
            guard Municipalities.has(code: code) else { return nil }
            if !codes.contains(code) { codes.append(code) }
        }
        return codes
    }
}
