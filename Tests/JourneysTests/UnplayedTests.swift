import CitizenStatus
import Foundation
import Testing

@testable import livsbuss

/// What is not played, or not known whole, is told as such by every command and in every report.
@Suite struct UnplayedTests {
    /// A death with three timers of later years.
    private static let death = """
        scenario: alone
        version: 1
        start: Mon 2026-03-02T00:00
        given:
          citizens:
            vera: {born: 1941-06-12, municipality: "1780"}
          agencies: [skatteverket, pensionsmyndigheten, kommun-1780, region-17]
        steps:
          - id: certificate
            at: +1d 09:00
            publish: region.death-certificate.v1
            from: region-17
            for: vera
            data: {deathDate: certificate -1d, certainty: exact, signer: SE-EXAMPLE-0001, channel: electronic, forensic: false}
          - expect: {message: skatteverket.death.v1, for: vera, within: 1wd}
        until: certificate +1mo

        """

    private static func folder() throws -> Folder {
        let folder = try Folder()
        try folder.write("alone.yaml", death)
        return folder
    }

    @Test func `a wrong file leaves reports that say so, also where one of an earlier run stood`() throws {
        let folder = try Self.folder()
        #expect(try livsbuss(["run", "alone.yaml", "-q", "--junit", "j.xml"], in: folder).exitCode == 0)
        try folder.write("alone.yaml", Self.death.replacing("within: 1wd", with: "witin: 1wd"))
        let run = try livsbuss(["run", "alone.yaml", "--json", "--junit", "j.xml"], in: folder)
        #expect(run.exitCode == 2)
        let xml = try String(contentsOfFile: "\(folder.path)/j.xml", encoding: .utf8)
        #expect(xml.contains("errors=\"1\"") && xml.contains("type=\"unplayed\"") && !xml.contains("name=\"alone"))
        struct Report: Decodable {
            var passed: Bool
            var error: String
            var exitCode: Int
        }
        let report = try JSONDecoder().decode(Report.self, from: Data(run.stdout.utf8))
        #expect(!report.passed && report.exitCode == 2 && report.error.contains("1 mistake"))
        let seeds = try livsbuss(["run", "alone.yaml", "--json", "--seeds", "1..2"], in: folder)
        #expect(seeds.exitCode == 2 && seeds.stdout == run.stdout)
    }

    @Test func `the command that shows a failure again says all that the run was told`() throws {
        var options = RunOptions()
        #expect(options.words.isEmpty)
        options.plane = "silo"
        options.perturbation = 7
        options.topics = "Topics"
        #expect(options.words == ["--perturb", "7", "--plane", "silo", "--topics", "Topics"])
        let folder = try Self.folder()
        try folder.write("alone.yaml", Self.death.replacing("skatteverket.death.v1", with: "skatteverket.birth.v1"))
        for more in [[], ["--seeds", "1..2"]] {
            let run = try livsbuss(["run", "alone.yaml", "-q", "--perturb", "7"] + more, in: folder)
            #expect(run.stdout.contains("--seed 1 --perturb 7"), "\(run.stdout)\(run.stderr)")
        }
    }

    @Test func `all that lies after the end is counted, however much of it is listed`() throws {
        let folder = try Self.folder()
        let one = try livsbuss(["run", "alone.yaml", "-q"], in: folder)
        #expect(one.stdout.contains("0 messages and 3 timers"), "\(one.stdout)")
        for more in [[], ["--jobs", "2"]] {
            let many = try livsbuss(["run", "alone.yaml", "-q", "--copies", "400"] + more, in: folder)
            #expect(many.stdout.contains("0 messages and 1200 timers"), "\(many.stdout)")
        }
    }

