import LifeEvents
import Testing

@testable import Hosting

/// When an agency does what it was away for.
@Suite struct OutageTests {
    static let start = Instant(milliseconds: 1_767_225_600_000)
    static let agency = AgencyID(.forsakringskassan)

    static func faults(_ outages: (from: Int64, days: Int64?)...) -> WorldAbsences {
        let list = outages.map { outage in
            AgencyFaults.Outage(
                agency: agency, from: start + .days(outage.from),
                end: outage.days.map { start + .days(outage.from + $0) })
        }
        return WorldAbsences(AgencyFaults(outages: list, delays: []), number: 0, resolution: 60_000)
    }

    private func slot(_ faults: WorldAbsences, _ instant: Instant) -> Instant? {
        faults.slot(Self.agency, missing: instant)
    }

    @Test func `nothing waits before an outage, long after it, or at another agency`() {
        let faults = Self.faults((1, 10))
        #expect(slot(faults, Self.start) == nil)
        #expect(slot(faults, Self.start + .days(12)) == nil)
        let other = AgencyID(.skatteverket)
        #expect(faults.slot(other, missing: Self.start + .days(2)) == nil)
        #expect(!faults.isChanged)
    }

    @Test func `a day that was missed is lived through in a minute`() {
        let faults = Self.faults((1, 10))
        for day in 1..<11 as Range<Int64> {
            #expect(slot(faults, Self.start + .days(day)) == Self.start + .days(11) + .minutes(day - 1))
        }
    }

    @Test func `each missed instant has its own, and one instant is not torn apart`() {
        let faults = Self.faults((1, 1))
        let first = Self.start + .days(1) + .hours(3)
        let slots = (0..<5).map { slot(faults, first + .minutes($0)) }
        #expect(slots == (1...5).map { Self.start + .days(2) + .minutes($0) })
        #expect(slot(faults, first + .minutes(4)) == slots[4])
    }

    @Test func `what comes while the agency catches up waits behind the rest`() {
        let faults = Self.faults((1, 1))
        let missed = (0..<3).map { slot(faults, Self.start + .days(1) + .minutes($0)) }
        let end = Self.start + .days(2)
        #expect(missed == [end, end + .minutes(1), end + .minutes(2)])
        #expect(slot(faults, end + .minutes(1)) == end + .minutes(3))
        #expect(slot(faults, end + .minutes(3)) == end + .minutes(4))
        #expect(slot(faults, end + .minutes(5)) == nil)
    }

    @Test func `a second outage is waited for as well`() {
        let faults = Self.faults((1, 2), (2, 3))
        let slot = slot(faults, Self.start + .days(1))
        #expect(slot == Self.start + .days(5) + .minutes(1))
    }

    @Test func `an outage without an end has none`() {
        let faults = Self.faults((1, nil))
        #expect(slot(faults, Self.start + .days(2)) ?? Self.start > Self.start + .days(365 * 1_000))
    }

    @Test func `what was decided before an outage is said after it, in its order`() {
        let plan = Self.faults((1, 10)).faults
        func due(_ days: Int64, made: Int64) -> Instant {
            plan.due(
                Self.start + .days(days), type: "a.b.v1", from: Self.agency,
                about: Subject(seed: 1, scenario: "", case: "", name: "a"), made: Self.start + .days(made),
                resolution: 60_000)
        }
        #expect(due(3, made: 0) == Self.start + .days(11) + .minutes(2))
        #expect(due(4, made: 0) == Self.start + .days(11) + .minutes(3))
        #expect(due(12, made: 0) == Self.start + .days(12))
        #expect(due(12, made: 11) == Self.start + .days(12))
    }

    @Test func `the state is kept whole, and nothing else is taken for it`() {
        let faults = Self.faults((1, 10))
        _ = slot(faults, Self.start + .days(3))
        faults.missed = [
            .init(
                slot: Self.start, arrival: Self.start, agency: AgencyID("kommun-1780")!,
                isOutside: true, topic: 3, id: EventID.v7(milliseconds: 1, ordinal: 2, hash62: 3),
                value: Array("{}".utf8))
        ]
        let bytes = faults.bytes()
        let copy = WorldAbsences(faults.faults, number: 0, resolution: 60_000)
        #expect(bytes.withUnsafeBytes { copy.restore($0) })
        #expect(copy.bytes() == bytes)
        for count in 0..<bytes.count {
            let cut = WorldAbsences(faults.faults, number: 0, resolution: 60_000)
            #expect(!bytes.prefix(count).withUnsafeBytes { cut.restore($0) })
        }
    }
}
