import Foundation
import Testing

/// `livsbuss new` writes what runs as it is.
@Suite struct NewCommandTests {
    /// A folder with a copy of the contracts.
    private func workplace() throws -> Folder {
        let folder = try Folder()
        try FileManager.default.copyItem(atPath: RealBinary.topics, toPath: "\(folder.path)/Topics")
        return folder
    }

    @discardableResult
    private func call(_ arguments: [String], in folder: Folder) throws -> String {
        // The contracts are those of the folder, as for a stranger.
        let child = try Child(RealBinary.path.get(), arguments, in: folder)
        let code = child.wait()
        try #require(code == 0, "\(arguments): \(child.standardOutput)\(child.standardError)")
        return child.standardOutput
    }

    @Test func `a new agency is checked, plays its journey and conforms, as it is told`() throws {
        let folder = try workplace()
        let said = try call(["new", "agency", "lotteri"], in: folder)
        #expect(said.contains("wrote lotteri.py\n"))
        let told = said.split(separator: "\n").filter { $0.hasPrefix("  livsbuss ") }
        #expect(told.count == 3)
        for line in told {
            let words = line.split(separator: " ").dropFirst().map(String.init)
            let output = try call(words, in: folder)
            #expect(!output.contains("broken"))
        }
        #expect(try call(["run", "lotteri.yaml", "-q"], in: folder).contains("passed  lotteri"))
        // A topic more, and a type more of a topic that is there.
        try call(["new", "topic", "lotteri.payment.v1"], in: folder)
        try call(["new", "topic", "lotteri.decision.review.v1"], in: folder)
        #expect(try call(["topics", "check"], in: folder).hasSuffix("nothing found\n"))
        #expect(try call(["topics", "show", "lotteri.decision.review.v1"], in: folder).contains("lotteri.decision.v1"))
        try call(["run", "lotteri.yaml", "-q"], in: folder)
    }

    @Test(arguments: [
        (
            ["skatteverket.lottery.v1", "--branch", "beskattning"], "skatteverket/lottery.v1.yaml",
            "application: beskattning"
        ),
        (["skatteverket.filing.lottery.v1"], "skatteverket/filing.lottery.v1.schema.json", "SkatteverketFilingLottery"),
        (["csn.lottery.v1"], "csn/lottery.v1.yaml", "application: csn"),
    ])
    func `a new topic is said by a branch of its owner where that has branches`(
        arguments: [String], file: String, text: String
    ) throws {
        let folder = try workplace()
        try call(["new", "topic"] + arguments, in: folder)
        #expect(folder.read("Topics/\(file)").contains(text))
        // What nobody says yet is found, and nothing is refused.
        let check = try Child(RealBinary.path.get(), ["topics", "check"], in: folder)
        #expect(check.wait() != 2, "\(check.standardError)")
        #expect(!check.standardError.contains("branch"), "\(check.standardError)")
    }

    @Test(arguments: [
        (["skatteverket.lottery.v1"], "say by --branch which of them says it: folkbokforing, dodsbo, beskattning"),
        (["skatteverket.lottery.v1", "--branch", "taxes"], "skatteverket has no branch taxes; it has folkbokforing"),
        (["csn.lottery.v1", "--branch", "csn-aid"], "csn has no branch csn-aid; it has none"),
    ])
    func `a branch that is not there is refused, and nothing is written`(arguments: [String], text: String) throws {
        let folder = try workplace()
        let child = try Child(RealBinary.path.get(), ["new", "topic"] + arguments, in: folder)
        #expect(child.wait() == 2 && child.standardError.contains(text), "\(child.standardError)")
        #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/Topics/csn/lottery.v1.yaml"))
        #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/Topics/skatteverket/lottery.v1.yaml"))
    }

    @Test func `a new scenario passes`() throws {
        let folder = try workplace()
        try call(["new", "scenario", "my-journey"], in: folder)
        #expect(try call(["run", "my-journey.yaml", "--seed", "9", "-q"], in: folder).contains("passed  my-journey"))
        try call(["check", "my-journey.yaml"], in: folder)
    }

    @Test(arguments: [
        (["agency", "csn"], "this owner is there already"), (["scenario", "taken"], "is there already"),
        (["topic", "nobody.word.v1"], "there is no owner nobody"), (["topic", "csn.study-aid.v1"], "is there already"),
    ])
    func `nothing that is there is written over`(arguments: [String], text: String) throws {
        let folder = try workplace()
        try folder.write("taken.yaml", "mine\n")
        let child = try Child(RealBinary.path.get(), ["new"] + arguments, in: folder)
        #expect(child.wait() == 2 && child.standardError.contains(text), "\(child.standardError)")
        #expect(folder.read("taken.yaml") == "mine\n")
    }
}
