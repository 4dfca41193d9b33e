import LifeEvents

/// Writes payloads for people, and so that they compare across seeds: keys of people become `$name`, ids of messages the
/// type of the message.
struct NamedData {
    private let names: [String: String]
    private let types: [String: String]

    init(_ one: WorldLog) {
        names = one.names
        types = Dictionary(one.messages.map { ($0.id.description, $0.type) }, uniquingKeysWith: { first, _ in first })
    }

    /// The payload with names; strings of other lengths than a key's or an id's are passed over.
    func text(_ data: String) -> String {
        var found: [UInt8] = []
        let bytes = Array(data.utf8)
        found.reserveCapacity(bytes.count)
        let quote = UInt8(ascii: "\"")
        var at = 0
        while at < bytes.count {
            if bytes[at] == quote, let word = word(bytes, at, 16, names) ?? word(bytes, at, 36, types) {
                found.append(quote)
                found.append(word.length == 16 ? UInt8(ascii: "$") : UInt8(ascii: "@"))
                found += word.text.utf8
                found.append(quote)
                at += word.length + 2
            } else {
                found.append(bytes[at])
                at += 1
            }
        }
        return String(decoding: found, as: UTF8.self)
    }

    private func word(
        _ bytes: [UInt8], _ start: Int, _ length: Int, _ words: [String: String]
    ) -> (text: String, length: Int)? {
        guard start + length + 1 < bytes.count, bytes[start + length + 1] == UInt8(ascii: "\"") else { return nil }
        let key = String(decoding: bytes[start + 1...start + length], as: UTF8.self)
        return words[key].map { ($0, length) }
    }
}
