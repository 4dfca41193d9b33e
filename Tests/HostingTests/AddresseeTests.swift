import AgencyKit
import Contracts
import JSON
import LifeEvents
import Testing

@testable import Hosting

/// A message that is given to one agency only, since that could not handle it before.
@Suite struct AddresseeTests {
    private static func host() -> Host {
        let runners: [AgencyRunner] = [
            .runner(for: TableAgency<TaxAgency>(table: ["again": [.say("tax")]]), playing: [.skatteverket]),
            .runner(for: TableAgency<Insurer>(table: ["again": [.say("insurance")]]), playing: [.forsakringskassan]),
        ]
        let host = Host(runners, settings: HostRun.settings, access: AccessRights())
        host.join(
            HostedWorld(
                number: 0, name: "w", agencies: [.skatteverket, .forsakringskassan], silent: [AgencyID("kommun-0180")!])
        )
        return host
    }

    @Test(arguments: [AgencyID.skatteverket, .forsakringskassan, AgencyID("kommun-0180")!, nil])
    func `a message for one agency is handled by that agency and no other`(addressee: AgencyID?) throws {
        let host = Self.host()
        let (now, later) = (HostRun.minute(1), HostRun.minute(2))
        var writer = JSONWriter()
        let id = EventID.v7(milliseconds: now.milliseconds, ordinal: 0, hash62: 1)
        let envelope = EventEnvelope(id: id, source: .citizen, subject: HostRun.person("Ek"), time: now)
        try envelope.write(type: Word.type, into: &writer) { try $0.encode(Word(text: "again")) }
        var slice = Slice(instant: now)
        for _ in 1...2 {
            writer.bytes.withUnsafeBytes { slice.append($0, id: id, world: 0, topic: 3, isOutside: false) }
        }
        // Only the second of the two is for one agency.
        if let addressee { slice.addressees = [(place: 1, agency: addressee)] }
        _ = try host.begin(now)
        let readings = try host.handle(slice).readings
        let all: [AgencyID] = [.forsakringskassan, .skatteverket]
        #expect(readings.filter { $0.message == 0 }.map(\.agency).sorted() == all)
        let second = readings.filter { $0.message == 1 }.map(\.agency).sorted()
        #expect(second == all.filter { addressee == nil || $0 == addressee })
        #expect(host.nextDue == later)
        slice.removeAll()
        #expect(slice.addressees.isEmpty)
    }

    @Test func `who fails twice at one instant on what is sent again has two letters`() throws {
        let runner = AgencyRunner.runner(
            for: TableAgency<TaxAgency>(table: ["again": [.fail("no form")]]), playing: [.skatteverket])
        let host = Host([runner], settings: HostRun.settings, access: AccessRights())
        host.join(HostedWorld(number: 0, name: "w", agencies: [.skatteverket]))
        let (now, later) = (HostRun.minute(1), HostRun.minute(2))
        var writer = JSONWriter()
        let id = EventID.v7(milliseconds: now.milliseconds, ordinal: 0, hash62: 1)
        let envelope = EventEnvelope(id: id, source: .citizen, subject: HostRun.person("Ek"), time: now)
        try envelope.write(type: Word.type, into: &writer) { try $0.encode(Word(text: "again")) }
        func letters(skipping skipped: Set<EventID> = []) throws -> [EventID] {
            host.skipped = skipped
            var slice = Slice(instant: now)
            for _ in 1...3 {
                writer.bytes.withUnsafeBytes { slice.append($0, id: id, world: 0, topic: 3, isOutside: false) }
            }
            _ = try host.handle(slice)
            var bucket = OutboxBucket()
            host.due(later, into: &bucket)
            bucket.sort()
            #expect(bucket.isSorted)
            return bucket.entries.map(\.id)
        }
        _ = try host.begin(now)
        let failed = try letters()
        #expect(Set(failed).count == 3)
        // What is left out is a letter of the bus, and names the message, so that it can be sent again.
        let skipped = try letters(skipping: [id])
        #expect(Set(failed + skipped).count == 6)
        let text = host.skippedLetter(3, UnsafeRawBufferPointer(start: nil, count: 0)).id
        #expect(text == "\(id)")
    }
}
