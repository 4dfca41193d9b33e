import JSON
import LifeEvents
import Testing

@testable import AgencyKit

/// The chain of one fact, event by event and in any order.
@Suite struct FactChainTests {
    struct Rent: LifeEvent {
        static let type = EventType("csn.rent.v1")
        var kronor: Int
    }

    /// An event as the tables write it: `2 corrected 1` is the second event, which corrects the first.
    struct Step: CustomTestStringConvertible {
        var number: UInt64
        var step: FactStep
        var previous: UInt64?

        init(_ text: String) {
            let words = text.split(separator: " ")
            number = UInt64(words[0])!
            step = FactStep(rawValue: String(words[1]))!
            previous = words.count > 2 ? UInt64(words[2]) : nil
        }

        var testDescription: String { "\(number) \(step) \(previous.map(String.init) ?? "")" }
    }

    static func id(_ number: UInt64) -> EventID { .v7(milliseconds: Int64(number), ordinal: 0, hash62: number) }

    static func steps(_ text: String) -> [Step] { text.split(separator: ", ").map { Step(String($0)) } }

    static func take(_ step: Step, _ chain: inout FactChain<UInt64>) throws -> ChainOutcome<UInt64> {
        try chain.move(
            id(step.number), step.step, step.previous.map(id), step.step == .annulled ? nil : step.number)
    }

    /// `became 2`, `superseded`
    static func words(_ outcome: ChainOutcome<UInt64>) -> String {
        switch outcome {
        case .became(let link): "became \(link.value)"
        case .ended(let link): "ended \(link.value)"
        case .restored(let link): "restored \(link.value)"
        case .annulled(let link): "annulled \(link.value)"
        case .collapsed, .superseded, .awaitsPredecessor, .repeated, .notOfChain: "\(outcome)"
        }
    }

    static func words(_ chain: FactChain<UInt64>) -> String {
        "\(chain.state) \(chain.head.map { "\($0.value)" } ?? "-")"
    }

    static let tables: [(events: String, outcomes: String, end: String)] = [
        ("1 created", "became 1", "holds 1"),
        ("1 created, 2 corrected 1, 3 corrected 2", "became 1, became 2, became 3", "holds 3"),
        ("1 created, 2 annulled 1", "became 1, annulled 1", "annulled -"),
        ("1 created, 2 corrected 1, 3 annulled 2", "became 1, became 2, annulled 2", "annulled -"),
        ("1 created, 2 ceased 1", "became 1, ended 2", "ended 2"),
        ("1 created, 2 ceased 1, 3 annulled 2", "became 1, ended 2, restored 1", "holds 1"),
        ("1 created, 2 ceased 1, 3 corrected 2", "became 1, ended 2, ended 3", "ended 3"),
        (
            "1 created, 2 ceased 1, 3 corrected 2, 4 annulled 3, 5 corrected 1",
            "became 1, ended 2, ended 3, restored 1, became 5", "holds 5"
        ),
        (
            "1 created, 2 ceased 1, 3 annulled 2, 4 ceased 1",
            "became 1, ended 2, restored 1, ended 4", "ended 4"
        ),
        (
            "1 created, 2 ceased 1, 3 annulled 2, 4 annulled 1",
            "became 1, ended 2, restored 1, annulled 1", "annulled -"
        ),
        ("1 created, 2 annulled 1, 3 created", "became 1, annulled 1, became 3", "holds 3"),
        // What comes before its predecessor waits for it.
        ("2 corrected 1, 1 created", "awaitsPredecessor, became 2", "holds 2"),
        ("3 corrected 2, 1 created, 2 corrected 1", "awaitsPredecessor, became 1, became 3", "holds 3"),
        ("2 annulled 1, 1 created", "awaitsPredecessor, collapsed", "annulled -"),
        ("3 annulled 2, 2 ceased 1, 1 created", "awaitsPredecessor, awaitsPredecessor, became 1", "holds 1"),
        ("1 created, 3 annulled 2, 2 ceased 1", "became 1, awaitsPredecessor, collapsed", "holds 1"),
        ("2 ceased 1, 1 created", "awaitsPredecessor, ended 2", "ended 2"),
        // What stands before the end may not be corrected until the end is annulled.
        (
            "1 created, 2 ceased 1, 4 corrected 1, 3 annulled 2",
            "became 1, ended 2, awaitsPredecessor, restored 4", "holds 4"
        ),
        (
            "1 created, 4 ceased 1, 2 ceased 1, 3 annulled 2",
            "became 1, ended 4, awaitsPredecessor, collapsed", "ended 4"
        ),
        // What is late, repeated or of another fact moves nothing.
        ("1 created, 2 corrected 1, 3 corrected 1", "became 1, became 2, superseded", "holds 2"),
        ("1 created, 2 corrected 1, 3 annulled 1", "became 1, became 2, superseded", "holds 2"),
        ("1 created, 2 annulled 1, 3 annulled 1", "became 1, annulled 1, superseded", "annulled -"),
        ("1 created, 2 annulled 1, 3 corrected 1", "became 1, annulled 1, superseded", "annulled -"),
        ("1 created, 1 created", "became 1, repeated", "holds 1"),
        ("1 created, 2 corrected 1, 2 corrected 1", "became 1, became 2, repeated", "holds 2"),
        ("2 corrected 1, 2 corrected 1", "awaitsPredecessor, repeated", "unknown -"),
        ("1 created, 2 annulled 1, 1 created", "became 1, annulled 1, repeated", "annulled -"),
        ("1 created, 2 created", "became 1, notOfChain", "holds 1"),
        ("1 created, 2 ceased 1, 3 created", "became 1, ended 2, notOfChain", "ended 2"),
        ("1 corrected", "notOfChain", "unknown -"),
        ("1 annulled", "notOfChain", "unknown -"),
        ("1 ceased", "notOfChain", "unknown -"),
    ]

