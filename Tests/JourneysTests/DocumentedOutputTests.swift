import Foundation
import Testing

/// What the front page shows is what the program says.
@Suite struct DocumentedOutputTests {
    @Test func `every line of the front page's output is said, in that order`() throws {
        let page = try String(contentsOfFile: "\(RealBinary.repository)/README.md", encoding: .utf8)
        let open = try #require(page.firstRange(of: "<!-- output -->")).upperBound
        let close = try #require(page.firstRange(of: "<!-- /output -->")).lowerBound
        let folder = try Folder()
        try FileManager.default.createSymbolicLink(
            atPath: "\(folder.path)/Scenarios", withDestinationPath: "\(RealBinary.repository)/Scenarios")
        var said: [String] = []
        var commands = 0
        for line in page[open..<close].split(separator: "\n").map({ String($0.dropFirst(4)) }) {
            if line.hasPrefix("$ livsbuss ") {
                let run = try livsbuss(line.split(separator: " ").dropFirst(2).map(String.init), in: folder)
                #expect(run.exitCode == 0, "\(line): \(run.stderr)")
                said = run.stdout.split(separator: "\n").map(String.init)
                commands += 1
            } else if line != "…" {
                let place = try #require(said.firstIndex(of: line), "not said: \(line)")
                said.removeFirst(place + 1)
            }
        }
        #expect(commands == 2)
    }
}
