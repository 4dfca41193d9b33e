import Testing

/// A run is put together in one place: nothing but `RunSetup` makes what plays it, or connects it to a broker.
enum OneRunRule {
    private static let made = ["Engine", "Conductor", "Bus"]
    private static let rooms = ["Sources/Simulation/", "Sources/Runs/"]
    /// Two play a conductor on a log of their own, without any broker; the others ask a bus, and play nothing. There is
    /// nothing that `RunSetup` could put together.
    private static let single = [
        "Tests/SimulationTests/GeneratedRun.swift", "Tests/SimulationTests/ConductorPartsTests.swift",
        "Tests/SimulationTests/BusFloodTests.swift",
        "Tests/SimulationTests/BusRenewalTests.swift",
    ]

    static func violations(in file: SourceFile) -> [Violation] {
        guard !rooms.contains(where: file.path.hasPrefix), !single.contains(file.path) else { return [] }
        return file.tokens.indices.compactMap { index in
            guard made.contains(file.word(index)), file.word(index + 1) == "(" else { return nil }
            return file.violation(file.tokens[index].line, "\(file.word(index)) is made by RunSetup only")
        }
    }
}

@Suite struct OneRunTests {
    @Test func `a run is put together in one place`() throws {
        let found = try (Repository.files(below: "Sources") + Repository.files(below: "Tests"))
            .flatMap(OneRunRule.violations)
        #expect(found.isEmpty, "\(report(found))")
    }

    @Test func `a second place is found`() {
        let file = SourceFile(path: "Sources/livsbuss/Other.swift", text: "let engine = Engine(settings: settings)\n")
        #expect(OneRunRule.violations(in: file).map(\.line) == [1])
    }
}
