import JSON
import LifeEvents

/// Which runners hear which type, by topic.
struct HearingTable {
    /// Who hears a type.
    final class Entry {
        let type: EventType
        let name: [UInt8]
        /// Runners, each with the place of the type in what it hears.
        var facts: [(runner: Int, heard: Int)] = []
        /// The same for annulments of the type.
        var annulments: [(runner: Int, heard: Int)] = []

        init(_ type: EventType) {
            self.type = type
            name = Array(type.name.utf8)
        }
    }

    /// By topic of the run.
    private let ofTopic: [[Entry]]

    init(_ runners: [AgencyRunner], topics: [(name: String, limit: Int)]) {
        var entries: [Entry] = []
        for (index, runner) in runners.enumerated() {
            for (place, heard) in runner.hears.enumerated() {
                let known = entries.firstIndex { $0.type == heard.type }
                let number = known ?? entries.count
                if known == nil { entries.append(Entry(heard.type)) }
                if heard.isAnnulment {
                    entries[number].annulments.append((index, place))
                } else {
                    entries[number].facts.append((index, place))
                }
            }
        }
        entries.sort { $0.type < $1.type }
        ofTopic = topics.map { topic in entries.filter { $0.type.topic == topic.name } }
    }

    /// Whether somebody hears a type of a topic.
    func hears(on topic: Int32) -> Bool { !ofTopic[Int(topic)].isEmpty }

    /// Who hears a type on its topic; nil if nobody does.
    func heard(_ type: JSONValue, on topic: Int32) -> Entry? {
        guard let bytes = type.stringBytes else { return nil }
        for entry in ofTopic[Int(topic)]
        where entry.name.count == bytes.count && entry.name.withUnsafeBytes({ $0.elementsEqual(bytes) }) {
            return entry
        }
        return nil
    }
}
