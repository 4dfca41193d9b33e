import Foundation
import Testing

/// Comparisons and planes as the command line has them.
@Suite struct CompareCommandTests {
    private static let planes = ["silo", "nav", "bus", "bus-2027", "nav-norge", "kela", "udbetaling"]

    @Test func `every plane of this repository reaches each reader, by rows that somebody goes by`() throws {
        let folder = try Folder()
        let run = try livsbuss(["plane", "check", "--quiet"] + Self.planes, in: folder)
        #expect(run.exitCode == 0 && run.stderr.isEmpty, "\(run.stderr)")
    }

    @Test func `a script of its own counts the same contacts from the messages, for three journeys`() throws {
        let folder = try Folder()
        let run = try livsbuss(
            ["compare"] + ["first-child", "death", "arrived"].map(RealBinary.scenario) + [
                "--planes", "silo,bus", "--lives", "4", "--csv", "lives.csv", "--messages", "messages",
            ], in: folder)
        #expect(run.exitCode == 0, "\(run.stderr)")
        let script = "\(RealBinary.repository)/scripts/recompute-contacts"
        let measures = "\(RealBinary.repository)/Planes/measures.yaml"
        func count(_ table: String) throws -> (text: String, code: Int32) {
            let child = try Child("/usr/bin/env", ["python3", script, table, "messages", measures], in: folder)
            let code = child.wait()
            return (child.standardOutput, code)
        }
        let counted = try count("lives.csv")
        // Four numbers of four lives in two planes, for each journey.
        #expect(counted.text == "96 numbers of 6 files, 0 not equal\n" && counted.code == 0)
        // A number that is wrong is found.
        let wrong = folder.read("lives.csv").replacing(
            "death,contacts-public,silo,,1,", with: "death,contacts-public,silo,,1,9")
        try folder.write("wrong.csv", wrong)
        let found = try count("wrong.csv")
        #expect(found.text.contains("death, silo, life 1, contacts-public") && found.code == 1)
    }

    /// What `make run` plays.
    private static let three = ["first-child", "elder-care", "company"].map(RealBinary.scenario)

    @Test func `the picture of the README is what the program draws`() throws {
        let folder = try Folder()
        let run = try livsbuss(
            ["compare"] + Self.three + ["--planes", "silo,bus", "--lives", "40", "--brief", "--picture", "own.svg"],
            in: folder)
        #expect(run.exitCode == 0, "\(run.stderr)")
        let kept = "\(RealBinary.repository)/docs/silo-beside-bus.svg"
        if ProcessInfo.processInfo.environment["LIVSBUSS_REWRITE_SNAPSHOTS"] != nil {
            try folder.read("own.svg").write(toFile: kept, atomically: true, encoding: .utf8)
        }
        #expect(folder.read("own.svg") == (try String(contentsOfFile: kept, encoding: .utf8)))
        let parser = try Child(
            "/usr/bin/env", ["python3", "-c", "import xml.dom.minidom; xml.dom.minidom.parse('own.svg')"], in: folder)
        #expect(parser.wait() == 0, "\(parser.standardError)")
        // A sentence and four numbers of each.
        let lines = run.stdout.split(separator: "\n")
        #expect(lines.count == 3 * 6 + 1)
        #expect(lines.count { $0.contains("bus spares") } == 3)
        let make = try String(contentsOfFile: "\(RealBinary.repository)/Makefile", encoding: .utf8)
        #expect(make.contains("compare $(THREE) --planes silo,bus --lives 40 --brief"))
        #expect(Self.three.allSatisfy { make.contains("Scenarios/" + ($0.split(separator: "/").last ?? "")) })
    }

    @Test(arguments: [
        ["--municipalities", "1799"], ["--municipalities", "sample:0"], ["--municipalities", "sample:291"],
        ["--municipalities", "Karlstad"], ["--lives", "1001", "--messages", "m"],
    ])
    func `what cannot be compared is refused with what to write`(options: [String]) throws {
        let run = try livsbuss(["compare", RealBinary.scenario("death")] + options, in: try Folder())
        #expect(run.exitCode == 64 && run.stdout.isEmpty)
        #expect(run.stderr.contains(options[0]) || run.stderr.contains("--messages"))
    }
}
