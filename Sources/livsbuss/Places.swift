import Contracts
import Files
import Foundation
import Terminal
import YAML

/// Where files are found: scenario files of given paths, and the folder of contracts.
enum Places {
    /// The store of a run that names none; while it is written, one with a number beside it.
    static let lastStore = ".livsbuss/last"

    /// The YAML files of files and folders, each folder's in the order of their names; subfolders are walked too.
    /// - Parameter withLibraries: whether those in folders `shared` count, which hold parts of scenarios.
    static func scenarioFiles(_ paths: [String], withLibraries: Bool = false) throws -> [String] {
        var files: [String] = []
        for path in paths {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
                throw Failure(.invalidFile, "\(path): there is no such file or folder")
            }
            guard isFolder.boolValue else {
                files.append(path)
                continue
            }
            // A link to a folder is not followed by what walks it.
            let folder = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
            let names = (FileManager.default.enumerator(atPath: folder)?.allObjects ?? []).compactMap { $0 as? String }
            let found = names.filter {
                $0.hasSuffix(".yaml") && (withLibraries || !$0.split(separator: "/").contains("shared"))
            }.sorted()
            if !withLibraries,
                let lonely = names.filter({ $0.hasSuffix(".golden") }).sorted().first(where: {
                    !found.contains("\($0.dropLast(7)).yaml")
                })
            {
                throw Failure(
                    .invalidFile,
                    "\(path)/\(lonely): the approved run of no scenario: there is no \(lonely.dropLast(7)).yaml")
            }
            if found.isEmpty { throw Failure(.invalidFile, "\(path): there is no scenario (*.yaml) in this folder") }
            files += found.map { path.hasSuffix("/") ? path + $0 : "\(path)/\($0)" }
        }
        return files
    }

    /// The contracts of the folder given, or of `Topics` in this folder or one above it or above the program.
    /// - Parameter reading: when the schemas are read.
    static func catalogue(_ given: String?, schemas reading: SchemaReading = .now) throws -> Catalogue {
        try Catalogue(folder: topicsFolder(given), schemas: reading)
    }

    /// As ``catalogue(_:)``, without compiling schemas, for who holds no message against them.
    static func topicsAndOwners(_ given: String?) throws -> Catalogue {
        try Catalogue(folder: topicsFolder(given), schemas: .never)
    }

    /// The folder of contracts: the one given, or `Topics` in this folder or one above it or above the program.
    static func topicsFolder(_ given: String?) throws -> String {
        if let given { return given }
        let here = FileManager.default.currentDirectoryPath
        let program = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath().path
        for start in [here, program] {
            var folder = URL(fileURLWithPath: start)
            while folder.path != "/" {
                let topics = folder.appendingPathComponent("Topics").path
                if FileManager.default.fileExists(atPath: topics + "/skatteverket") {
                    return topics
                }
                folder.deleteLastPathComponent()
            }
        }
        throw Failure(.environment, "there is no folder Topics here or above; name it with --topics")
    }

    /// The folder in which the contracts stand, and beside them scenarios and tests.
    static func besideTopics() throws -> String {
        URL(fileURLWithPath: try topicsFolder(nil)).deletingLastPathComponent().path
    }

    /// A path as it is read from the current folder, where it lies below it.
    static func shortened(_ path: String) -> String {
        let here = FileManager.default.currentDirectoryPath + "/"
        return path.hasPrefix(here) ? String(path.dropFirst(here.count)) : path
    }

    /// The longest text that is read, in bytes: a golden run of thousands of cases has some hundred MiB.
    private static let longestText = 1 << 30

    /// A file's whole text.
    /// - Throws: `Failure` for what cannot be read, and for what is not UTF-8, with the place.
    static func text(of path: String) throws -> String {
        let bytes: [UInt8]
        do {
            bytes = try InputFile.bytes(of: path, limit: longestText)
        } catch {
            throw Failure(.invalidFile, "\(path): the file cannot be read: \(error)")
        }
        if let place = UTF8Check.firstOffence(in: bytes) {
            throw Failure(
                .invalidFile,
                "\(path):\(place.line):\(place.column): the text is not UTF-8 here (byte \(place.offset + 1))")
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Writes a file's whole text; `-` is standard output. A link stays one, a file keeps its mode and owner.
    static func write(_ text: String, to path: String) throws {
        // What was printed before must also come before.
        if OutputFile.isStandardOutput(path) { return TerminalOutput.standardOutput.writeVerbatim(text) }
        do {
            try OutputFile.write(text, to: path)
        } catch {
            throw Failure(.environment, "\(path): the file cannot be written: \(error)")
        }
    }

    /// Lets everybody run a file who may read it.
    static func makeRunnable(_ path: String) throws {
        do {
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        } catch {
            throw Failure(.environment, "\(path): the file cannot be made a program: \(error)")
        }
    }

    /// The folder that annotations tell paths from.
    static var checkout: String {
        ProcessInfo.processInfo.environment["GITHUB_WORKSPACE"] ?? FileManager.default.currentDirectoryPath
    }

    /// Removes a file, if it is there.
    static func remove(_ path: String) { try? FileManager.default.removeItem(atPath: path) }

    /// Makes a folder and those above it, where they are not there.
    static func makeFolder(_ path: String) throws {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw Failure(.environment, "\(path): the folder cannot be made: \(error)")
        }
    }

    /// The path of a file whatever way it is named: links followed, from the root.
    static func real(_ path: String) -> String { URL(fileURLWithPath: path).resolvingSymlinksInPath().path }

    /// What a link leads to, as seen from here; nil for what is no link.
    static func linkTarget(_ path: String) -> String? {
        guard let target = try? FileManager.default.destinationOfSymbolicLink(atPath: path) else { return nil }
        guard !target.hasPrefix("/"), let slash = path.lastIndex(of: "/") else { return target }
        return path[...slash] + target
    }

    static func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    }

    static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }
}

/// A monotonic clock in milliseconds: paces checkpoints and paced runs and reaches no message.
func monotonicMilliseconds() -> Int64 {
    Int64(ProcessInfo.processInfo.systemUptime * 1_000)
}
