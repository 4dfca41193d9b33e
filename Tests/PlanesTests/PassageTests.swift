import Contracts
import LifeEvents
import Testing

@testable import Planes

/// When a reader knows, by each channel.
@Suite struct PassageTests {
    static let reader = Party(.kommun, Branch("forskola"))
    static let agency = AgencyID.kommun(1780)
    static let person = Subject(seed: 1, scenario: "s", case: "", name: "anna")

    static func plane(_ channel: Channel, share: Double? = nil, otherwise: Channel? = nil) -> Plane {
        Plane(
            name: "own", version: 1,
            rows: [
                PlaneRow(
                    type: .all, readers: [.all], codes: [], isInternal: false, channel: channel, share: share,
                    otherwise: otherwise, source: nil, mark: .assumption, file: "own.yaml", line: 1)
            ], people: .ordinary, front: nil, files: [])
    }

    static func message(at text: String, from source: AgencyID = AgencyID(.skatteverket), seed: Int = 1) throws
        -> PlaneMessage
    {
        let parts = text.split(separator: " ")
        let day = try #require(Day(parts[0]))
        let time = try #require(TimeOfDay(text: String(parts[1])))
        return PlaneMessage(
            type: EventType("skatteverket.move.v1"), source: source, subject: person, now: time.on(day),
            occasion: Occasion(
                correlation: .custom(hash: (UInt64(seed), 2)), subject: person, type: "skatteverket.move.v1",
                change: nil,
                occurredAt: nil))
    }

    private func known(_ channel: Channel, at text: String) throws -> String {
        let passage = try #require(
            Self.plane(channel).passage(Self.message(at: text), to: Self.reader, of: Self.agency, seed: 1))
        switch passage.known {
        case .at(let instant): return "\(Stockholm.local(instant))"
        case .now: return "now"
        case .told: return "told"
        case .asked: return "asked"
        case .never: return "never"
        }
    }

    static let cases: [(Channel, String, String)] = [
        (.bus, "2026-03-02 10:00", "now"),
        (.none, "2026-03-02 10:00", "never"),
        (.file(at: TimeOfDay(2)), "2026-03-02 10:00", "2026-03-03 02:00"),
        // Saturday's night follows a working day; Sunday's does not.
        (.file(at: TimeOfDay(2)), "2026-03-06 10:00", "2026-03-07 02:00"),
        (.file(at: TimeOfDay(2)), "2026-03-07 10:00", "2026-03-10 02:00"),
        // Posted on Tuesday, on a desk on Friday, registered on Monday.
        (.letter(days: Spread(3, 3, 3), intake: Spread(1, 1, 1)), "2026-03-02 10:00", "2026-03-09 10:00"),
        // On a desk on a Saturday means on Monday.
        (.letter(days: Spread(4, 4, 4), intake: Spread(0, 0, 0)), "2026-03-02 10:00", "2026-03-09 10:00"),
        (.function(read: Spread(0, 0, 0)), "2026-03-02 10:00", "now"),
        (.function(read: Spread(0, 0, 0)), "2026-03-06 17:00", "2026-03-09 08:00"),
        (.function(read: Spread(2, 2, 2)), "2026-03-06 17:00", "2026-03-10 08:00"),
        (.print(rekey: Spread(3, 3, 3), wrong: 0, discover: Spread(0, 0, 0)), "2026-03-02 10:00", "2026-03-05 08:00"),
        (
            .print(rekey: Spread(1, 1, 1), wrong: 1, discover: Spread(14, 14, 14)), "2026-03-02 10:00",
            "2026-03-17 08:00"
        ),
        (.phone(chance: 1, delay: Spread(1, 1, 1), otherwise: .none), "2026-03-02 10:00", "2026-03-03 08:00"),
        (.phone(chance: 0, delay: Spread(1, 1, 1), otherwise: .none), "2026-03-02 10:00", "never"),
        (.query(when: [.all], answer: Spread(0, 0, 0)), "2026-03-02 10:00", "asked"),
    ]

    @Test func `each channel has its time`() throws {
        for (channel, said, expected) in Self.cases {
            #expect(try known(channel, at: said) == expected, "\(channel.name), said at \(said)")
        }
    }

    @Test func `what people file, what the bus says and what an owner says to its own branch is known at once`() throws
    {
        let plane = Self.plane(.none)
        for source in [AgencyID.citizen, .livsbuss, Self.agency] {
            let passage = plane.passage(
                try Self.message(at: "2026-03-02 10:00", from: source), to: Self.reader, of: Self.agency, seed: 1)
            #expect(passage == nil)
        }
        // Another municipality is another agency.
        let other = plane.passage(
            try Self.message(at: "2026-03-02 10:00", from: .kommun(1440)), to: Self.reader, of: Self.agency, seed: 1)
        #expect(other?.known == .never)
    }

    @Test func `a share of one reader's messages goes the one way, and a larger share holds the smaller`() throws {
        func ways(_ share: Double) throws -> Set<Int> {
            let plane = Self.plane(.bus, share: share, otherwise: Channel.none)
            return Set(
                try (0..<400).filter { seed in
                    plane.passage(
                        try Self.message(at: "2026-03-02 10:00", seed: seed), to: Party(whole: .forsakringskassan),
                        of: AgencyID(.forsakringskassan), seed: 1)?.known == .now
                })
        }
        let (third, half) = (try ways(0.3), try ways(0.6))
        #expect(third.isSubset(of: half))
        #expect(90...150 ~= third.count && 210...270 ~= half.count)
    }

    @Test func `a draw hangs on the occasion, not on the instant`() throws {
        let plane = Self.plane(.letter(days: Spread(1, 30, 300), intake: Spread(0, 0, 0)))
        func days(_ said: String, seed: Int) throws -> Int {
            let message = try Self.message(at: said, seed: seed)
            guard case .at(let known)? = plane.passage(message, to: Self.reader, of: Self.agency, seed: 1)?.known
            else { return -1 }
            return Stockholm.day(of: message.now).distance(to: Stockholm.day(of: known))
        }
        // A week later the same letter takes as long; another journey's does not.
        #expect(try days("2026-03-02 10:00", seed: 1) == days("2026-03-09 10:00", seed: 1))
        #expect(Set(try (1...20).map { try days("2026-03-02 10:00", seed: $0) }).count > 5)
    }
}
