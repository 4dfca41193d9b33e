public import LifeEvents

/// One case of a scenario file that was read without errors: what holds at the start, what happens, what must come of it.
///
/// Everything in it has been checked against the rest of the file: persons are declared, steps exist, times resolve,
/// parameters have their values and groups of steps are written out.
public struct Scenario: Sendable {
    /// Its name; persons' keys are made from it.
    public internal(set) var name: Located<String>
    /// The case's name, as `income=0,protected=true`: the keys of the matrix in the file's order. Empty without a matrix.
    public internal(set) var caseName: String
    /// Every parameter with its value in this case, in the file's order.
    public internal(set) var parameters: [CaseParameter]
    /// Words that scenarios are chosen by, in the file's order.
    public internal(set) var tags: [Located<String>]
    /// Why it is not played; nil: it is.
    public internal(set) var skip: Located<String>?
    /// Why it is known to fail; it then fails when it passes. Nil: it must pass.
    public internal(set) var knownFailure: Located<String>?
    /// The version of the language, 1.
    public internal(set) var version: Int
    /// The instant at which virtual time begins.
    public internal(set) var start: Located<Instant>
    /// The persons, in the file's order.
    public internal(set) var citizens: [Citizen]
    /// Which persons belong together, in the file's order; no person is in two.
    public internal(set) var households: [HouseholdDeclaration]
    /// The agencies that take part, in the file's order.
    public internal(set) var agencies: [PlayedAgency]
    /// What held before the start: what citizens' declarations say, then the file's own facts, each in its order.
    public internal(set) var facts: [OpeningFact]
    /// The values that it gives to rules, in the file's order.
    public internal(set) var rules: [ScenarioRule]
    /// What goes wrong, in the file's order.
    public internal(set) var faults: [ScenarioFault]
    /// The steps, in the file's order, groups written out.
    public internal(set) var steps: [Step]
    /// What others count their times from: every publishing step and use of a group of the file, in its order, also
    /// where ``upTo(line:)`` has left the step out.
    public internal(set) var anchors: [TimeAnchor]
    /// What citizens must see at the end, in the file's order.
    public internal(set) var finalTiles: [FinalTile]
    /// Whole pages of citizens at the end, in the file's order.
    public internal(set) var finalPages: [FinalPage]
    /// What citizens must see at other times, in the file's order.
    public internal(set) var tilesAsOf: [TilesAsOf]
    /// What must hold throughout, in the file's order.
    public internal(set) var invariants: [Located<Invariant>]
    /// How many messages there must be in the whole run, in the file's order.
    public internal(set) var finalCounts: [FinalCount]
    /// Which messages may be dead-lettered, beside those that steps expect to be.
    public internal(set) var allowedDeadLetters: AllowedDeadLetters
    /// The publishing step that comparisons of planes count from; nil: the first.
    public internal(set) var anchor: Located<String>?
    /// How many days beyond its end comparisons of planes play; nil: as many as they are told.
    public internal(set) var horizonDays: Int?
    /// The expectations whose messages later times and values rest on, in the file's order; empty once they are known.
    public internal(set) var awaited: [AwaitedMessage]
    /// When the run ends; nil means after the last step or deadline.
    public internal(set) var until: TimeExpression?
    /// Whether it is only the beginning of its file's scenario.
    public var isCut: Bool { cutLine != nil }
    /// The line up to which it is played; nil for the whole.
    public internal(set) var cutLine: Int?
    /// The instants of the steps and of the end.
    public internal(set) var timeline: Timeline
    /// The files it was read from: the scenario's own first, then what it includes.
    public internal(set) var files: [String]
}

/// A value that a scenario gives to a rule on all days.
public struct ScenarioRule: Sendable {
    /// The rule's name, as `livsbuss rules` lists it.
    public let name: Located<String>
    /// Its value, in the rule's unit.
    public let value: Int
}

/// A parameter with its value in one case.
public struct CaseParameter: Sendable {
    /// Its name.
    public let name: String
    /// Its value, typed as in a payload.
    public let value: DataNode
    /// The value as it stands in a case's name.
    public let text: String
    /// Whether the matrix gives the value, so that it is part of the case's name.
    public let isVaried: Bool
}

/// The time of a step that others may count from.
public struct TimeAnchor: Sendable {
    /// The step's id.
    public let id: String
    /// Its time.
    public let at: TimeExpression
}

/// A person of a scenario.
public struct Citizen: Sendable {
    /// What kind of person is meant when nothing closer is written.
    public enum Template: String, Sendable, CaseIterable {
        /// Thirty-five years old at the start.
        case adult
        /// Seven years old at the start.
        case child
        /// Not born at the start: the same as `unborn: true`.
        case newborn
        /// Seventy-two years old at the start.
        case pensioner

        /// Whole years at the start; nil for one who is not born.
        public var age: Int? {
            switch self {
            case .adult: 35
            case .child: 7
            case .newborn: nil
            case .pensioner: 72
            }
        }
    }

