public import LifeEvents
import Scenarios

/// A right that a change of contracts takes away, as it shows in runs.
public enum LostRight: Hashable, Sendable {
    /// A rule of an owner's agencies no longer hears a type.
    case reading(type: String, owner: Owner, rule: String)
    /// Agencies of an owner no longer say a type.
    case writing(type: String, owner: Owner)
}

/// The journeys that a change of contracts breaks: those that lose a message, or whose expectations fail.
///
/// Two runs of the same journeys are compared, one under the old contracts and one under the new. Their messages have
/// the same ids as long as nothing differs, so what is told is where a journey first goes wrong, and how many messages
/// follow from it.
public struct JourneyBreaks: Sendable {
    /// A message that a journey loses.
    public struct Loss: Equatable, Sendable {
        /// When it was said, in virtual local time.
        public let time: String
        /// The message's type.
        public let type: String
        /// Who said it.
        public let source: String
        /// Whom it is about.
        public let subject: String
        /// Why it does not arrive, as a sentence's end.
        public let reason: String
        /// Who acted on it and no longer does, each an agency with its rule in parentheses.
        public let consumers: [String]
    }

    /// A journey that breaks.
    public struct Journey: Equatable, Sendable {
        /// The journey's name, with its case in brackets.
        public let name: String
        /// The scenario's file.
        public let file: String
        /// Where the scenario begins, from 1.
        public let line: Int
        /// The messages that go wrong first.
        public let losses: [Loss]
        /// How many messages of the old run the new one lacks besides.
        public let following: Int
        /// The expectations that failed: `file:line:column: what came instead`.
        public let failures: [String]
    }

    /// How many journeys were played.
    public let played: Int
    /// Those that break, in their order.
    public let journeys: [Journey]

    /// Compares two runs of the same journeys.
    /// - Parameters:
    ///   - old: under the old contracts.
    ///   - new: under the new ones.
    ///   - lost: the rights that the new ones take away.
    public init(old: RunLog, new: RunLog, lost: Set<LostRight>) {
        played = old.worlds.count
        let others = Dictionary(new.worlds.map { ($0.title, $0) }, uniquingKeysWith: { first, _ in first })
        journeys = old.worlds.compactMap { world in
            others[world.title].flatMap { WorldBreaks(world, $0, lost).journey }
        }
    }

    /// The journeys as text, two lines or more for each; one line where none breaks.
    public var text: String {
        guard !journeys.isEmpty else { return "journeys: none of \(played) breaks\n" }
        var text = "journeys: \(journeys.count) of \(played) \(journeys.count == 1 ? "breaks" : "break")\n"
        for journey in journeys {
            text += "\n\(journey.name)  \(journey.file):\(journey.line)\n"
            for loss in journey.losses.prefix(Self.mostLines) {
                text += "  \(loss.time) \(loss.source) says \(loss.type) (\(loss.subject)): \(loss.reason)\n"
                text += "    no longer acts on it: "
                text += loss.consumers.isEmpty ? "nobody did\n" : loss.consumers.joined(separator: ", ") + "\n"
            }
            text += Self.rest(journey.losses.count, "messages like these")
            if journey.following > 0 {
                text += "  \(journey.following) \(journey.following == 1 ? "message" : "messages") that followed "
                text += "\(journey.following == 1 ? "is" : "are") not said\n"
            }
            for failure in journey.failures.prefix(Self.mostLines) { text += "  fails: \(failure)\n" }
            text += Self.rest(journey.failures.count, "expectations that fail")
        }
        return text
    }

    /// Of each kind nobody reads more of one journey; all are in ``journeys``.
    private static let mostLines = 4

    private static func rest(_ count: Int, _ what: String) -> String {
        count > mostLines ? "  … and \(count - mostLines) more \(what)\n" : ""
    }
}

/// One journey of both runs.
private struct WorldBreaks {
    private let old: WorldLog
    private let new: WorldLog
    private let lost: Set<LostRight>

    init(_ old: WorldLog, _ new: WorldLog, _ lost: Set<LostRight>) {
        self.old = old
        self.new = new
        self.lost = lost
    }

    /// Nil where nothing breaks.
    var journey: JourneyBreaks.Journey? {
        let refused = refused
        let told = Set(refused.map(\.id))
        // What the new run refused for want of a right is told with the bus's own reason.
        let losses = refused + denied.filter { !told.contains($0.id) }
        let lostIDs = Set(losses.map(\.id))
        let remaining = Set(new.messages.map(\.id))
        let following = old.messages.count { !remaining.contains($0.id) && !lostIDs.contains($0.id) }
        let known = old.failures.map(\.step)
        let failures = new.failures.filter { !known.contains($0.step) }
        // Ids of another run may differ where only times do; a journey that loses nothing and keeps all that was
        // expected of it is whole.
        guard !losses.isEmpty || !failures.isEmpty else { return nil }
        return JourneyBreaks.Journey(
            name: old.title, file: old.start?.file ?? "", line: old.start?.line ?? 0, losses: losses.map(\.loss),
            following: following, failures: failures.map { "\($0.file):\($0.line):\($0.column): \($0.message)" })
    }

    private typealias Found = (id: EventID, loss: JourneyBreaks.Loss)

    /// Messages that became dead letters, and did not before.
    private var refused: [Found] {
        new.rejections.compactMap { rejection in
            guard let id = rejection.message,
                !old.rejections.contains(where: { $0.message == id && $0.agency == rejection.agency })
            else { return nil }
            let message = old.messages.first { $0.id == id }
            return (
                id,
                JourneyBreaks.Loss(
                    time: (message?.time ?? rejection.time).toTheMinute, type: message?.type ?? rejection.topic,
                    source: message?.source ?? rejection.agency, subject: message?.subject ?? "unknown",
                    reason: "refused, \(rejection.reason)", consumers: consumers(of: id) { _ in true })
            )
        }
    }

    /// Messages that the new contracts let nobody say, or whose consumers may not hear them.
    private var denied: [Found] {
        guard !lost.isEmpty else { return [] }
        return old.messages.compactMap { message in
            if let owner = AgencyID(message.source)?.owner,
                lost.contains(.writing(type: message.type, owner: owner))
            {
                return (
                    message.id,
                    loss(message, "\(owner) may no longer say it", consumers(of: message.id) { _ in true })
                )
            }
            let deaf = consumers(of: message.id) { delivery in
                guard let owner = AgencyID(delivery.agency)?.owner else { return false }
                return lost.contains(.reading(type: message.type, owner: owner, rule: delivery.river))
            }
            return deaf.isEmpty ? nil : (message.id, loss(message, "it may no longer be read", deaf))
        }
    }

    private func loss(_ message: Publish, _ reason: String, _ consumers: [String]) -> JourneyBreaks.Loss {
        JourneyBreaks.Loss(
            time: message.time.toTheMinute, type: message.type, source: message.source, subject: message.subject,
            reason: reason, consumers: consumers)
    }

    /// Who acted on a message in the old run.
    private func consumers(of id: EventID, _ isMeant: (Delivery) -> Bool) -> [String] {
        old.deliveries.filter { $0.message == id && $0.outcome == .handled && isMeant($0) }
            .map { $0.river.isEmpty ? $0.agency : "\($0.agency) (\($0.river))" }
    }
}
