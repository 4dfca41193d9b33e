public import LifeEvents

/// A scripted message without what differs from case to case: its bytes with places for ids and keys.
///
/// A population's cases differ in nothing else, so one template a day and scenario serves them all, and a case's messages
/// are written when they are due instead of waiting as bytes.
public final class MessageTemplate: Sendable {
    /// What stands at a place.
    public enum Insertion: Hashable, Sendable {
        /// The id of the case's scripted message of this number.
        case message(Int)
        /// The case's journey of this number.
        case correlation(Int)
        /// The key of the case's person of this number.
        case person(Int)
    }

    private let bytes: [UInt8]
    private let places: [(offset: Int, what: Insertion)]

    /// A template of a message that was written for one case: wherever one of the texts stands, another case's text of
    /// the same length will.
    public init(_ value: [UInt8], replacing texts: [(text: [UInt8], what: Insertion)]) {
        bytes = value
        var places: [(offset: Int, what: Insertion)] = []
        for (text, what) in texts where !text.isEmpty && text.count <= value.count {
            for offset in 0...(value.count - text.count) where value[offset..<offset + text.count].elementsEqual(text) {
                places.append((offset, what))
            }
        }
        self.places = places
    }

    /// The length of each case's message, bytes.
    var count: Int { bytes.count }

    /// Appends the message of a case.
    package func write(_ values: TemplateValues, into output: inout [UInt8]) {
        let start = output.count
        output.append(contentsOf: bytes)
        var text: [UInt8] = []
        for (offset, what) in places {
            text.removeAll(keepingCapacity: true)
            switch what {
            case .message(let number): values.messages[number].write(into: &text)
            case .correlation(let number): values.correlations[number].write(into: &text)
            case .person(let number): values.people[number].write(into: &text)
            }
            output.replaceSubrange(start + offset..<start + offset + text.count, with: text)
        }
    }
}

/// What makes one case of a template: its ids and keys.
public final class TemplateValues: Sendable {
    /// The journeys.
    public let correlations: [EventID]
    /// The people's keys, in the scenario's order.
    public let people: [Subject]
    /// The ids of its scripted messages.
    public let messages: [EventID]

    /// A case by its parts.
    public init(correlations: [EventID], people: [Subject], messages: [EventID]) {
        self.correlations = correlations
        self.people = people
        self.messages = messages
    }
}
