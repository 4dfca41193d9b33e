import Foundation
import Testing

/// `livsbuss rules`, and runs with other values of rules.
@Suite struct RulesCommandTests {
    private struct Rule: Decodable {
        var rule: String
        var agency: String
        var name: String?
        var mark: String
        var declared: String
        var tests: [String]
    }

    /// A folder in which the checkout's contracts, scenarios and tests stand.
    private static func checkout() throws -> Folder {
        let folder = try Folder()
        for name in ["Topics", "Scenarios", "Tests"] {
            try FileManager.default.createSymbolicLink(
                atPath: "\(folder.path)/\(name)", withDestinationPath: "\(RealBinary.repository)/\(name)")
        }
        return folder
    }

    private static func rules(_ arguments: [String] = []) throws -> [Rule] {
        let run = try livsbuss(["rules", "--json"] + arguments, in: Self.checkout())
        #expect(run.exitCode == 0)
        return try JSONDecoder().decode([Rule].self, from: Data(run.stdout.utf8))
    }

    @Test func `the table has each rule with its place and a test that is there`() throws {
        let rules = try Self.rules()
        #expect(rules.count > 3)
        for rule in rules {
            #expect(!rule.tests.isEmpty, "\(rule.rule)")
            for test in rule.tests {
                #expect(FileManager.default.fileExists(atPath: "\(RealBinary.repository)/\(test)"))
            }
        }
        let text = try livsbuss(["rules", "--agency", "csn"], in: Self.checkout()).stdout
        #expect(text.contains("an application is decided [A]"))
        #expect(text.hasSuffix("; each has a test\n"))
        #expect(try Self.rules(["--agency", "csn"]).allSatisfy { $0.agency == "csn" })
    }

    @Test(arguments: [
        (["rules", "--agency", "cns"], "no agency of 'cns' has rules; did you mean 'csn'?"),
        (["rules", "--date", "soon"], "'soon' is not a day: write one as 2026-03-10"),
        (["run", "s.yaml", "--set", "study-aid-handlin=3"], "did you mean 'study-aid-handling'?"),
        (["run", "s.yaml", "--set", "study-aid-handling"], "sets no rule"),
        (["run", "s.yaml", "--set", "study-aid-handling=-1"], "sets no rule"),
        (["run", "s.yaml", "--set", "study-aid-appeal=1", "--set", "study-aid-appeal=2"], "gives one rule two values"),
    ])
    func `what is asked wrongly is said`(_ question: [String], _ sentence: String) throws {
        let run = try livsbuss(question, in: Self.checkout())
        #expect(run.exitCode != 0)
        #expect(run.stderr.contains(sentence), "\(run.stderr)")
    }

    @Test func `a value of a rule by which nobody of the run goes is told as changing nothing`() throws {
        let folder = try Folder()
        let run = ["run", RealBinary.scenario("move/childless-46"), "-q"]
        let words = try String(contentsOfFile: "\(RealBinary.repository)/docs/architect.md", encoding: .utf8)
        let shown = try #require(words.firstMatch(of: /livsbuss run (Scenarios\/\S+) --set (\S+)/)?.output)
        let note = "--set study-aid-appeal=9 changes nothing: it is a rule of csn, and no agency of this run is"
        let unused = try livsbuss(run + ["--set", "study-aid-appeal=9"], in: folder)
        #expect(unused.stderr.contains(note), "\(unused.stderr)")
        // What the page shows changes something.
        let page = ["run", "\(RealBinary.repository)/\(shown.1)", "-q", "--log"]
        #expect(try livsbuss(page + ["as-is.jsonl"], in: folder).exitCode == 0)
        let other = try livsbuss(page + ["other.jsonl", "--set", String(shown.2)], in: folder)
        #expect(!other.stderr.contains("changes nothing"), "\(other.stderr)")
        #expect(try livsbuss(["diff", "as-is.jsonl", "other.jsonl"], in: folder).exitCode == 1)
    }

    /// The limit of adjustment pension is 67 in 2026; with 66, who is 66 has none, and nobody else is touched.
    @Test func `another guide age touches those alone who are between the two`() throws {
        let folder = try Folder()
        let run = ["run", RealBinary.scenario("death/survivors"), "--quiet"]
        #expect(try livsbuss(run + ["--store", "as-is", "--log", "67.jsonl"], in: folder).exitCode == 0)
        let same = ["--set", "guide-age=67", "--store", "same", "--log", "same.jsonl"]
        #expect(try livsbuss(run + same, in: folder).exitCode == 0)
        let lower = ["--set", "guide-age=66", "--store", "lower", "--log", "66.jsonl"]
        #expect(try livsbuss(run + lower, in: folder).exitCode == 1, "the scenario says what holds with 67")
        let difference = try livsbuss(["diff", "67.jsonl", "66.jsonl"], in: folder)
        #expect(difference.exitCode == 1)
        #expect(difference.stdout.contains("pensionsmyndigheten.pension-decision.v1"), "\(difference.stdout)")
        #expect(difference.stdout.contains("survivors-pension"), "\(difference.stdout)")
        #expect(!difference.stdout.contains("forsakringskassan"), "\(difference.stdout)")
    }

    @Test func `a run with another value differs where the rule is used, and says how to play it again`() throws {
        let folder = try Folder()
        let run = ["run", RealBinary.scenario("studies/interrupted"), "--quiet"]
        let plain = try livsbuss(run + ["--store", "plain", "--log", "plain.jsonl"], in: folder)
        let same = ["--set", "loan-without-repayment=6", "--store", "same", "--log", "same.jsonl"]
        #expect(try livsbuss(run + same, in: folder).stdout == plain.stdout)
        let set = ["--set", "study-aid-handling=30", "--store", "set", "--log", "set.jsonl"]
        let other = try livsbuss(run + set, in: folder)
        #expect(plain.exitCode == 0)
        #expect(other.stdout != plain.stdout)
        let difference = try livsbuss(["diff", "plain.jsonl", "set.jsonl"], in: folder)
        #expect(difference.exitCode == 1)
        #expect(difference.stdout.contains("csn"), "\(difference.stdout)")
        // A store goes on only with the same values.
        #expect(try livsbuss(run + ["--store", "set"], in: folder).exitCode == 3)
    }
}
