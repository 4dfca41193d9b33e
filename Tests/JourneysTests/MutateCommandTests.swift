import Testing

/// `livsbuss mutate`: would anybody notice?
@Suite struct MutateCommandTests {
    private static func scenario(_ expectation: String) -> String {
        """
        # A name is filed.
        scenario: filed
        version: 1
        start: 2026-03-02T08:00
        until: +10d
        given:
          agencies: [skatteverket]
          citizens: {anna: {born: 1990-01-01, municipality: "1780"}}
        steps:
          - {id: name, at: +0d 09:00, citizen: anna, action: file, form: name, to: skatteverket, data: {given: A, family: B}}
          - {id: again, at: +5d 09:00, citizen: anna, action: file, form: name, to: skatteverket, data: {given: A, family: B}}
          - expect: \(expectation)

        """
    }

    @Test(
        arguments: [
            ("{message: skatteverket.filing.name.v1, for: anna, data: {given: A}, after: start, within: 1d}", 1, 3),
            ("{message: skatteverket.filing.name.v1, for: anna, data: {given: A}, within: 1d}", 0, 3),
            ("{count: {message: skatteverket.filing.name.v1, for: anna, equals: 2}, after: start, until: end}", 0, 2),
        ])
    func `an expectation that is met although it is false is told with its place`(
        expectation: String, survivors: Int, count: Int
    ) throws {
        let folder = try Folder()
        try folder.write("filed.yaml", Self.scenario(expectation))
        let run = try livsbuss(["mutate", "filed.yaml", "--min", "100"], in: folder)
        // The second message comes after the window of the first, and is as good.
        #expect(run.exitCode == (survivors == 0 ? 0 : 1), "\(run.stderr)")
        #expect(
            run.stdout.contains("\(count - survivors) of \(count) wrong expectations were noticed"), "\(run.stdout)")
        #expect(
            run.stdout.contains("filed.yaml:12:13: the window is wrong in step-3, met by what came at 2026-03-07 09:00")
                == (survivors == 1))
    }

    @Test func `what cannot be made false is no full measure`() throws {
        let folder = try Folder()
        try folder.write(
            "filed.yaml", Self.scenario("{message: skatteverket.filing.name.v1, after: start, until: end}"))
        let run = try livsbuss(["mutate", "filed.yaml", "--min", "1"], in: folder)
        #expect(run.exitCode == 1, "\(run.stderr)")
        #expect(run.stdout == "no expectations could be made wrong, so nothing was measured\n")
    }

    @Test func `what fails as it is notices nothing, and is told so`() throws {
        let folder = try Folder()
        try folder.write("filed.yaml", Self.scenario("{message: skatteverket.birth.v1, within: 1d}"))
        let run = try livsbuss(["mutate", "filed.yaml"], in: folder)
        #expect(run.exitCode == 1)
        #expect(run.stderr.contains("fails as it is"), "\(run.stderr)")
    }

    /// Those of one life event here; `.ci/run` asks all of them.
    @Test func `the shipped expectations notice what is wrong`() throws {
        let run = try livsbuss(["mutate", "\(RealBinary.repository)/Scenarios/move", "--min", "99"])
        #expect(run.exitCode == 0, "\(run.stdout.suffix(3_000))\(run.stderr)")
    }

    #if MUTATIONS
        @Test func `a wrong rule is noticed by a scenario that tests it, and told where none does`() throws {
            let folder = try Folder()
            let studies = "\(RealBinary.repository)/Scenarios/studies"
            let run = try livsbuss(["mutate", studies, "--rules", "--owner", "csn", "--sample", "3"], in: folder)
            #expect(run.exitCode == 0, "\(run.stderr)")
            let percent = try #require(run.stdout.split(separator: " ").last { Int($0) != nil }.flatMap { Int($0) })
            #expect(percent >= 50, "\(run.stdout)")
            // A scenario that hears nothing of CSN notices nothing of its rules.
            try folder.write("filed.yaml", Self.scenario("{message: skatteverket.filing.name.v1, within: 1d}"))
            let none = try livsbuss(
                ["mutate", "filed.yaml", "--rules", "--owner", "csn", "--sample", "3", "--min", "1"], in: folder)
            #expect(none.exitCode == 1)
            #expect(none.stdout.contains("no scenario exercises it"), "\(none.stdout)\(none.stderr)")
        }

        @Test(arguments: ["", "condition|x", "timer|csn|x|y", "code|csn|name|U99", "condition|f|1|2|maybe"])
        func `what is no change of a rule is refused`(text: String) throws {
            let folder = try Folder()
            try folder.write("filed.yaml", Self.scenario("{message: skatteverket.filing.name.v1, within: 1d}"))
            let run = try livsbuss(["run", "filed.yaml", "--mutate", text], in: folder)
            #expect(run.exitCode == 2)
            #expect(run.stderr.contains("is no change of a rule"), "\(run.stderr)")
        }
    #endif
}
