import CommandLineTool
import Files
import Foundation
import Kafka
import Terminal

/// librdkafka's properties of a command that reaches a cluster: of a file, of the environment and of the command line, the
/// later over the earlier.
///
/// A password belongs in the file or the environment: the command line is seen by all who may list processes.
struct ClusterProperties: Sendable {
    /// Of the command line, each as `name=value`.
    private var own: [String] = []
    /// The path of a file with one `name=value` a line; nil: none.
    private var file: String?

    /// What the name of a variable begins with; the rest is the property's name, in capitals and with `_` for each full stop.
    static let variablePrefix = "LIVSBUSS_KAFKA_"
    /// The longest file, bytes: a page of properties has a few thousand, and certificates may stand in it.
    private static let longestFile = 1 << 20

    /// None but those of the environment.
    init() {}

    /// Declares the options.
    /// - Parameter lack: why the command reaches no cluster, so that properties are refused; nil: it does.
    init(_ args: inout Arguments, lack: String?) {
        own = args.options(
            "property", short: "X", value: "name=value", "A librdkafka property, such as security.protocol=ssl.")
        file = args.option(
            "property-file", value: "file", "A file with such properties, one a line; passwords belong here.",
            complete: .files)
        let (own, file) = (own, file)
        args.require(lack == nil || own.isEmpty, "--property \(lack ?? "")")
        args.require(lack == nil || file == nil, "--property-file \(lack ?? "")")
        let complaints = own.compactMap { PropertyRules.complaint(about: $0) }
        args.require(complaints.isEmpty, complaints.first ?? "")
    }

    /// All of them, in the order in which they apply.
    /// - Parameter environment: the process's variables by name.
    /// - Throws: ``Failure`` for a file that cannot be read, with the line and column of what is no property in it, and for
    ///   a variable that names none.
    func all(
        _ environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws(Failure) -> [(name: String, value: String)] {
        var all = try ofFile()
        // order-free: sorted
        let variables = environment.filter { $0.key.hasPrefix(Self.variablePrefix) }.sorted { $0.key < $1.key }
        for (variable, value) in variables {
            let name = variable.dropFirst(Self.variablePrefix.count).lowercased().replacing("_", with: ".")
            if let complaint = PropertyRules.complaint(about: "\(name)=\(value)") {
                throw Failure(.environment, "the environment's \(variable): \(complaint)".escapedLine)
            }
            all.append((name, value))
        }
        return all + own.compactMap { PropertyRules.parse($0) }
    }

    private func ofFile() throws(Failure) -> [(name: String, value: String)] {
        guard let file else { return [] }
        let bytes: [UInt8]
        do throws(FileFailure) {
            bytes = try InputFile.bytes(of: file, limit: Self.longestFile)
        } catch {
            throw Failure(.invalidFile, "\(file): the properties cannot be read: \(error)".escapedLine)
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Failure(.invalidFile, "\(file): the properties are not text in UTF-8".escapedLine)
        }
        var found: [(name: String, value: String)] = []
        for (number, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let written = line.drop(while: \.isWhitespace)
            guard let first = written.first, first != "#" else { continue }
            let place = "\(file):\(number + 1):\(line.distance(from: line.startIndex, to: written.startIndex) + 1)"
            let parts = written.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty else {
                // What stands there may be a part of a secret.
                throw Failure(.invalidFile, "\(place): a property is written name=value".escapedLine)
            }
            let name = parts[0].trimmingCharacters(in: .whitespaces)
            let value = parts[1].trimmingCharacters(in: .whitespaces)
            // Such files are written for several programs; which cluster this one means it was told.
            guard name != "bootstrap.servers" else { continue }
            if let complaint = PropertyRules.complaint(about: "\(name)=\(value)") {
                throw Failure(.invalidFile, "\(place): \(complaint)".escapedLine)
            }
            found.append((name, value))
        }
        return found
    }
}
