import AgencyKit
import LifeEvents
import Testing

@testable import Hosting
@testable import Planes

/// When readers learn what is said, in a run with a plane.
@Suite struct DeliveryTests {
    static let insurer = AgencyID(.forsakringskassan)
    static let source = AgencyID(.skatteverket)
    /// A day's run at 06:00; the runs of these tests start on Thursday 1 January 2026 at 00:00 UTC, 01:00 in Sweden.
    static let daily = Channel.batch(BatchCalendar(.day, at: TimeOfDay(6), isSnapshot: true), name: "daily")
    /// The first run after the holiday: Friday's, of Saturday 3 January, in minutes after the start.
    static let firstRun: Int64 = (2 * 24 + 5) * 60

    static func plane(_ channel: Channel) -> Plane {
        Plane(
            name: "own", version: 1,
            rows: [
                PlaneRow(
                    type: .all, readers: [.owner(.forsakringskassan)], codes: [], isInternal: false, channel: channel,
                    share: nil, otherwise: nil, source: nil, mark: .assumption, file: "own.yaml", line: 1),
                PlaneRow(
                    type: .all, readers: [.all], codes: [], isInternal: false, channel: .bus, share: nil,
                    otherwise: nil, source: nil, mark: .assumption, file: "own.yaml", line: 2),
            ], people: .asWritten, front: nil, files: [])
    }

    static func run(_ plane: Plane?, faults: AgencyFaults? = nil) -> HostRun {
        let run = HostRun(
            [
                (Listener(), [insurer]),
                (TableAgency<Town>(table: ["one": [.say("heard one")]], concerned: [.kommun(180)]), [.kommun(180)]),
            ], worlds: [HostedWorld(number: 0, name: "w", agencies: [insurer, .kommun(180)], faults: faults)],
            plane: plane)
        run.host.wantsDeliveries = true
        return run
    }

    /// An insurer that says what it hears of.
    struct Listener: Agency {
        struct Case: AgencyCase { var words: [String] = [] }
        static var owner: Owner { .forsakringskassan }
        var rivers: [River<Self>] {
            [
                River("note", hears: Word.self) { state, event, effects in
                    state.words.append(event.data.text)
                    guard event.source != DeliveryTests.insurer else { return }
                    try effects.publish(Word(text: "noted \(event.data.text)"))
                },
                River("forget", hears: Annulled<Word>.self) { state, event, effects in
                    try effects.publish(Word(text: "forgot"))
                },
            ]
        }
        typealias Timer = NoTimer
    }

    private func said(_ run: HostRun, by agency: AgencyID = insurer) -> [String] {
        run.heard.filter { $0.source == agency }.map { "\($0.minute) \($0.text)" }
    }

    private func outcomes(_ run: HostRun) -> [String] {
        run.records.flatMap(\.deliveries).filter { $0.agency == Self.insurer && $0.known.map { _ in true } ?? true }
            .map { "\($0.outcome) \($0.change?.rawValue ?? "new") \($0.channel)" }
    }

    @Test func `one reader learns by its run what another learns at once`() throws {
        let run = Self.run(Self.plane(Self.daily))
        try run.say("one", at: 10, from: Self.source)
        try run.play(through: 10_000)
        #expect(said(run, by: .kommun(180)) == ["11 heard one"])
        // What the town says of it comes by a run too, the same one.
        #expect(said(run) == ["\(Self.firstRun + 1) noted one", "\(Self.firstRun + 1) noted heard one"])
    }

    @Test func `what people file is known at once in every plane`() throws {
        let run = Self.run(Self.plane(.none))
        try run.say("two", at: 10)
        try run.play(through: 100)
        #expect(said(run) == ["11 noted two"])
    }

    @Test func `what never comes is told when the world ends`() throws {
        let run = Self.run(Self.plane(.none))
        try run.say("two", at: 10, from: Self.source)
        try run.play(through: 100)
        #expect(said(run) == [])
        #expect(run.host.openDeliveries(world: 0).map(\.outcome) == [.never])
        _ = run.host.end(0)
        #expect(run.host.openDeliveries(world: 0).isEmpty)
    }