    @Test(arguments: tables)
    func `a chain moves as its events say`(events: String, outcomes: String, end: String) throws {
        var chain = FactChain<UInt64>()
        let found = try Self.steps(events).map { Self.words(try Self.take($0, &chain)) }
        #expect(found.joined(separator: ", ") == outcomes)
        #expect(Self.words(chain) == end)
        #expect((chain.head == nil) == (chain.state == .unknown || chain.state == .annulled))
        #expect(try decoded(chain) == chain, "a checkpoint keeps it")
    }

    /// A chain as one author makes it: each event follows the head.
    static func history(_ random: inout RandomStream, _ length: Int) -> [Step] {
        var events = [Step("1 created")]
        var state = FactState.holds
        var (head, before): (UInt64, UInt64) = (1, 0)
        while events.count < length {
            let number = UInt64(events.count + 1)
            let options: [FactStep] =
                state == .holds ? [.corrected, .corrected, .ceased, .annulled] : [.annulled, .corrected]
            let step = options[Int.random(in: 0..<options.count, using: &random)]
            events.append(Step("\(number) \(step) \(head)"))
            switch (state, step) {
            case (.holds, .annulled): return events
            case (.holds, .ceased): (before, head, state) = (head, number, .ended)
            case (.ended, .annulled): (head, state) = (before, .holds)
            default: head = number
            }
        }
        return events
    }

    @Test(arguments: 1...400 as ClosedRange<UInt64>)
    func `events in any order lead to where they lead in theirs`(seed: UInt64) throws {
        var random = RandomStream(state: seed)
        let events = Self.history(&random, Int.random(in: 1...9, using: &random))
        var right = FactChain<UInt64>()
        for event in events { _ = try Self.take(event, &right) }
        for _ in 1...20 {
            let order = events.shuffled(using: &random)
            var chain = FactChain<UInt64>()
            for event in order { _ = try Self.take(event, &chain) }
            #expect(
                Self.words(chain) == Self.words(right) && chain.waitingCount == 0,
                "seed \(seed): \(order.map(\.testDescription).joined(separator: ", "))")
            chain = try decoded(chain)
            for event in order { #expect(try Self.take(event, &chain) == .repeated, "seed \(seed): \(event)") }
        }
    }

    /// What is left of a value after it was stored and read.
    func decoded<Value: Codable>(_ value: Value) throws -> Value {
        var writer = JSONWriter(capacity: 256)
        try writer.encode(value)
        return try writer.withUnsafeBytes { bytes in
            var tape = JSONTape()
            try tape.parse(bytes)
            return try tape.root.decode(Value.self)
        }
    }

