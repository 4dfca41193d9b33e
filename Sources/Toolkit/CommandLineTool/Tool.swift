public import Terminal

/// A command-line program made of declared commands.
///
/// It parses, prints help (`--help`, `-h`, `help COMMAND`), its version (`--version`) and completion scripts
/// (`completion bash`), and tells of all usage errors at once.
///
/// ```swift
/// let tool = Tool(name: "livsbuss", summary: "…", version: "1.0", commands: [run, .group("topics", "…", [list])])
/// exit(tool.main())
/// ```
public struct Tool: Sendable {
    /// What a person is told of an error, and the exit code that tells programs.
    public typealias ErrorHandler = @Sendable (any Error) -> (message: String, exitCode: Int32)

    /// The exit code of a command line that could not be understood (`EX_USAGE`).
    public static let usageExitCode: Int32 = 64
    /// The exit code when the output could not be written, though the command itself went well (`EX_IOERR`).
    public static let outputExitCode: Int32 = 74

    /// The word the program is called by.
    public let name: String
    /// The version, as `--version` prints it behind the name.
    public let version: String

    let root: CommandPath
    private let errorHandler: ErrorHandler

    /// Declares a tool; `completion` and `help` are added to its commands.
    ///
    /// - Parameters:
    ///   - name: The word the program is called by.
    ///   - summary: One sentence, on top of the help.
    ///   - version: The version.
    ///   - discussion: More for the help; set as that of ``Command``.
    ///   - examples: Whole command lines with what they do.
    ///   - commands: The commands, in the order that help shows them.
    ///   - errorHandler: Words what a command's closure throws; without it, the error's own text and 1.
    public init(
        name: String, summary: String, version: String, discussion: String = "",
        examples: KeyValuePairs<String, String> = [:], commands: [Command],
        errorHandler: @escaping ErrorHandler = { ("\($0)", 1) }
    ) {
        self.name = name
        self.version = version
        let root = Command.group(name, summary, discussion: discussion, examples: examples, commands)
        self.root = CommandPath(root: root.withBuiltIns())
        self.errorHandler = errorHandler
    }

    /// Runs a command line on the process's own outputs; the exit code.
    ///
    /// - Parameter arguments: The words behind the program's name; those of the process unless given.
    public func main(_ arguments: [String] = Array(CommandLine.arguments.dropFirst())) -> Int32 {
        run(arguments, output: .standardOutput, errorOutput: .standardError)
    }

    /// Runs a command line; the exit code. Both outputs are written out at the end.
    public func run(_ arguments: [String], output: TerminalOutput, errorOutput: TerminalOutput) -> Int32 {
        let code = dispatch(arguments[...], output, errorOutput)
        output.flush()
        defer { errorOutput.flush() }
        // A reader that went away had enough; that is no failure of the command.
        guard let failure = output.failure, failure != .readerGone, code == 0 else { return code }
        report(failure.description, errorOutput)
        return Self.outputExitCode
    }

    // MARK: - Finding the command

    private func dispatch(_ arguments: ArraySlice<String>, _ output: TerminalOutput, _ errorOutput: TerminalOutput)
        -> Int32
    {
        var path = root
        var words = arguments
        while path.command.subcommands != nil {
            guard let word = words.popFirst() else {
                errorOutput.write(HelpText.of(path, for: errorOutput) + "\n")
                return refuse([.missingCommand], path, errorOutput)
            }
            if Declaration.helpFlag.spellings.contains(word) {
                output.write(HelpText.of(path, for: output))
                return 0
            }
            if path.isRoot && Declaration.versionFlag.spellings.contains(word) {
                output.writeLine("\(name) \(version)")
                return 0
            }
            if LineParser.looksLikeOption(word) {
                let guess = SpellingGuess.nearest(to: word, among: path.declarations().map(\.label))
                return refuse([.optionBeforeCommand(word, guess: guess)], path, errorOutput)
            }
            do {
                path = try path.descending(to: word)
            } catch {
                return refuse([error], path, errorOutput)
            }
        }
        return perform(path, words, output, errorOutput)
    }

    private func perform(
        _ path: CommandPath, _ words: ArraySlice<String>, _ output: TerminalOutput, _ errorOutput: TerminalOutput
    ) -> Int32 {
        guard case .action(let body) = path.command.kind else { return refuse([.missingCommand], path, errorOutput) }
        let line = LineParser.parse(words, by: path.declarations())
        if line.asksForHelp {
            output.write(HelpText.of(path, for: output))
            return 0
        }
        var arguments = Arguments(line: line, output: output, errorOutput: errorOutput)
        let action = body(&arguments)
        guard arguments.errors.isEmpty else { return refuse(arguments.errors, path, errorOutput) }
        do {
            return try action()
        } catch let request as HelpRequest {
            return help(request.names, output, errorOutput)
        } catch {
            let (message, exitCode) = errorHandler(error)
            output.flush()
            report(message, errorOutput)
            return exitCode
        }
    }

    private func help(_ names: [String], _ output: TerminalOutput, _ errorOutput: TerminalOutput) -> Int32 {
        var path = root
        do {
            for name in names { path = try path.descending(to: name) }
        } catch {
            return refuse([error], path, errorOutput)
        }
        output.write(HelpText.of(path, for: output))
        return 0
    }

    // MARK: - Telling what is wrong

    private func refuse(_ errors: [UsageError], _ path: CommandPath, _ errorOutput: TerminalOutput) -> Int32 {
        for error in errors { report(error.description, errorOutput) }
        errorOutput.writeLine("Run '\(path.text) --help' to see how it is used.")
        return Self.usageExitCode
    }

    private func report(_ message: String, _ errorOutput: TerminalOutput) {
        guard !message.isEmpty else { return }
        errorOutput.writeLine("\(errorOutput.paint("error:", .red, .bold)) \(message)")
    }
}
