import AgencyKit
import Contracts
import JSON
import LifeEvents
import Testing

@testable import Hosting

/// What the branches below remember: how many words they have heard.
struct WordCount: AgencyCase { var words = 0 }

/// A branch that counts words, says the count, and repeats it a day later; it cannot bear the word `refuse`.
protocol CountingBranch: Agency where Case == WordCount {
    static var refuses: Bool { get }
    init()
}

/// The timers of both branches have the same name.
enum Repetition: String, CaseIterable, Sendable { case again }

struct CannotBear: Error, CustomStringConvertible { var description: String { "no" } }

extension CountingBranch where Timer == Repetition {
    static var owner: Owner { .skatteverket }
    static var refuses: Bool { true }

    var rivers: [River<Self>] {
        [
            River(
                "count", hears: Word.self,
                mine: [Condition("is a citizen's") { _, event in event.source == .citizen }]
            ) { state, event, effects in
                if event.data.text == "refuse", Self.refuses { throw CannotBear() }
                state.words += 1
                try effects.publish(Word(text: "\(Self.ownBranch) \(state.words)"))
                effects.setTimer(.again, at: effects.now + .days(1))
            }
        ]
    }

    func due(_ timer: Repetition, _ state: inout WordCount, _ effects: inout Effects<Repetition>) throws {
        if state.words == 99 { throw CannotBear() }
        try effects.publish(Word(text: "\(Self.ownBranch) again \(state.words)"))
    }
}

struct Registration: CountingBranch {
    typealias Timer = Repetition
    static let branch: Branch? = Branch("folkbokforing")
}

struct Estates: CountingBranch {
    typealias Timer = Repetition
    static let branch: Branch? = Branch("dodsbo")
}

/// Estates that bear every word.
struct PatientEstates: CountingBranch {
    typealias Timer = Repetition
    static let branch: Branch? = Branch("dodsbo")
    static var refuses: Bool { false }
}

/// Branches of one owner that are agencies of their own (OSL 8:2).
@Suite struct BranchTests {
    private static func run(_ branches: [any Agency]) -> HostRun {
        HostRun(
            branches.map { ($0, [.skatteverket]) },
            worlds: [HostedWorld(number: 0, name: "w", agencies: [.skatteverket])])
    }

    private static func said(_ run: HostRun) -> [String] {
        run.heard.filter { $0.source == .skatteverket }.map { "\($0.minute) \($0.text)" }.sorted()
    }

    @Test func `each branch has a case of its own about the same person`() throws {
        let run = Self.run([Registration(), Estates()])
        try run.say("one", at: 0)
        try run.say("two", at: 10)
        try run.play()
        #expect(
            Self.said(run) == [
                "1 dodsbo 1", "1 folkbokforing 1", "11 dodsbo 2", "11 folkbokforing 2", "1451 dodsbo again 2",
                "1451 folkbokforing again 2",
            ])
    }

    @Test func `what two branches say for the same reason has two ids`() throws {
        let run = Self.run([Registration(), Estates()])
        for minute in Int64(0)..<40 { try run.say("word", at: minute / 4) }
        try run.play()
        #expect(Set(run.heard.map(\.id)).count == run.heard.count)
        #expect(run.heard.count == 40 * 3 + 2)
    }

    @Test(arguments: [false, true]) func `the order of the branches moves nothing`(reversed: Bool) throws {
        let branches: [any Agency] = [Registration(), Estates()]
        let run = Self.run(reversed ? branches.reversed() : branches)
        try run.say("word", at: 0)
        try run.play()
        let plain = Self.run(branches)
        try plain.say("word", at: 0)
        try plain.play()
        #expect(run.heard == plain.heard)
    }

    @Test func `a branch that fails fails for itself`() throws {
        let run = Self.run([Registration(), PatientEstates()])
        try run.say("refuse", at: 0)
        try run.play()
        let letters = run.heard.filter { $0.type == "skatteverket.dead-letter.v1" }
        #expect(letters.map(\.text) == ["skatteverket/folkbokforing could not handle it: no"])
        #expect(Self.said(run).contains("1 dodsbo 1"))
    }

    @Test func `two branches that fail on one message are two dead letters`() throws {
        let run = Self.run([Registration(), Estates()])
        try run.say("refuse", at: 0)
        try run.play()
        let letters = run.heard.filter { $0.type == "skatteverket.dead-letter.v1" }
        #expect(
            letters.map(\.text).sorted() == [
                "skatteverket/dodsbo could not handle it: no", "skatteverket/folkbokforing could not handle it: no",
            ])
        #expect(Set(letters.map(\.id)).count == 2)
    }
}
