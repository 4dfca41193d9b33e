/// Guesses which word was meant by a misspelt one.
public enum SpellingGuess {
    /// Longer words, in bytes, are guessed at by nobody: the cost is the product of the lengths, and a file may have a
    /// word of a megabyte.
    public static let longestWord = 80

    /// The candidate nearest to the word, if it is near enough to be a likely slip, or the only one it begins.
    ///
    /// Case does not count. Of candidates equally near, the first is taken.
    public static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
        guard word.utf8.count <= longestWord else { return nil }
        let word = word.lowercased()
        let letters = Array(word)
        var best: (candidate: String, distance: Int)?
        var begun: [String] = []
        for candidate in candidates where candidate.utf8.count <= longestWord {
            let lowered = candidate.lowercased()
            let others = Array(lowered)
            let tolerance = tolerance(others.count, of: letters.count)
            if abs(letters.count - others.count) <= tolerance {
                let distance = editDistance(letters, others)
                if distance <= tolerance, distance < best?.distance ?? .max { best = (candidate, distance) }
            }
            if letters.count > 1 && lowered.hasPrefix(word) { begun.append(candidate) }
        }
        return best?.candidate ?? (begun.count == 1 ? begun.first : nil)
    }

    /// The slips that a word of this length may have and still be recognised; of one letter only one that was doubled.
    private static func tolerance(_ length: Int, of written: Int) -> Int {
        switch length {
        case ...1: written > 1 ? 1 : 0
        case ...4: 1
        case ...8: 2
        default: max(3, length / 4)
        }
    }

    /// The fewest letters to add, drop, change or swap with a neighbour that turn one word into the other.
    ///
    /// Cost: the product of the lengths. A swapped pair is not changed further (optimal string alignment).
    public static func editDistance(_ first: String, _ second: String) -> Int {
        editDistance(Array(first), Array(second))
    }

    private static func editDistance(_ a: [Character], _ b: [Character]) -> Int {
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
