import CitizenStatus
import JSON

/// The dead letters in the store of a run.
final class StoreLetters: OperatorLetters {
    private(set) var letters: [OperatorLetter] = []
    private let folder: StoreFolder
    /// The store of each letter, by the letter's id: a run of several jobs has as many.
    private var folders: [String: StoreFolder] = [:]
    private let hasEnded: Bool

    init(_ folder: StoreFolder) throws {
        self.folder = folder
        let run = try StoredRun(folder)
        run.noteUnended()
        hasEnded = run.hasEnded
        var tape = JSONTape()
        for (place, store) in zip(run.openPlaces, run.stores) {
            var notes: [String: [LetterNote]] = [:]
            for row in try store.deadLetterNotes() {
                if let note = LetterNote(text: row.text) { notes[row.letter, default: []].append(note) }
            }
            for row in try store.deadLetters() {
                let letter = row.message.value.withUnsafeBytes { OperatorLetter($0, on: row.message.topic, &tape) }
                guard var letter else { continue }
                letter.notes = notes[letter.id] ?? []
                folders[letter.id] = place
                letters.append(letter)
            }
        }
        letters.sort(by: OperatorLetter.isBefore)
    }

    func note(_ notes: [(letter: OperatorLetter, note: LetterNote)]) throws {
        var rest = notes
        while let first = rest.first, let place = folders[first.letter.id] {
            let own = rest.filter { folders[$0.letter.id]?.path == place.path }
            rest.removeAll { folders[$0.letter.id]?.path == place.path }
            // A run that goes on writes the store; its lock says so in a sentence.
            let lock = try StoreLock(place)
            let store = try StatusStore(path: lock.folder.database)
            try store.note(own.map { DeadLetterNoteRow(letter: $0.letter.id, text: $0.note.text) })
        }
    }

    var redriveRefusal: String? {
        let run =
            hasEnded
            ? "the run of this store has ended, and nobody hears what is sent now"
            : "the run of this store has not ended, but a store takes no records, and an embedded broker ends with its run"
        return "\(folder.path): \(run)\n"
            + "  help: mend what made the record fail and play the run again; or keep a bus that can be spoken to, with "
            + "`livsbuss broker` and `livsbuss run … --brokers HOST:PORT --speed N`, and redrive with --brokers"
    }

    func send(_ records: [RedrivenRecord]) throws {
        throw Failure(.environment, redriveRefusal ?? "")
    }
}
