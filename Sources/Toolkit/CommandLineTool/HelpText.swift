import Terminal

/// Sets the help of one command, from the same declarations that its command line is parsed by.
struct HelpText {
    private let path: CommandPath
    private let declarations: [Declaration]
    private let paint: Paint
    private let width: Int
    private var text = ""

    /// The help of the command at the end of a path, with 80 columns, or fewer if the output is narrower.
    static func of(_ path: CommandPath, for output: TerminalOutput) -> String {
        var help = HelpText(path, paint: output.paint, width: min(80, max(40, output.width)))
        help.compose()
        return help.text
    }

    private init(_ path: CommandPath, paint: Paint, width: Int) {
        self.path = path
        self.paint = paint
        self.width = width
        declarations = path.declarations().filter { !$0.isHidden }
    }

    private mutating func compose() {
        let command = path.command
        add(command.summary.wrapped(to: width))
        addUsage()
        if !command.discussion.isEmpty {
            text += "\n"
            add(Self.paragraphs(command.discussion, width))
        }
        section("Commands", path.visibleChildren.map { ($0.command.name, $0.command.summary) })
        section("Arguments", declarations.filter(\.isPositional).map { ($0.label, Self.description($0)) })
        section("Options", declarations.filter { !$0.isPositional }.map { (Self.heading($0), Self.description($0)) })
        addExamples(command.examples)
        if command.subcommands != nil {
            let name = path.commands[0].name
            let words = path.commands.dropFirst().map { " \($0.name)" }.joined()
            text += "\n"
            add("Run '\(name) help\(words) <command>' for the help of a command.".wrapped(to: width))
        }
    }

    private mutating func add(_ lines: [String]) {
        for line in lines { text += line + "\n" }
    }

    // MARK: - Parts

    private mutating func addUsage() {
        var words = [path.text]
        if path.command.subcommands != nil {
            words.append("<command>")
        } else {
            let required = declarations.filter { $0.kind == .option(isRepeatable: false, isRequired: true) }
            let optional = declarations.filter { !$0.isPositional && !required.contains($0) && $0 != .helpFlag }
            if !optional.isEmpty { words.append("[options]") }
            words += required.map { "\($0.label) <\($0.valueName)>" }
            words += declarations.filter(\.isPositional).map(Self.usage)
        }
        text += "\n"
        let lines = words.joined(separator: " ").wrapped(to: width - 7, hangingIndent: 4)
        for (index, line) in lines.enumerated() {
            text += (index == 0 ? paint("Usage:", .bold) + " " : "       ") + line + "\n"
        }
    }

    private mutating func section(_ title: String, _ entries: [(term: String, text: String)]) {
        guard !entries.isEmpty else { return }
        // Longer terms stand on a line of their own, so that the texts keep room.
        let limit = min(28, width / 2 - 4)
        let longest = entries.map(\.term.displayWidth).filter { $0 <= limit }.max() ?? limit
        let column = 2 + longest + 2
        text += "\n\(paint("\(title):", .bold))\n"
        for entry in entries {
            let term = "  " + paint(entry.term, .cyan)
            var lines = entry.text.wrapped(to: width, indent: column)
            if entry.text.isEmpty {
                lines = [term]
            } else if entry.term.displayWidth <= longest {
                lines[0] = term.padded(to: column) + lines[0].dropFirst(column)
            } else {
                lines.insert(term, at: 0)
            }
            add(lines)
        }
    }

    private mutating func addExamples(_ examples: KeyValuePairs<String, String>) {
        guard !examples.isEmpty else { return }
        text += "\n\(paint("Examples:", .bold))\n"
        for (line, meaning) in examples {
            text += "  \(line)\n"
            if !meaning.isEmpty { add(meaning.wrapped(to: width, indent: 6)) }
        }
    }

    // MARK: - Wording

    private static func usage(_ declaration: Declaration) -> String {
        switch declaration.kind {
        case .positional(isRequired: false): "[\(declaration.label)]"
        case .rest(let minimum): minimum == 0 ? "[\(declaration.label)...]" : "\(declaration.label)..."
        default: declaration.label
        }
    }

    private static func heading(_ declaration: Declaration) -> String {
        let short = declaration.short.map { "-\($0), " } ?? "    "
        return short + declaration.label + (declaration.takesValue ? " <\(declaration.valueName)>" : "")
    }

    private static func description(_ declaration: Declaration) -> String {
        var notes: [String] = []
        if !declaration.choices.isEmpty { notes.append(declaration.choices.alternatives) }
        if let text = declaration.defaultText, !text.isEmpty { notes.append("default: \(text)") }
        switch declaration.kind {
        case .option(isRepeatable: true, _): notes.append("may be repeated")
        case .option(_, isRequired: true): notes.append("required")
        case .rest(let minimum) where minimum > 1: notes.append("at least \(minimum)")
        default: break
        }
        let parts = [declaration.help, notes.isEmpty ? "" : "(\(notes.joined(separator: "; ")))"]
        return parts.filter { !$0.isEmpty }.joined(separator: " ")
    }

    /// Sets paragraphs anew; indented lines stay as they are.
    private static func paragraphs(_ text: String, _ width: Int) -> [String] {
        var lines: [String] = []
        var paragraph = ""
        func end() {
            if !paragraph.isEmpty { lines += paragraph.wrapped(to: width) }
            paragraph = ""
        }
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.isEmpty || line.first == " " {
                end()
                lines.append(String(line))
            } else {
                paragraph += (paragraph.isEmpty ? "" : " ") + line
            }
        }
        end()
        return lines
    }
}