    @Test func `every state answers every step, and only an end that is annulled restores`() {
        for state in FactState.allCases {
            let moves = FactStep.allCases.filter { state.after($0) != nil }
            let expected: [FactStep] =
                switch state {
                case .unknown, .annulled: [.created]
                case .holds, .ended: [.corrected, .ceased, .annulled]
                }
            #expect(moves == expected, "\(state)")
        }
        #expect(FactState.ended.after(.annulled) == .holds)
    }

    @Test func `past its limits a chain says so in a sentence`() throws {
        var chain = FactChain<UInt64>()
        for number in 0..<UInt64(FactChainError.mostWaiting) {
            _ = try Self.take(Step("\(number + 100) corrected \(number + 50)"), &chain)
        }
        #expect(throws: FactChainError.tooManyWaiting) { try Self.take(Step("200 corrected 199"), &chain) }
        chain = FactChain()
        _ = try Self.take(Step("1 created"), &chain)
        #expect(throws: FactChainError.tooLong) {
            for number in 2...UInt64(FactChainError.mostLinks + 2) {
                _ = try Self.take(Step("\(number) corrected \(number - 1)"), &chain)
            }
        }
        #expect("\(FactChainError.tooLong)" == "one fact has more than 1000 events")
    }

    @Test func `a checkpoint keeps of most chains an id and nothing else`() throws {
        func text(_ chain: some Encodable) throws -> String {
            var writer = JSONWriter(capacity: 256)
            try writer.encode(chain)
            return writer.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
        }
        let id = Self.id(7)
        #expect(try text(ChainHead()) == "{}")
        #expect(try text(ChainHead(id)) == #"{"id":"\#(id)"}"#)
        #expect(try text(FactChain(id, 7 as UInt64)) == #"{"id":"\#(id)","value":7}"#)
        #expect(MemoryLayout<ChainHead>.size <= 40)
    }

    // MARK: - With events

    func event(_ number: UInt64, _ change: ChangeType? = nil, _ previous: UInt64? = nil) -> Event<Rent> {
        Event(
            envelope: EventEnvelope(
                id: Self.id(number), source: .skatteverket,
                subject: Subject(seed: 1, scenario: "s", case: "c", name: "n"), time: Instant(milliseconds: 0),
                change: change, previousID: previous.map(Self.id)),
            data: Rent(kronor: Int(number)))
    }

    @Test func `an event says what it is to a chain`() throws {
        var chain: FactChain<UInt64>?
        #expect(event(1).isNew && event(1).follows(chain))
        #expect(!event(2, .corrected, 1).follows(chain) && event(2, .corrected, 1).belongs(to: chain))
        chain = FactChain(event(1), 1)
        #expect(!event(3).follows(chain) && !event(3).belongs(to: chain))
        #expect(event(2, .corrected, 1).corrects(chain) && !event(2, .corrected, 1).ceases(chain))
        #expect(event(2, .ceased, 1).ceases(chain) && event(2, .annulled, 1).annuls(chain))
        #expect(!event(2, .corrected, 5).corrects(chain) && !event(2, .annulled, 5).annuls(chain))
    }

    @Test(arguments: [ChangeType?.none, .corrected, .ceased, .annulled])
    func `an event that a case keeps is the same to a chain later, also after the case was stored`(
        change: ChangeType?
    ) throws {
        let told = event(2, change, change == nil ? nil : 1)
        let kept = try decoded(KeptEvent(told))
        #expect(kept == KeptEvent(told))
        let again = kept.event(RuleValues())
        #expect(again.envelope == told.envelope && again.data == told.data)
        var (now, later) = (FactChain(event(1), 1 as UInt64), FactChain(event(1), 1 as UInt64))
        let (outcome, outcomeLater) = (try now.take(told, 2), try later.take(again, 2))
        #expect(outcome == outcomeLater)
        #expect(now == later)
    }

    @Test func `who adopts an event midway follows from there`() throws {
        var corrected = FactChain(event(2, .corrected, 1), 2 as UInt64)
        #expect(try corrected.take(event(3, .corrected, 1), 3) == .superseded)
        #expect(try Self.words(corrected.take(event(4, .corrected, 2), 4)) == "became 4")
        var ended = ChainHead(event(2, .ceased, 1))
        #expect(ended.isEnded && event(3, .annulled, 2).annuls(ended))
        #expect(try ended.take(event(3, .annulled, 2)).hasMoved)
        #expect(ended.holds && ended.head?.id == Self.id(1))
    }
}
