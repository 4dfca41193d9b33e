import AgencyKit
import Hosting
import Kafka
import LifeEvents
import Testing

@testable import Simulation

/// What faults do to records on their way, and to the broker.
@Suite struct WireFaultTests {
    private typealias Bench = GateBench

    private static func plan(_ kinds: FaultPlan.WireFault.Kind..., from minute: Int64 = 0) -> FaultPlan {
        FaultPlan(
            outages: [], delays: [],
            wireFaults: kinds.map {
                .init(
                    kind: $0, messages: .init(matches: { _ in true }, subject: nil),
                    window: .init(from: Bench.minute(minute), end: nil))
            }, brokerFaults: [])
    }

    private static func bench(_ plan: FaultPlan) -> Bench {
        let bench = Bench()
        bench.gate.wireFaults.add(plan, world: 0)
        return bench
    }

    @Test(arguments: [1, 2, 3, 5])
    func `a damaged message becomes the same dead letter alone at its instant and beside others`(count: Int) throws {
        func letter(beside others: Int) throws -> [EventID] {
            let bench = Self.bench(Self.plan(.corruptOnly(1)))
            var bucket = try bench.bucket(1, [("first", Bench.ek)])
            let lost = bucket.entries[0].id
            for number in 0..<others {
                // With a later id, and of another world: the fault is not theirs.
                let id = EventID.v7(
                    milliseconds: Bench.minute(1).milliseconds, ordinal: UInt16(1 + number), hash62: 1)
                try Bench.value(id, about: Bench.alm, at: Bench.minute(1)).withUnsafeBytes {
                    _ = bucket.append(id, Bench.note, 1, Bench.alm, $0)
                }
            }
            let slices = try bench.play(1, bucket)
            #expect(slices.flatMap(\.messages).count == others)
            #expect(bench.letters.map(\.reason) == ["not-an-event"])
            #expect(bench.letters.map(\.original) == ["\(lost)"])
            #expect(bench.letters.map(\.subject) == [Bench.ek])
            #expect(bench.gate.takeRecord().faults.map(\.kind) == ["corrupt"])
            return bench.letters.map(\.id)
        }
        #expect(try letter(beside: count - 1) == letter(beside: 0))
    }

    @Test(arguments: [1, 3])
    func `a damaged message that does not come is published again, damaged`(losses: Int) throws {
        let bench = Self.bench(Self.plan(.corruptFirst(1)))
        let bucket = try bench.bucket(1, [("a", Bench.ek)])
        bench.log.losing = [bucket.entries[0].id: losses]
        #expect(try bench.play(1, bucket).isEmpty)
        #expect(bench.letters.map(\.original) == ["\(bucket.entries[0].id)"])
    }

    @Test func `a damaged message that never comes ends the run with its id`() throws {
        let bench = Self.bench(Self.plan(.corruptFirst(1)))
        let bucket = try bench.bucket(1, [("a", Bench.ek)])
        bench.log.losing = [bucket.entries[0].id: .max]
        let error = #expect(throws: LostMessages.self) { try bench.play(1, bucket) }
        #expect(error?.ids == [bucket.entries[0].id])
    }

    @Test func `a message that comes more often is handled once`() throws {
        let bench = Self.bench(Self.plan(.duplicate(times: 2)))
        #expect(Bench.texts(try bench.play(1, [("a", Bench.ek)])) == ["a"])
        let record = bench.gate.takeRecord()
        #expect(record.redelivered == 2)
        #expect(record.faults.map(\.text) == ["skatteverket.note.v1 comes 3 times"])
    }

    @Test func `another order on the wire keeps that of each subject, and is none for those who handle`() throws {
        let bench = Self.bench(Self.plan(.reorder))
        var bucket = try bench.bucket(1, (0..<9).map { ("\($0)", $0 % 2 == 0 ? Bench.ek : Bench.alm) })
        let slices = try bench.play(1, bucket)
        bucket.sort()
        #expect(slices.flatMap(\.messages).map(\.id) == bucket.entries.map(\.id))
        let sent = bench.log.store.records[Int(Bench.note)].compactMap { stored in
            (stored.value ?? []).withUnsafeBytes { EventEnvelope.leadingID($0) }
        }
        #expect(sent != bucket.entries.map(\.id))
        for subject in [Bench.ek, Bench.alm] {
            let own = bucket.entries.filter { $0.subject == subject }.map(\.id)
            #expect(sent.filter { own.contains($0) } == own)
        }
    }

