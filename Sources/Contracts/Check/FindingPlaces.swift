internal import Terminal

/// Where the findings about one topic stand; the file as a whole for a manifest that the program made.
struct FindingPlaces {
    private let file: String
    private let places: ManifestPlaces?

    init(_ topic: TopicManifest, _ places: ManifestPlaces?) {
        file = topic.file
        self.places = places
    }

    func name(_ message: String) -> ContractProblem { problem(places?.name, message) }
    func access(_ message: String) -> ContractProblem { problem(places?.access, message) }
    func replication(_ message: String) -> ContractProblem { problem(places?.replication, message) }
    func retention(_ message: String) -> ContractProblem { problem(places?.retention, message) }
    func row(_ index: Int, _ message: String) -> ContractProblem { problem(places?.rows[index], message) }

    private func problem(_ place: ContractPlace?, _ message: String) -> ContractProblem {
        ContractProblem(file: file, line: place?.line, column: place?.column, message: message)
    }
}

/// What a misspelt word may have meant, as the end of a sentence.
enum Guess {
    static func text(_ word: String, among known: [String]) -> String {
        SpellingGuess.nearest(to: word, among: known).map { "; did you mean '\($0)'?" } ?? ""
    }
}

extension ContractProblem {
    /// Its place in the file, for sorting.
    var order: Int { (line ?? 0) * 100_000 + (column ?? 0) }
}
