import Foundation
import SQLite
import Testing

/// The program as it was built beside these tests.
enum RealBinary {
    static let repository = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path
    static let topics = "\(repository)/Topics"

    static func scenario(_ name: String) -> String { "\(repository)/Scenarios/\(name).yaml" }

    static let path = Result<String, Missing> { () throws(Missing) in
        let beside = Bundle.main.bundleURL.path
        let places = [beside, "\(beside)/..", "\(repository)/.build/debug", "\(repository)/.build/release"]
        for place in places where FileManager.default.isExecutableFile(atPath: "\(place)/livsbuss") {
            return "\(place)/livsbuss"
        }
        throw Missing("there is no program livsbuss in any of \(places)")
    }

    /// The repository's contracts, for the commands that need them.
    static func complete(_ arguments: [String]) -> [String] {
        ["run", "broker", "coverage", "mutate"].contains(arguments.first)
            ? arguments + ["--topics", topics] : arguments
    }

    static func start(_ arguments: [String], in folder: Folder, streaming: Bool = false) throws -> Child {
        try Child(path.get(), complete(arguments), in: folder, streaming: streaming)
    }
}

/// The store of a run that is going on, with those of its passes and jobs.
struct LiveStore {
    /// Its folder.
    let folder: String

    init(_ folder: Folder, _ name: String) { self.folder = "\(folder.path)/\(name)" }

    /// Whether a run would go on from it.
    var hasCheckpoint: Bool {
        let files = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        return files.contains { file in
            guard file.hasSuffix("status.sqlite") else { return false }
            let values = try? Database(path: "\(folder)/\(file)", mode: .readOnly)
                .query("SELECT 1 FROM properties WHERE name = 'last-checkpoint'") { $0.int(0) }
            return values?.isEmpty == false
        }
    }

    /// Until a run has kept where it would go on from, or has ended.
    func waitForCheckpoint(of run: Child) {
        while run.isRunning, !hasCheckpoint { usleep(20_000) }
    }
}

/// Runs `livsbuss` to its end in a folder, or in one of its own.
func livsbuss(
    _ arguments: [String], in folder: Folder? = nil
) throws -> (exitCode: Int32, stdout: String, stderr: String) {
    let child = try RealBinary.start(arguments, in: folder ?? Folder())
    let code = child.wait()
    return (code, child.standardOutput, child.standardError)
}

/// An embedded broker in a process of its own.
struct BrokerProcess {
    let servers: String
    private let child: Child

    init(_ arguments: [String] = []) throws {
        child = try RealBinary.start(["broker", "--port", "0"] + arguments, in: Folder(), streaming: true)
        let line = try child.nextLine()
        servers = try String(#require(line.split(separator: " ").last))
    }

    /// Ends it at once; nobody can reach it from then on.
    func kill() { child.kill(SIGKILL) }
}