    @Test func `a fault's count is kept: what happened before a checkpoint does not happen again`() throws {
        let bench = Self.bench(Self.plan(.corruptFirst(1)))
        _ = try bench.play(1, [("a", Bench.ek)])
        let rows = bench.gate.wireFaults.changes()
        let next = Self.bench(Self.plan(.corruptFirst(1)))
        for (row, value) in rows {
            let value = try #require(value)
            #expect(value.withUnsafeBytes { next.gate.wireFaults.restore(row: row, $0) })
        }
        #expect(Bench.texts(try next.play(2, [("b", Bench.ek)])) == ["b"])
        #expect(
            Self.bench(Self.plan()).gate.wireFaults.restore(row: 0, UnsafeRawBufferPointer(start: nil, count: 0))
                == false)
    }

    static let brokerFaults: [(FaultPlan.BrokerFault.Kind, [Fault])] = [
        (.down, [.down(broker: nil), .up(broker: nil)]),
        (
            .latency(milliseconds: 5),
            [.latency(broker: nil, milliseconds: 5), .latency(broker: nil, milliseconds: 0)]
        ),
        (
            .fails(.produce, .transport, times: 3),
            [.failNext(.produce, .transport, count: 3), .failNoMore(.produce)]
        ),
    ]

    @Test(arguments: brokerFaults.indices)
    func `a fault of the broker happens once, however many worlds and instants have it`(index: Int) throws {
        let (kind, injected) = Self.brokerFaults[index]
        let bench = Bench()
        for world in 0..<5 as Range<Int32> {
            bench.gate.wireFaults.add(
                FaultPlan(
                    outages: [], delays: [], wireFaults: [],
                    brokerFaults: [
                        .init(kind: kind, window: .init(from: Bench.minute(2), end: Bench.minute(4)), text: "it fails")
                    ]), world: world)
        }
        var faults: [ObservedFault] = []
        for minute in 1...6 as ClosedRange<Int64> {
            #expect(Bench.texts(try bench.play(minute, [("\(minute)", Bench.ek)])) == ["\(minute)"])
            faults += bench.gate.takeRecord().faults
        }
        #expect(bench.log.injected == injected)
        #expect(faults.map(\.time) == [Bench.minute(2)])
    }

    /// Each case: how many requests have been sent by the end of each minute from the first, and when the fault counts as
    /// applied.
    @Test(arguments: [
        (FaultPlan.BrokerFault.Kind.fails(.produce, .transport, times: 1), [1, 2, 3, 3, 3], [2]),
        (.fails(.produce, .transport, times: 1), [1, 1, 1, 4, 4], [2]),
        (.fails(.fetch, .transport, times: 1), [7, 7, 7, 7, 7], []),
        (.fails(.initProducerID, .notLeader, times: 2), [1, 1, 1, 1, 1], []),
        (.latency(milliseconds: 5), [1, 1, 2, 2, 2], [2]),
        (.down, [3, 3, 3, 3, 3], []),
    ])
    func `a fault of the broker that no request meets is not applied`(
        kind: FaultPlan.BrokerFault.Kind, counts: [Int], applied: [Int64]
    ) throws {
        let bench = Bench()
        bench.gate.wireFaults.add(
            FaultPlan(
                outages: [], delays: [], wireFaults: [],
                brokerFaults: [
                    .init(kind: kind, window: .init(from: Bench.minute(2), end: nil), text: "it fails", name: "f")
                ]), world: 0)
        var faults: [ObservedFault] = []
        for (place, count) in counts.enumerated() {
            // The request of a minute is sent after the fault was done to the broker.
            let before = place == 0 ? 0 : counts[place - 1]
            let sent = bench.log.sentCount
            bench.log.requests = { [log = bench.log] _ in log.sentCount > sent ? count : before }
            _ = try bench.play(Int64(place) + 1, [("\(place)", Bench.ek)])
            faults += bench.gate.takeRecord().faults
        }
        #expect(faults.map(\.time) == applied.map { Bench.minute($0) })
        #expect(faults.allSatisfy { $0.name == "f" })
    }
}
