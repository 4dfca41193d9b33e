import LifeEvents
import Testing

@testable import Simulation

/// How a paced run turns wall time into virtual time.
@Suite struct PacerTests {
    private static let start = Instant(milliseconds: 1_767_225_600_000)

    @Test(
        arguments: [
            (1, 1_000, 1_000), (3_600, 1_000, 3_600_000), (0.5, 3_000, 1_500),
            // A clock that goes back stands still.
            (10, -5, 0),
            // What is no speed is the fastest, and no wait leads beyond what a time can say.
            (0, 1, Int64(Pacer.fastest)), (-3, 1, Int64(Pacer.fastest)), (.nan, 1, Int64(Pacer.fastest)),
            (.infinity, Int64.max / 4, 1_000_000_000_000_000),
        ] as [(Double, Int64, Int64)])
    func `so much wall time is so much virtual time`(speed: Double, elapsed: Int64, passed: Int64) {
        let pacer = Pacer(speed: speed) { 100 + elapsed }
        #expect(pacer.virtualNow(since: 100, Self.start) == Self.start + .milliseconds(passed))
    }

    @Test(
        arguments: [
            // As long as it takes, but outsiders are looked for ten times a second, and no wait is none.
            (1, 40, 40), (1, 5_000, 100), (1_000, 40_000, 40), (1_000, 10, 1), (1, -10, 1),
        ] as [(Double, Int64, Int64)])
    func `a wait is as long as the way, at least a millisecond and at most a tenth of a second`(
        speed: Double, way: Int64, wait: Int64
    ) {
        let pacer = Pacer(speed: speed) { 0 }
        #expect(pacer.wait(from: Self.start, to: Self.start + .milliseconds(way)) == .milliseconds(wait))
    }
}
