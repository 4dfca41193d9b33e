import LifeEvents

/// What the worlds of one scenario are held against, made once for all of them.
final class CheckPlan {
    let template: InstanceTemplate
    let hearers: Hearers
    let tables: CheckTables
    /// The expectations of steps, in the file's order.
    let checks: [CheckTerms]
    /// The counts over the whole run, in the file's order.
    let counts: [PatternTerms]
    /// Which tiles somebody asks for.
    let tiles: Set<WantedTile>
    /// Whose whole pages somebody asks for, by their places among the scenario's people.
    let pages: Set<Int>
    /// Whether somebody asks what a tile says beside its code.
    let asksForTexts: Bool
    let protection: ProtectedData
    /// Which messages may be dead-lettered.
    let letters: ExpectedLetters
    /// Whether the run's broker can be made to fail.
    let breaksBroker: Bool
    /// Whether the messages are kept by which expectations were met.
    let keepsLooks: Bool
    /// Whether readers learn what is said when a plane lets them, each branch at its time.
    let hasPlane: Bool

    /// A line of a citizen's page, whoever sets it.
    struct WantedTile: Hashable {
        /// The holder's place among the scenario's people.
        var holder: Int
        var tile: String
    }

    init(
        _ template: InstanceTemplate, _ hearers: Hearers, _ tables: CheckTables, breaksBroker: Bool = true,
        keepsLooks: Bool = false, hasPlane: Bool = false
    ) {
        self.hasPlane = hasPlane
        self.breaksBroker = breaksBroker
        self.keepsLooks = keepsLooks
        self.template = template
        self.hearers = hearers
        self.tables = tables
        let scenario = template.scenario
        checks = scenario.steps.enumerated().compactMap { number, step in
            guard case .expect(let expectation) = step.action else { return nil }
            return CheckTerms(expectation, step: number, template)
        }
        counts = scenario.finalCounts.map {
            PatternTerms($0.pattern, from: scenario.start.value, to: template.until, keepsWitnesses: true)
        }
        tiles = Set(
            (scenario.finalTiles + scenario.tilesAsOf.flatMap(\.tiles)).compactMap { wanted in
                template.place(of: wanted.holder.value).map { WantedTile(holder: $0, tile: wanted.tile.value) }
            })
        let rows =
            scenario.finalTiles + scenario.finalPages.flatMap(\.rows) + scenario.tilesAsOf.flatMap(\.tiles)
        asksForTexts = rows.contains { $0.data != nil }
        pages = Set(scenario.finalPages.compactMap { template.place(of: $0.holder.value) })
        protection = ProtectedData(scenario)
        letters = ExpectedLetters(scenario, checks, until: template.until)
    }
}

/// One `expect` of a scenario, with its times.
final class CheckTerms {
    enum Kind {
        case message(PatternTerms)
        case status(TilePattern)
        case order([ReferenceTerms])
        case anyOrder([PatternTerms])
        case latency(LatencyTerms)
        case deadLetter(DeadLetterPattern)
        /// - filing: its place in the script.
        case refusal(RefusalPattern, filing: Int?)
    }

    /// The step's place in the scenario.
    let step: Int
    let opening: Instant
    let deadline: Instant
    let kind: Kind

    init(_ expectation: Expectation, step: Int, _ template: InstanceTemplate) {
        self.step = step
        let timeline = template.scenario.timeline
        var opening = timeline.opening(of: expectation)
        var deadline = timeline.deadline(of: expectation) ?? template.until
        if expectation.isLate { (opening, deadline) = (deadline + .milliseconds(1), template.until) }
        (self.opening, self.deadline) = (opening, deadline)
        kind =
            switch expectation.kind {
            case .message(let pattern): .message(PatternTerms(pattern, from: opening, to: deadline))
            case .none(let pattern), .count(let pattern, _):
                .message(PatternTerms(pattern, from: opening, to: deadline, keepsWitnesses: true))
            case .status(let pattern): .status(pattern)
            case .order(let references):
                .order(references.map { ReferenceTerms($0, from: opening, to: deadline, template) })
            case .anyOrder(let patterns):
                .anyOrder(patterns.map { PatternTerms($0, from: opening, to: deadline, keepsWitnesses: true) })
            case .latency(let pattern): .latency(LatencyTerms(pattern, from: opening, to: deadline, template))
            case .deadLetter(let pattern): .deadLetter(pattern)
            case .refusal(let pattern): .refusal(pattern, filing: template.place(ofStep: pattern.filing.value))
            }
    }
}

/// A pattern over a window.
final class PatternTerms {
    let pattern: MessagePattern
    let opening: Instant
    let deadline: Instant
    /// Whether the first messages that matched are kept in words, because a match is a failure.
    let keepsWitnesses: Bool
    /// The beginning of the types that the same agency publishes.
    let owner: String

    init(_ pattern: MessagePattern, from opening: Instant, to deadline: Instant, keepsWitnesses: Bool = false) {
        self.pattern = pattern
        self.opening = opening
        self.deadline = deadline
        self.keepsWitnesses = keepsWitnesses
        owner = pattern.type.value.prefix { $0 != "." } + "."
    }
}

/// One message of an order or a latency.
final class ReferenceTerms {
    let reference: MessageReference
    /// The place in the script of the step's message.
    let step: Int?
    let pattern: PatternTerms?

    init(_ reference: MessageReference, from opening: Instant, to deadline: Instant, _ template: InstanceTemplate) {
        self.reference = reference
        switch reference {
        case .step(let id):
            step = template.place(ofStep: id.value)
            pattern = nil
        case .message(let wanted):
            step = nil
            pattern = PatternTerms(wanted, from: opening, to: deadline)
        }
    }
}

/// Two messages, and how much time may pass between them.
final class LatencyTerms {
    let pattern: LatencyPattern
    let from: ReferenceTerms
    let to: PatternTerms

    init(_ pattern: LatencyPattern, from opening: Instant, to deadline: Instant, _ template: InstanceTemplate) {
        self.pattern = pattern
        from = ReferenceTerms(pattern.from, from: opening, to: deadline, template)
        to = PatternTerms(pattern.to, from: opening, to: deadline, keepsWitnesses: true)
    }
}