    @Test func `a run of several passes is rebuilt pass by pass, and says so`() throws {
        let folder = try Self.folder()
        #expect(try livsbuss(["run", "alone.yaml", "-q", "--copies", "4", "--jobs", "2"], in: folder).exitCode == 0)
        let whole = try livsbuss(["rebuild", "--into", "again"], in: folder)
        #expect(whole.exitCode == 3)
        #expect(whole.stderr.contains("the run was played in 2 passes") && whole.stderr.contains("job-1"))
        let part = try livsbuss(["rebuild", "--store", ".livsbuss/last/job-2", "--into", "part"], in: folder)
        #expect(
            part.exitCode == 0 && part.stdout.contains(/part: [1-9][0-9]* messages/), "\(part.stdout)\(part.stderr)")
    }

    @Test func `runs of which one was cut are not told as alike, and its coverage is no measure`() throws {
        let folder = try Self.folder()
        #expect(try livsbuss(["run", "alone.yaml", "-q", "--log", "whole.jsonl"], in: folder).exitCode == 0)
        let log = try String(contentsOfFile: "\(folder.path)/whole.jsonl", encoding: .utf8)
        try folder.write("cut.jsonl", log.split(separator: "\n").dropLast().joined(separator: "\n") + "\n")
        let same = try livsbuss(["diff", "whole.jsonl", "whole.jsonl"], in: folder)
        #expect(same.exitCode == 0 && same.stdout == "the runs are alike\n")
        let cut = try livsbuss(["diff", "cut.jsonl", "whole.jsonl"], in: folder)
        #expect(cut.exitCode == 1 && cut.stdout.contains("as far as both are known"), "\(cut.stdout)")
        let minimum = ["--min", "assertion=1"]
        #expect(try livsbuss(["coverage", "whole.jsonl"] + minimum, in: folder).exitCode == 0)
        #expect(try livsbuss(["coverage", "cut.jsonl"] + minimum, in: folder).exitCode == 1)
    }

    @Test func `a run of several seeds says that approved runs are not compared`() throws {
        let folder = try Self.folder()
        #expect(try livsbuss(["run", "alone.yaml", "-q", "--approve"], in: folder).exitCode == 0)
        let run = try livsbuss(["run", "alone.yaml", "--seeds", "1..2"], in: folder)
        #expect(run.exitCode == 0 && run.stderr.contains("approved runs are not compared"), "\(run.stderr)")
    }

    /// The death in several cases.
    private static let cases = death.replacing("given:", with: "matrix: {n: [1, 2, 3]}\ngiven:", maxReplacements: 1)
        .replacing("+1d 09:00", with: "\"+${n}d 09:00\"")

    @Test func `one case of several is asked for by its name, also of passes without a log`() throws {
        let folder = try Self.folder()
        try folder.write("alone.yaml", Self.cases)
        #expect(try livsbuss(["run", "alone.yaml", "-q"], in: folder).exitCode == 0)
        let all = try livsbuss(["status", "vera"], in: folder).stdout
        #expect(all.split(separator: "\n").count { $0.contains("in alone [n=") } == 3, "\(all)")
        let one = try livsbuss(["status", "vera", "--case", "n=2"], in: folder)
        #expect(one.exitCode == 0 && one.stdout.split(separator: "\n").count { $0.hasPrefix("vera  p") } == 1)
        let whole = try livsbuss(["status", "--case", "alone [n=3]"], in: folder)
        #expect(whole.exitCode == 0 && whole.stdout.hasPrefix("vera  p"))
        let wrong = try livsbuss(["status", "vera", "--case", "n=7"], in: folder)
        #expect(wrong.exitCode == 2 && wrong.stderr.contains("alone [n=1]"), "\(wrong.stderr)")
        let trace = try livsbuss(["trace", "vera", "--case", "n=2"], in: folder)
        #expect(trace.exitCode == 0 && trace.stdout.hasPrefix("alone [n=2]\n") && !trace.stdout.contains("n=3"))
        #expect(try livsbuss(["trace", "vera", "--case", "n=7"], in: folder).exitCode == 2)
        // More than a hundred worlds keep no log beside the store.
        #expect(
            try livsbuss(["run", "alone.yaml", "-q", "--copies", "40", "--jobs", "2"], in: folder).exitCode == 0)
        let part = try livsbuss(["trace", "vera", "--case", "n=3,copy-40"], in: folder)
        #expect(part.exitCode == 0 && part.stdout.hasPrefix("alone [n=3,copy-40]\n"), "\(part.stdout)\(part.stderr)")
        #expect(part.stderr.contains("the 2 passes of the run kept no log of the whole"))
        let question = ["explain", "skatteverket.death.v1", "--case", "n=3,copy-40", "--agency", "kommun-1780"]
        let reason = try livsbuss(question, in: folder)
        #expect(reason.exitCode == 0 && reason.stdout.contains("only in a run log"), "\(reason.stdout)")
        let failed = try livsbuss(["run", "alone.yaml", "-q", "--rerun-failed"], in: folder)
        #expect(failed.exitCode == 5 && failed.stderr.contains("nothing failed in the last run"), "\(failed.stderr)")
    }

    @Test func `what failed of a run without a log is run again`() throws {
        let folder = try Self.folder()
        try folder.write(
            "alone.yaml", Self.cases.replacing("for: vera, within: 1wd", with: "for: vera, by: 2026-03-05"))
        let run = ["run", "alone.yaml", "-q", "--copies", "40"]
        for more in [["--jobs", "2"], []] {
            #expect(try livsbuss(run + more, in: folder).exitCode == 1)
            let again = try livsbuss(run + ["--rerun-failed"], in: folder)
            #expect(
                again.exitCode == 1 && again.stdout.contains("failed  alone × 40"), "\(again.stdout)\(again.stderr)")
        }
    }

    @Test(arguments: [
        ("x", "0 messages of its 2 passes are kept"), ("seeds", "nothing of it is kept"),
    ])
    func `passes that were interrupted are told as such by all that ask for them`(inputs: String, told: String) throws {
        let folder = try Folder()
        let store = StoreFolder("\(folder.path)/s")
        // As a run that is interrupted leaves it: begun, and not ended.
        for place in [store, store.job(1), store.job(2)] {
            _ = try StoreLock(place)
            try StatusStore(path: place.database).begin(inputs: inputs, seed: 1)
        }
        let status = try livsbuss(["status", "--store", "s"], in: folder)
        #expect(status.exitCode == 3 && status.stderr.contains("has not ended"), "\(status.stderr)")
        #expect(status.stderr.contains(told), "\(status.stderr)")
        for question in [["status", "vera"], ["dlq", "list"], ["ledger", "vera"], ["trace", "vera"]] {
            let asked = try livsbuss(question + ["--store", "s"], in: folder)
            #expect(asked.stderr.contains(told), "\(question) \(asked.stderr)")
        }
    }
}
