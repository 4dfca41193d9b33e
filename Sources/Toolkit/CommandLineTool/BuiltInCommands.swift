import Terminal

/// The `help` command asks the tool, which alone knows all commands, by throwing this.
struct HelpRequest: Error {
    let names: [String]
}

extension Command {
    /// The root of a tool with the commands that every tool has.
    func withBuiltIns() -> Command {
        let commands = subcommands ?? []
        let names = commands.filter { !$0.isHidden }.map(\.name)
        return .group(
            name, summary, discussion: discussion, examples: examples,
            commands + [.completion(of: self), .help(names)])
    }

    /// `help COMMAND`.
    private static func help(_ names: [String]) -> Command {
        Command("help", "Show the help of a command.") { args in
            let path: [String] = args.rest("command", "The command's name.", complete: .words(names))
            return { throw HelpRequest(names: path) }
        }
    }

    /// `completion SHELL`, for a tool with this root and the built-in commands.
    private static func completion(of root: Command) -> Command {
        Command(
            "completion", "Print a script that completes this tool's command lines.",
            discussion: """
                Bash, for this and later shells:

                  source <(\(root.name) completion bash)
                  \(root.name) completion bash > ~/.local/share/bash-completion/completions/\(root.name)

                Zsh, in a folder that stands in $fpath before compinit runs:

                  \(root.name) completion zsh > ~/.zfunc/_\(root.name)

                Fish:

                  \(root.name) completion fish > ~/.config/fish/completions/\(root.name).fish
                """
        ) { args in
            let shell: Shell = args.positional("shell", "The shell to complete in.")
            let output = args.output
            return {
                output.writeVerbatim(shell.script(for: CommandPath(root: root.withBuiltIns())))
                return 0
            }
        }
    }
}

/// A shell that completion scripts can be made for.
enum Shell: String, CaseIterable, ArgumentValue {
    case bash, zsh, fish

    /// The script; it needs nothing but the shell.
    func script(for root: CommandPath) -> String {
        switch self {
        case .bash: BashCompletion(root).script
        case .zsh: ZshCompletion(root).script
        case .fish: FishCompletion(root).script
        }
    }
}

extension String {
    /// The text in single quotes, in which bash, zsh and a POSIX shell change nothing.
    var shellQuoted: String {
        "'" + split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }

    /// The text as a part of a shell function's name.
    var shellIdentifier: String {
        String(
            unicodeScalars.map { $0.properties.isAlphabetic || $0.properties.numericType != nil ? Character($0) : "_" })
    }

    /// The text with a backslash before each of the given characters.
    func escaping(_ special: Set<Character>) -> String {
        reduce(into: "") { $0 += special.contains($1) ? "\\\($1)" : String($1) }
    }
}
