import AgencyKit
import LifeEvents

/// What a host does for programs on standard input: it puts the questions of a slice ahead, and ends where one fails.
extension Host {
    /// Puts the questions of a slice to programs, before its messages are handled one by one.
    /// - Throws: `EnvelopeError` for a message that is no event.
    func prepare(_ slice: borrowing Slice, _ value: (SliceMessage) -> UnsafeRawBufferPointer) throws {
        // Who is away, or learns by a slow channel, is not offered its messages now; only handling them tells which.
        guard handling.absences == nil, handling.deliveries == nil else { return }
        for runner in runners { runner.beginAhead() }
        for message in slice.messages where !skipped.contains(message.id) {
            guard let heard = try load(message, value(message)), let world = world(message.world) else { continue }
            let rivers = handling.event.envelope.change == .annulled ? heard.annulments : heard.facts
            for (index, place) in rivers where runners[index].asksAhead {
                runners[index].prepare(handling, heard: place, agencies: world.agencies)
            }
        }
        for runner in runners { runner.askAhead() }
    }

    /// Ends the run where a program has failed; nothing of the instant is kept.
    /// - Throws: ``ProgramFailure``.
    package func checkPrograms() throws(ProgramFailure) {
        for runner in runners {
            if let failure = runner.failure { throw failure }
        }
    }
}
