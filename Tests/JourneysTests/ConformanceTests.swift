import Foundation
import Testing

/// `livsbuss conformance` finds what is wrong with a program, and nothing in what is right.
@Suite struct ConformanceTests {
    private static let landlord = "python3 \(RealBinary.repository)/Tests/JourneysTests/Programs/landlord.py"

    /// The journeys in which landlords take part, without the long ones.
    private static let journeys = ["move/control", "move/moved-to-your-address"].flatMap {
        ["--scenarios", RealBinary.scenario($0)]
    }

    private func conformance(
        _ program: String, agency: String = "hyresvard-01", journeys: [String] = Self.journeys, _ more: [String] = [],
        in folder: Folder? = nil
    ) throws -> (exitCode: Int32, stdout: String, stderr: String) {
        try livsbuss(
            ["conformance", "--agency", agency, "--exec", program, "--topics", RealBinary.topics] + journeys + more,
            in: folder)
    }

    @Test(arguments: [
        ("wrong-causation", "causes"), ("random-ids", "chance"), ("lost-order", "order"),
        ("answers-too-late", "times"), ("undeclared-topic", "rights"), ("ignores-annulment", "annulments"),
        ("over-discloses", "disclosure"), ("dies-on-an-unknown-type", "unknown"),
    ])
    func `a planted fault is found, and its clause named`(fault: String, clause: String) throws {
        let (code, output, error) = try conformance("\(Self.landlord) \(fault)")
        #expect(code == 1, "\(output)\(error)")
        #expect(output.contains("broken   \(clause)"), "\(output)")
        let others = ["begins", "refusals", "schema"].filter { output.contains("broken   \($0)") }
        #expect(others.isEmpty || fault == "undeclared-topic" || fault == "wrong-causation", "\(output)")
    }

    @Test func `without a fault the same program conforms`() throws {
        let folder = try Folder()
        let (code, output, error) = try conformance(Self.landlord, ["--junit", "c.xml"], in: folder)
        #expect(code == 0, "\(output)\(error)")
        #expect(output.hasSuffix("hyresvard-01 conforms\n") && !output.contains("untried"))
        let xml = folder.read("c.xml")
        #expect(xml.contains("tests=\"15\" failures=\"0\"") && xml.contains("classname=\"times\""))
    }

    @Test(arguments: ProgramAgencyTests.runnable)
    func `the examples conform`(_ example: ProgramAgencyTests.Example) throws {
        let agency = example.owner == "hyresvard" ? "hyresvard-01" : example.owner
        let (code, output, error) = try conformance(
            example.command, agency: agency,
            journeys: example.scenarios.flatMap { ["--scenarios", RealBinary.scenario($0)] })
        #expect(code == 0, "\(output)\(error)")
    }

    @Test func `evidence can be checked by somebody else, and tells what has changed`() throws {
        let folder = try Folder()
        try FileManager.default.copyItem(
            atPath: "\(RealBinary.repository)/Tests/JourneysTests/Programs/landlord.py",
            toPath: "\(folder.path)/own.py")
        let made = try conformance("python3 own.py", ["--evidence", "bundle"], in: folder)
        try #require(made.exitCode == 0, "\(made.stdout)\(made.stderr)")
        let checked = try livsbuss(["verify", "bundle"], in: folder)
        #expect(checked.exitCode == 0 && checked.stdout.contains("hyresvard-01 conforms"), "\(checked.stdout)")
        #expect(folder.read("bundle/exchanges.jsonl").contains("\"type\":\"skatteverket.need.tenancy.v1\""))
        try folder.write("bundle/report.txt", "all is well\n")
        try folder.write("own.py", "print('hello')\n")
        let changed = try livsbuss(["verify", "bundle"], in: folder)
        #expect(changed.exitCode == 1)
        #expect(changed.stdout.contains("differs  bundle bundle/report.txt"))
        #expect(changed.stdout.contains("differs  program own.py"))
        let nothing = try livsbuss(["verify", "."], in: folder)
        #expect(nothing.exitCode == 2)
    }

    @Test(arguments: [
        (["--agency", "hyresvard-01", "--exec", "./not-there"], 1, "cannot be started"),
        (["--agency", "hyresvard-01"], 64, "--exec names the program"),
        (["--agency", "Nobody", "--exec", "true"], 64, "--agency is an agency"),
    ])
    func `what cannot be tried is told`(arguments: [String], code: Int, text: String) throws {
        let (exitCode, output, error) = try livsbuss(["conformance", "--topics", RealBinary.topics] + arguments)
        #expect(Int(exitCode) == code && (output + error).contains(text), "\(exitCode): \(output)\(error)")
    }
}
