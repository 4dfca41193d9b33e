import Testing

import Terminal

@Suite struct SpellingGuessTests {
    @Test(arguments: [
        ("", "", 0), ("", "abc", 3), ("abc", "", 3), ("abc", "abc", 0), ("abc", "acb", 1), ("abc", "abd", 1),
        ("abc", "ab", 1), ("abc", "xabc", 1), ("kitten", "sitting", 3), ("ca", "abc", 3), ("födsel", "fodsel", 1),
    ])
    func `the distance counts letters added, dropped, changed and swapped`(a: String, b: String, distance: Int) {
        #expect(SpellingGuess.editDistance(a, b) == distance)
        #expect(SpellingGuess.editDistance(b, a) == distance)
    }

    @Test(arguments: [
        ("rum", "run"), ("urn", "run"), ("ran", "run"), ("run", "run"), ("Replay", "replay"), ("repaly", "replay"),
        ("rplay", "replay"), ("replya", "replay"), ("comp", "completion"), ("complation", "completion"),
        ("re", "replay"), ("r", nil), ("host", nil), ("xyz", nil), ("", nil), ("ru", "run"), ("-", nil),
    ])
    func `the nearest word is guessed if it is near enough`(word: String, expected: String?) {
        #expect(SpellingGuess.nearest(to: word, among: ["run", "replay", "completion", "a", "list"]) == expected)
    }

    @Test func `a beginning shared by two words is no guess`() {
        #expect(SpellingGuess.nearest(to: "part", among: ["partitions", "participants"]) == nil)
    }

    /// The cost is the product of the lengths: a word of a megabyte was compared for minutes.
    @Test func `a word that nobody would type is not guessed at`() {
        let long = String(repeating: "replay", count: 200_000)
        #expect(SpellingGuess.nearest(to: long, among: ["replay", long]) == nil)
        #expect(SpellingGuess.nearest(to: "replay", among: [long]) == nil)
        let longest = String(repeating: "a", count: SpellingGuess.longestWord)
        #expect(SpellingGuess.nearest(to: longest.dropLast() + "b", among: [longest]) == longest)
    }
}
