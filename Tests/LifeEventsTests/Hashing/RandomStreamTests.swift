import LifeEvents
import Testing

@Suite struct RandomStreamTests {
    private static let subject = Subject(seed: 1, scenario: "first-child", case: "a", name: "Maria")
    private static let id = EventID.v7(milliseconds: 1_772_434_800_000, ordinal: 1, hash62: 7)

    private static func stream(
        seed: UInt64 = 1, agency: AgencyID = .forsakringskassan, subject: Subject = subject,
        purpose: String = "handling-time", id: EventID = id
    ) -> RandomStream {
        RandomStream(seed: seed, agency: agency, subject: subject, purpose: purpose, id: id)
    }

    @Test func `the numbers are SplitMix64's`() {
        var stream = RandomStream(state: 1_234_567)
        let drawn = (0..<5).map { _ in stream.next() }
        #expect(
            drawn == [
                6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
                4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
            ])
    }

    @Test func `one name gives one stream, and each part of the name counts`() {
        let other = Subject(seed: 1, scenario: "first-child", case: "a", name: "Nils")
        var streams = [
            Self.stream(), Self.stream(seed: 2), Self.stream(agency: .kommun(1780)), Self.stream(agency: .kommun(180)),
            Self.stream(subject: other), Self.stream(purpose: "queue"), Self.stream(id: .custom(hash: (1, 2))),
        ]
        var first = Self.stream()
        #expect(first.next() == streams[0].next())
        let firsts = streams.indices.dropFirst().map { streams[$0].next() }
        #expect(Set(firsts + [first.next()]).count == firsts.count + 1)
    }

    @Test func `the stream of a name never changes between versions`() {
        var stream = Self.stream()
        #expect(stream.next() == 3_653_155_735_951_739_553)
    }

    @Test(arguments: [1, 2, 3, 6, 10, 1_000])
    func `each number below the bound comes equally often`(bound: Int) {
        var stream = RandomStream(state: 42)
        var counts = [Int](repeating: 0, count: bound)
        for _ in 0..<bound * 1_000 { counts[stream.uniform(below: bound)] += 1 }
        // Five standard deviations of a count of about a thousand.
        #expect(counts.allSatisfy { abs($0 - 1_000) < 160 })
    }

    @Test func `a bound beyond half the range is not favoured below`() {
        var stream = RandomStream(state: 3)
        let bound = Int.max / 4 * 3
        let low = (0..<4_000).count { _ in stream.uniform(below: bound) < bound / 2 }
        #expect(abs(low - 2_000) < 160)
    }

    @Test(arguments: [(1, 5, 20), (0, 0, 10), (0, 10, 10), (-3, 0, 3), (7, 7, 7), (7, 7, 8)])
    func `a triangular draw stays between its ends and has its mean`(min: Int, mode: Int, max: Int) {
        var stream = RandomStream(state: 5)
        var sum = 0
        for _ in 0..<20_000 {
            let days = stream.triangular(min: min, mode: mode, max: max)
            #expect(min...max ~= days)
            sum += days
        }
        let mean = Double(sum) / 20_000
        #expect(abs(mean - Double(min + mode + max) / 3) < 0.15)
    }

    @Test func `a unit draw is at least 0 and less than 1`() {
        var stream = RandomStream(state: 9)
        let draws = (0..<1_000).map { _ in stream.unit() }
        #expect(draws.allSatisfy { 0..<1 ~= $0 })
        #expect(draws.min()! < 0.01 && draws.max()! > 0.99)
    }
}
