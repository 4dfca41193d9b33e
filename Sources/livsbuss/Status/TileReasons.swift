import CitizenStatus
import LifeEvents

/// Why a line stands on a page: who told whom, step by step, from what began it.
struct TileReasons {
    private let store: StatusStore
    private let words: CitizenWords
    private let names: [Subject: String]
    /// The most steps that are told: the longest chain of the journeys has fewer than twenty.
    private static let mostSteps = 50

    init(_ store: StatusStore, words: CitizenWords, names: [Subject: String]) {
        self.store = store
        self.words = words
        self.names = names
    }

    /// A sentence for each step from the first message to the one that the agency acted on.
    func sentences(for row: TileRow) throws -> [String] {
        var steps: [MessageRow] = []
        var next = try store.message(id: row.message)?.cause
        while let id = next, steps.count < Self.mostSteps, let message = try store.message(id: id) {
            steps.append(message)
            next = message.cause
        }
        steps.reverse()
        let listeners = steps.dropFirst().map { $0.source.flatMap { AgencyID($0) } } + [row.agency]
        return try zip(steps, listeners).map { try sentence($0, heardBy: $1) }
    }

    private func sentence(_ message: MessageRow, heardBy listener: AgencyID?) throws -> String {
        let source = message.source.flatMap { AgencyID($0) }
        let speaker = source.map { words.name(of: $0) } ?? message.source ?? "någon utanför"
        var sentence = "\(Stockholm.local(message.instant)) \(speaker): \(words.title(ofMessage: message.type ?? ""))"
        if let subject = message.subject, let name = names[subject] { sentence += " (\(name))" }
        guard let listener, listener != source else { return sentence }
        sentence += " → \(words.name(of: listener))"
        if let basis = try store.basis(of: message.id, heardBy: listener) { sentence += ", enligt \(basis)" }
        return sentence
    }
}
