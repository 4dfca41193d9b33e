/// The completion script for bash 4 and later; it does not need the bash-completion package.
///
/// Words are compared in the script itself, because `compgen -W` would expand what stands in them.
struct BashCompletion {
    private let root: CommandPath
    private let function: String

    init(_ root: CommandPath) {
        self.root = root
        function = "_" + root.command.name.shellIdentifier
    }

    var script: String {
        let tree = root.visibleTree
        return """
            # bash completion for \(root.text), made from its declarations by '\(root.text) completion bash'.

            # Sets what can stand behind a command: commands, options, and the options that take a value.
            \(function)_at() {
                commands=() options=() valued=' '
                case $1 in
            \(tree.map(commandCase).joined(separator: "\n"))
                esac
            }

            # Offers the values of an option, or of the argument with a number: COMMAND OPTION or COMMAND #NUMBER.
            \(function)_value() {
                case $1 in
            \(tree.flatMap(valueCases).joined(separator: "\n"))
                esac
            }

            \(helpers)
            complete -F \(function) \(root.command.name)

            """
    }

    private func commandCase(_ path: CommandPath) -> String {
        let shown = path.declarations().filter { !$0.isHidden && !$0.isPositional }
        let commands = path.visibleChildren.map(\.command.name.shellQuoted).joined(separator: " ")
        let options = shown.flatMap(\.spellings).joined(separator: " ")
        let valued = path.declarations().filter { !$0.isPositional && $0.takesValue }.flatMap(\.spellings)
        return """
                    \(path.text.shellQuoted))
                        commands=(\(commands))
                        options=(\(options))
                        valued=\((" " + valued.map { $0 + " " }.joined()).shellQuoted)
                        ;;
            """
    }

    private func valueCases(_ path: CommandPath) -> [String] {
        var number = 0
        return path.declarations().compactMap { declaration in
            var patterns = declaration.spellings.map { "\(path.text) \($0)".shellQuoted }
            if declaration.isPositional {
                let first = "\(path.text) #".shellQuoted
                patterns = [declaration.isRest ? first + "*" : "\(first)\(number)"]
                number += 1
            }
            guard declaration.takesValue, !declaration.isHidden, let offer = declaration.offer else {
                // A positional without an offer still ends the search, before the pattern that takes the rest.
                return declaration.isPositional ? "        \(patterns.joined(separator: " | "))) ;;" : nil
            }
            let call =
                switch offer {
                case .files: "\(function)_files -f"
                case .directories: "\(function)_files -d"
                case .words(let words): "\(function)_words \(words.map(\.shellQuoted).joined(separator: " "))"
                }
            return "        \(patterns.joined(separator: " | "))) \(call) ;;"
        }
    }

    private var helpers: String {
        """
        \(function)_words() {
            local candidate quoted
            for candidate; do
                if [[ $candidate == "$cur"* ]]; then
                    printf -v quoted %q "$candidate"
                    COMPREPLY+=("$prefix$quoted")
                fi
            done
        }

        \(function)_files() {
            local file
            compopt -o filenames 2>/dev/null
            while IFS= read -r file; do
                COMPREPLY+=("$prefix$file")
            done < <(compgen "$1" -- "$cur")
        }

        \(function)() {
            local cur=${COMP_WORDS[COMP_CWORD]} prefix= path=\(root.text.shellQuoted) option= ended= count=0 i word
            local commands options valued
            COMPREPLY=()
            \(function)_at "$path"
            for ((i = 1; i < COMP_CWORD; i++)); do
                word=${COMP_WORDS[i]}
                if [[ $option ]]; then
                    # Bash makes three words of --option=value.
                    [[ $word == = ]] || option=
                elif [[ ! $ended && $word == -- ]]; then
                    ended=1
                elif [[ ! $ended && $word == -?* && $word != -[0-9]* ]]; then
                    [[ $valued == *" $word "* ]] && option=$word
                elif ((${#commands[@]})) && [[ " ${commands[*]} " == *" $word "* ]]; then
                    path+=" $word"
                    \(function)_at "$path"
                else
                    count=$((count + 1))
                fi
            done
            if [[ $option && $cur == = ]]; then
                cur=
            elif [[ ! $option && ! $ended && $cur == --*=* && $valued == *" ${cur%%=*} "* ]]; then
                option=${cur%%=*} prefix=${cur%%=*}= cur=${cur#*=}
            fi
            if [[ $option ]]; then
                \(function)_value "$path $option"
            elif [[ ! $ended && $cur == -* ]]; then
                \(function)_words "${options[@]}"
            elif ((${#commands[@]})); then
                \(function)_words "${commands[@]}"
            else
                \(function)_value "$path #$count"
            fi
        }
        """
    }
}