    /// The name that other parts of the file use.
    public let name: Located<String>
    /// The template, if one is named.
    public let template: Template?
    /// Whether the person has a key but is not born at the start.
    public let isUnborn: Bool
    /// The date of birth, from `born`, the template or the personal number, which is itself not kept.
    public let born: Day?
    /// The parents, in the file's order.
    public let parents: [Located<String>]
    /// Whether the person has protected personal data (skyddade personuppgifter).
    public let isProtected: Bool
    /// The code of the municipality of registration; then the person has a register entry among the facts.
    public let municipality: Located<String>?
    /// The key of the office of an agency that is meant instead of a person, `desk:kommun-1780/boende`.
    public let desk: Subject?
}

/// Persons whose messages are one journey.
public struct HouseholdDeclaration: Sendable {
    /// Its name.
    public let name: Located<String>
    /// Its members, in the file's order.
    public let members: [Located<String>]
}

/// An agency that takes part in a scenario.
public struct PlayedAgency: Sendable {
    /// Who plays the agency.
    public enum Part: String, Sendable, CaseIterable {
        /// This run plays it.
        case simulated
        /// It hears everything and never acts.
        case silent
        /// Another program plays it, over the bus.
        case external
    }

    /// The agency.
    public let id: Located<AgencyID>
    /// Who plays it.
    public let part: Part
    /// The program that plays a simulated agency; nil: the code of this program.
    public let program: AgencyProgram?
}

/// A program on standard input that plays an agency.
public struct AgencyProgram: Sendable {
    /// The program and its arguments, on one line.
    public let command: Located<String>
    /// The same, word by word.
    public let words: [String]
    /// The branch that it plays; nil: the owner as a whole.
    public let branch: Branch?

    /// The folder in which it runs: that of the file in which it is named.
    public var folder: String {
        let file = command.span.file
        return file.lastIndex(of: "/").map { $0 == file.startIndex ? "/" : String(file[..<$0]) } ?? "."
    }
}

/// Something that held before the start, and is published at the start by the agency that knows it.
public struct OpeningFact: Sendable {
    /// The message type.
    public let type: Located<String>
    /// Whom it is about.
    public let subject: Located<String>
    /// The agency that publishes it.
    public let source: AgencyID
    /// When it began to hold; nil if the file does not say.
    public let occurred: TimeExpression?
    /// The payload, a map.
    public internal(set) var data: DataNode
    /// The whole entry.
    public let span: SourceSpan
}

/// A tile that a citizen must see, when the run ends or at a ``TilesAsOf``'s time.
public struct FinalTile: Sendable {
    /// Whose tile it is.
    public let holder: Located<String>
    /// Its name, as `child-benefit`.
    public let tile: Located<String>
    /// Whose row is meant; nil: there is a row, and every agency's row of that name has the code.
    public let agency: Located<AgencyID>?
    /// Whom it is about; nil: whomever.
    public let about: Located<String>?
    /// What its code must be, a text or a matcher of texts; nil: there is no such row.
    public let code: DataNode?
    /// What it must say besides: a map of `text`, `deadline` and `nextDate` with values or matchers; nil: whatever.
    public let data: DataNode?
    /// Where it is written.
    public let span: SourceSpan
}

/// Everything that a citizen must see when the run ends: these rows, each once, and no other.
public struct FinalPage: Sendable {
    /// Whose page it is.
    public let holder: Located<String>
    /// The rows, in the file's order; each has a code.
    public let rows: [FinalTile]
}

/// What citizens must see at a time of the run.
public struct TilesAsOf: Sendable {
    /// When; a time without a clock time means the end of that day.
    public let at: TimeExpression
    /// The tiles, in the file's order.
    public let tiles: [FinalTile]
}

/// Which messages may be dead-lettered in a run without making it fail.
public enum AllowedDeadLetters: Sendable {
    /// All.
    case all
    /// Those of these patterns, in the file's order; none if there are none.
    case some([DeadLetterPattern])
}

/// How many messages of a kind the whole run must bring.
public struct FinalCount: Sendable {
    /// Which messages.
    public let pattern: MessagePattern
    /// How many.
    public let count: MessageCount
}

/// Something that must hold throughout a run; the raw value is how it is written.
public enum Invariant: String, Sendable, CaseIterable {
    /// Every message reaches every agency that reads its topic.
    case noLostMessage = "no-lost-message"
    /// A message delivered twice has the effects of one.
    case noDoubleEffect = "no-double-effect"
    /// One subject's messages are handled in the order of their ids.
    case subjectOrder = "subject-order"
    /// Corrections, annulments and endings follow the head of their chain, and no chain forks.
    case chainRules = "chain-rules"
    /// No address, municipality or relation of a protected person is in any message.
    case noProtectedData = "no-protected-data"
    /// Nothing is decided for the dead, or paid to them, by an agency that has been told of the death, for a time after it.
    case nothingForTheDead = "nothing-for-the-dead"
    /// No agency acts on what somebody files for another without a right that registers know.
    case mandatedActs = "mandated-acts"
    /// No tile tells somebody of another, to whom no register says a relation or a mandate.
    case rightfulTiles = "rightful-tiles"
    /// What is paid is decided, once, for its time; no more is claimed back than is decided.
    case paymentsAddUp = "payments-add-up"
    /// No line of a page stands at the end because of what was annulled.
    case annulmentsUndone = "annulments-undone"
    /// Every reading of a person's data is in the ledger.
    case ledgerComplete = "ledger-complete"
}
