import Foundation
import Testing

/// Python with `jsonschema`, `xmlschema` and `PyYAML`: an opinion on our output that is not ours.
///
/// Without them, or without the published schemas, a test is named as skipped, except where `CI=true`: there it fails.
enum Python {
    private static let isDemanded = ProcessInfo.processInfo.environment["CI"] == "true"

    /// Debian's Python, which has Debian's modules whatever else stands on PATH, or the one on PATH.
    private static let interpreter = [["/usr/bin/python3"], ["/usr/bin/env", "python3"]].first { command in
        (try? run(command + ["-c", "import jsonschema, xmlschema, yaml"]))?.code == 0
    }

    /// The folder of published schemas beside the checkout; they are not copied into it.
    private static let schemas: String? = {
        let repository = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let beside = repository.deletingLastPathComponent().appendingPathComponent("shared/schemas").path
        let named = ProcessInfo.processInfo.environment["SCHEMAS_FOR_TESTS"]
        return [named, beside].compactMap { $0 }.first { FileManager.default.fileExists(atPath: $0) }
    }()

    static var isWanted: Bool { isDemanded || interpreter != nil }
    static var isWantedWithSchemas: Bool { isDemanded || interpreter != nil && schemas != nil }

    /// The path of a published schema.
    static func schema(_ name: String) throws -> String {
        "\(try #require(schemas, "../shared/schemas is missing"))/\(name)"
    }

    /// Runs a program; `code` is 0 if it ended well, `output` what it printed on both outputs.
    static func run(_ program: String, _ arguments: [String]) throws -> (code: Int32, output: String) {
        let missing: Comment =
            "python3 with jsonschema, xmlschema and PyYAML is missing; scripts/setup test installs it"
        let interpreter = try #require(interpreter, missing)
        return try run(interpreter + ["-W", "ignore", "-c", program] + arguments)
    }

    private static func run(_ command: [String]) throws -> (code: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: command[0])
        process.arguments = Array(command.dropFirst())
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let text = String(decoding: output, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        return (process.terminationStatus, text)
    }
}
