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

    /// A template of a message that was written for one case: wherever one of the case's texts stands, another case's text
    /// of the same length will.
    public init(_ value: [UInt8], replacing texts: Texts) {
        bytes = value
        places = texts.places(in: value)
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

extension MessageTemplate {
    /// The texts of one case that its messages may hold, ready to be found in linear time.
    public struct Texts {
        /// By its last bytes, which tell the ids of one instant apart.
        private var byEnd: [SIMD2<UInt64>: [(text: [UInt8], what: Insertion)]] = [:]

        /// So many bytes at the end of a text it is looked for by; no text is shorter.
        private static let keyLength = 16

        /// The keys and ids of a case.
        public init(_ values: TemplateValues) {
            for (number, person) in values.people.enumerated() { add("\(person)", .person(number)) }
            for (number, journey) in values.correlations.enumerated() { add("\(journey)", .correlation(number)) }
            for (number, id) in values.messages.enumerated() { add("\(id)", .message(number)) }
        }

        private mutating func add(_ text: String, _ what: Insertion) {
            let text = Array(text.utf8)
            precondition(text.count >= Self.keyLength, "keys have 16 letters, and ids 36")
            let end = text.withUnsafeBytes { Self.key($0, endingAt: text.count) }
            byEnd[end, default: []].append((text, what))
        }

        private static func key(_ bytes: UnsafeRawBufferPointer, endingAt end: Int) -> SIMD2<UInt64> {
            bytes.loadUnaligned(fromByteOffset: end - keyLength, as: SIMD2<UInt64>.self)
        }

        /// Where the texts stand in a message, rising.
        func places(in value: [UInt8]) -> [(offset: Int, what: Insertion)] {
            guard value.count >= Self.keyLength else { return [] }
            return value.withUnsafeBytes { bytes in
                var places: [(offset: Int, what: Insertion)] = []
                for end in Self.keyLength...bytes.count {
                    for (text, what) in byEnd[Self.key(bytes, endingAt: end)] ?? [] where text.count <= end {
                        let start = end - text.count
                        guard bytes[start..<end].elementsEqual(text) else { continue }
                        places.append((start, what))
                    }
                }
                return places
            }
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
