import AgencyKit
import JSON
import LifeEvents
import Testing

@testable import Hosting

/// The host alone: slices go in, messages come out of its outbox.
@Suite struct HostTests {
    static let tax = AgencyID.skatteverket
    static let world = HostedWorld(number: 0, name: "w", agencies: [tax])

    static func run(_ table: [String: [Step]], world: HostedWorld = world, slice: Int = .max) -> HostRun {
        HostRun([(TableAgency<TaxAgency>(table: table), [tax])], worlds: [world], sliceMessages: slice)
    }

    @Test func `an effect is due at the next instant at the earliest, and keeps its author's order`() throws {
        let run = Self.run([
            "go": [.say("one"), .say("two", after: -5), .say("three", after: 3), .say("four", after: 1)]
        ])
        try run.say("go", at: 10)
        try run.play()
        #expect(
            run.lines == [
                "10 citizen: go", "11 skatteverket: one", "11 skatteverket: two", "11 skatteverket: four",
                "13 skatteverket: three",
            ])
        #expect(run.heard.dropFirst().map(\.id.ordinal) == [0, 1, 3, 2])
    }

    @Test func `ordinals count over all handlings of one agency and subject at one instant, timers last`() throws {
        let run = Self.run([
            "set": [.set(.b, 10), .set(.a, 10)], "go": [.say("word"), .say("word")], "due a": [.say("from a")],
            "due b": [.say("from b")],
        ])
        try run.say("set", at: 0)
        try run.say("go", at: 10)
        try run.say("go", at: 10)
        try run.say("go", about: "Alm", at: 10)
        try run.play()
        let followers = run.heard.filter { $0.minute == 11 }
        let ek = followers.filter { $0.subject == HostRun.person("Ek") }
        #expect(ek.map(\.text) == ["word", "word", "word", "word", "from a", "from b"])
        #expect(ek.map(\.id.ordinal) == [0, 1, 2, 3, 4, 5])
        #expect(followers.filter { $0.subject == HostRun.person("Alm") }.map(\.id.ordinal) == [0, 1])
    }

    @Test func `timers of an instant fire at it, after its messages, by due time and name`() throws {
        let run = Self.run([
            "set": [.set(.c, 10), .set(.b, 10), .set(.a, 10)], "look": [.say("looked")],
            "due a": [.say("a")], "due b": [.say("b")], "due c": [.say("c")],
        ])
        try run.say("set", at: 0)
        try run.say("look", at: 10)
        try run.play()
        #expect(
            run.lines.suffix(4) == [
                "11 skatteverket: looked", "11 skatteverket: a", "11 skatteverket: b", "11 skatteverket: c",
            ])
    }

    @Test func `an agency's own tests see timers and messages in the order in which a host has them`() throws {
        let table: [String: [Step]] = [
            "set": [.set(.c, 2), .set(.b, 2), .set(.a, 2)], "look": [.say("looked")],
            "due a": [.say("a"), .cancel(.b)], "due b": [.say("b")], "due c": [.say("c")],
        ]
        let run = Self.run(table)
        var harness = Harness(TableAgency<TaxAgency>(table: table), now: HostRun.minute(0))
        for (minute, word) in [(1, "set"), (2, "look"), (3, "look")] as [(Int64, String)] {
            try run.say(word, at: minute)
            try harness.feed(Word(text: word), about: HostRun.person("Ek"))
        }
        try run.play()
        try harness.advance(to: HostRun.minute(10))
        let said = run.heard.filter { $0.source == .skatteverket }.map { "\($0.minute) \($0.text)" }
        #expect(said == ["3 looked", "4 looked", "4 a", "4 c"])
        #expect(
            try harness.messages.map { message in
                let text = try JSONTape.reading(message.json) { $0["data"]?["text"]?.string ?? "" }
                return "\((message.envelope.time - HostRun.start).milliseconds / 60_000) \(text)"
            } == said)
    }

    @Test(arguments: [
        ("cancelled", [Step.cancel(.a)], [] as [Int64]), ("set anew", [.set(.a, 5)], [16]),
        ("set anew by an earlier timer", [.set(.b, 0)], [11]), ("left alone", [], [11]),
    ])
    func `a timer that a message cancels or sets anew at its own instant does not fire at it`(
        name: String, steps: [Step], minutes: [Int64]
    ) throws {
        let run = Self.run(["set": [.set(.a, 10)], "touch": steps, "due a": [.say("fired")]])
        try run.say("set", at: 0)
        try run.say("touch", at: 10)
        try run.play()
        #expect(run.heard.filter { $0.text == "fired" }.map(\.minute) == minutes)
    }

    @Test(arguments: [0, -1, -500] as [Int64])
    func `a timer that a timer's handler sets for now or the past fires at the next instant`(minutes: Int64) throws {
        let run = Self.run([
            "set": [.set(.a, 10)], "due a": [.set(.b, minutes), .say("a")], "due b": [.say("b")],
        ])
        try run.say("set", at: 0)
        try run.play()
        #expect(run.lines.suffix(2) == ["11 skatteverket: a", "12 skatteverket: b"])
    }

    @Test func `each of two municipalities that fail on one message has its dead letter, and a third goes on`() throws {
        struct Fussy: Agency {
            struct Case: AgencyCase {}
            static let owner = Owner.kommun
            var rivers: [River<Self>] {
                [
                    River(
                        "answer", hears: Word.self,
                        concerns: { _ in [.kommun(180), .kommun(1_280), .kommun(1_480), .kommun(2_480)] }
                    ) { _, _, effects in
                        try effects.publish(Word(text: "from \(effects.agency)"))
                        if effects.agency != .kommun(1_480) {
                            throw TableAgency<Town>.Failure(description: "no form")
                        }
                    }
                ]
            }
        }
        let towns: [AgencyID] = [.kommun(180), .kommun(1_280), .kommun(1_480)]
        let run = HostRun(
            [(Fussy(), towns + [.kommun(2_480)])], worlds: [HostedWorld(number: 0, name: "w", agencies: towns)])
        try run.say("go", at: 0)
        // What follows is not offered again: the answer is a word, too.
        try run.play(through: 0)
        try run.playInstant()
        #expect(
            Set(run.lines.dropFirst()) == [
                "1 kommun-0180: kommun-0180 could not handle it: no form",
                "1 kommun-1280: kommun-1280 could not handle it: no form", "1 kommun-1480: from kommun-1480",
            ])
        #expect(Set(run.heard.map(\.id)).count == 4)
        #expect(run.records.map(\.deadLetters).reduce(0, +) == 4)
    }

    /// Estates and financial aid are two codes of one branch, and both hear of a death.
    @Test func `two codes of one branch that answer one message, or fail at it, say two things`() throws {
        let run = HostRun(
            [(Estates(), [.kommun(180)]), (Aid(), [.kommun(180)])],
            worlds: [HostedWorld(number: 0, name: "w", agencies: [.kommun(180)])])
        try run.say("go", at: 0)
        try run.say("break", at: 5)
        try run.play()
        #expect(run.lines.filter { $0.hasPrefix("1 ") }.sorted() == ["1 kommun-0180: aid", "1 kommun-0180: estates"])
        #expect(Set(run.heard.map(\.id)).count == run.heard.count)
        #expect(run.records.map(\.deadLetters).reduce(0, +) == 2)
    }

    /// The ledger tells what a branch was told, and a branch that has a section is told it once.
    @Test(arguments: [false, true])
    func `a branch that two codes play has one reading of a message, which one of them acted on`(isFirst: Bool) throws {
        let town = HostedWorld(number: 0, name: "w", agencies: [.kommun(180)])
        let run =
            isFirst
            ? HostRun([(Deaf(), [.kommun(180)]), (Aid(), [.kommun(180)])], worlds: [town])
            : HostRun([(Aid(), [.kommun(180)]), (Deaf(), [.kommun(180)])], worlds: [town])
        try run.say("nothing", at: 0)
        try run.play()
        #expect(run.records.flatMap(\.readings).map(\.use) == [.used])
    }

    private struct Deaf: Agency {
        struct Case: AgencyCase {}
        static let owner = Owner.kommun
        static var branch: Branch? { Branch("bistand") }
        static var section: String? { "dodsbo" }
        var rivers: [River<Self>] {
            [
                River(
                    "pass over", hears: Word.self, concerns: { _ in [.kommun(180)] },
                    mine: [Condition("is for this section") { _, _ in false }]
                ) { _, _, _ in }
            ]
        }
    }

    private struct Estates: Agency {
        struct Case: AgencyCase {}
        static let owner = Owner.kommun
        static var branch: Branch? { Branch("bistand") }
        static var section: String? { "dodsbo" }
        var rivers: [River<Self>] { [Answers.river("estates")] }
    }

    private struct Aid: Agency {
        struct Case: AgencyCase {}
        static let owner = Owner.kommun
        static var branch: Branch? { Branch("bistand") }
        var rivers: [River<Self>] { [Answers.river("aid")] }
    }

    private enum Answers {
        static func river<A: Agency>(_ word: String) -> River<A> {
            River("answer", hears: Word.self, concerns: { _ in [.kommun(180)] }) { _, event, effects in
                if event.data.text == "break" { throw TableAgency<Town>.Failure(description: "no form") }
                if event.data.text == "go" { try effects.publish(Word(text: word)) }
            }
        }
    }

    @Test func `a handler that throws leaves its case, its timers and its effects as they were`() throws {
        let run = Self.run([
            "set": [.set(.a, 10)], "break": [.say("lost"), .cancel(.a), .set(.b, 1), .fail("no second page")],
            "due a": [.say("kept")], "due b": [.say("lost as well")],
        ])
        try run.say("set", at: 0)
        try run.say("break", at: 5)
        try run.play()
        #expect(
            run.lines == [
                "0 citizen: set", "5 citizen: break",
                "6 skatteverket: skatteverket could not handle it: no second page", "11 skatteverket: kept",
            ])
    }

    @Test func `a silent agency hears and does not act`() throws {
        let run = Self.run(
            ["go": [.say("never"), .set(.a, 1)]],
            world: HostedWorld(number: 0, name: "w", agencies: [], silent: [Self.tax]))
        try run.say("go", at: 0)
        try run.play()
        #expect(run.lines == ["0 citizen: go"])
        #expect(run.records.flatMap(\.readings).map(\.agency) == [Self.tax])
    }

    @Test func `what belongs to a world that has ended happens nowhere, beside one that goes on`() throws {
        let run = HostRun(
            [(TableAgency<TaxAgency>(table: ["go": [.set(.a, 10)], "due a": [.say("fired")]]), [Self.tax])],
            worlds: [Self.world, HostedWorld(number: 1, name: "v", agencies: [Self.tax])])
        try run.say("go", about: "Ek", at: 0, world: 0)
        try run.say("go", about: "Alm", at: 0, world: 1)
        try run.play(through: 5)
        #expect(run.host.pendingTimers(world: 0).map(\.name) == ["a"])
        #expect(run.host.end(0).isEmpty)
        try run.play()
        #expect(run.heard.filter { $0.text == "fired" }.map(\.subject) == [HostRun.person("Alm")])
        #expect(run.host.pendingTimers(world: 0).isEmpty)
    }

    @Test func `a message that is left out is a dead letter, and so is the timer that it had set`() throws {
        let run = Self.run(["go": [.set(.a, 10), .say("said")], "due a": [.say("fired")]])
        try run.say("go", about: "Ek", at: 0)
        try run.say("go", about: "Alm", at: 5)
        try run.play(through: 1)
        run.host.skipped = Set(run.heard.map(\.id)).union([
            EventID.v7(
                milliseconds: HostRun.minute(5).milliseconds, ordinal: 0, hash62: 2)
        ])
        try run.play()
        #expect(
            run.lines.suffix(2) == [
                "6 livsbuss: the message was left out with --skip",
                "11 skatteverket: skatteverket could not act when its timer a fell due: the message that set it was left "
                    + "out with --skip",
            ])
    }
}
