import CommandLineTool
import Scenarios
import Terminal
import YAML

/// `livsbuss fmt PATH…`
enum FormatCommand {
    static var command: Command {
        Command(
            "fmt", "Lays scenario files out in one way; comments and words stay.",
            discussion: """
                A file is written only if the new text means the same when it is read again. With --check nothing is \
                written, and files that would change are named. The path - is standard input, laid out to standard \
                output.

                Exit codes: 0 all is well, 1 --check has found a file to format, 2 a file could not be read.
                """,
            examples: [
                "livsbuss fmt Scenarios": "all files of a folder",
                "livsbuss fmt - < a.yaml": "as an editor does",
            ]
        ) { args in
            let paths: [String] = args.rest("path", "Scenario files or folders.", atLeast: 1, complete: .files)
            let isCheck = args.flag("check", "Write nothing; fail if a file would change.")
            let (output, errorOutput) = (args.output, args.errorOutput)
            return {
                if paths == ["-"] { return try formatInput(isCheck: isCheck, output, errorOutput) }
                var changed = 0
                var refused = 0
                for file in try LanguageFiles.all(paths) {
                    do {
                        let document = try YAMLDocument(contentsOf: file)
                        let text = try ScenarioFormatter.format(document)
                        guard Array(text.utf8) != document.utf8 else { continue }
                        changed += 1
                        if !isCheck { try Places.write(text, to: file) }
                        output.writeLine(isCheck ? "\(file): is not formatted" : file)
                    } catch let error as YAMLError {
                        refused += 1
                        errorOutput.writeLine("\(error)")
                    } catch let problem as ScenarioFormatter.Problem {
                        refused += 1
                        errorOutput.writeLine("\(file): \(problem)")
                    }
                }
                if refused > 0 { return Failure.Code.invalidFile.rawValue }
                return isCheck && changed > 0 ? Failure.Code.expectation.rawValue : 0
            }
        }
    }

    /// The longest standard input, in bytes: a scenario file has at most a mebibyte.
    private static let longestInput = 2 << 20

    private static func formatInput(
        isCheck: Bool, _ output: TerminalOutput, _ errorOutput: TerminalOutput
    ) throws -> Int32 {
        var text = ""
        while let line = readLine(strippingNewline: false) {
            text += line
            guard text.utf8.count <= longestInput else {
                throw Failure(.invalidFile, "standard input is longer than a scenario file may be")
            }
        }
        do {
            let formatted = try ScenarioFormatter.format(YAMLDocument(text: text, file: "standard input"))
            if !isCheck { output.writeVerbatim(formatted) }
            return isCheck && formatted != text ? Failure.Code.expectation.rawValue : 0
        } catch let error as YAMLError {
            errorOutput.writeLine("\(error)")
        } catch let problem as ScenarioFormatter.Problem {
            errorOutput.writeLine("standard input: \(problem)")
        }
        return Failure.Code.invalidFile.rawValue
    }
}
