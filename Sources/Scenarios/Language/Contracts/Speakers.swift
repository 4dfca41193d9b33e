import Contracts
import Hosting
import LifeEvents

/// Who may say each type and set each tile, and what agencies object to filings: what is known, before any run, of
/// what can come.
struct Speakers: Sendable {
    /// By topic: the owners of whom some branch may write it, sorted. A topic that is not here is open to all.
    private var writers: [String: [Owner]] = [:]
    /// By tile: the owners whose agencies set it.
    private var setters: [String: [Owner]] = [:]
    /// The rules of an owner's code; nil: nothing is known of what agencies object to.
    private let rules: (@Sendable (Owner) -> [RiverDescription])?

    /// What a folder of contracts says.
    /// - Parameter rules: the rules of an owner's code; nil: nothing is known of what its agencies object to.
    init(_ catalogue: Catalogue, rules: (@Sendable (Owner) -> [RiverDescription])?) {
        self.rules = rules
        for topic in catalogue.topics {
            let owners = topic.access.filter(\.access.allowsWriting).compactMap { Owner(text: $0.team) }
            writers[topic.name] = Set(owners).sorted()
        }
        for tile in catalogue.agencies.flatMap(\.tiles) { setters[tile.name] = tile.setBy }
    }

    /// The owners whose agencies may say a type, sorted; nil: anybody may.
    func writers(of type: String) -> [Owner]? { writers[EventType(type).topic] }

    /// The owners whose agencies set a tile; nil for a tile that no contract declares.
    func setters(of tile: String) -> [Owner]? { setters[tile] }

    /// The sentences for which an owner's agencies refuse a type; nil if no rule of theirs is known to hear it.
    func objections(of owner: Owner, to type: String) -> [String]? {
        let hearing = (rules?(owner) ?? []).filter { $0.type.name == type }
        return hearing.isEmpty ? nil : hearing.flatMap(\.whole)
    }
}
