import Contracts

/// Which readers of the types of a run's topics are told with consent alone, found for each topic when its first message is
/// said. One thread owns it.
final class TopicConsents {
    private var topics: [[TypeConsents]?]
    private let find: (Int) -> [TypeConsents]

    /// What the contracts say of some topics.
    init(_ access: AccessRights, topics: [String]) {
        self.topics = Array(repeating: nil, count: topics.count)
        find = { access.consents(on: topics[$0]) }
    }

    /// Whether some reader of the topic needs a consent.
    func areAsked(on topic: Int32) -> Bool { !types(on: topic).isEmpty }

    /// The types of a topic with readers that need a consent.
    func types(on topic: Int32) -> [TypeConsents] {
        let place = Int(topic)
        if let known = topics[place] { return known }
        let made = find(place)
        topics[place] = made
        return made
    }
}
