/// What would make two runs of one scenario differ: ambient time, ids and chance, and the order of hashed collections.
enum DeterminismRule {
    static let rooms = ["LifeEvents", "AgencyKit", "Agencies", "CitizenStatus", "Planes", "Hosting", "Simulation"]

    static func violations(in file: SourceFile) -> [Violation] {
        (ambient(in: file) + UnorderedIteration(file).violations()).sorted { $0.line < $1.line }
    }

    /// Each as the tokens it consists of; there is no way to allow one.
    private static let forbidden: [[String]] = [
        ["Date", "(", ")"], ["Date", ".", "now"], ["Date", ".", "init", "(", ")"],
        ["Date", "(", "timeIntervalSinceNow"],
        ["UUID", "(", ")"], ["SystemRandomNumberGenerator"], [".", "random", "(", "in"], [".", "random", "(", ")"],
        [".", "random", "(", "using"], [".", "randomElement"],
        [".", "shuffled", "("], [".", "shuffle", "("], [".", "hashValue"], ["Hasher", "(", ")"],
        ["Task", "{"], ["Task", "(", "priority"], ["Task", ".", "detached"], ["Task", ".", "sleep"],
        ["ContinuousClock"], ["SuspendingClock"], ["DispatchTime", ".", "now"], ["systemUptime"],
        ["clock_gettime…"], ["gettimeofday"], ["time", "(", "nil"], ["arc4random…"], ["getrandom"],
    ]

    private static func ambient(in file: SourceFile) -> [Violation] {
        var found: [Violation] = []
        for index in file.tokens.indices {
            for words in forbidden where file.matches(words, at: index) {
                let text = (index..<index + words.count).map(file.word).joined()
                found.append(file.violation(file.tokens[index].line, "\(text) is not the same in every run"))
            }
        }
        return found
    }
}
