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

    private struct Validation: Decodable {
        var validationEventsPerSecond: Int
        var examples: Int
        var bytes: Int
    }

    @Test
    func `how many events are parsed and validated in a second is told, of many types and the size that is asked for`()
        throws
    {
        let run = try livsbuss(["bench", "--validation", "--json"], in: Folder())
        #expect(run.exitCode == 0, "\(run.stderr)")
        let result = try JSONDecoder().decode(Validation.self, from: Data(run.stdout.utf8))
        #expect(result.validationEventsPerSecond > 0 && result.examples > 50)
        #expect(300...500 ~= result.bytes)
    }
}
