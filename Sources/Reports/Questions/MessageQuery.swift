import LifeEvents

/// Which messages of a log a user means by one word: an id, a message type, or a person.
public struct MessageQuery: Sendable {
    let word: String

    /// A query for an id, a type such as `skatteverket.birth.v1`, or a person's name or key.
    public init(_ word: String) {
        self.word = word
    }

    /// Whether the word is a person's in some world of the log.
    func isPerson(in log: RunLog) -> Bool {
        log.worlds.contains { isPerson(in: $0) } || log.outside.messages.contains { $0.subject == word }
    }

    private func isPerson(in one: WorldLog) -> Bool {
        (one.start?.people ?? []).contains { $0.key == word || $0.name.lowercased() == word.lowercased() }
    }

    /// The numbers of the messages in a world: the one with the id, or all of the type, or all about the person.
    func messages(in one: WorldLog) -> [Int] {
        if let id = EventID(text: word), let found = one.messages.firstIndex(where: { $0.id == id }) { return [found] }
        let name = one.names[word] ?? word
        return one.messages.indices.filter { index in
            let message = one.messages[index]
            return message.type == word || message.subject.lowercased() == name.lowercased()
        }
    }

    /// Why nothing was found, with what there is.
    func nothing(in log: RunLog) -> String {
        var text = "no message of the run has the id or type `\(word)`, and nobody in it is called so"
        let people = Set(log.worlds.flatMap { ($0.start?.people ?? []).map(\.name) }).sorted()
        if !people.isEmpty { text += "; people: " + people.prefix(20).joined(separator: ", ") }
        return text
    }
}

/// Why a question about a run has no answer.
public struct QuestionError: Error, Sendable, CustomStringConvertible {
    /// One sentence.
    public let description: String
}
