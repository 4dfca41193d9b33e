import LifeEvents

/// What became of a world that has ended. The ledger is read when the run is over, so what it must have is kept.
struct WorldVerdict {
    private let expectations: [ExpectationFailure]
    private let violations: [Violation]
    /// Sorted by id.
    private var handled: [HandledMessage]
    /// Which messages the expectations looked at, where that is kept.
    let looks: [ExpectationLook]

    init(
        expectations: [ExpectationFailure], violations: [Violation], handled: [HandledMessage],
        looks: [ExpectationLook] = []
    ) {
        self.looks = looks
        self.expectations = expectations
        self.violations = violations
        self.handled = handled.sorted { $0.id < $1.id }
    }

    /// The bytes that the verdict has taken, failures apart.
    var byteCount: Int { MemoryLayout<Self>.stride + handled.capacity * MemoryLayout<HandledMessage>.stride }

    /// Takes in that a reading is in the ledger.
    /// - Parameter number: the place of the agency among the world's.
    mutating func seeLedger(_ id: EventID, agency number: Int) {
        var (low, high) = (0, handled.count)
        while low < high {
            let middle = (low + high) / 2
            if handled[middle].id < id { low = middle + 1 } else { high = middle }
        }
        guard low < handled.count, handled[low].id == id else { return }
        handled[low].missing &= ~(1 << UInt64(number))
    }

    /// What failed, in the order of ``ExpectationChecker/failures(hasLedger:)``.
    func failures(_ scenario: Scenario, agencies: [AgencyID], hasLedger: Bool) -> [ExpectationFailure] {
        let unwritten = hasLedger ? handled.filter { $0.missing != 0 } : []
        return expectations
            + InvariantWatch.failures(
                violations + unwritten.map { $0.violation("a message at \($0.time.asWritten)", by: agencies) }, scenario
            )
    }
}

extension HandledMessage {
    /// That the ledger lacks a reading of the message.
    func violation(_ what: String, by agencies: [AgencyID]) -> Violation {
        Violation(
            invariant: .ledgerComplete, time: time,
            text: "\(agencies[missing.trailingZeroBitCount]) read \(what) unwritten")
    }
}
