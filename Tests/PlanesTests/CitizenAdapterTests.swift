import AgencyKit
import Contracts
import LifeEvents
import Testing

@testable import Planes

/// People, as planes play them.
@Suite struct CitizenAdapterTests {
    static let holder = Subject(seed: 1, scenario: "s", case: "", name: "anna")
    static let start = TimeOfDay(8).on(Day(number: 20_514))

    static func plane(_ rule: ErrandRule, people: PeopleRule = .ordinary) -> Plane {
        Plane(
            name: "own", version: 1,
            rows: [
                PlaneRow(
                    type: .all, readers: [.all], codes: [], isInternal: false, channel: .citizen(rule), share: nil,
                    otherwise: nil, source: nil, mark: .assumption, file: "own.yaml", line: 1)
            ], people: people, front: nil, files: [])
    }

    static func rule(
        finds: Double = 1, forgets: Double = 0, incomplete: Double = 0, wrong: Double = 0,
        carrier: ErrandRule.Carrier = .subject
    ) -> ErrandRule {
        ErrandRule(
            carrier: carrier, finds: finds, learns: Spread(1, 1, 1), delay: Spread(2, 2, 2), forgets: forgets,
            incomplete: incomplete, answers: Spread(5, 5, 5), wrong: wrong, discover: Spread(30, 30, 30),
            intake: Spread(0, 0, 0), way: .letter)
    }

    private func contacts(_ plane: Plane) throws -> [String] {
        var people = Harness(CitizenAdapter(plane), playing: .citizen, now: Self.start)
        try people.feed(
            Errand(
                message: "019b7709-5920-7000-8000-000000000001", type: "skatteverket.move.v1", to: .kommun(1780),
                branch: "forskola", row: "own.yaml:1"), about: Self.holder, from: .livsbuss)
        try people.advance(to: Self.start + .days(100))
        return try people.published(CitizenContact.self).map { event in
            let days = Stockholm.day(of: Self.start).distance(to: Stockholm.day(of: event.envelope.time))
            return "\(days) \(event.data.why) \(event.data.outcome)"
        }
    }

    @Test func `who knows that she must tells it when she has learnt it and has time`() throws {
        #expect(try contacts(Self.plane(Self.rule())) == ["3 tell whole"])
    }

    @Test func `what is not whole comes back, and is sent again`() throws {
        #expect(try contacts(Self.plane(Self.rule(incomplete: 1))) == ["3 tell incomplete", "8 answer whole"])
    }

    @Test func `what is wrong is put right when it is found out`() throws {
        #expect(try contacts(Self.plane(Self.rule(wrong: 1))) == ["3 tell wrong", "33 correct whole"])
    }

    @Test func `who does not know, or forgets, is called up when it is found out`() throws {
        #expect(try contacts(Self.plane(Self.rule(finds: 0))) == ["30 calledUp whole"])
        #expect(try contacts(Self.plane(Self.rule(forgets: 1))) == ["30 calledUp whole"])
    }

    @Test func `what both carry each tells for herself`() throws {
        #expect(try contacts(Self.plane(Self.rule(carrier: .both))) == ["3 tell whole", "3 tell whole"])
    }

    @Test func `where nobody errs everything is told whole`() throws {
        #expect(try contacts(Self.plane(Self.rule(finds: 0, incomplete: 1), people: .asWritten)) == ["3 tell whole"])
    }

    // MARK: - Asking

    private func chases(_ tiles: [(Int64, TileCode)], chase: Double = 1) throws -> [Int] {
        var people = PeopleRule.ordinary
        (people.chase, people.patience, people.mailbox) = (chase, Spread(14, 14, 14), 1)
        var plane = Plane.bus
        plane = Plane(name: "own", version: 1, rows: plane.rows, people: people, front: nil, files: [])
        var harness = Harness(CitizenAdapter(plane), playing: .citizen, now: Self.start)
        for (day, code) in tiles {
            try harness.advance(to: Self.start + .days(day))
            try harness.feed(
                StatusTile(tile: .preschool, code: code, text: "Barnet står i kö"), about: Self.holder,
                from: .kommun(1780))
        }
        try harness.advance(to: Self.start + .days(200))
        return try harness.published(CitizenContact.self).filter { $0.data.why == .chase }.map {
            Stockholm.day(of: Self.start).distance(to: Stockholm.day(of: $0.envelope.time))
        }
    }

    @Test func `who has waited longer than her patience asks once`() throws {
        #expect(try chases([(0, .investigating)]) == [14])
    }

    @Test func `who sees an answer before does not ask`() throws {
        #expect(try chases([(0, .investigating), (10, .done)]) == [])
        #expect(try chases([(0, .investigating), (20, .done)]) == [14])
    }

    @Test func `nobody asks about what is done, or where nobody asks`() throws {
        #expect(try chases([(0, .ongoing)]) == [])
        #expect(try chases([(0, .investigating)], chase: 0) == [])
    }

    // MARK: - Answering

    private func filed(tileAfter days: Int64?) throws -> [Int] {
        var people = PeopleRule.ordinary
        (people.mailbox, people.chase) = (1, 0)
        let plane = Plane(name: "own", version: 1, rows: Plane.bus.rows, people: people, front: nil, files: [])
        let intention = Intention(
            message: .custom(hash: (1, 1)), step: "hers", holder: Self.holder, tile: "preschool", code: "U3",
            agency: nil,
            at: Self.start + .days(10), type: "kommun.filing.place-answer.v1", subject: Self.holder,
            data: Array(#"{"filedBy":"\#(Self.holder)"}"#.utf8), occurredAt: nil, journey: nil)
        var harness = Harness(CitizenAdapter(plane, intending: [intention]), playing: .citizen, now: Self.start)
        if let days {
            try harness.advance(to: Self.start + .days(days))
            try harness.feed(
                StatusTile(tile: .preschool, code: .awaitingCitizen, text: "Svara"), about: Self.holder,
                from: .kommun(1780))
        }
        try harness.advance(to: Self.start + .days(200))
        return harness.messages.filter { $0.type == "kommun.filing.place-answer.v1" }.map {
            Stockholm.day(of: Self.start).distance(to: Stockholm.day(of: $0.envelope.time))
        }
    }

    @Test func `a step that answers a tile has its time, is later where the tile is seen later, and never without it`()
        throws
    {
        #expect(try filed(tileAfter: 3) == [10])
        #expect(try filed(tileAfter: 30) == [31])
        #expect(try filed(tileAfter: nil) == [])
    }
}
