public import AgencyKit
public import CitizenStatus
import JSON
public import LifeEvents
public import Scenarios
import Terminal

/// A scenario that has been replayed, for an agency's own tests.
///
/// ```swift
/// @Test func `the pension ends with the life`() throws {
///     let journey = try Journey.replay("Scenarios/death.yaml", playing: [MyPensionAgency()])
///     #expect(journey.passed)
///     #expect(try journey.messages(of: PensionDecision.self, for: "husband").last?.change == .ceased)
///     #expect(journey.tile(.survivorsPension, of: "widow") == .ongoing)
/// }
/// ```
///
/// A replay takes about a tenth of a second, most of it for the start of the embedded Kafka broker, and depends on
/// nothing but the scenario, the seed and the agencies' code: no clock, no network beyond this machine, no order of
/// tests. What an agency's code does to a single event is tested faster with AgencyKit's `Harness`.
///
/// When `#expect(journey.passed)` fails, the test's output tells the journey as ``report`` does.
public struct Journey: Sendable {
    /// A message of the journey.
    public struct Message: Sendable {
        /// Its attributes.
        public let envelope: EventEnvelope
        /// Its type.
        public let type: String
        /// Its payload as JSON; `null` where it has none.
        public let data: String
    }

    /// The scenario's name.
    public let name: String
    /// The world's name, as `income=0,protected=true`; empty for a scenario without a matrix.
    public let worldName: String
    /// All messages, in the order in which they were on the bus.
    public let messages: [Message]
    /// What failed; empty if the journey passed.
    public let failures: [ExpectationFailure]
    /// What `livsbuss run` says of the failures; empty if the journey passed.
    public let report: String
    /// The digest of the journey: equal for equal inputs, on any machine.
    public let digest: String
    let instance: ScenarioInstance

    /// Whether every expectation was met, and every invariant held.
    public var passed: Bool { failures.isEmpty }

    // MARK: - Asking

    /// The key of a person of the scenario; nil if it declares no such person.
    public func key(of person: String) -> Subject? { instance.key(of: person) }

    /// The messages of one event type, decoded, in their order.
    ///
    /// `Annulled<Birth>.self` gives annulments of births; `Birth.self` gives all others.
    /// - Parameter person: whom they are about, by the name in the scenario; nil: anybody.
    /// - Throws: `JSONDecodingError` for a payload of that type that is not as the type says.
    public func messages<Data: LifeEvent>(of type: Data.Type, for person: String? = nil) throws -> [Event<Data>] {
        let subject = person.flatMap { key(of: $0) }
        // Annulled<Fact> has the type of the fact itself.
        let isAnnulment = String(describing: type).hasPrefix("Annulled<")
        return try messages.filter { message in
            message.type == Data.type.name && (message.envelope.change == .annulled) == isAnnulment
                && (person == nil || message.envelope.subject == subject)
        }.map { message in
            let data = try JSONTape.reading(message.data) { try Data(json: JSONSource($0)) }
            return Event(envelope: message.envelope, data: data)
        }
    }

    /// The lines of a person's page that go by post; none to who has a digital mailbox.
    /// - Throws: `JSONDecodingError` for a payload that is not as its type says.
    public func letters(to person: String) throws -> [Letter] {
        guard let key = key(of: person) else { return [] }
        var book = LetterBook()
        for message in messages {
            try JSONTape.reading(message.data) { try book.take(message.envelope, type: message.type, $0) }
        }
        return book.letters(to: key)
    }

    /// The state of a citizen's tile.
    /// - Parameters:
    ///   - person: whose page it is on, by the name in the scenario.
    ///   - agency: whose row; nil: of several the one that was set last.
    ///   - instant: as it was known then; nil: at the end.
    /// - Returns: nil if there is no such row.
    public func tile(
        _ tile: TileName, of person: String, from agency: AgencyID? = nil, asOf instant: Instant? = nil
    ) -> TileCode? {
        let holder = key(of: person)
        var tiles = CurrentTiles<TileLine, TileCode>(keepsHistory: instant != nil)
        for message in messages where message.type == StatusTile.type.name && message.envelope.subject == holder {
            let read = try? JSONTape.reading(message.data) { data in
                TileLine.read(message.envelope, type: message.type, data: data)
            }
            guard let (line, code) = read ?? nil else { continue }
            tiles.see(code, line: line, known: message.envelope.time, id: message.envelope.id)
        }
        let rows = tiles.rows(asOf: instant).filter {
            $0.line.tile == tile.rawValue && (agency == nil || $0.line.agency == agency)
        }
        return rows.max { ($0.known, $0.id) < ($1.known, $1.id) }?.state
    }
}

extension Journey: CustomStringConvertible {
    /// The scenario with its world, and what failed.
    public var description: String {
        let title = worldName.isEmpty ? name : "\(name) [\(worldName)]"
        return passed ? "\(title): passed, \(counted(messages.count, "message"))" : "\(title): failed\n\(report)"
    }
}

/// Why a scenario could not be replayed.
public enum JourneyError: Error, CustomStringConvertible {
    /// There is no such file.
    case missing(path: String)
    /// The file has mistakes, in the words of `livsbuss check`.
    case invalid(String)
    /// The scenario has another number of worlds than the one that was asked for.
    case cases(asked: String, names: [String])
    /// The scenario has an agency simulated that nobody plays.
    case nobodyPlays(AgencyID)

    /// One sentence, or the mistakes.
    public var description: String {
        switch self {
        case .missing(let path): "\(path): there is no such scenario file here or in a folder above"
        case .invalid(let mistakes): mistakes
        case .cases(let asked, let names):
            "\(asked); the cases are \(names.map { $0.isEmpty ? "the only one" : $0 }.joined(separator: ", "))"
        case .nobodyPlays(let agency):
            "the scenario has \(agency) simulated; hand over an agency that plays it, or make it silent or external"
        }
    }
}
