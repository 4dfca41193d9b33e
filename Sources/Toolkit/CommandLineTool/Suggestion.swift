/// Guesses which word was meant by a misspelt one.
enum Suggestion {
    /// The candidate nearest to the word, if it is near enough to be a likely slip, or the only one it begins.
    ///
    /// Case does not count. Of candidates equally near, the first is taken.
    static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
        let word = word.lowercased()
        var best: (candidate: String, distance: Int)?
        var begun: [String] = []
        for candidate in candidates {
            let lowered = candidate.lowercased()
            let distance = editDistance(word, lowered)
            if distance <= tolerance(lowered.count), distance < best?.distance ?? .max { best = (candidate, distance) }
            if word.count > 1 && lowered.hasPrefix(word) { begun.append(candidate) }
        }
        return best?.candidate ?? (begun.count == 1 ? begun.first : nil)
    }

    /// A question to put behind an error sentence, or nothing.
    static func question(for word: String, among candidates: some Sequence<String>) -> String {
        question(nearest(to: word, among: candidates))
    }

    /// A question that asks for a guess, or nothing without one.
    static func question(_ guess: String?) -> String {
        guess.map { " Did you mean '\($0)'?" } ?? ""
    }

    /// The slips that a word of this length may have and still be recognised.
    private static func tolerance(_ length: Int) -> Int {
        switch length {
        case ...1: 0
        case ...4: 1
        case ...8: 2
        default: 3
        }
    }

    /// The fewest letters to add, drop, change or swap with a neighbour that turn one word into the other.
    ///
    /// Cost: the product of the lengths. A swapped pair is not changed further (optimal string alignment).
    static func editDistance(_ first: String, _ second: String) -> Int {
        let (a, b) = (Array(first), Array(second))
        guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
        var beforeLast: [Int] = []
        var last = Array(0...b.count)
        for i in 1...a.count {
            var row = [i]
            for j in 1...b.count {
                var distance = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
                if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
                    distance = min(distance, beforeLast[j - 2] + 1)
                }
                row.append(distance)
            }
            (beforeLast, last) = (last, row)
        }
        return last[b.count]
    }
}
