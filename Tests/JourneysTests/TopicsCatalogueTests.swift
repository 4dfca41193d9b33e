import Foundation
import Testing

/// The contracts written for others, by the program as it is built.
@Suite struct TopicsCatalogueTests {
    private let folder: Folder

    init() throws {
        folder = try Folder()
        for name in ["Topics", "Scenarios"] {
            try FileManager.default.createSymbolicLink(
                atPath: "\(folder.path)/\(name)", withDestinationPath: "\(RealBinary.repository)/\(name)")
        }
    }

    private func succeed(_ arguments: String...) throws -> String {
        let run = try livsbuss(arguments, in: folder)
        try #require(run.exitCode == 0, "\(arguments): \(run.stderr)")
        return run.stdout
    }

    @Test func `AsyncAPI comes as YAML unless JSON is asked for, on standard output or into a file`() throws {
        let yaml = try succeed("topics", "asyncapi")
        #expect(yaml.hasPrefix("asyncapi: \"3.0.0\"\n"))
        #expect(try succeed("topics", "asyncapi", "--format", "json").hasPrefix("{\n  \"asyncapi\": \"3.0.0\",\n"))
        #expect(try succeed("topics", "asyncapi", "--output", "livsbuss.yaml").isEmpty)
        #expect(folder.read("livsbuss.yaml") == yaml)
        let wrong = try livsbuss(["topics", "asyncapi", "--format", "xml"], in: folder)
        #expect(wrong.exitCode == 64)
    }

    @Test func `the pages tell how often a run showed each flow, from its log and from its store`() throws {
        _ = try succeed("run", "Scenarios/first-child.yaml", "-q", "--store", "S", "--log", "run.jsonl")
        let told = try succeed("topics", "markdown", "--observed", "run.jsonl")
        #expect(told.contains("| note a birth | `Agencies/Forsakringskassan+ChildBenefit.swift:"))
        #expect(told.contains("### Declared and never seen"))
        #expect(told.contains("`skatteverket.death.v1` is said by Skatteverket"))
        #expect(told.contains("### Seen and not declared\n\nNothing.\n"))
        // The log beside the store is not wanted here.
        try? FileManager.default.removeItem(atPath: "\(folder.path)/S/run.jsonl")
        let fromStore = try succeed("topics", "markdown", "--observed", "S")
        #expect(fromStore.contains("### Seen and not declared\n\nNothing.\n"))
        #expect(fromStore.contains("`skatteverket.death.v1` is said by Skatteverket"))
    }

    @Test func `a folder gets a page an owner`() throws {
        #expect(try succeed("topics", "markdown", "--output", "catalogue").isEmpty)
        #expect(folder.read("catalogue/README.md").contains("[Skatteverket](skatteverket.md)"))
        #expect(folder.read("catalogue/skatteverket.md").contains("## `skatteverket.birth.v1`"))
        #expect(try succeed("topics", "markdown", "--output", "all.md").isEmpty)
        #expect(folder.read("all.md").contains("## `skatteverket.birth.v1`"))
    }
}
