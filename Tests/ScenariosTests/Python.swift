import Foundation
import Testing

/// Python with `jsonschema` and `PyYAML`, an implementation of JSON Schema that is not ours.
///
/// Without it a test is left out, except where `CI=true`: there it fails.
enum Python {
    static let isThere = (try? run("import jsonschema, yaml", [])) == ""
    static var isWanted: Bool { isThere || ProcessInfo.processInfo.environment["CI"] == "true" }

    /// Runs a program and returns what it has printed on both outputs.
    static func run(_ program: String, _ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-W", "ignore", "-c", program] + arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: output, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// The folder of published schemas beside the checkout; they are not copied into it.
    static var schemas: String? {
        let root = String(#filePath.prefix(upTo: #filePath.firstRange(of: "/Tests/")!.lowerBound))
        let folder = "\(root)/../shared/schemas"
        return FileManager.default.fileExists(atPath: folder) ? folder : nil
    }
}
