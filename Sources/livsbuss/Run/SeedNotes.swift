import LifeEvents
import Synchronization

/// The notes of passes with several seeds: what differs in the ids of messages only is told once. For several threads.
final class SeedNotes: Sendable {
    private struct Note {
        let text: String
        var more = 0
    }

    private struct State {
        /// In the order in which they were made first.
        var notes: [Note] = []
        var places: [String: Int] = [:]
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
            if let place = state.places[key] {
                state.notes[place].more += 1
            } else {
                state.places[key] = state.notes.count
                state.notes.append(Note(text: text))
            }
        }
    }

    /// The first note of each kind, with how many more there were.
    var told: [String] {
        state.withLock { state in
            state.notes.map { note in
                switch note.more {
                case 0: note.text
                case 1: "\(note.text); one like it with another seed"
                default: "\(note.text); \(note.more) like it with other seeds"
                }
            }
        }
    }
}
