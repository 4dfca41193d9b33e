extension Tool {
    /// Mistakes in the declarations, one sentence each; none in a sound tool. Meant for a test of the program.
    ///
    /// Cost: runs the body of every command.
    public func declarationProblems() -> [String] {
        problems(of: root)
    }

    private func problems(of path: CommandPath) -> [String] {
        let children = path.command.subcommands ?? []
        var problems = Self.repeated(children.map(\.name)).map { "'\(path.text)' has two commands '\($0)'." }
        for child in children where !Self.isName(child.name) {
            problems.append("'\(child.name)' in '\(path.text)' is no name for a command.")
        }
        let declarations = path.declarations()
        let spellings = declarations.flatMap { $0.isPositional ? [$0.label] : $0.spellings }
        problems += Self.repeated(spellings).map { "'\(path.text)' declares \($0) twice." }
        for declaration in declarations {
            let isLetter = declaration.short.map { $0.isASCII && $0.isLetter } ?? true
            if !Self.isName(declaration.name) || !isLetter {
                problems.append("'\(path.text)' declares \(declaration.label) with a name that cannot be written.")
            }
        }
        var open: Declaration?
        for declaration in declarations where declaration.isPositional {
            if let open, open.isRest || declaration.kind == .positional(isRequired: true) {
                problems.append("'\(path.text)' can never tell \(declaration.label) from the \(open.label) before it.")
            }
            if declaration.kind != .positional(isRequired: true), open == nil || declaration.isRest {
                open = declaration
            }
        }
        return problems + children.flatMap { self.problems(of: path.appending($0)) }
    }

    /// The texts that occur again after their first time.
    private static func repeated(_ texts: [String]) -> [String] {
        var seen: Set<String> = []
        return texts.filter { !seen.insert($0).inserted }
    }

    /// Whether a word can be typed and completed without quotes.
    private static func isName(_ text: String) -> Bool {
        !text.isEmpty && text.first != "-"
            && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" || $0 == ".") }
    }
}
