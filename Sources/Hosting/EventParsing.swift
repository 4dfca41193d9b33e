package import JSON
package import LifeEvents

extension ReadEvent {
    /// Reads a structured event from its bytes; valid until the tape reads the next.
    package static func parse(_ text: UnsafeRawBufferPointer, _ tape: inout JSONTape) throws(EnvelopeError) -> ReadEvent
    {
        do throws(JSONError) {
            try tape.parse(text)
        } catch {
            throw .notJSON("\(error)")
        }
        return try ReadEvent(tape.root)
    }
}
