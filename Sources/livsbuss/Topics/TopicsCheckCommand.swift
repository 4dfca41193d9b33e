import CommandLineTool
import Contracts
import Files
import Foundation
import LifeEvents
import Terminal

extension TopicsCommand {
    /// `livsbuss topics check [PATH…]`
    static var check: Command {
        Command(
            "check", "Holds the access lists of the contracts against what agencies hear and publish.",
            discussion: """
                Without paths, the folder of contracts is checked: a rule or a publication that no row of an access list \
                allows, a row that nothing uses, a type that nobody hears or that has no schema, personal data kept for \
                ever, too few replicas, readers of sensitive data that are not named.

                A path is a manifest that lies elsewhere, or a folder of them: it is read by nais's rules, and told what \
                the bus would need of it besides.

                Exit codes: 0 nothing found, 1 something found, 2 a file is invalid.
                """,
            examples: [
                "livsbuss topics check": "the contracts of this folder",
                "livsbuss topics check deploy/topics": "manifests of another house",
            ]
        ) { args in
            let folder: String? = args.option(
                "topics", value: "folder", "The folder of contracts.", complete: .directories)
            let paths: [String] = args.rest("path", "Manifests from outside, or folders of them.", complete: .files)
            let showsTime = args.flag("time", "Tell how long the contracts took to be read, on standard error.")
            args.require(
                folder == nil || paths.isEmpty, "--topics is for the folder of contracts, and paths are for others")
            let (output, errorOutput) = (args.output, args.errorOutput)
            return {
                var report = ContractReport()
                if paths.isEmpty {
                    let catalogue = try read(folder, showsTime ? errorOutput : nil)
                    try report.add(catalogue)
                } else {
                    for file in try manifests(paths) { report.add(OutsideManifest(file: file)) }
                }
                for problem in report.faults + report.findings { errorOutput.writeLine("\(problem)") }
                output.writeLine(report.summary)
                if !report.faults.isEmpty { return Failure.Code.invalidFile.rawValue }
                return report.findings.isEmpty ? 0 : Failure.Code.expectation.rawValue
            }
        }
    }

    /// The contracts of a folder; how long reading them took goes to an output, if there is one.
    private static func read(_ folder: String?, _ output: TerminalOutput?) throws -> Catalogue {
        let start = nanoseconds()
        let catalogue = try Places.catalogue(folder)
        let milliseconds = Double(nanoseconds() - start) / 1e6
        output?.writeLine(
            "\(counted(catalogue.topics.count, "topic")) and \(counted(catalogue.schemaFiles.count, "schema")) read in "
                + "\((milliseconds * 10).rounded() / 10) ms")
        return catalogue
    }

    /// The manifests of files and folders.
    private static func manifests(_ paths: [String]) throws -> [String] {
        var files: [String] = []
        for path in paths {
            guard Places.exists(path) else { throw Failure(.invalidFile, "\(path): there is no such file or folder") }
            guard Places.isFolder(path) else {
                files.append(path)
                continue
            }
            let names = (FileManager.default.enumerator(atPath: path)?.allObjects ?? []).compactMap { $0 as? String }
            files += names.filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }.sorted().map {
                path.hasSuffix("/") ? path + $0 : "\(path)/\($0)"
            }
        }
        if files.isEmpty {
            throw Failure(.invalidFile, "there is no manifest (*.yaml) in \(paths.joined(separator: ", "))")
        }
        return files
    }
}

/// What a check of contracts found.
private struct ContractReport {
    var topics = 0
    var faults: [ContractProblem] = []
    var findings: [ContractProblem] = []

    mutating func add(_ catalogue: Catalogue) throws {
        let uses = DeclaredUses(catalogue)
        topics += catalogue.topics.count
        // A folder without any schema has none yet; one with some lacks the others.
        let schemas = catalogue.schemaFiles.isEmpty ? nil : catalogue.schemaFiles.keys.sorted()
        findings += ContractCheck(
            catalogue, types: uses.types, readings: uses.readings, writings: uses.writings, schemas: schemas
        ).findings()
        guard schemas != nil else { return }
        let types = try catalogue.typeSchemas()
        let rights = try catalogue.rights()
        findings += ReaderCheck(rights, types: types, readings: uses.readings).findings()
        findings += ProtectionCheck(rights, types: types).findings()
    }

    mutating func add(_ manifest: OutsideManifest) {
        topics += 1
        faults += manifest.faults
        findings += manifest.findings
    }

    var summary: String {
        let number = faults.count + findings.count
        return "\(counted(topics, "topic")): " + (number == 0 ? "nothing found" : counted(number, "finding"))
    }
}
