import Foundation
import Testing

/// Every case of a matrix in one run, some of them, a part of a file, and several passes at once.
@Suite struct MatrixTests {
    static let head = """
        scenario: certificates
        version: 1
        start: 2026-03-02T08:00
        params: {wait: 1}
        matrix: {degree: [25, 50, 75, 100], wait: [1, 2, 3]}
        given: {citizens: {anna: {}}, agencies: [forsakringskassan, region-17]}
        """

    /// Twelve cases of which those with degree 25 fail.
    static let text = """
        \(head)
        steps:
          - id: certificate
            at: "+${wait}d"
            publish: region.medical-certificate.v1
            from: region-17
            for: anna
            data: {certificateType: sickness, from: start +0d, to: start +30d, degree: $degree,
                   contentRef: c-1, addressee: forsakringskassan}
          - id: heard
            expect: {message: region.medical-certificate.v1, for: anna, data: {degree: {gt: 25}}, within: 1d}
        then: {invariants: [no-lost-message, ledger-complete]}
        """

    static func certificates(in folder: Folder) throws -> String { try folder.write("certificates.yaml", text) }

    struct Report: Decodable {
        struct Scenario: Decodable {
            struct Case: Decodable, Equatable {
                var `case`: String
                var passed: Bool
                var digest: String
            }
            var cases: Int
            var results: [Case]?
            var digest: String
        }
        var scenarios: [Scenario]
    }

    static func report(_ arguments: [String], in folder: Folder) throws -> Report.Scenario {
        let run = try livsbuss(["run", "--json"] + arguments, in: folder)
        try #require(run.exitCode <= 1, "\(run.stderr)")
        return try #require(JSONDecoder().decode(Report.self, from: Data(run.stdout.utf8)).scenarios.first)
    }

