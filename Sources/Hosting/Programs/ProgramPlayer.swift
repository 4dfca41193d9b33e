public import LifeEvents

/// A program on standard input and output that plays the agencies of an owner, or one branch of them.
public struct ProgramPlayer: Sendable {
    /// Whose agencies it plays.
    public var owner: Owner
    /// The branch that it plays; nil: the owner as a whole.
    public var branch: Branch?
    /// The program and its arguments.
    public var words: [String]
    /// Where it runs.
    public var folder: String
    /// How far it may go.
    public var limits = ProgramLimits()
    /// Told of each line that it writes on standard error, and of what happens to it; on the thread of the host.
    public var tells: (@Sendable (String) -> Void)?

    /// A program by its parts; there must be a word.
    public init(owner: Owner, branch: Branch? = nil, words: [String], folder: String) {
        self.owner = owner
        self.branch = branch
        self.words = words
        self.folder = folder
    }

    /// The command as one line.
    public var command: String { words.joined(separator: " ") }

    /// `kommun/forskola`, or the owner alone.
    public var part: String { branch.map { "\(owner)/\($0)" } ?? "\(owner)" }

    /// All of the program's environment: the same everywhere, so that what it does is the same.
    static func environment(path: String?, home: String?) -> [String] {
        [
            "PATH=\(path ?? "/usr/local/bin:/usr/bin:/bin")", "HOME=\(home ?? "/")", "LANG=C.UTF-8", "LC_ALL=C.UTF-8",
            "TZ=UTC", "PYTHONHASHSEED=0",
        ]
    }
}

/// How far a program on standard input may go. What is counted decides what a run says; what is measured on the wall only
/// protects the run, which then ends.
public struct ProgramLimits: Sendable {
    /// For how long a program that was asked may write nothing, milliseconds: longer than it takes an interpreter to
    /// begin on a loaded machine. Past it the run ends.
    public var longestSilence: Int32 = 20_000
    /// The most bytes of an answer: as many as effects of one handling can be worth. Past it: a dead letter.
    public var mostAnswerBytes = 4 << 20
    /// The most bytes of a case, which travels with each question. Past it: a dead letter.
    public var mostCaseBytes = 64 << 10
    /// The most names that a case keeps of its publications, and of causes. Past it: a dead letter.
    public var mostNames = 64
    /// The most bytes of its own data that the program may take; what it does without memory is up to it.
    public var mostMemory: UInt = 1 << 30
    /// How often one question is put to a program that ends on it, each time begun anew. Then: a dead letter.
    public var mostAttempts = 3
    /// How often a program may end in one run. Past it the run ends.
    public var mostDeaths = 100
    /// The most bytes of questions that are put at once.
    public var mostQuestionBytes = 4 << 20
    /// The most lines of its standard error that are shown.
    public var mostErrorLines = 200

    /// The ordinary limits.
    public init() {}
}

/// Why a run cannot go on with a program: it is not there, cannot begin, or hangs.
public struct ProgramFailure: Error, Sendable, CustomStringConvertible {
    /// One sentence.
    public let description: String

    init(_ player: ProgramPlayer, _ reason: String) {
        description = "\(player.part) is played by `\(player.command)`, which \(reason)"
    }
}

/// Why an event or a timer could not be handled by a program; the run goes on.
struct ProgramFault: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
