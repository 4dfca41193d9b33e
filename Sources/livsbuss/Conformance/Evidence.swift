import Contracts
import Files
import Foundation
import Hosting
import JSON
import Runs
import Simulation
import Terminal

/// What a conformance run was made of and has found, in a folder that somebody else can check.
enum Evidence {
    static let manifest = "evidence.json"
    private static let report = "report.txt"
    private static let exchanges = "exchanges.jsonl"
    /// Larger files are no evidence of this house: contracts, scenarios, programs, and this program.
    private static let mostBytes = 1 << 30

    /// A file that the evidence rests on, by its path, with its hash.
    struct Entry: Codable {
        var kind: String
        var path: String
        var sha256: String
    }

    private struct Manifest: Codable {
        var schema = 1
        var program: String
        var agency: String
        var exec: [String]
        var conforms: Bool
        var files: [Entry]
    }

    /// Writes the folder.
    static func write(
        to folder: String, agency: String, player: ProgramPlayer, topics: String, scenarios: [String],
        _ trial: ConformanceTrial, text: String
    ) throws {
        try Places.makeFolder(folder)
        try Places.write(text, to: "\(folder)/\(report)")
        var lines: [UInt8] = []
        for exchange in trial.exchanges {
            lines += "{\"question\":{".utf8
            lines += exchange.question
            lines += ",\"answer\":".utf8
            lines += exchange.answer
            lines += "}\n".utf8
        }
        try Places.write(String(decoding: lines, as: UTF8.self), to: "\(folder)/\(exchanges)")
        var files = [
            try entry("bundle", report, in: folder), try entry("bundle", exchanges, in: folder),
            try entry("build", executable, in: nil),
        ]
        for path in contractFiles(topics) { files.append(try entry("contract", path, in: nil)) }
        for path in scenarios { files.append(try entry("scenario", path, in: nil)) }
        for word in player.words where Places.exists(word) && !Places.isFolder(word) {
            files.append(try entry("program", word, in: nil))
        }
        let manifest = Manifest(
            program: Livsbuss.version, agency: agency, exec: player.words, conforms: trial.report.conforms, files: files
        )
        var writer = JSONWriter(pretty: true)
        try writer.encode(manifest)
        try Places.write(String(decoding: writer.bytes, as: UTF8.self) + "\n", to: "\(folder)/\(Self.manifest)")
    }

    /// What of the evidence in a folder does not hold any more, as sentences; a file that the folder has none of is
    /// looked for where it was.
    static func check(_ folder: String) throws -> (files: Int, faults: [String], conforms: Bool, agency: String) {
        let path = "\(folder)/\(manifest)"
        let text = try Places.text(of: path)
        let kept: Manifest
        do {
            kept = try JSONTape.reading(text) { try $0.decode(Manifest.self) }
        } catch {
            throw Failure(.invalidFile, "\(path): it is no evidence of a conformance run: \(error)")
        }
        var faults: [String] = []
        for entry in kept.files {
            let path = entry.kind == "bundle" ? "\(folder)/\(entry.path)" : entry.path
            guard let now = try? hash(path) else {
                faults.append("\(entry.kind) \(path): it is not there")
                continue
            }
            if now != entry.sha256 { faults.append("\(entry.kind) \(path): it is not what it was") }
        }
        return (kept.files.count, faults, kept.conforms, kept.agency)
    }

    private static var executable: String {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
    }

    private static func contractFiles(_ folder: String) -> [String] {
        let names = (FileManager.default.enumerator(atPath: folder)?.allObjects ?? []).compactMap { $0 as? String }
        return names.filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".json") }.sorted().map { "\(folder)/\($0)" }
    }

    private static func entry(_ kind: String, _ path: String, in folder: String?) throws -> Entry {
        Entry(kind: kind, path: path, sha256: try hash(folder.map { "\($0)/\(path)" } ?? path))
    }

    private static func hash(_ path: String) throws -> String {
        "\(RunDigest.sha256(try InputFile.bytes(of: path, limit: mostBytes)))"
    }
}
