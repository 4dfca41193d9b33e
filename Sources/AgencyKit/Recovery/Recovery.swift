public import LifeEvents

/// How long those who got too much have to answer, and to pay.
public struct RecoveryTerms: Hashable, Sendable {
    /// Calendar days to answer before it is decided (kommunicering, förvaltningslagen 25 §).
    public let answerDays: Int
    /// Calendar days to pay after the decision.
    public let payDays: Int

    /// Terms in calendar days.
    public init(answerDays: Int, payDays: Int) {
        self.answerDays = answerDays
        self.payDays = payDays
    }
}

/// A claim back of what was paid without right (återkrav): it is considered, who was paid may answer, it is decided or
/// waived, and paid.
///
/// ```swift
/// state.claim = Recovery(of: 4_200, from: march.firstDay, to: march.lastDay, on: effects.today, terms)
/// effects.setTimer(.claim, at: Stockholm.instant(claim.decidesOn, hour: 8))
/// …
/// state.claim?.answer(agrees: false, on: event.knownOn) // a statement: decided the next working day
/// …
/// if state.claim?.decide(on: effects.today, terms) == true { … } // payBy is known
/// ```
///
/// Nothing is decided before the time to answer is over, unless there is an answer. An agency publishes each state on
/// its own `<owner>.recovery.v1`; ``state`` is what it says there.
public struct Recovery: Codable, Hashable, Sendable {
    /// Where a claim is.
    public enum Stage: String, Codable, Hashable, Sendable {
        /// Who was paid may answer.
        case considered
        /// Who was paid has answered.
        case stated
        case decided, waived, paid
        /// What it followed from was wrong: it never stood.
        case withdrawn

        /// Where a trigger leads; nil: it does nothing here.
        public func after(_ trigger: Trigger) -> Stage? {
            switch (self, trigger) {
            case (.considered, .statement): .stated
            case (.considered, .decision), (.stated, .decision): .decided
            case (.considered, .waiver), (.stated, .waiver), (.decided, .waiver): .waived
            case (.decided, .payment): .paid
            case (.withdrawn, .withdrawal): nil
            case (_, .withdrawal): .withdrawn
            default: nil
            }
        }
    }

    /// What moves a claim.
    public enum Trigger: Hashable, Sendable {
        case statement, decision, waiver, payment, withdrawal
    }

    /// Where it is.
    public private(set) var stage = Stage.considered
    /// How much, SEK.
    public let amount: Int
    /// First and last day that were paid for.
    public let from: Day, to: Day
    /// When it was considered.
    public let consideredOn: Day
    /// Last day to answer.
    public let answerBy: Day
    /// The day on which it is decided: the working day after the last day to answer, or after the answer [A].
    public private(set) var decidesOn: Day
    /// Last day to pay, once it is decided.
    public private(set) var payBy: Day?
    /// Whether who was paid agrees; nil: there was no answer.
    public private(set) var agrees: Bool?

    /// A claim that is considered on a day.
    public init(of amount: Int, from: Day, to: Day, on day: Day, _ terms: RecoveryTerms) {
        self.amount = amount
        self.from = from
        self.to = to
        consideredOn = day
        answerBy = SwedishCalendar.lastDayMoved(day.adding(days: terms.answerDays))
        decidesOn = SwedishCalendar.adding(workingDays: 1, to: answerBy)
    }

    /// Whether it waits for a decision.
    public var isOpen: Bool { stage == .considered || stage == .stated }
    /// Whether it is to be paid, or has been.
    public var stands: Bool { stage == .decided || stage == .paid }
    /// The reference by which it is answered and reviewed.
    public var caseRef: String { "recovery-\(consideredOn)" }

    /// What is told of it; nil where it never stood.
    public var state: RecoveryState? {
        switch stage {
        case .considered, .stated: .considered
        case .decided: .decided
        case .waived: .waived
        case .paid: .paid
        case .withdrawn: nil
        }
    }

    /// Takes the answer of who was paid; it is then decided the next working day.
    /// - Returns: whether an answer was waited for.
    @discardableResult
    public mutating func answer(agrees: Bool, on day: Day) -> Bool {
        guard move(.statement) else { return false }
        self.agrees = agrees
        decidesOn = SwedishCalendar.adding(workingDays: 1, to: day)
        return true
    }

    /// Decides it on a day.
    /// - Returns: whether it waited for a decision.
    @discardableResult
    public mutating func decide(on day: Day, _ terms: RecoveryTerms) -> Bool {
        guard move(.decision) else { return false }
        payBy = SwedishCalendar.lastDayMoved(day.adding(days: terms.payDays))
        return true
    }

    /// Waives it (eftergift).
    /// - Returns: whether there was anything to waive.
    @discardableResult
    public mutating func waive() -> Bool { move(.waiver) }

    /// It has been paid.
    /// - Returns: whether it was to be paid.
    @discardableResult
    public mutating func pay() -> Bool { move(.payment) }

    /// What it followed from was wrong.
    /// - Returns: whether it stood until now.
    @discardableResult
    public mutating func withdraw() -> Bool { move(.withdrawal) }

    /// The one place where a claim moves.
    private mutating func move(_ trigger: Trigger) -> Bool {
        guard let next = stage.after(trigger) else { return false }
        stage = next
        return true
    }
}
