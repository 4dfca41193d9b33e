import Terminal

/// One command of a tool, or a group of them.
///
/// ```swift
/// let list = Command("list", "List the topics.") { args in
///     let prefix: String? = args.option("prefix", short: "p", "Only topics that begin like this.")
///     let output = args.output
///     return {
///         for topic in topics(prefix) { output.writeLine(topic) }
///         return 0
///     }
/// }
/// ```
public struct Command: Sendable {
    /// Declares arguments and returns the work, which gives the exit code.
    public typealias Body = @Sendable (inout Arguments) -> () throws -> Int32

    enum Kind: Sendable {
        case action(Body)
        case group([Command])
    }

    /// The word that calls the command.
    public let name: String
    /// One sentence, shown in the list of commands and on top of its help.
    public let summary: String
    let discussion: String
    /// Whole command lines, each with what it does.
    let examples: KeyValuePairs<String, String>
    let isHidden: Bool
    let kind: Kind

    /// Declares a command.
    ///
    /// - Parameters:
    ///   - name: The word that calls it.
    ///   - summary: One sentence for help.
    ///   - discussion: More for help: paragraphs are parted by an empty line and set anew; indented lines stay as they
    ///     are.
    ///   - examples: Whole command lines, each with a sentence on what it does, or an empty one.
    ///   - hidden: Whether help and completion keep quiet about the command.
    ///   - body: Declares the options and arguments and returns the work; see ``Arguments``.
    public init(
        _ name: String, _ summary: String, discussion: String = "", examples: KeyValuePairs<String, String> = [:],
        hidden: Bool = false, _ body: @escaping Body
    ) {
        self.init(name, summary, discussion, examples, hidden, .action(body))
    }

    /// Declares a group: a word that other commands stand behind, as in `git remote add`.
    public static func group(
        _ name: String, _ summary: String, discussion: String = "", examples: KeyValuePairs<String, String> = [:],
        hidden: Bool = false, _ commands: [Command]
    ) -> Command {
        Command(name, summary, discussion, examples, hidden, .group(commands))
    }

    private init(
        _ name: String, _ summary: String, _ discussion: String, _ examples: KeyValuePairs<String, String>,
        _ isHidden: Bool, _ kind: Kind
    ) {
        self.name = name
        self.summary = summary
        self.discussion = discussion
        self.examples = examples
        self.isHidden = isHidden
        self.kind = kind
    }

    /// The commands behind this one; nil if it is no group.
    var subcommands: [Command]? {
        if case .group(let commands) = kind { commands } else { nil }
    }

    /// All it declares, `--help` at the end. Cost: runs the body.
    func declarations() -> [Declaration] {
        guard case .action(let body) = kind else { return [.helpFlag] }
        var arguments = Arguments(line: nil, output: .captured(), errorOutput: .captured())
        _ = body(&arguments)
        return arguments.declarations + [.helpFlag]
    }
}
