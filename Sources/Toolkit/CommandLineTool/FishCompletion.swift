/// The completion script for fish 3 and later.
struct FishCompletion {
    private let root: CommandPath
    private let function: String

    init(_ root: CommandPath) {
        self.root = root
        function = "__" + root.command.name.shellIdentifier
    }

    var script: String {
        let name = quoted(root.command.name)
        return """
            # fish completion for \(root.text), made from its declarations by '\(root.text) completion fish'.

            # Prints the command that the line has come to, and the number of the argument that comes next.
            function \(function)_place
                set -l path \(quoted(root.text))
                set -l count 0
                set -l skip 0
                set -l ended 0
                for word in (commandline -opc)[2..-1]
                    if test $skip = 1
                        set skip 0
                        continue
                    end
                    if test $ended = 0
                        if test "$word" = --
                            set ended 1
                            continue
                        end
                        switch "$path $word"
            \(root.visibleTree.flatMap(placeCases).joined(separator: "\n"))
                        end
                        if string match -qr -- '^-[^0-9]' "$word"
                            continue
                        end
                    end
                    set count (math $count + 1)
                end
                echo $path
                echo $count
            end

            # Whether the line has come to this command, and to one of these argument numbers if there are any.
            function \(function)_at
                set -l place (\(function)_place)
                test "$place[1]" = "$argv[1]"; or return 1
                test (count $argv) -eq 1; or contains -- $place[2] $argv[2..-1]
            end

            # Whether the line has come to this command, and to an argument with at least this number.
            function \(function)_from
                set -l place (\(function)_place)
                test "$place[1]" = "$argv[1]"; and test $place[2] -ge $argv[2]
            end

            complete -c \(name) -f
            \(root.visibleTree.flatMap(completions).joined(separator: "\n"))

            """
    }

    private func placeCases(_ path: CommandPath) -> [String] {
        var cases = path.visibleChildren.map { child in
            """
                            case \(quoted(child.text))
                                set path \(quoted(child.text))
                                continue
            """
        }
        let valued = path.declarations().filter { !$0.isPositional && $0.takesValue }.flatMap(\.spellings)
        if !valued.isEmpty {
            cases.append(
                """
                                case \(valued.map { quoted("\(path.text) \($0)") }.joined(separator: " "))
                                    set skip 1
                                    continue
                """)
        }
        return cases
    }

    private func completions(_ path: CommandPath) -> [String] {
        var lines = path.visibleChildren.map { child in
            "\(start(path, "at", "")) -a \(quoted(child.command.name)) -d \(quoted(child.command.summary))"
        }
        var number = 0
        for declaration in path.declarations() where !declaration.isHidden {
            switch declaration.kind {
            case .flag, .option:
                let short = declaration.short.map { " -s \($0)" } ?? ""
                let value = declaration.takesValue ? " -r" + offer(declaration) : ""
                let names = "\(short) -l \(declaration.name)\(value)"
                lines.append("\(start(path, "at", ""))\(names) -d \(quoted(declaration.help))")
            case .positional:
                lines += argument(declaration, start(path, "at", " \(number)"))
                number += 1
            case .rest:
                lines += argument(declaration, start(path, "from", " \(number)"))
            }
        }
        return lines
    }

    private func argument(_ declaration: Declaration, _ start: String) -> [String] {
        declaration.offer == nil ? [] : [start + offer(declaration)]
    }

    private func start(_ path: CommandPath, _ test: String, _ number: String) -> String {
        let condition = "\(function)_\(test) \(quoted(path.text))\(number)"
        return "complete -c \(quoted(root.command.name)) -n \(quoted(condition))"
    }

    private func offer(_ declaration: Declaration) -> String {
        switch declaration.offer {
        case .files: " -F"
        case .directories: " -f -a '(__fish_complete_directories)'"
        // Fish expands the list once more when it is asked for, so each word is quoted for that too.
        case .words(let words): " -f -a \(quoted(words.map(quoted).joined(separator: " ")))"
        case nil: " -f"
        }
    }

    /// In fish's single quotes, a backslash escapes itself and the quote.
    private func quoted(_ text: String) -> String {
        "'\(text.escaping(["\\", "'"]))'"
    }
}
