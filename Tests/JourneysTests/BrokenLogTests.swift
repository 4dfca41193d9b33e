import Foundation
import Testing

/// A run log from which lines are gone is told as such by every command that reads it, and no report of it is green.
@Suite struct BrokenLogTests {
    private static let scenario = """
        scenario: %
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
        until: certificate +4mo

        """

    /// Two journeys, with the log of their run.
    private static func folder() throws -> (folder: Folder, log: [String]) {
        let folder = try Folder()
        for name in ["one", "two"] { try folder.write("\(name).yaml", scenario.replacing("%", with: name)) }
        let run = try livsbuss(["run", "-q", "one.yaml", "two.yaml", "--log", "whole.jsonl"], in: folder)
        #expect(run.exitCode == 0, "\(run.stdout)\(run.stderr)")
        return (folder, folder.read("whole.jsonl").split(separator: "\n").map(String.init))
    }

    /// Which lines are gone, by what they begin with or hold; and how many at the most.
    @Test(arguments: [
        ([#""case.start""#, #""case":"#], 99_999, "`run.end` tells of 2 cases, and 0 are there"),
        ([#""case.end","case":1,"#], 1, "two: the case did not end: there is no `case.end`"),
        ([#""publish""#], 99_999, " messages, and 0 are there"), ([#""publish""#], 1, "`case.end` tells of "),
        ([#""expect.pass","case":1,"#], 1, "two: `case.end` tells of 1 expectation, and 0 are there"),
        ([#""status.change""#], 1, "`case.end` tells of "), ([#""deliver""#], 1, "`run.end` tells of "),
        ([#""timer""#], 1, "`run.end` tells of "), ([#""run.end""#], 1, "the run did not end: there is no `run.end`"),
    ])
    func `every command says of a log that lines are gone`(marks: [String], most: Int, defect: String) throws {
        let (folder, log) = try Self.folder()
        var left = most
        let broken = log.filter { line in
            let isGone = left > 0 && marks.contains { line.contains($0) }
            if isGone { left -= 1 }
            return !isGone
        }
        #expect(broken.count < log.count)
        try folder.write("broken.jsonl", broken.joined(separator: "\n") + "\n")
        let reports = ["--junit", "j.xml", "--html", "h.html", "--mermaid", "m.mmd"]
        let report = try livsbuss(["report", "broken.jsonl"] + reports, in: folder)
        #expect(report.exitCode == 1 && report.stderr.contains(defect), "\(report.stderr)")
        let xml = folder.read("j.xml")
        #expect(xml.contains("errors=\"1\"") && xml.contains("<error type=\"incomplete\"") && xml.contains(defect))
        #expect(folder.read("h.html").contains("<h1 class=\"no\">The log "))
        #expect(folder.read("m.mmd").hasPrefix("%% the log is not whole"))
        for (command, code) in [
            (["report", "broken.jsonl"], 1), (["report", "broken.jsonl", "--github"], 1),
            (["diff", "whole.jsonl", "broken.jsonl"], 1), (["diff", "broken.jsonl", "broken.jsonl"], 1),
            (["coverage", "broken.jsonl", "--min", "topic=0"], 1),
        ] {
            let asked = try livsbuss(command, in: folder)
            #expect(asked.exitCode == Int32(code), "\(command)\(asked.stdout)")
            #expect(asked.stderr.contains(defect) && !asked.stdout.contains("the runs are alike\n"), "\(command)")
        }
        for command in [["trace", "vera"], ["explain", "skatteverket.death.v1"]] {
            #expect(
                try livsbuss(command + ["--log", "broken.jsonl"], in: folder).stderr.contains(defect), "\(command)")
        }
    }

    @Test func `an expectation that is gone is told as that, and not as a case without an end`() throws {
        let (folder, log) = try Self.folder()
        try folder.write("broken.jsonl", log.filter { !$0.contains("expect.pass") }.joined(separator: "\n") + "\n")
        #expect(try livsbuss(["report", "broken.jsonl", "--junit", "j.xml"], in: folder).exitCode == 1)
        let xml = folder.read("j.xml")
        #expect(xml.contains("message=\"`case.end` tells of 1 expectation, and 0 are there\""))
        #expect(!xml.contains("did not end"))
    }
}
