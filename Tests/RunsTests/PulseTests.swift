import Runs
import Testing

/// When it is time for a checkpoint, by a clock that the test turns.
@Suite struct PulseTests {
    /// How many of the instants of a run say yes, and the longest time between two of them, in milliseconds.
    private static func checkpoints(instantsTake milliseconds: [Int64]) -> (count: Int, longest: Int64) {
        var time: Int64 = 0
        let pulse = Pulse(milliseconds: 700) { time * 1_000_000 }
        var (count, longest, last): (Int, Int64, Int64) = (0, 0, 0)
        for duration in milliseconds {
            time += duration
            guard pulse.beat() else { continue }
            count += 1
            longest = max(longest, time - last)
            last = time
        }
        return (count, longest)
    }

    @Test(
        arguments: [
            (Array(repeating: 1, count: 7_000), 10, 700), (Array(repeating: 699, count: 10), 5, 1_398),
            (Array(repeating: 700, count: 10), 10, 700), ([100, 6_500, 100, 600], 2, 6_600), ([699], 0, 0),
        ] as [([Int64], Int, Int64)])
    func `a checkpoint comes with the first instant that ends after the interval`(
        instants: [Int64], count: Int, longest: Int64
    ) {
        let found = Self.checkpoints(instantsTake: instants)
        #expect(found.count == count)
        #expect(found.longest == longest)
    }
}
