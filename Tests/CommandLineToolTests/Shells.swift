import Foundation
import Testing

/// Runs real shells on completion scripts.
enum Shells {
    static func path(_ shell: String) -> String? {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        return folders.map { "\($0)/\(shell)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// Runs a command beside the script `script.SHELL` and the folder `folder`, or only checks the script's syntax.
    ///
    /// Gives what the shell wrote to both outputs; a test fails if it ends with an error.
    static func run(_ shell: String, _ command: String?, script: String) throws -> String {
        let place = FileManager.default.temporaryDirectory.appending(path: "completion-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: place) }
        try FileManager.default.createDirectory(
            at: place.appending(path: "folder/under"), withIntermediateDirectories: true)
        try Data().write(to: place.appending(path: "folder/file.yaml"))
        try Data(script.utf8).write(to: place.appending(path: "script.\(shell)"))
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(
            filePath: try #require(path(shell), "\(shell) is missing; scripts/setup test installs it"))
        process.arguments = command.map { ["-c", $0] } ?? ["-n", "script.\(shell)"]
        process.currentDirectoryURL = place
        var environment = ProcessInfo.processInfo.environment
        // Names in other letters than ASCII are compared letter by letter, not byte by byte.
        environment["LC_ALL"] = "C.UTF-8"
        environment["HOME"] = place.path()
        process.environment = environment
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let text = String(decoding: output, as: UTF8.self)
        #expect(process.terminationStatus == 0, "\(shell): \(text)")
        return text
    }
}
