import LifeEvents

/// Text about a world in which nobody and nothing stands by what the seed draws: the keys of its people become `$anna`,
/// ids of messages `@notice`, the step that publishes it, or `@skatteverket.birth.v1`, the message's type.
///
/// So the same failure is told in the same words with every seed, and what is told can be read.
struct NamedText {
    private let instance: ScenarioInstance
    private let journal: WorldJournal?

    /// - Parameter journal: the world's messages; nil: only those that steps publish have a name.
    init(_ instance: ScenarioInstance, _ journal: WorldJournal? = nil) {
        self.instance = instance
        self.journal = journal
    }

    /// Bytes of a key, and of an id.
    private static let (keyLength, idLength) = (16, 36)

    /// The text with names; a key of somebody else, and an id that the world does not know, stay.
    func callAsFunction(_ text: String) -> String {
        guard text.utf8.count >= Self.keyLength else { return text }
        let bytes = Array(text.utf8)
        var found: [UInt8] = []
        var at = 0
        var hasChanged = false
        while at < bytes.count {
            guard at == 0 || !Self.isWord(bytes[at - 1]), let (name, length) = name(bytes, at) else {
                found.append(bytes[at])
                at += 1
                continue
            }
            // Where the file's own sign stands before it already, once is enough.
            if let sign = name.utf8.first, found.last != sign { found.append(sign) }
            found += name.utf8.dropFirst()
            at += length
            hasChanged = true
        }
        return hasChanged ? String(decoding: found, as: UTF8.self) : text
    }

    /// What begins at a place, if it is a key or an id that is known.
    private func name(_ bytes: [UInt8], _ start: Int) -> (name: String, length: Int)? {
        func word(_ length: Int) -> Substring? {
            let end = start + length
            guard end <= bytes.count, end == bytes.count || !Self.isWord(bytes[end]) else { return nil }
            return Substring(decoding: bytes[start..<end], as: UTF8.self)
        }
        // Any other word would be remembered as an outsider's key.
        if bytes[start] == UInt8(ascii: "p"), let key = word(Self.keyLength), key.utf8.allSatisfy(Self.isLetterOfKeys),
            let subject = Subject(text: key), let person = instance.name(of: subject)
        {
            return ("$\(person)", Self.keyLength)
        }
        guard start + 8 < bytes.count, bytes[start + 8] == UInt8(ascii: "-"), let text = word(Self.idLength),
            let id = EventID(text: text), let message = instance.step(of: id) ?? journal?[id]?.type
        else { return nil }
        return ("@\(message)", Self.idLength)
    }

    private static func isLetterOfKeys(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "o"): false
        case UInt8(ascii: "b")...UInt8(ascii: "t"): true
        default: false
        }
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...:
            true
        default: false
        }
    }
}

extension WorldContext {
    /// Names for what is told of the world.
    var names: NamedText { NamedText(instance, journal) }
}

extension ExpectationFailure {
    /// The failure with names in all that it tells.
    func told(_ names: NamedText) -> ExpectationFailure {
        ExpectationFailure(
            code, step: step, place: place, message: names(message), time: time, nearest: nearest.map { names($0) },
            isWitnessed: isWitnessed,
            compared: compared.map {
                ComparedValue(
                    $0.name, expected: names($0.expected), actual: names($0.actual), differs: $0.differs)
            })
    }
}
