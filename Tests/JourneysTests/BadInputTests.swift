import Foundation
import SQLite
import Testing

/// What is refused, with which exit code, and in words that name the place.
@Suite struct BadInputTests {
    static let good = """
        scenario: small
        version: 1
        start: 2026-03-02T08:00
        given: {citizens: {anna: {number: "19968505-2384"}}, agencies: [skatteverket, region-17]}
        steps:
        - {at: +1d, publish: region.medical-certificate.v1, from: region-17, for: anna, data: {certificateType: sickness, contentRef: c-1, addressee: forsakringskassan}}
        until: 2026-03-04
        """

    @Test(arguments: [
        ("for: anna,", "form: anna,", "6:70", "unknown key `form`"),
        ("at: +1d", "at: 2026-02-30", "6:8", "there is no day 2026-02-30"),
        ("2384", "2383", "4:35", "check digit"),
        ("for: anna,", "for: bo,", "6:75", "no person `bo` is declared"),
        ("region.medical-certificate.v1", "region.medical-certficate.v1", "6:22", "region.medical-certificate.v1"),
        ("steps:", "steps: [", "6:1", "a value was expected here"),
    ])
    func `a bad file is refused with its line and column`(old: String, new: String, place: String, words: String) throws
    {
        let folder = try Folder()
        let file = try folder.write("small.yaml", Self.good.replacing(old, with: new))
        let run = try livsbuss(["run", file], in: folder)
        #expect(run.exitCode == 2)
        #expect(run.stdout.isEmpty)
        #expect(run.stderr.contains("\(file):\(place)"), "\(run.stderr)")
        #expect(run.stderr.contains(words), "\(run.stderr)")
    }

    @Test func `the file that the bad ones are made of is good`() throws {
        let folder = try Folder()
        let run = try livsbuss(["run", folder.write("small.yaml", Self.good)], in: folder)
        #expect(run.exitCode == 0, "\(run.stderr)")
    }

    @Test func `two scenarios of one name are refused with both places`() throws {
        let folder = try Folder()
        let files = try ["a.yaml", "b.yaml"].map { try folder.write($0, Self.good) }
        let run = try livsbuss(["run"] + files, in: folder)
        #expect(run.exitCode == 2)
        for file in files { #expect(run.stderr.contains("\(file):1:11"), "\(run.stderr)") }
        #expect(run.stderr.contains("small"))
    }

    @Test(arguments: [["/no/such/file.yaml"], ["no-such-folder"]])
    func `a path without a file is refused by its name`(paths: [String]) throws {
        let run = try livsbuss(["run"] + paths)
        #expect(run.exitCode == 2)
        #expect(run.stderr.contains(paths[0]))
    }

    @Test func `a broker that is not reached is named`() throws {
        let run = try livsbuss(["run", RealBinary.scenario("move"), "--brokers", "127.0.0.1:1"])
        #expect(run.exitCode == 3)
        #expect(run.stderr.contains("127.0.0.1:1"), "\(run.stderr)")
    }

    @Test func `a store of another version is refused and left as it is`() throws {
        let folder = try Folder()
        let line = ["run", RealBinary.scenario("move"), "--store", "store"]
        #expect(try livsbuss(line, in: folder).exitCode <= 1)
        let path = "\(folder.path)/store/status.sqlite"
        try Database(path: path).setUserVersion(9_999)
        for command in [line, ["status", "mother", "--store", "store"]] {
            let run = try livsbuss(command, in: folder)
            #expect(run.exitCode == 3)
            #expect(run.stderr.contains("store/status.sqlite"), "\(run.stderr)")
            #expect(run.stderr.contains("9999"), "\(run.stderr)")
        }
        #expect(try Database(path: path, mode: .readOnly).userVersion == 9_999)
    }

    @Test func `a file that is no store is refused`() throws {
        let folder = try Folder()
        try FileManager.default.createDirectory(atPath: "\(folder.path)/store", withIntermediateDirectories: false)
        try folder.write("store/status.sqlite", String(repeating: "This is no database. ", count: 100))
        let run = try livsbuss(["run", RealBinary.scenario("move"), "--store", "store"], in: folder)
        #expect(run.exitCode == 3)
        #expect(run.stderr.contains("store/status.sqlite"), "\(run.stderr)")
    }

    @Test(arguments: [
        ["run"], ["run", "x.yaml", "--copies", "0"], ["run", "x.yaml", "--copies", "many"],
        ["run", "x.yaml", "--partitions", "101"], ["run", "x.yaml", "--sed", "3"], ["run", "x.yaml", "--speed", "0"],
        ["status", "--as-of", "2026-01-01"], ["rebuild"], ["topics", "lisst"], ["rum"], ["broker", "--port", "70000"],
        ["run", "x.yaml", "--speed", "1e308"], ["run", "x.yaml", "--speed", "1e-9"],
        ["run", "x.yaml", "--speed", "inf"],
        ["run", "x.yaml", "--copies", "1000001"], ["run", "x.yaml", "--copies", "9223372036854775807"],
        ["run", "x.yaml", "--resolution", "1441"], ["run", "x.yaml", "--resolution", "-1"],
        ["run", "x.yaml", "--jobs", "65"], ["run", "x.yaml", "--seed", "-1"],
        ["run", "x.yaml", "--seed", "18446744073709551616"], ["run", "x.yaml", "--namespace", "a b"],
        ["run", "x.yaml", "--namespace", ""], ["run", "x.yaml", "--namespace", String(repeating: "a", count: 101)],
        ["run", "x.yaml", "-X", "novalue"], ["run", "x.yaml", "--skip", ""], ["run", "x.yaml", "--watch-limit", "0"],
        ["run", "x.yaml", "--case", "days"], ["run", "x.yaml", "--case", "a=1,b"],
        ["rebuild", "x.yaml", "--case", "="],
        ["status", "anna", "--as-of", "2026-02-30"], ["status", "anna", "--as-of", "soon"],
        ["status", "anna", "--as-of", "2026-03-10T25:00"], ["rules", "--date", "2026-13-01"],
        ["explain", "skatteverket.birth.v1", "--agency", "kommun-1"], ["compare", "x.yaml", "--planes", ","],
        ["map", "x.yaml", "--planes", ","], ["map", "x.yaml", "--planes", "silo,nav,bus"],
        ["plane", "explain", "skatteverket.birth.v1", "--reader", "No One"],
        ["bench", "--journeys", "10000001"], ["broker", "--namespace", "å"], ["broker", "--partitions", "0"],
    ])
    func `a wrong command line is told so`(arguments: [String]) throws {
        // The folder of contracts is not added: what is wrong here is found before it is read.
        let folder = try Folder()
        let child = try Child(RealBinary.path.get(), arguments, in: folder)
        #expect(child.wait() == 64)
        #expect(child.standardOutput.isEmpty)
        #expect(child.standardError.contains("--help"), "\(child.standardError)")
    }
}
