import Foundation
import Testing

/// The page on contracts that change is what the program does, command by command.
@Suite(.waits) struct DocumentedContractChangeTests {
    private enum Part {
        case file(name: String, text: String)
        case command(String, output: [String])
    }

    /// The page's files and commands in its order.
    private static func parts() throws -> [Part] {
        let page = try String(contentsOfFile: "\(RealBinary.repository)/docs/contracts.md", encoding: .utf8)
        var parts: [Part] = []
        var command: (line: String, output: [String])?
        var file: (name: String, text: String?)?
        func end() {
            if let (line, output) = command { parts.append(.command(line, output: output)) }
            command = nil
        }
        for line in page.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
            if let match = line.wholeMatch(of: /<!-- file: (\S+) -->/) {
                file = (String(match.output.1), nil)
            } else if let (name, text) = file {
                if line == "```", let text {
                    parts.append(.file(name: name, text: text))
                    file = nil
                } else {
                    file = (name, text.map { $0 + line + "\n" } ?? "")
                }
            } else if line.hasPrefix("    $ ") {
                end()
                command = (String(line.dropFirst(6)), [])
            } else if line.hasPrefix("    ") {
                command?.output.append(String(line.dropFirst(4)))
            } else if !line.isEmpty {
                end()
            }
        }
        end()
        return parts
    }

    @Test func `every command of the page runs, and says what the page shows, in that order`() throws {
        let folder = try Folder()
        for name in ["Topics", "Scenarios"] {
            try FileManager.default.copyItem(
                atPath: "\(RealBinary.repository)/\(name)", toPath: "\(folder.path)/\(name)")
        }
        // Without a cluster its commands are left out; CI has one.
        let kafka = try ApacheKafka.script.map { _ in try ApacheKafka() }
        var commands = 0
        for part in try Self.parts() {
            switch part {
            case .file(let name, let text): try folder.write(name, text)
            case .command(let line, let output):
                if line.contains("kafka:9092"), kafka == nil { continue }
                try run(line.replacing("kafka:9092", with: kafka?.servers ?? ""), in: folder, saying: output)
                commands += 1
            }
        }
        #expect(commands == (kafka == nil ? 15 : 18))
    }

    private func run(_ line: String, in folder: Folder, saying output: [String]) throws {
        let program = try RealBinary.path.get()
        let code = line.firstMatch(of: /# exit ([0-9])$/).flatMap { Int32($0.output.1) } ?? 0
        let text = line.hasPrefix("livsbuss ") ? "'\(program)' \(line.dropFirst("livsbuss ".count))" : line
        let child = try Child("/bin/sh", ["-c", text], in: folder)
        let exit = child.wait()
        #expect(exit == code, "\(line): \(child.standardError)")
        var said = child.standardOutput.split(separator: "\n").map(String.init)
        // What is shown without a gap before it must come next.
        var mayLeaveOut = false
        for shown in output {
            if shown == "…" {
                mayLeaveOut = true
                continue
            }
            let place = try #require(said.firstIndex(of: shown), "\(line) does not say: \(shown)")
            #expect(mayLeaveOut || place == 0, "\(line) says before '\(shown)': \(said[..<place])")
            said.removeFirst(place + 1)
            mayLeaveOut = false
        }
    }
}
