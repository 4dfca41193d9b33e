import LifeEvents

extension WorldLog {
    /// What happened in the world as the records it was made of, each kind in its order.
    var records: [RunRecord] {
        messages.map { .publish($0) } + deliveries.map { .deliver($0) } + rejections.map { .reject($0) }
            + timers.map { .timer($0) } + faults.map { .fault($0) } + statusChanges.map { .statusChange($0) }
    }
}

extension RunRecord {
    /// The record of a world with another number.
    func moved(to number: Int) -> RunRecord {
        switch self {
        case .publish(var record):
            record.case = number
            return .publish(record)
        case .deliver(var record):
            record.case = number
            return .deliver(record)
        case .reject(var record):
            record.case = number
            return .reject(record)
        case .timer(var record):
            record.case = number
            return .timer(record)
        case .fault(var record):
            record.case = number
            return .fault(record)
        case .statusChange(var record):
            record.case = number
            return .statusChange(record)
        case .runStart, .worldStart, .expectPass, .expectFail, .worldEnd, .runEnd: return self
        }
    }
}
