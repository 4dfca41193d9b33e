import AgencyKit
import LifeEvents
import Synchronization

/// The data of the generated agencies' messages: what made it, so that a test can hold the rules against it.
protocol GeneratedEvent: LifeEvent {
    init(_ content: GeneratedContent)
    var content: GeneratedContent { get }
}

struct GeneratedContent: Codable, Equatable, Sendable {
    /// So many messages may still follow from it, one after the other.
    var hops: Int
    /// The instant at which it was made, milliseconds; who made it, about whom; which of that handling's it is.
    var made: Int64 = 0
    var by = ""
    var of = ""
    var number = 0
    /// A hash of all that the case had handled, so that another order of handling is another message.
    var history: Int64 = 0
}

struct FirstGenerated: GeneratedEvent {
    static let type = EventType("skatteverket.generated.v1")
    var content: GeneratedContent
    init(_ content: GeneratedContent) { self.content = content }
}

struct SecondGenerated: GeneratedEvent {
    static let type = EventType("forsakringskassan.generated.v1")
    var content: GeneratedContent
    init(_ content: GeneratedContent) { self.content = content }
}

struct ThirdGenerated: GeneratedEvent {
    static let type = EventType("kommun.generated.v1")
    var content: GeneratedContent
    init(_ content: GeneratedContent) { self.content = content }
}

/// What a generated agency does.
enum GeneratedStep: Sendable {
    /// Publishes a type, about a person or the case's subject, so many minutes after now.
    case publish(type: Int, about: Subject?, minutes: Int64)
    case set(GeneratedTimer, minutes: Int64)
    case cancel(GeneratedTimer)
    /// Throws where the handled message's id, as a number, leaves no rest.
    case fail(one: UInt64)
}

enum GeneratedTimer: String, CaseIterable, Codable, Sendable { case alpha, beta, gamma }

/// One handling, as the agency saw it.
struct GeneratedHandling: Sendable {
    enum What: Sendable {
        case message(EventID)
        case timer(String, due: Instant)
    }

    var agency: AgencyID
    var subject: Subject
    var now: Instant
    var what: What
}

/// All handlings of a run in the order in which they were.
final class GeneratedTrace: Sendable {
    private let entries = Mutex<[GeneratedHandling]>([])

    var all: [GeneratedHandling] { entries.withLock { $0 } }
    func add(_ entry: GeneratedHandling) { entries.withLock { $0.append(entry) } }
}

/// Whom a ``GeneratedAgency`` plays.
protocol GeneratedOwner: SendableMetatype {
    static var owner: Owner { get }
}

enum GeneratedTax: GeneratedOwner { static var owner: Owner { .skatteverket } }
enum GeneratedInsurer: GeneratedOwner { static var owner: Owner { .forsakringskassan } }
enum GeneratedTown: GeneratedOwner { static var owner: Owner { .kommun } }

/// An agency whose rules a seed has drawn: on a type or a timer it publishes, sets and cancels timers, and throws.
struct GeneratedAgency<Played: GeneratedOwner>: Agency {
    struct Case: AgencyCase {
        var history: Int64 = 0
        var hops = 0
        /// When each timer is to fire, as the agency set it.
        var due: [String: Int64] = [:]
    }

    struct Failure: Error {}

    static var owner: Owner { Played.owner }
    /// Steps by what is handled: types 0 to 2, timers 3 to 5.
    var table: [[GeneratedStep]]
    /// The types that it hears.
    var hears: Set<Int>
    /// The municipalities that there are; a message concerns one or both of them.
    var towns: [AgencyID] = []
    var trace: GeneratedTrace

    var rivers: [River<Self>] {
        // In the order of the types, whichever are heard.
        [
            hears.contains(0) ? river(FirstGenerated.self, 0) : nil,
            hears.contains(1) ? river(SecondGenerated.self, 1) : nil,
            hears.contains(2) ? river(ThirdGenerated.self, 2) : nil,
        ].compactMap(\.self)
    }

    private func river<Data: GeneratedEvent>(_ data: Data.Type, _ place: Int) -> River<Self> {
        var naming: (@Sendable (Event<Data>) -> [AgencyID])?
        let towns = towns
        if !towns.isEmpty {
            naming = { event in
                event.id.low % 3 == 0 ? towns : [towns[Int(event.subject.rawValue % UInt64(towns.count))]]
            }
        }
        return River("generated \(place)", hears: data, concerns: naming) { state, event, effects in
            trace.add(
                GeneratedHandling(
                    agency: effects.agency, subject: effects.subject, now: effects.now, what: .message(event.id)))
            state.hops = max(state.hops, event.data.content.hops)
            state.history = state.history &* 31 &+ Int64(bitPattern: event.id.low >> 1)
            try act(table[place], event.data.content.hops, event.id, &state, &effects)
        }
    }

    func due(_ timer: GeneratedTimer, _ state: inout Case, _ effects: inout Effects<GeneratedTimer>) throws {
        let due = state.due.removeValue(forKey: timer.rawValue) ?? 0
        trace.add(
            GeneratedHandling(
                agency: effects.agency, subject: effects.subject, now: effects.now,
                what: .timer(timer.rawValue, due: Instant(milliseconds: due))))
        state.history = state.history &* 37 &+ due
        state.hops -= 1
        let place = 3 + (GeneratedTimer.allCases.firstIndex(of: timer) ?? 0)
        try act(table[place], state.hops, effects.cause.message, &state, &effects)
    }

    private func act(
        _ steps: [GeneratedStep], _ hops: Int, _ cause: EventID, _ state: inout Case,
        _ effects: inout Effects<GeneratedTimer>
    ) throws {
        guard hops > 0 else { return }
        for (number, step) in steps.enumerated() {
            switch step {
            case .publish(let type, let subject, let minutes):
                let content = GeneratedContent(
                    hops: hops - 1, made: effects.now.milliseconds, by: "\(effects.agency)", of: "\(effects.subject)",
                    number: number, history: state.history)
                let due = effects.now + .minutes(minutes)
                switch type {
                case 0: try effects.publish(FirstGenerated(content), about: subject, due: due)
                case 1: try effects.publish(SecondGenerated(content), about: subject, due: due)
                default: try effects.publish(ThirdGenerated(content), about: subject, due: due)
                }
            case .set(let timer, let minutes):
                let due = effects.now + .minutes(minutes)
                effects.setTimer(timer, at: due)
                state.due[timer.rawValue] = (due > effects.now ? due : effects.next).milliseconds
            case .cancel(let timer):
                effects.cancelTimer(timer)
                state.due[timer.rawValue] = nil
            case .fail(let one):
                if cause.low % one == 0 { throw Failure() }
            }
        }
    }
}
