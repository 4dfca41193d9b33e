import Foundation
import Testing

/// `livsbuss bench`: the shipped main journeys, started on many days. How fast it is is nobody's business here.
@Suite struct BenchTests {
    private struct Result: Decodable {
        var journeys: Int
        var messages: Int
    }

    @Test func `a population of the main journeys plays to its end, whatever the day of the start`() throws {
        let run = try livsbuss(
            ["bench", "--journeys", "120", "--days", "400", "--json"],
            in: Folder())
        #expect(run.exitCode == 0, "\(run.stderr)")
        let result = try JSONDecoder().decode(Result.self, from: Data(run.stdout.utf8))
        #expect(result.journeys == 120)
        // A third of them each: a birth, a death, a move.
        #expect(result.messages > 120 * 30)
    }
}
