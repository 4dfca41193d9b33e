public import Terminal

/// The options and arguments of a command: its body asks for each by a declaration, and gets the value.
///
/// The body runs first to collect the declarations, when every answer is a default or a placeholder, and again with the
/// answers of the command line. It must therefore have no effects, and ask for the same things both times; the work
/// belongs in the closure it returns, which runs only if there was no error.
public struct Arguments {
    /// Where the command's result goes: standard output, or what a test gave the tool.
    public let output: TerminalOutput
    /// Where messages and progress go: standard error, or what a test gave the tool.
    public let errorOutput: TerminalOutput

    private(set) var declarations: [Declaration] = []
    private(set) var errors: [UsageError] = []
    private let line: ParsedLine?

    /// Without a parsed line, the declarations are only collected.
    init(line: ParsedLine?, output: TerminalOutput, errorOutput: TerminalOutput) {
        self.line = line
        self.output = output
        self.errorOutput = errorOutput
        errors = line?.errors ?? []
    }

    /// Declares a flag, `--name`, that is on or off.
    public mutating func flag(
        _ name: String, short: Character? = nil, _ help: String, hidden: Bool = false
    ) -> Bool {
        declare(Declaration(kind: .flag, name: name, short: short, help: help, isHidden: hidden)) != nil
    }

    /// Declares an option, `--name value`, that has a default.
    ///
    /// - Parameters:
    ///   - name: The long name, without dashes.
    ///   - short: The letter of the short name, if it has one.
    ///   - value: What help calls the value.
    ///   - fallback: The value if the option is not given; help shows it.
    ///   - help: One or two sentences.
    ///   - complete: What the shell offers, if not the choices of the type.
    ///   - hidden: Whether help and completion keep quiet about it.
    public mutating func option<Value: ArgumentValue>(
        _ name: String, short: Character? = nil, value: String? = nil, default fallback: Value, _ help: String,
        complete: Completion? = nil, hidden: Bool = false
    ) -> Value {
        var declaration = Self.option(Value.self, name, short, value, help, complete, hidden)
        declaration.defaultText = fallback.argumentText
        return declare(declaration)?.first.map { read($0, declaration) } ?? fallback
    }

    /// Declares an option, `--name value`, that may be left out; it is nil then.
    public mutating func option<Value: ArgumentValue>(
        _ name: String, short: Character? = nil, value: String? = nil, _ help: String, complete: Completion? = nil,
        hidden: Bool = false
    ) -> Value? {
        let declaration = Self.option(Value.self, name, short, value, help, complete, hidden)
        return declare(declaration)?.first.map { read($0, declaration) }
    }

    /// Declares an option, `--name value`, that must be given.
    public mutating func requiredOption<Value: ArgumentValue>(
        _ name: String, short: Character? = nil, value: String? = nil, _ help: String, complete: Completion? = nil
    ) -> Value {
        var declaration = Self.option(Value.self, name, short, value, help, complete, false)
        declaration.kind = .option(isRepeatable: false, isRequired: true)
        return declare(declaration)?.first.map { read($0, declaration) } ?? .argumentPlaceholder
    }

    /// Declares an option, `--name value`, that may be given any number of times; the values keep their order.
    public mutating func options<Value: ArgumentValue>(
        _ name: String, short: Character? = nil, value: String? = nil, _ help: String, complete: Completion? = nil,
        hidden: Bool = false
    ) -> [Value] {
        var declaration = Self.option(Value.self, name, short, value, help, complete, hidden)
        declaration.kind = .option(isRepeatable: true, isRequired: false)
        return (declare(declaration) ?? []).map { read($0, declaration) }
    }

    /// Declares the next argument without a dash, which must be given.
    public mutating func positional<Value: ArgumentValue>(
        _ name: String, _ help: String, complete: Completion? = nil
    ) -> Value {
        let declaration = Self.positional(Value.self, .positional(isRequired: true), name, help, complete)
        return declare(declaration)?.first.map { read($0, declaration) } ?? .argumentPlaceholder
    }

    /// Declares the next argument without a dash, which may be left out; it is nil then.
    public mutating func optionalPositional<Value: ArgumentValue>(
        _ name: String, _ help: String, complete: Completion? = nil
    ) -> Value? {
        let declaration = Self.positional(Value.self, .positional(isRequired: false), name, help, complete)
        return declare(declaration)?.first.map { read($0, declaration) }
    }

    /// Declares that all further arguments without a dash are taken, at least as many as said.
    public mutating func rest<Value: ArgumentValue>(
        _ name: String, _ help: String, atLeast minimum: Int = 0, complete: Completion? = nil
    ) -> [Value] {
        let declaration = Self.positional(Value.self, .rest(minimum: minimum), name, help, complete)
        return (declare(declaration) ?? []).map { read($0, declaration) }
    }

    /// Refuses the command line with a sentence unless a condition holds, such as that two options go together.
    ///
    /// The condition is looked at only if everything before it could be read.
    public mutating func require(_ condition: @autoclosure () -> Bool, _ sentence: String) {
        guard line != nil, errors.isEmpty, !condition() else { return }
        errors.append(.rejected(sentence))
    }

    // MARK: - Declaring

    /// Notes a declaration; the texts given for it, or nil if it is not given.
    private mutating func declare(_ declaration: Declaration) -> [String]? {
        declarations.append(declaration)
        return line?.values[declaration.label]
    }

    private mutating func read<Value: ArgumentValue>(_ text: String, _ declaration: Declaration) -> Value {
        do {
            return try Value(argument: text)
        } catch {
            errors.append(.invalidValue(declaration.label, sentence: error.message))
            return .argumentPlaceholder
        }
    }

    private static func option<Value: ArgumentValue>(
        _ type: Value.Type, _ name: String, _ short: Character?, _ value: String?, _ help: String,
        _ completion: Completion?, _ isHidden: Bool
    ) -> Declaration {
        Declaration(
            kind: .option(isRepeatable: false, isRequired: false), name: name, short: short,
            valueName: value ?? type.argumentValueName, help: help, choices: type.argumentChoices,
            completion: completion, isHidden: isHidden)
    }

    private static func positional<Value: ArgumentValue>(
        _ type: Value.Type, _ kind: Declaration.Kind, _ name: String, _ help: String, _ completion: Completion?
    ) -> Declaration {
        Declaration(
            kind: kind, name: name, valueName: name, help: help, choices: type.argumentChoices, completion: completion)
    }
}
