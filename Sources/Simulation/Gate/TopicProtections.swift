import Contracts
import LifeEvents

/// What protection says of the types of a run's topics, found for each topic when its first message is said. One thread
/// owns it.
final class TopicProtections {
    private struct Topic {
        let types: [TypeProtection]
        /// Whether a type says who is protected.
        let setsProtection: Bool

        init(_ types: [TypeProtection]) {
            self.types = types
            setsProtection = types.contains { $0.level != nil }
        }
    }

    private var topics: [Topic?]
    private let find: (Int) -> [TypeProtection]
    private let findRegisters: () -> [Owner]
    /// Who keeps a register that says who is protected: asked for when somebody is.
    private lazy var registers = findRegisters()

    /// What the contracts say of some topics.
    init(_ access: AccessRights, topics: [String]) {
        self.topics = Array(repeating: nil, count: topics.count)
        find = { access.protections(on: topics[$0]) }
        findRegisters = { access.registersOfProtection }
    }

    /// How many topics there are.
    var count: Int { topics.count }

    /// What is said of the types of a topic.
    func types(on topic: Int32) -> [TypeProtection] { known(topic).types }

    /// Whether a type of the topic says who is protected.
    func say(whoIsProtectedOn topic: Int32) -> Bool { known(topic).setsProtection }

    /// Whether somebody reads a type who does not know by itself where people are: not its owner, the bus, or who keeps the
    /// register that says who is protected.
    func isReadByStrangers(_ type: TypeProtection) -> Bool { type.readers.contains { !registers.contains($0) } }

    private func known(_ topic: Int32) -> Topic {
        let place = Int(topic)
        if let known = topics[place] { return known }
        let made = Topic(find(place))
        topics[place] = made
        return made
    }
}
