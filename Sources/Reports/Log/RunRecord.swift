import LifeEvents
import Scenarios

/// One line of a run log. A run writes them as they happen; every report is made of them and of nothing else.
enum RunRecord: Sendable, Equatable {
    case runStart(RunStart)
    case worldStart(WorldStart)
    case publish(Publish)
    case deliver(Delivery)
    case reject(Rejection)
    case timer(TimerFired)
    case fault(FaultNote)
    case statusChange(StatusChange)
    case expectPass(ExpectationResult)
    case expectFail(ExpectationResult)
    case worldEnd(WorldEnd)
    case runEnd(RunEnd)

    /// The version of the log's form that this program writes.
    static let schemaVersion = 1
}

/// The first line: what was run, and how.
struct RunStart: Codable, Sendable, Equatable {
    /// The version of the log's form.
    var schema: Int
    /// `livsbuss` and its version.
    var program: String
    var seed: UInt64
    /// `embedded`, or `cluster`.
    var broker: String
    var partitions: Int?
    /// Minutes between two possible instants.
    var resolution: Int
    /// Other settings that are not as they are by default.
    var settings: [String: String]
    /// Whether the log begins in the middle: the run went on from a store.
    var resumed: Bool?
    /// Scenarios that were not played because they say so; absent where there are none.
    var skipped: [Skipped]? = nil
    /// Why nothing was played; absent where something was.
    var unplayed: String? = nil
    /// The mistakes in files for which nothing was played; absent where there are none.
    var mistakes: [FileMistake]? = nil

    struct Skipped: Codable, Sendable, Equatable {
        var scenario: String
        var reason: String
    }
}

/// A world begins: one row of a scenario's matrix.
struct WorldStart: Codable, Sendable, Equatable {
    var number: Int
    var scenario: String
    /// Empty for a scenario that is run once.
    var name: String
    var file: String
    var line: Int
    var params: [String: String]
    /// The scenario's tags; absent where it has none.
    var tags: [String]? = nil
    /// The start of its virtual time.
    var start: Instant
    var people: [Person]
    var agencies: [String]
    /// The command that runs this world alone.
    var repro: String

    struct Person: Codable, Sendable, Equatable {
        var name: String
        var key: String
    }

    /// `death`, or `death [copy-1]`.
    var title: String { name.isEmpty ? scenario : "\(scenario) [\(name)]" }
}

/// A message on the bus. Its payload follows in the line as `data`, and stands nowhere else in the log.
struct Publish: Codable, Sendable, Equatable {
    var `case`: Int?
    var id: EventID
    var type: String
    var time: Instant
    /// The agency's id, or `outside`.
    var source: String
    /// The person's name in the scenario, or the key of somebody it does not know.
    var subject: String
    var cause: EventID?
    var correlation: EventID?
    var occurred: Instant?
    var change: String?
    var previous: EventID?
    var outside: Bool?
    /// The payload as JSON text; no member of the struct's own line.
    var data: String? = nil

    enum CodingKeys: String, CodingKey {
        case `case`, id, type, time, source, subject, cause, correlation, occurred, change, previous, outside
    }
}

/// What became of a message at one river of one agency.
struct Delivery: Codable, Sendable, Equatable {
    enum Outcome: String, Codable, Sendable {
        case handled
        case notMine
        case notWhole
        case denied
    }

    var `case`: Int?
    var message: EventID
    var agency: String
    var river: String
    var outcome: Outcome
    /// The sentences of the conditions that did not hold, in their order with `; ` between them; of an event that was
    /// handled, for what it waits.
    var reason: String?
    var file: String
    var line: Int
}

/// A message that could not be handled, or broke a contract: it went to a dead-letter topic.
struct Rejection: Codable, Sendable, Equatable {
    var `case`: Int?
    /// The message, if it was one.
    var message: EventID?
    /// The dead letter.
    var letter: EventID
    var agency: String
    var topic: String
    var reason: String
    var time: Instant
}

/// A timer of a case fell due.
struct TimerFired: Codable, Sendable, Equatable {
    var `case`: Int?
    var agency: String
    var subject: String
    var timer: String
    var due: Instant
    var time: Instant
    /// The message that set it.
    var setter: EventID
    /// Why its handler failed; nil: it ran.
    var failure: String?
}

/// Something that the run made go wrong on purpose.
struct FaultNote: Codable, Sendable, Equatable {
    var `case`: Int?
    var time: Instant
    /// When it is over; nil: at once, or never.
    var until: Instant?
    /// `outage`, `delay`, `duplicate` and the like.
    var kind: String
    /// The agency or topic that it hits.
    var target: String?
    var message: EventID?
    var text: String
}

/// A line of a citizen's status page got a state.
struct StatusChange: Codable, Sendable, Equatable {
    var `case`: Int?
    var message: EventID
    var time: Instant
    var holder: String
    var tile: String
    var agency: String
    var about: String?
    /// The code before; nil: the line is new.
    var from: String?
    var to: String
    var text: String
}

/// What became of one expectation of a scenario.
struct ExpectationResult: Codable, Sendable, Equatable {
    var `case`: Int
    var step: String
    /// What was expected, or what came instead.
    var message: String
    var file: String
    var line: Int
    var column: Int
    /// The kind of failure, as `A001`; nil for what was met.
    var code: String?
    /// The closest messages with their first difference; or, if witnessed, those that should not have come.
    var nearest: [String]?
    var witnessed: Bool?
    /// What is expected, value by value, beside what the nearest says; absent where nothing came near.
    var compared: [ComparedValue]? = nil
    /// The instant that decided the failure, where it is another than the deadline.
    var decided: Instant?
    /// The message type that was waited for.
    var type: String?
    /// Who should have sent it.
    var source: String?
    var subject: String?
    /// The first instant at which it could be met.
    var opening: Instant?
    /// The last instant at which it could be met.
    var deadline: Instant?
    /// The message that was to cause it, or from which its window runs.
    var cause: EventID?
    /// The messages that it was met by, or counted; absent where that is not kept.
    var looked: [EventID]? = nil
    /// The fields of a payload, or of a tile, that it names.
    var fields: [String]? = nil
    /// Whether it names all fields, or a page all rows.
    var isExact: Bool? = nil
    /// The tile that it is about.
    var tile: String? = nil
    /// Whom that tile is about, where it says so.
    var about: String? = nil
    /// The command that shows the failure, where that of its world does not.
    var repro: String? = nil
}

/// A world has ended.
struct WorldEnd: Codable, Sendable, Equatable {
    var `case`: Int
    var passed: Bool
    var digest: String
    var messages: Int
    var tiles: Int
    var deadLetters: Int
    var expectations: Int
    var failed: Int
    /// Why it is known to fail, where it did: then it has passed.
    var known: String?
    /// The instants of its first and last message.
    var first: Instant?
    var last: Instant?
    /// Its share of the run's time by the number of its messages: worlds are played in one pass.
    var wallMilliseconds: Double
}

/// The last line.
struct RunEnd: Codable, Sendable, Equatable {
    var passed: Bool
    var cases: Int
    var failedCases: Int
    var messages: Int
    var outside: Int
    /// Records from outside that were refused; absent where there were none.
    var refused: Int?
    var redelivered: Int
    var deadLetters: Int
    var instants: Int
    var wallMilliseconds: Double
    /// Whether another run of the same inputs gives the same digests.
    var deterministic: Bool
    /// How many lines the log has, this one too: with fewer it is not whole. Absent in logs of older programs.
    var lines: Int? = nil
}
