import Foundation
import Testing

/// What a report shows side by side of an expectation that failed.
@Suite struct ComparedValueTests {
    private static func scenario(_ expectation: String) -> String {
        """
        scenario: filed
        version: 1
        start: 2026-03-02T08:00
        until: +10d
        given:
          agencies: [skatteverket]
          citizens: {anna: {born: 1990-01-01, municipality: "1780"}, bo: {born: 1990-01-01}}
        steps:
          - {id: name, at: +0d 09:00, citizen: anna, action: file, form: name, to: skatteverket, data: {given: A, family: B}}
          - expect: \(expectation)
          - {id: later, at: +9d, citizen: bo, action: file, form: name, to: skatteverket, data: {given: G, family: H}}
        """
    }

    @Test(
        arguments: [
            (
                "{message: skatteverket.filing.name.v1, for: anna, data: {given: A, family: C}, within: 1d}",
                ["for|anna|anna", "given|&quot;A&quot;|&quot;A&quot;", "family|&quot;C&quot;|✘ &quot;B&quot;"]
            ),
            (
                "{message: skatteverket.filing.name.v1, for: bo, data: {family: {one_of: [C, D]}}, within: 1d}",
                [
                    "for|bo|bo", "family|one of &quot;C&quot;, &quot;D&quot;|✘ &quot;H&quot;",
                    "at|2026-03-02T09:00 to 2026-03-03T23:59|✘ 2026-03-11T08:00",
                ]
            ),
            (
                "{message: skatteverket.filing.name.v1, exactly: {filedBy: $anna, given: A, family: C}, within: 1d}",
                ["filedBy|$anna|$anna", "given|&quot;A&quot;|&quot;A&quot;", "family|&quot;C&quot;|✘ &quot;B&quot;"]
            ),
            (
                "{message: skatteverket.filing.name.v1, from: citizen, change: corrected, within: 1d}",
                ["from|citizen|citizen", "change|corrected|✘ created"]
            ),
            (
                "{message: skatteverket.filing.name.v1, for: anna, after: start, by: 2026-03-02T08:30}",
                ["for|anna|anna", "at|2026-03-02T08:00 to 2026-03-02T08:30|✘ 2026-03-02T09:00"]
            ),
            (
                "{count: {message: skatteverket.filing.name.v1, data: {given: E}, equals: 1}, until: end}",
                ["given|&quot;E&quot;|✘ &quot;G&quot;"]
            ),
        ])
    func `each value that was expected stands beside what came nearest`(expectation: String, rows: [String]) throws {
        let folder = try Folder()
        try folder.write("filed.yaml", Self.scenario(expectation))
        let run = try livsbuss(["run", "filed.yaml", "-q", "--html", "page.html"], in: folder)
        #expect(run.exitCode == 1, "\(run.stderr)")
        let page = folder.read("page.html")
        let table = try #require(page.components(separatedBy: "<table class=\"beside\">").dropFirst().first)
        let shown = try #require(table.components(separatedBy: "</table>").first)
            .components(separatedBy: "<tbody>")[1].replacing("</th><td>", with: "|").replacing("</td><td>", with: "|")
            .components(separatedBy: "</td></tr>").dropLast().map { $0.components(separatedBy: "row\">")[1] }
        #expect(shown == rows)
    }
}
