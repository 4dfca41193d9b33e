import JSON
import LifeEvents
public import Simulation

/// An expectation that was not met, with what a tester needs to see why.
public struct ExpectationFailure: Sendable {
    /// The step's id, or `then`.
    public let step: String
    /// Where it is written, `file:line:column`.
    public let place: String
    /// What was wanted and what came.
    public let message: String
    /// The closest messages with their first difference, the nearest first.
    public let nearest: [String]
}

/// Watches one case's messages as they come and says at the end which expectations were not met.
public struct ExpectationChecker {
    struct Candidate {
        var difference: String
        var line: String
    }

    struct Watch {
        var step: Step
        var expectation: Expectation
        var opening: Instant
        var deadline: Instant
        var count = 0
        var candidates: [Candidate] = []
    }

    struct TileKey: Hashable {
        var holder: PersonKey
        var tile: String
        var agency: AgencyID?
    }

    private let casting: Casting
    private var watches: [Watch] = []
    private var tiles: [TileKey: String] = [:]

    /// A checker for one case.
    public init(_ casting: Casting) {
        self.casting = casting
        let timeline = casting.scenario.timeline
        for step in casting.scenario.steps {
            guard case .expect(let expectation) = step.action else { continue }
            let deadline = timeline.deadline(of: expectation) ?? casting.world.until
            watches.append(
                Watch(
                    step: step, expectation: expectation, opening: timeline.opening(of: expectation),
                    deadline: deadline))
        }
    }

    /// Takes a message in; the message's views are not kept.
    public mutating func see(_ message: ObservedMessage) {
        let time = message.envelope.time
        if message.type == StatusTile.type.name, let tile = message.data?["tile"]?.string,
            let code = message.data?["code"]?.string
        {
            tiles[TileKey(holder: message.envelope.subject, tile: tile, agency: message.envelope.source)] = code
        }
        for index in watches.indices where time >= watches[index].opening && time <= watches[index].deadline {
            switch watches[index].expectation.kind {
            case .message(let pattern), .none(let pattern), .count(let pattern, _):
                match(pattern, message, index)
            case .status(let pattern):
                match(pattern, message, index)
            case .order, .latency, .deadLetter, .refusal:
                break
            }
        }
    }

    private mutating func match(_ pattern: MessagePattern, _ message: ObservedMessage, _ index: Int) {
        guard message.type == pattern.type.value else { return }
        var difference: String?
        if let subject = pattern.subject, casting.key(of: subject.value) != message.envelope.subject {
            difference = "it is about \(name(message.envelope.subject)), not \(subject.value)"
        } else if let source = pattern.source, message.envelope.source != source.value {
            difference = "it is from another agency than \(source.value)"
        } else if let data = pattern.data {
            difference = DataMatching.firstDifference(
                data, message.data, path: "", timeline: casting.scenario.timeline, key: casting.key(of:))
        }
        record(difference, message, index)
    }

    private mutating func match(_ pattern: TilePattern, _ message: ObservedMessage, _ index: Int) {
        guard message.type == StatusTile.type.name, message.data?["tile"]?.string == pattern.tile.value else { return }
        var difference: String?
        if casting.key(of: pattern.holder.value) != message.envelope.subject {
            difference = "it is shown to \(name(message.envelope.subject)), not \(pattern.holder.value)"
        } else if let agency = pattern.agency, message.envelope.source != agency.value {
            difference = "it is from another agency than \(agency.value)"
        } else if let code = message.data?["code"]?.string, code != pattern.code.value {
            difference = "the code is \(code), not \(pattern.code.value)"
        }
        record(difference, message, index)
    }

    private mutating func record(_ difference: String?, _ message: ObservedMessage, _ index: Int) {
        guard let difference else {
            watches[index].count += 1
            return
        }
        guard watches[index].candidates.count < 50 else { return }
        let local = Stockholm.local(message.envelope.time)
        watches[index].candidates.append(
            Candidate(
                difference: difference,
                line: "\(message.type) at \(local) about \(name(message.envelope.subject))"))
    }

    private func name(_ key: PersonKey) -> String { casting.name(of: key) ?? key.description }

    /// The expectations that were not met, in the file's order.
    public func failures() -> [ExpectationFailure] {
        var failures: [ExpectationFailure] = []
        for watch in watches {
            let until = Stockholm.local(watch.deadline)
            let wanted: String?
            switch watch.expectation.kind {
            case .message(let pattern):
                wanted = watch.count > 0 ? nil : "expected \(describe(pattern)) by \(until), none came"
            case .none(let pattern):
                wanted = watch.count == 0 ? nil : "expected no \(describe(pattern)) until \(until), \(watch.count) came"
            case .count(let pattern, let equals):
                wanted =
                    watch.count == equals.value
                    ? nil : "expected \(equals.value) × \(describe(pattern)) until \(until), \(watch.count) came"
            case .status(let pattern):
                wanted =
                    watch.count > 0
                    ? nil
                    : "expected the tile \(pattern.tile.value) of \(pattern.holder.value) to reach "
                        + "\(pattern.code.value) by \(until), it did not"
            case .order, .latency, .deadLetter, .refusal:
                wanted = nil
            }
            guard let wanted else { continue }
            failures.append(
                ExpectationFailure(
                    step: watch.step.id.value, place: watch.expectation.span.description, message: wanted,
                    nearest: watch.candidates.suffix(3).map { "\($0.line): \($0.difference)" }))
        }
        return failures + finalFailures()
    }

    private func finalFailures() -> [ExpectationFailure] {
        casting.scenario.finalTiles.compactMap { wanted in
            let holder = casting.key(of: wanted.holder.value)
            // order-free: sorted by agency before anything is said.
            let rows = tiles.filter {
                $0.key.holder == holder && $0.key.tile == wanted.tile.value
                    && (wanted.agency == nil || $0.key.agency == wanted.agency?.value)
            }.sorted { ($0.key.agency ?? .livsbuss) < ($1.key.agency ?? .livsbuss) }
            if !rows.isEmpty, rows.allSatisfy({ $0.value == wanted.code.value }) { return nil }
            let found = rows.map { "\($0.value) from \($0.key.agency?.description ?? "outside")" }
            return ExpectationFailure(
                step: "then", place: wanted.code.span.description,
                message: "at the end the tile \(wanted.tile.value) of \(wanted.holder.value) must be "
                    + "\(wanted.code.value), it is \(found.isEmpty ? "absent" : found.joined(separator: ", "))",
                nearest: [])
        }
    }

    private func describe(_ pattern: MessagePattern) -> String {
        pattern.type.value + (pattern.subject.map { " for \($0.value)" } ?? "")
    }
}
