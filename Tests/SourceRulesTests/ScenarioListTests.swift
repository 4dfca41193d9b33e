import Foundation
import Testing

/// Who looks for a journey finds it in the list of scenarios.
@Suite struct ScenarioListTests {
    /// The folders of scenarios, each with its heading in the list.
    private static let headings = [
        ("acceptance", "Acceptance"), ("arrived", "Newly arrived"), ("birth", "Birth"), ("company", "Company"),
        ("death", "Death"), ("elder-care", "Elder care"), ("faults", "Faults"), ("financial-aid", "Financial aid"),
        ("god-man", "God man"), ("hall-booking", "Halls and grants"), ("move", "Move"), ("retirement", "Retirement"),
        ("serving-permit", "Serving permit"), ("sick-leave", "Sick leave"), ("studies", "Studies"),
        ("unemployment", "Unemployment"),
    ]

    private static var scenarios: String { Repository.root.appending(path: "Scenarios").path }

    @Test func `every folder of scenarios has a heading in the list`() throws {
        let folders = try FileManager.default.contentsOfDirectory(atPath: Self.scenarios).filter { name in
            !name.contains(".") && name != "shared"
        }
        #expect(folders.sorted() == Self.headings.map(\.0))
    }

    @Test(arguments: headings)
    func `the list names each scenario of a folder once, and no other`(folder: String, heading: String) throws {
        let list = try String(contentsOfFile: "\(Self.scenarios)/README.md", encoding: .utf8)
        let part = try #require(list.split(separator: "\n## ").first { $0.hasPrefix("\(heading)\n") })
        let named = part.matches(of: /\n\| `([^`]+)` \| .+/).map { String($0.output.1) }
        let files = try FileManager.default.contentsOfDirectory(atPath: "\(Self.scenarios)/\(folder)")
            .filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }
        #expect(named.sorted() == files.sorted())
    }
}
