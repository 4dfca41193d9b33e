import Testing

/// What `livsbuss explain-error` shows of the failures of a run is what the language takes.
@Suite struct ExplainedExampleTests {
    private static let head = """
        version: 1
        start: Mon 2026-03-02T08:00
        until: +60d

        """
    private static let given = """
        given:
          citizens:
            mother: {born: 1990-01-01, municipality: "1780"}
            daughter: {born: 2015-01-01, municipality: "1780"}
            anna: {born: 1991-01-01, municipality: "1780"}
            liv: {unborn: true}
          agencies: [skatteverket, forsakringskassan, region-17]

        """
    private static let steps = """
        steps:
          - id: application
            at: +0d 09:00
            citizen: anna
            action: file
            form: name
            to: skatteverket
            data: {given: A, family: B}
          - id: notice
            at: +1d 06:30
            publish: region.birth-notice.v1
            from: region-17
            for: anna
            data: {child: $liv, sex: female, bornAt: notice 03:14, birthOrder: 1}

        """

    @Test func `every example of a failure is one that a scenario may hold`() throws {
        let folder = try Folder()
        let codes = try livsbuss(["explain-error"], in: folder).stdout.split(separator: "\n")
            .map { String($0.prefix(4)) }.filter { $0.hasPrefix("A") }
        #expect(codes.count > 20)
        var examples = 0
        for code in codes {
            let lines = try livsbuss(["explain-error", code], in: folder).stdout.split(separator: "\n")
                .filter { $0.hasPrefix("    ") }.map { $0.dropFirst(4) }
            guard let first = lines.first else { continue }
            examples += 1
            let example = lines.joined(separator: "\n") + "\n"
            // A citizen of an example is the one that the scenario has already.
            let citizen = first.firstMatch(of: /^given: \{citizens: \{anna: \{(.*)\}\}\}$/).map {
                "anna: {\($0.output.1), "
            }
            let given = Self.given.replacing("anna: {", with: citizen ?? "anna: {")
            let rest = citizen != nil ? "" : first.hasPrefix("-") ? "  " + example : example
            let text = "scenario: \(code.lowercased())\n" + Self.head + given + Self.steps + rest
            try folder.write("\(code).yaml", text)
        }
        #expect(examples > 20)
        let check = try livsbuss(["check", ".", "--topics", RealBinary.topics], in: folder)
        #expect(check.exitCode == 0, "\(check.stderr)")
    }
}
