import Foundation
import Testing

/// A published schema and the tool that checks a document against it.
enum ReportsSchema {
    /// Where CI says so a missing tool or schema is a failure, elsewhere the test is named as skipped.
    static let isDemanded = ProcessInfo.processInfo.environment["CI"] == "true"

    static let folder: String? = {
        let repository = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let beside = repository.deletingLastPathComponent().appendingPathComponent("shared/schemas").path
        let named = ProcessInfo.processInfo.environment["SCHEMAS_FOR_TESTS"]
        return [named, beside].compactMap { $0 }.first { FileManager.default.fileExists(atPath: $0) }
    }()

    /// Debian's Python, which has Debian's module, or the one on PATH.
    static let python: [String]? = [["/usr/bin/python3"], ["/usr/bin/env", "python3"]].first { command in
        (try? run(command + ["-c", "import xmlschema"]))?.code == 0
    }

    static let isThere = folder != nil && python != nil

    static func run(_ command: [String]) throws -> (code: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: command[0])
        process.arguments = Array(command.dropFirst())
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }

    /// What is wrong with an XML document; nil if it is valid.
    static func problem(_ xml: String, schema: String) throws -> String? {
        let folder = try #require(folder, "../shared/schemas is missing")
        let python = try #require(python, "python3-xmlschema is missing")
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).xml")
        try Data(xml.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let check = "import sys, xmlschema; xmlschema.XMLSchema(sys.argv[1]).validate(sys.argv[2])"
        let result = try run(python + ["-c", check, "\(folder)/\(schema)", file.path])
        return result.code == 0 ? nil : result.output
    }
}
