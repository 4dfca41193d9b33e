import AgencyKit
import LifeEvents

/// What the agencies of these tests say to each other: a word that a table answers.
struct Word: LifeEvent {
    static let type = EventType("skatteverket.word.v1")

    var text: String
    /// How many words and timers the speaker had handled, so that another order of handling is another message.
    var history = 0
    /// The municipality that it concerns.
    var town: String?
}

/// Whom a ``TableAgency`` plays.
protocol PlayedOwner: SendableMetatype {
    static var owner: Owner { get }
}

enum TaxAgency: PlayedOwner { static var owner: Owner { .skatteverket } }
enum Insurer: PlayedOwner { static var owner: Owner { .forsakringskassan } }
enum Town: PlayedOwner { static var owner: Owner { .kommun } }

/// What an agency does on a word or a timer.
enum Step: Sendable {
    /// Says a word about somebody, so many minutes after now; nil: about the subject of the case.
    case say(String, about: String? = nil, after: Int64 = 0)
    /// Sets a timer so many minutes from now.
    case set(TableTimer, Int64)
    case cancel(TableTimer)
    case fail(String)
}

enum TableTimer: String, CaseIterable, Sendable { case a, b, c }

/// An agency that does what a table says: by word, and by `due a` for its timer `a`.
struct TableAgency<Played: PlayedOwner>: Agency {
    struct Case: AgencyCase { var handled = 0 }
    struct Failure: Error, CustomStringConvertible { var description: String }

    static var owner: Owner { Played.owner }
    var table: [String: [Step]]
    /// Which agencies of its owner a word concerns; nil: the one there is.
    var concerned: [AgencyID]?

    var rivers: [River<Self>] {
        typealias Naming = @Sendable (Event<Word>) -> [AgencyID]
        var naming: Naming?
        if let concerned { naming = { _ in concerned } }
        let table = table
        return [
            River("answer", hears: Word.self, concerns: naming) { state, event, effects in
                state.handled += 1
                try Self.act(table[event.data.text] ?? [], state, &effects)
            }
        ]
    }

    func due(_ timer: TableTimer, _ state: inout Case, _ effects: inout Effects<TableTimer>) throws {
        state.handled += 1
        try Self.act(table["due \(timer)"] ?? [], state, &effects)
    }

    private static func act(_ steps: [Step], _ state: Case, _ effects: inout Effects<TableTimer>) throws {
        for step in steps {
            switch step {
            case .say(let word, let name, let minutes):
                try effects.publish(
                    Word(text: word, history: state.handled), about: name.map(HostRun.person),
                    due: effects.now + .minutes(minutes))
            case .set(let timer, let minutes): effects.setTimer(timer, at: effects.now + .minutes(minutes))
            case .cancel(let timer): effects.cancelTimer(timer)
            case .fail(let reason): throw Failure(description: reason)
            }
        }
    }
}
