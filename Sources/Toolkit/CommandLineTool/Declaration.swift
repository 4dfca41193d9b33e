/// One flag, option or positional argument, as a command's body declared it.
struct Declaration: Sendable, Equatable {
    enum Kind: Sendable, Equatable {
        case flag
        case option(isRepeatable: Bool, isRequired: Bool)
        case positional(isRequired: Bool)
        case rest(minimum: Int)
    }

    var kind: Kind
    /// Without dashes or brackets.
    var name: String
    var short: Character?
    var valueName = ""
    var help: String
    var choices: [String] = []
    var defaultText: String?
    var completion: Completion?
    var isHidden = false

    static let helpFlag = Declaration(kind: .flag, name: "help", short: "h", help: "Show this help.")
    static let versionFlag = Declaration(kind: .flag, name: "version", help: "Show the version.")

    var isPositional: Bool {
        switch kind {
        case .flag, .option: false
        case .positional, .rest: true
        }
    }

    /// Whether it takes all arguments that are left.
    var isRest: Bool {
        if case .rest = kind { true } else { false }
    }

    var takesValue: Bool { kind != .flag }

    /// The name as written by a person; tells positional arguments from options of the same name.
    var label: String { isPositional ? "<\(name)>" : "--\(name)" }

    /// All ways to write an option: `-s` and `--seed`.
    var spellings: [String] { isPositional ? [] : (short.map { ["-\($0)"] } ?? []) + [label] }

    /// What a shell offers for a value: what was asked for, else the choices of the type.
    var offer: Completion? { completion ?? (choices.isEmpty ? nil : .words(choices)) }
}
