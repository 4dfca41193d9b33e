import Foundation
import JSON
import Testing

/// Proposed contracts held against those of today, by the program as it is built.
@Suite struct TopicsDiffTests {
    /// A proposal: a copy of the contracts, changed file by file.
    private func proposal(_ edits: [(file: String, old: String, new: String)]) throws -> Folder {
        let folder = try Folder()
        for name in ["Topics", "Scenarios"] {
            try FileManager.default.createSymbolicLink(
                atPath: "\(folder.path)/\(name)", withDestinationPath: "\(RealBinary.repository)/\(name)")
        }
        try FileManager.default.copyItem(atPath: RealBinary.topics, toPath: "\(folder.path)/New")
        for edit in edits {
            let text = folder.read("New/\(edit.file)")
            try #require(text.contains(edit.old), "\(edit.file)")
            try folder.write("New/\(edit.file)", text.replacing(edit.old, with: edit.new, maxReplacements: 1))
        }
        return folder
    }

    private static let narrowed = (
        file: "skatteverket/birth.v1.schema.json", old: #""secondParent": {"#,
        new:
            #""hospital": {"type": "string", "description": "H.", "x-livsbuss": {"group": "place"}}, "secondParent": {"#
    )
    private static let required = (
        file: "skatteverket/birth.v1.schema.json", old: #""required": ["mother","#,
        new: #""required": ["mother", "hospital","#
    )

    @Test func `contracts that are alike break no journey`() throws {
        let folder = try proposal([])
        let run = try livsbuss(["topics", "diff", "Topics", "New", "--scenarios", "Scenarios/move.yaml"], in: folder)
        #expect(run.exitCode == 0, "\(run.stderr)")
        #expect(run.stdout.hasPrefix("the contracts are alike\n\njourneys: none of "), "\(run.stdout)")
    }

    @Test func `a change that breaks nobody ends with 0`() throws {
        let folder = try proposal([Self.narrowed])
        let run = try livsbuss(
            ["topics", "diff", "Topics", "New", "--scenarios", "Scenarios/first-child.yaml"], in: folder)
        #expect(run.exitCode == 0, "\(run.stdout)\(run.stderr)")
        #expect(run.stdout.contains("compatible: skatteverket.birth.v1: the field 'hospital' is new and optional"))
        #expect(run.stdout.contains("0 breaking changes, 1 compatible\n\njourneys: none of 1 breaks\n"))
    }

    @Test func `a message that the new schema refuses is told with who acted on it`() throws {
        let folder = try proposal([
            Self.narrowed, Self.required,
            (Self.required.file, #""birthOrder": 1"#, #""birthOrder": 1, "hospital": "CSK""#),
        ])
        let run = try livsbuss(
            ["topics", "diff", "Topics", "New", "--scenarios", "Scenarios/first-child.yaml"], in: folder)
        #expect(run.exitCode == 1, "\(run.stderr)")
        #expect(
            run.stdout.contains(
                "breaks-writers: skatteverket.birth.v1: the field 'hospital' is new and required; breaks who says it: "
                    + "skatteverket/folkbokforing\n"))
        #expect(run.stdout.contains("journeys: 1 of 1 breaks\n\nfirst-child  Scenarios/first-child.yaml:"))
        #expect(run.stdout.contains("says skatteverket.birth.v1 (child): refused, data: 'hospital' is missing\n"))
        #expect(run.stdout.contains("    no longer acts on it: forsakringskassan (note a birth), "))
        #expect(run.stdout.contains("  fails: Scenarios/first-child.yaml:"))
    }

    @Test func `a row that is gone breaks the journeys of who read by it, also in JSON`() throws {
        let folder = try proposal([
            (
                "skatteverket/birth.v1.yaml",
                "    - {team: forsakringskassan, application: forsakringskassan, access: read}\n", ""
            )
        ])
        let run = try livsbuss(
            ["topics", "diff", "Topics", "New", "--json", "--scenarios", "Scenarios/first-child.yaml"], in: folder)
        #expect(run.exitCode == 1, "\(run.stderr)")
        try JSONTape.reading(run.stdout) { root in
            #expect(root["breaking"]?.bool == true)
            let change = try #require(root["changes"]?[0])
            #expect(change["subject"]?.string == "skatteverket.birth.v1")
            #expect(change["effect"]?.string == "breaks-readers")
            #expect(change["line"]?.int != nil)
            let reader = try #require(change["readers"]?[0])
            #expect(reader["branch"]?.string == "forsakringskassan/forsakringskassan")
            #expect(reader["rules"]?.elements.compactMap(\.string).contains("note a birth") == true)
            let journey = try #require(root["journeys"]?["broken"]?[0])
            #expect(journey["name"]?.string == "first-child")
            let loss = try #require(journey["lost"]?[0])
            #expect(loss["type"]?.string == "skatteverket.birth.v1")
            #expect(loss["reason"]?.string == "it may no longer be read")
            #expect(
                loss["consumers"]?.elements.compactMap(\.string) == ["forsakringskassan (note a birth)"])
        }
    }

    @Test func `a folder that is not read ends with 2`() throws {
        let folder = try proposal([("skatteverket/birth.v1.yaml", "class: C2", "class: C9")])
        let run = try livsbuss(["topics", "diff", "Topics", "New"], in: folder)
        #expect(run.exitCode == 2)
        #expect(run.stderr.contains("New/skatteverket/birth.v1.yaml:12:"), "\(run.stderr)")
    }
}
