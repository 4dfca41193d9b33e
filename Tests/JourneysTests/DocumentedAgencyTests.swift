import Foundation
import Testing

/// Every command of the page for agencies is run, and says what the page shows of it.
@Suite struct DocumentedAgencyTests {
    /// A command with the lines that the page shows of its output.
    struct Command: Sendable, CustomTestStringConvertible {
        let line: String
        var output: [String] = []
        var testDescription: String { line }
    }

    static let commands: [Command] = {
        let page = (try? String(contentsOfFile: "\(RealBinary.repository)/docs/agency.md", encoding: .utf8)) ?? ""
        var commands: [Command] = []
        for block in page.matches(of: /```console\n(.*?)```/.dotMatchesNewlines()) {
            for line in block.output.1.split(separator: "\n").map(String.init) {
                if line.hasPrefix("$ ") {
                    commands.append(Command(line: String(line.dropFirst(2))))
                } else {
                    commands[commands.count - 1].output.append(line)
                }
            }
        }
        return commands
    }()

    /// A folder as the checkout is, without the Swift types of the example agency.
    private func checkout() throws -> Folder {
        let folder = try Folder()
        let files = FileManager.default
        for name in ["Topics", "Scenarios"] {
            try files.copyItem(atPath: "\(RealBinary.repository)/\(name)", toPath: "\(folder.path)/\(name)")
        }
        try files.createDirectory(atPath: "\(folder.path)/Sources/LifeEvents", withIntermediateDirectories: true)
        let vocabulary = "Sources/LifeEvents/Vocabulary"
        try files.copyItem(atPath: "\(RealBinary.repository)/\(vocabulary)", toPath: "\(folder.path)/\(vocabulary)")
        try files.removeItem(atPath: "\(folder.path)/\(vocabulary)/csn")
        return folder
    }

    @Test func `each command of the program does what the page shows`() throws {
        let folder = try checkout()
        let own = Self.commands.filter { $0.line.hasPrefix("livsbuss ") }
        #expect(own.count >= 5)
        for command in own {
            let words = command.line.split(separator: " ").dropFirst().map(String.init)
            let child = try Child(RealBinary.path.get(), words, in: folder)
            #expect(child.wait() == 0, "\(command.line): \(child.standardError)")
            var said = child.standardOutput.split(separator: "\n").map(String.init)
            for line in command.output where line != "…" {
                let place = try #require(said.firstIndex(of: line), "\(command.line) does not say: \(line)")
                said.removeFirst(place + 1)
            }
        }
        #expect(folder.read("Sources/LifeEvents/Vocabulary/csn/StudyAid.swift").contains("struct StudyAid: LifeEvent"))
    }

    /// What this suite was built with is not built again; a suite that the page names must be one.
    @Test(arguments: commands.filter { !$0.line.hasPrefix("livsbuss ") })
    func `each other command builds, or runs a suite that there is`(command: Command) throws {
        let words = command.line.split(separator: " ").map(String.init)
        if words == ["swift", "build"] { return }
        try #require(words.dropLast() == ["swift", "test", "--filter"], "\(command.line)")
        let suite = try #require(words.last)
        let tests = "\(RealBinary.repository)/Tests"
        let names = (FileManager.default.enumerator(atPath: tests)?.allObjects ?? []).compactMap { $0 as? String }
        let files = names.filter { $0.hasSuffix("/\(suite).swift") }
        #expect(files.count == 1)
        for file in files {
            let text = try String(contentsOfFile: "\(tests)/\(file)", encoding: .utf8)
            #expect(text.contains("struct \(suite) {"))
        }
    }
}