    @Test func `what was created and annulled within one window is in no run`() throws {
        let run = Self.run(Self.plane(Self.daily))
        let wrong = try run.say("two", at: 10, from: Self.source)
        try run.say("two", at: 50, change: .annulled, of: wrong, from: Self.source)
        try run.play(through: 10_000)
        #expect(said(run) == [])
        #expect(outcomes(run) == ["collapsed new daily", "collapsed ANNULLED daily"])
    }

    @Test func `what is annulled after its window has closed is heard, and then taken back`() throws {
        let run = Self.run(Self.plane(Self.daily))
        let wrong = try run.say("two", at: 10, from: Self.source)
        // On Saturday at 02:00: the window of Saturday's run has closed at midnight.
        try run.say("two", at: (2 * 24 + 1) * 60, change: .annulled, of: wrong, from: Self.source)
        try run.play(through: 10_000)
        #expect(said(run).map { $0.split(separator: " ").last ?? "" } == ["two", "forgot"])
        #expect(said(run).first == "\(Self.firstRun + 1) noted two")
    }

    @Test func `who hears a head hears its chain, the oldest link first and at the same instant`() throws {
        // The first is a letter of months; its correction comes by another way, at once.
        let slow = PlaneRow(
            type: .all, readers: [.owner(.forsakringskassan)], codes: [], isInternal: false,
            channel: .print(rekey: Spread(90, 90, 90), wrong: 0, discover: Spread(0, 0, 0)), share: nil, otherwise: nil,
            source: nil, mark: .assumption, file: "own.yaml", line: 1)
        let plane = Plane(name: "own", version: 1, rows: [slow], people: .asWritten, front: nil, files: [])
        let run = Self.run(plane)
        let first = try run.say("two", at: 10, from: Self.source)
        // From a citizen: known at once in every plane.
        try run.say("three", at: 50, change: .corrected, of: first)
        try run.play(through: 200)
        #expect(said(run) == ["51 noted two", "51 noted three"])
        #expect(run.host.openDeliveries(world: 0).allSatisfy { $0.agency != Self.insurer })
    }

    @Test func `who is away when it is delivered has it when it is back`() throws {
        let faults = AgencyFaults(
            outages: [
                .init(
                    agency: Self.insurer, from: HostRun.minute(Self.firstRun - 60),
                    end: HostRun.minute(Self.firstRun + 120))
            ], delays: [])
        let run = Self.run(Self.plane(Self.daily), faults: faults)
        try run.say("two", at: 10, from: Self.source)
        try run.play(through: 10_000)
        #expect(said(run) == ["\(Self.firstRun + 122) noted two"])
    }

    @Test func `saved and restored after any instant the same is told at the same times`() throws {
        func begun() throws -> HostRun {
            let run = Self.run(Self.plane(.function(read: Spread(0, 1, 2))))
            var previous: EventID?
            for minute in [10, 700, 1_500, 3_000] as [Int64] {
                previous = try run.say(
                    "one", at: minute, change: previous.map { _ in .corrected }, of: previous, from: Self.source)
            }
            return run
        }
        let whole = try begun()
        try whole.play(through: 20_000)
        #expect(said(whole).count == 8)
        var run = try begun()
        while try run.playInstant(last: 20_000) {
            try run.save()
            let next = Self.run(Self.plane(.function(read: Spread(0, 1, 2))))
            try next.goOn(from: run)
            run = next
        }
        #expect(run.lines == whole.lines)
    }

    @Test func `a plane in which all is told at once says the same messages as none`() throws {
        func lines(_ plane: Plane?) throws -> [HostRun.Heard] {
            let run = Self.run(plane)
            let first = try run.say("one", at: 10, from: Self.source)
            try run.say("two", at: 20, change: .corrected, of: first, from: Self.source)
            try run.play(through: 100)
            return run.heard
        }
        #expect(try lines(.bus) == lines(nil))
    }
}
