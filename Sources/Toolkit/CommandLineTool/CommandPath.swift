import Terminal

/// A command and the words that lead to it, from the tool's name on.
struct CommandPath: Sendable {
    /// The tool itself first, as a group.
    private(set) var commands: [Command]

    init(root: Command) {
        commands = [root]
    }

    var command: Command { commands[commands.count - 1] }
    var isRoot: Bool { commands.count == 1 }
    var text: String { commands.map(\.name).joined(separator: " ") }

    /// All the command declares; the tool itself has `--version` too.
    func declarations() -> [Declaration] {
        command.declarations() + (isRoot ? [.versionFlag] : [])
    }

    func appending(_ command: Command) -> CommandPath {
        var path = self
        path.commands.append(command)
        return path
    }

    /// The commands behind this one that help and completion show.
    var visibleChildren: [CommandPath] {
        (command.subcommands ?? []).filter { !$0.isHidden }.map(appending)
    }

    /// This and all visible commands below it, each before those below it.
    var visibleTree: [CommandPath] { [self] + visibleChildren.flatMap(\.visibleTree) }

    /// Goes down by one word of the command line.
    func descending(to name: String) throws(UsageError) -> CommandPath {
        let subcommands = command.subcommands ?? []
        if let next = subcommands.first(where: { $0.name == name }) { return appending(next) }
        guard command.subcommands != nil else { throw .unexpectedArgument(name) }
        let guess = SpellingGuess.nearest(to: name, among: visibleChildren.map(\.command.name))
        throw .unknownCommand(name, guess: guess)
    }
}