    @Test func `all cases are run, and a failed one is told with its name and the command that runs it`() throws {
        let folder = try Folder()
        _ = try Self.certificates(in: folder)
        let run = try livsbuss(["run", "-q", "certificates.yaml"], in: folder)
        #expect(run.exitCode == 1)
        #expect(run.stdout.contains("certificates × 12"), "\(run.stdout)")
        #expect(
            run.stdout.contains(
                "failed[A001]: expected region.medical-certificate.v1 for anna within 1d, one came, but"))
        #expect(run.stdout.contains("· case wait=1,degree=25 · seed 1"), "\(run.stdout)")
        #expect(run.stdout.contains("`degree` is 25, expected more than 25"))
        #expect(run.stdout.contains("the same in 2 more cases: wait=2,degree=25; wait=3,degree=25"))
        let repro = "certificates.yaml --case 'wait=1,degree=25' --seed 1"
        #expect(run.stdout.contains("repro: livsbuss run \(repro)"), "\(run.stdout)")
        let again = try livsbuss(
            ["run", "-q", "certificates.yaml", "--case", "wait=2,degree=25", "--seed", "1"], in: folder)
        #expect(again.exitCode == 1)
        #expect(again.stdout.contains("case wait=2,degree=25"))
    }

    @Test func `a case has one digest, alone and beside others, and in any number of jobs`() throws {
        let folder = try Folder()
        _ = try Self.certificates(in: folder)
        let all = try Self.report(["certificates.yaml"], in: folder)
        let cases = try #require(all.results)
        #expect(cases.count == 12)
        #expect(Set(cases.map(\.digest)).count == 12)
        for jobs in [2, 3, 5, 12, 20] {
            let found = try Self.report(["certificates.yaml", "--jobs", "\(jobs)"], in: folder)
            #expect(found.results == cases, "\(jobs) jobs")
            #expect(found.digest == all.digest)
        }
        let some = try Self.report(["certificates.yaml", "--case", "degree=50"], in: folder)
        #expect(some.results == cases.filter { $0.case.hasSuffix(",degree=50") })
        let one = try Self.report(["certificates.yaml", "--case", "degree=100,wait=3"], in: folder)
        #expect(one.cases == 1)
        #expect(one.digest == cases.last?.digest)
    }

    @Test func `what a run in several jobs has left can be asked for`() throws {
        let folder = try Folder()
        _ = try Self.certificates(in: folder)
        #expect(try livsbuss(["run", "-q", "certificates.yaml", "-j", "2"], in: folder).exitCode == 1)
        let log = folder.read(".livsbuss/last/run.jsonl").split(separator: "\n")
        #expect(log.count { $0.hasPrefix(#"{"event":"case.end","#) } == 12)
        #expect(log.count { $0.hasPrefix(#"{"event":"publish","#) && $0.contains(#""case":11,"#) } > 0)
        #expect(try livsbuss(["trace", "anna"], in: folder).exitCode == 0)
        #expect(try livsbuss(["status", "anna"], in: folder).exitCode == 0)
        // A run in one pass takes the place of all.
        #expect(try livsbuss(["run", "-q", "certificates.yaml"], in: folder).exitCode == 1)
        #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/.livsbuss/last/job-1"))
        #expect(try livsbuss(["status", "anna"], in: folder).exitCode == 0)
    }

    @Test(arguments: [
        (["--case", "degree=26"], 5, "there is no such case; they are\n  wait=1,degree=25"),
        (["--case", "degree"], 64, "write NAME=VALUE"),
        (["--jobs", "0"], 64, "--jobs must be from 1 to 64"),
        (["--jobs", "2", "--speed", "60"], 64, "--jobs excludes"),
    ])
    func `a case or a number of jobs that cannot be is refused`(options: [String], code: Int, words: String) throws {
        let folder = try Folder()
        _ = try Self.certificates(in: folder)
        let run = try livsbuss(["run", "certificates.yaml"] + options, in: folder)
        #expect(run.exitCode == Int32(code))
        #expect(run.stderr.contains(words), "\(run.stderr)")
    }

    @Test func `a file with a line is run up to the step there`() throws {
        let folder = try Folder()
        let steps = """
            scenario: part
            version: 1
            start: 2026-03-02T08:00
            given: {citizens: {anna: {}}, agencies: [skatteverket, forsakringskassan, kommun-1780, region-17]}
            steps:
              - {id: first, at: +1d, publish: region.medical-certificate.v1, from: region-17, for: anna,
                 data: {certificateType: sickness, contentRef: c-1, addressee: forsakringskassan}}
              - {id: never, expect: {message: skatteverket.birth.v1, within: 1d}}
            then: {status: {anna: {preschool: U7}}}
            """
        try folder.write("part.yaml", steps)
        #expect(try livsbuss(["run", "-q", "part.yaml"], in: folder).exitCode == 1)
        #expect(try livsbuss(["run", "-q", "part.yaml:7"], in: folder).exitCode == 0)
        #expect(try livsbuss(["run", "-q", "part.yaml:8"], in: folder).exitCode == 1)
        let none = try livsbuss(["run", "-q", "part.yaml:2"], in: folder)
        #expect(none.exitCode == 2)
        #expect(none.stderr.contains("no step stands at line 2"), "\(none.stderr)")
    }

    @Test func `a run that is watched is run again when the file is saved`() throws {
        let folder = try Folder()
        _ = try Self.certificates(in: folder)
        let child = try RealBinary.start(["run", "-q", "certificates.yaml", "--watch"], in: folder, streaming: true)
        func next(_ words: String) throws {
            var line = ""
            repeat { line = try child.nextLine() } while !line.contains(words)
        }
        try next("failed  certificates × 12")
        try next("watching 1 file;")
        try folder.write("certificates.yaml", Self.text.replacing("gt: 25", with: "gt: 24"))
        try next("passed  certificates × 12")
        try next("watching")
        try folder.write("certificates.yaml", "scenario: [")
        try next("watching")
        #expect(child.standardError.contains("nothing was run"))
        child.kill(SIGTERM)  // a shell may have its background ignore SIGINT
        #expect(child.wait() == 128 + SIGTERM)
    }
}
