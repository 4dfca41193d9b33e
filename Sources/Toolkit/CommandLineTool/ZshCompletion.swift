/// The completion script for zsh: one function a command, each a call of zsh's own `_arguments`.
struct ZshCompletion {
    private let root: CommandPath

    init(_ root: CommandPath) {
        self.root = root
    }

    var script: String {
        let function = functionName(root)
        return """
            #compdef \(root.command.name)
            # zsh completion for \(root.text), made from its declarations by '\(root.text) completion zsh'.

            \(root.visibleTree.map { $0.command.subcommands == nil ? action($0) : group($0) }.joined(separator: "\n"))
            if [[ $funcstack[1] == \(function) ]]; then
                \(function) "$@"
            else
                compdef \(function) \(root.command.name)
            fi

            """
    }

    private func functionName(_ path: CommandPath) -> String {
        "_" + path.commands.map(\.name.shellIdentifier).joined(separator: "_")
    }

    private func action(_ path: CommandPath) -> String {
        let specs = path.declarations().filter { !$0.isHidden }.flatMap(specifications)
        return """
            \(functionName(path))() {
                _arguments -s -S \(specs.map { "\\\n        \($0)" }.joined(separator: " "))
            }

            """
    }

    private func group(_ path: CommandPath) -> String {
        let specs = path.declarations().filter { !$0.isHidden }.flatMap(specifications)
        let entries = path.visibleChildren.map {
            "\($0.command.name.escaping([":", "\\"])):\($0.command.summary)".shellQuoted
        }
        let cases = path.visibleChildren.map { "            (\($0.command.name)) \(functionName($0)) && ret=0 ;;" }
        return """
            \(functionName(path))() {
                local curcontext=$curcontext state ret=1
                local -a line commands
                typeset -A opt_args
                _arguments -C \(specs.map { "\\\n        \($0)" }.joined(separator: " ")) \\
                    ': :->command' \\
                    '*:: :->argument' && ret=0
                case $state in
                    (command)
                        commands=(\(entries.joined(separator: " ")))
                        _describe -t commands command commands && ret=0
                        ;;
                    (argument)
                        case $line[1] in
            \(cases.map { "    \($0)" }.joined(separator: "\n"))
                        esac
                        ;;
                esac
                return ret
            }

            """
    }

    /// What `_arguments` is told of a declaration: one specification for each way to write it.
    private func specifications(_ declaration: Declaration) -> [String] {
        let value = ":\(declaration.valueName.escaping([":", "\\"])):\(offer(declaration))"
        switch declaration.kind {
        case .flag:
            let others = declaration == .helpFlag || declaration == .versionFlag ? "- *" : spellings(declaration)
            return declaration.spellings.map { "(\(others))\($0)\(explanation(declaration))".shellQuoted }
        case .option(let isRepeatable, _):
            // A '+' lets a short option's value stand behind it at once, a '=' a long one's behind an equals sign.
            let start = isRepeatable ? "*" : "(\(spellings(declaration)))"
            return declaration.spellings.map { spelling in
                let joint = spelling.hasPrefix("--") ? "=" : "+"
                return (start + spelling + joint + explanation(declaration) + value).shellQuoted
            }
        case .positional(let isRequired):
            return [((isRequired ? "" : ":") + value).shellQuoted]
        case .rest:
            return ["*\(value)".shellQuoted]
        }
    }

    private func spellings(_ declaration: Declaration) -> String {
        declaration.spellings.joined(separator: " ")
    }

    private func explanation(_ declaration: Declaration) -> String {
        "[\(declaration.help.escaping(["[", "]", "\\"]))]"
    }

    private func offer(_ declaration: Declaration) -> String {
        switch declaration.offer {
        case .files: "_files"
        case .directories: "_files -/"
        case .words(let words):
            "(\(words.map { $0.escaping([" ", ":", "\\", "(", ")", "'", "\"", "$", "`"]) }.joined(separator: " ")))"
        case nil: " "
        }
    }
}
