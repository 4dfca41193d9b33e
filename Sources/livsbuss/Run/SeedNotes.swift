import LifeEvents
import Synchronization

/// The notes of passes with several seeds: what differs in the ids of messages only is told once. For several threads.
final class SeedNotes: Sendable {
    private struct Note {
        var text: String
        var more = 0
    }

    private struct State {
        /// By the text without ids.
        var notes: [String: Note] = [:]
    }

    private let state = Mutex(State())

    /// Takes a note of a pass.
    func add(_ text: String) {
        // A note names ids as words of their own, perhaps before a comma.
        let key = text.split(separator: " ").map { word in
            let bare = word.last == "," ? word.dropLast() : word
            return EventID(text: bare)?.isVersion7 == true ? "ID" : String(word)
        }.joined(separator: " ")
        state.withLock { state in
            guard var note = state.notes[key] else {
                state.notes[key] = Note(text: text)
                return
            }
            // Which pass comes first is chance; which note is told is not.
            note.text = min(note.text, text)
            note.more += 1
            state.notes[key] = note
        }
    }

    /// One note of each kind, with how many more there were; sorted.
    var told: [String] {
        state.withLock { state in
            state.notes.values.sorted { $0.text < $1.text }.map { note in
                switch note.more {
                case 0: note.text
                case 1: "\(note.text); one like it with another seed"
                default: "\(note.text); \(note.more) like it with other seeds"
                }
            }
        }
    }
}
