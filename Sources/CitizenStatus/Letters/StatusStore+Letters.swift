import JSON
public import LifeEvents

extension StatusStore {
    /// The lines of a person's page that went by post, in the order in which they were written; none to who has a digital
    /// mailbox.
    ///
    /// - Parameter instant: as known then; nil: the end of the run.
    public func letters(to person: Subject, asOf instant: Instant? = nil) throws -> [Letter] {
        var book = LetterBook()
        var tape = JSONTape()
        for message in try messages(of: person)
        where !message.isDeadLetter && message.instant <= instant ?? message.instant {
            try message.value.withUnsafeBytes { bytes in
                try tape.parse(bytes)
                try book.take(try ReadEvent(tape.root))
            }
        }
        return book.letters(to: person)
    }
}
