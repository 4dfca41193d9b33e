import Foundation
import Scenarios
import Testing

/// Every scenario in `Scenarios`, however many there are.
@Suite struct ShippedScenarioTests {
    static let folder = "\(RealBinary.repository)/Scenarios"

    /// The files, without the libraries that they share.
    static let files: [String] = {
        let names = (FileManager.default.enumerator(atPath: folder)?.allObjects ?? []).compactMap { $0 as? String }
        return names.filter { $0.hasSuffix(".yaml") && !$0.hasPrefix("shared/") }.sorted()
    }()

    /// All of them in one run.
    static let reference = Result { try report([folder]) }

    @Test func `every scenario passes, and none loses a message`() throws {
        let found = try Self.reference.get()
        for scenario in found.scenarios {
            #expect(scenario.passed, "\(scenario.name): \(scenario.failures.map { "\($0.place): \($0.message)" })")
            #expect(scenario.messages > 0, "\(scenario.name)")
        }
        #expect(found.outside == 0)
        #expect(Set(found.scenarios.map(\.file)).count == Self.files.count)
    }

    @Test(arguments: files)
    func `a scenario begins with its story and has no mistake`(file: String) throws {
        let path = "\(Self.folder)/\(file)"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(text.hasPrefix("# "), "\(file) does not say what it tells")
        let reading = ScenarioFile.read(path: path)
        #expect(reading.diagnostics.map(\.description) == [])
        #expect(!reading.scenarios.isEmpty)
        for scenario in reading.scenarios {
            #expect(scenario.expectationCount > 0, "\(file) expects nothing")
        }
    }

    @Test func `all are formatted and checked, with what they share`() throws {
        #expect(try livsbuss(["fmt", "--check", Self.folder]).exitCode == 0)
        let check = try livsbuss(["check", Self.folder])
        #expect(check.exitCode == 0, "\(check.stderr)")
    }

    @Test(arguments: [
        "birth/married-parents", "birth/wrong-mother", "death/registered-in-error", "move/household",
    ])
    func `a digest is the same for a file alone`(name: String) throws {
        let found = try report(["\(Self.folder)/\(name).yaml"])
        let reference = try Self.reference.get().digests
        #expect(!found.digests.isEmpty)
        for (scenario, digest) in found.digests { #expect(reference[scenario] == digest, "\(scenario)") }
    }
}
