import AgencyKit
public import Hosting
public import LifeEvents

/// All that a run could exercise: what contracts and agencies declare.
public struct CoverageUniverse: Sendable {
    /// Something that can be exercised, and the step that would.
    struct Item: Sendable {
        var key: String
        var step: String
    }

    /// By dimension, in the order in which reports tell them.
    private(set) var items: [(dimension: Dimension, items: [Item])] = []

    /// What is counted.
    public enum Dimension: String, Sendable, CaseIterable {
        /// Topics with a message.
        case topic
        /// Message types.
        case type
        /// Rules that acted.
        case river
        /// Reasons of rules not to act.
        case refusal
        /// Timers of cases that fell due.
        case timer
        /// Codes that a citizen saw.
        case status
        /// Lines of a status page.
        case tile
        /// What expectations looked at of what was said and shown: of all that came, and not of what is declared.
        case assertion
        /// Faults by what they hit; nothing declares these, so they are listed and not measured.
        case fault

        /// Whether only a run's log tells of it, and no store.
        var needsLog: Bool {
            switch self {
            case .river, .refusal, .timer, .assertion, .fault: true
            case .topic, .type, .status, .tile: false
            }
        }
    }

    /// A universe of contracts and rules.
    /// - Parameters:
    ///   - topics: the catalogue's names.
    ///   - rules: all rules of all agencies.
    ///   - timers: the names of each owner's timers.
    public init(topics: [String], rules: [RiverDescription], timers: [(owner: Owner, names: [String])]) {
        // What only planes bring, no scenario publishes.
        let types = EventTypes.all.filter { $0 != CitizenContact.type.name && EventType($0).owner != .livsbuss }
        let letters = topics.filter { topic in
            !topic.hasSuffix(".dead-letter.v1") && topic != CitizenContact.type.topic
                && EventType(topic).owner != .livsbuss
        }
        items = [
            (
                .topic,
                letters.map { topic in
                    let own = types.filter { EventType($0).topic == topic }
                    return Item(key: topic, step: own.first.map(Self.publish) ?? "no type of this version uses it")
                }
            ),
            (.type, types.map { Item(key: $0, step: Self.publish($0)) }),
            (
                .river,
                rules.map { rule in
                    let conditions = (rule.mine + rule.whole).map { "“\($0)”" }.joined(separator: " and ")
                    let verb = rule.mine.count + rule.whole.count > 1 ? "hold" : "holds"
                    let holds = conditions.isEmpty ? [] : ["where \(conditions) \(verb)"]
                    return Item(key: Self.key(rule), step: Self.publish(rule, holds))
                }
            ),
            (
                .refusal,
                rules.flatMap { rule in
                    (rule.mine + rule.whole).map { sentence in
                        Item(
                            key: Self.key(rule) + ": “\(sentence)”",
                            step: Self.publish(rule, ["where “\(sentence)” does not hold"]))
                    }
                }
            ),
            (
                .timer,
                timers.flatMap { owner, names in
                    names.filter { $0 != NoTimer.never.rawValue }.map { name in
                        Item(
                            key: "\(owner) · \(name)",
                            step: "until: later than the timer ‘\(name)’ of \(owner) falls due")
                    }
                }
            ),
            (
                .status,
                TileCode.allCases.map { code in
                    Item(
                        key: code.rawValue,
                        step: "- expect: {status: {for: SOMEBODY, tile: SOME-TILE, code: \(code.rawValue)}, until: end}"
                    )
                }
            ),
            (
                .tile,
                TileName.allCases.map { tile in
                    Item(
                        key: tile.rawValue,
                        step: "- expect: {status: {for: SOMEBODY, tile: \(tile.rawValue), code: U1}, until: end}")
                }
            ),
            (.assertion, []),
            (.fault, []),
        ]
    }

    private static func key(_ rule: RiverDescription) -> String { key(rule.owner.description, rule.name) }

    static func key(_ owner: String, _ river: String) -> String { "\(owner) · \(river)" }

    /// The step that a rule would hear, with what must hold as a comment.
    private static func publish(_ rule: RiverDescription, _ conditions: [String]) -> String {
        let notes = (rule.hearsAnnulment ? ["annulling one"] : []) + conditions
        return publish(rule.type.name) + (notes.isEmpty ? "" : " # " + notes.joined(separator: ", "))
    }

    /// The step that puts a message of a type on the bus.
    private static func publish(_ type: String) -> String {
        if type == StatusTile.type.name {
            return "- expect: {status: {for: SOMEBODY, tile: SOME-TILE, code: U1}, until: end}"
        }
        let owner = EventType(type).owner
        let isFiling = type.split(separator: ".").dropFirst().first == "filing"
        let from = isFiling || owner?.digits == 0 ? "" : ", from: \(owner?.description ?? "")-…"
        return "- {at: +1d, publish: \(type)\(from), for: SOMEBODY, data: {…}}"
    }
}
