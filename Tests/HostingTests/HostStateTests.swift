import AgencyKit
import LifeEvents
import Testing

@testable import Hosting

/// A host that goes on from what it has saved is the host that was never stopped.
@Suite struct HostStateTests {
    static let towns: [AgencyID] = [.kommun(180), .kommun(1_480)]
    static let table: [String: [Step]] = [
        "go": [.say("far", after: 30), .say("near"), .set(.a, 7), .set(.b, 9)],
        "near": [.say("to Alm", about: "Alm", after: 4), .cancel(.b)],
        "to Alm": [.set(.c, 2), .fail("no such form")],
        "due a": [.set(.a, 11), .say("again", after: 2)],
        "again": [.set(.b, 0), .say("more", about: "Alm")],
        "due b": [.fail("no pen")], "more": [.set(.c, 3)], "due c": [.say("done")],
    ]

    /// One agency is away for a quarter of an hour, and what it says is slow.
    static var faults: AgencyFaults {
        AgencyFaults(
            outages: [.init(agency: towns[0], from: HostRun.minute(3), end: HostRun.minute(18))],
            delays: [
                .init(
                    agency: .forsakringskassan, messages: nil, window: .init(from: HostRun.start, end: nil),
                    later: { $0 + .minutes(2) })
            ])
    }

    static func run(faults: AgencyFaults?, slice: Int = .max) throws -> HostRun {
        let agencies = towns + [.skatteverket, .forsakringskassan]
        return HostRun(
            [
                (TableAgency<TaxAgency>(table: table), [.skatteverket]),
                (TableAgency<Insurer>(table: ["again": [.say("late", after: 3)]]), [.forsakringskassan]),
                (TableAgency<Town>(table: table, concerned: towns), towns),
            ],
            worlds: [
                HostedWorld(number: 0, name: "w", agencies: agencies, faults: faults),
                HostedWorld(number: 1, name: "v", agencies: agencies),
            ], sliceMessages: slice)
    }

    static func begun(faults: AgencyFaults?, slice: Int = .max) throws -> HostRun {
        let run = try run(faults: faults, slice: slice)
        for minute in [0, 2, 2, 5, 9] as [Int64] { try run.say("go", about: "Ek", at: minute) }
        try run.say("go", about: "Boberg", at: 1, world: 1)
        return run
    }

    static let last: Int64 = 45

    @Test(arguments: [false, true])
    func `saved and restored after any instant it says the same messages`(isFaulty: Bool) throws {
        let faults = isFaulty ? Self.faults : nil
        let whole = try Self.begun(faults: faults)
        try whole.play(through: Self.last)
        #expect(whole.heard.count > 100)
        #expect(whole.heard.contains { $0.type == "kommun.dead-letter.v1" })
        var run = try Self.begun(faults: faults)
        while try run.playInstant(last: Self.last) {
            try run.save()
            let next = try Self.run(faults: faults)
            try next.goOn(from: run)
            run = next
        }
        #expect(run.heard == whole.heard)
        #expect(run.host.pendingMessages.map(\.due) == whole.host.pendingMessages.map(\.due))
        #expect(run.host.pendingTimers(world: 0).map(\.due) == whole.host.pendingTimers(world: 0).map(\.due))
    }

    @Test func `a rule's report says in whose world it is, also when an agency hears after an outage`() throws {
        let run = try Self.begun(faults: Self.faults)
        run.host.wantsReports = true
        try run.play(through: Self.last)
        var worlds: Set<Int32> = []
        for (message, report) in run.records.flatMap(\.rivers) {
            let subject = run.heard.first { $0.id == message }?.subject
            guard subject == HostRun.person("Ek") || subject == HostRun.person("Boberg") else { continue }
            worlds.insert(report.world)
            #expect(report.world == (subject == HostRun.person("Boberg") ? 1 : 0))
        }
        #expect(worlds == [0, 1])
    }

    @Test func `a row that is written later says what was so when it was told`() throws {
        let run = try Self.begun(faults: Self.faults)
        var rows: [(told: [UInt8]?, change: HostChange)] = []
        while try run.playInstant(last: Self.last) {
            rows += try run.host.changes().map { (try $0.value(), $0) }
        }
        #expect(rows.contains { $0.change.kind == .effects && $0.told != nil })
        for row in rows { #expect(try row.change.value() == row.told) }
    }

    @Test(arguments: [1, 2, 3, 7])
    func `how an instant is sliced changes nothing`(slice: Int) throws {
        let whole = try Self.begun(faults: Self.faults)
        try whole.play(through: Self.last)
        let sliced = try Self.begun(faults: Self.faults, slice: slice)
        try sliced.play(through: Self.last)
        #expect(sliced.heard == whole.heard)
    }

    @Test func `an agency that is away acts when it is back, in the order in which it was spoken to`() throws {
        let run = HostRun(
            [
                (
                    TableAgency<TaxAgency>(table: ["set": [.set(.a, 2)], "go": [.say("heard")], "due a": [.say("due")]]
                    ), [.skatteverket]
                )
            ],
            worlds: [
                HostedWorld(
                    number: 0, name: "w", agencies: [.skatteverket],
                    faults: AgencyFaults(
                        outages: [.init(agency: .skatteverket, from: HostRun.minute(1), end: HostRun.minute(20))],
                        delays: []))
            ])
        try run.say("set", at: 0)
        try run.say("go", at: 5)
        try run.say("go", about: "Alm", at: 6)
        try run.play()
        let said = run.heard.filter { $0.source == .skatteverket }
        #expect(said.map(\.text) == ["due", "heard", "heard"])
        #expect(said.map(\.minute) == [22, 23, 24])
        #expect(said.map(\.subject) == ["Ek", "Ek", "Alm"].map(HostRun.person))
        #expect(run.records.flatMap(\.readings).count == 6)
    }

    @Test func `a message that is left out is not given to an agency either that was away when it came`() throws {
        let towns = Self.towns
        func start() throws -> HostRun {
            HostRun(
                [(TableAgency<Town>(table: ["go": [.say("acted")]], concerned: towns), towns)],
                worlds: [
                    HostedWorld(
                        number: 0, name: "w", agencies: towns,
                        faults: AgencyFaults(
                            outages: towns.map { .init(agency: $0, from: HostRun.start, end: HostRun.minute(10)) },
                            delays: []))
                ])
        }
        let first = try start()
        try first.say("go", at: 3)
        try first.play(through: 3)
        try first.save()
        let second = try start()
        try second.goOn(from: first)
        second.host.skipped = Set(first.heard.map(\.id))
        try second.play()
        #expect(
            second.lines.dropFirst().sorted() == [
                "12 kommun-0180: the message was left out with --skip",
                "12 kommun-1480: the message was left out with --skip",
            ])
    }
}
