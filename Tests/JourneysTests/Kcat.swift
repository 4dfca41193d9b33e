import Foundation

/// kcat, the stranger on the bus.
enum Kcat {
    static let isDemanded = ProcessInfo.processInfo.environment["CI"] == "true"

    static let path: String? = {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        return folders.map { "\($0)/kcat" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }()

    private static func program() throws -> String {
        guard let path else { throw Missing("kcat is missing; install the package kcat") }
        return path
    }

    /// Publishes lines, each a record with these headers.
    static func publish(
        _ lines: [String], to topic: String, key: String, headers: [String] = [], at servers: String
    ) throws {
        let folder = try Folder()
        let file = try folder.write("lines", lines.map { $0 + "\n" }.joined())
        let child = try Child(
            program(), ["-P", "-b", servers, "-t", topic, "-k", key] + headers.flatMap { ["-H", $0] } + ["-l", file],
            in: folder)
        guard child.wait() == 0 else { throw Missing("kcat: \(child.standardError)") }
    }

    /// The values of all records that a topic has now, a line each.
    static func records(of topic: String, at servers: String) throws -> String {
        let options = ["-C", "-b", servers, "-t", topic, "-o", "beginning", "-e", "-q"]
        let child = try Child(program(), options, in: Folder())
        _ = child.wait()
        return child.standardOutput
    }

    /// Whether a topic is there.
    static func has(_ topic: String, at servers: String) throws -> Bool {
        let child = try Child(program(), ["-L", "-b", servers, "-t", topic], in: Folder())
        return child.wait() == 0 && !child.standardOutput.contains("Unknown topic")
    }

    /// Prints a topic's first records as they come.
    static func consume(_ count: Int, of topic: String, at servers: String) throws -> Child {
        let options = ["-C", "-b", servers, "-t", topic, "-o", "beginning", "-u", "-q", "-c", "\(count)"]
        return try Child(program(), options, in: Folder(), streaming: true)
    }
}
