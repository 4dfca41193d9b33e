import LifeEvents
import Scenarios
import Terminal

extension RunRecord {
    /// The record with every text that a report shows in one harmless line: see `EscapedText`.
    ///
    /// A log takes no other record, whether a run makes it or a file has it. So no report, which is made of logs and of
    /// nothing else, has to think of what others wrote into messages, names or reasons.
    func escaped() -> RunRecord {
        switch self {
        case .runStart(let record): return .runStart(record.escaped())
        case .worldStart(let record): return .worldStart(record.escaped())
        case .publish(let record): return .publish(record.escaped())
        case .deliver(let record): return .deliver(record.escaped())
        case .reject(let record): return .reject(record.escaped())
        case .timer(let record): return .timer(record.escaped())
        case .fault(let record): return .fault(record.escaped())
        case .statusChange(let record): return .statusChange(record.escaped())
        case .expectPass(let record): return .expectPass(record.escaped())
        case .expectFail(let record): return .expectFail(record.escaped())
        case .worldEnd(var record):
            record.digest = record.digest.escapedLine
            record.known = record.known?.escapedLine
            return .worldEnd(record)
        case .runEnd: return self
        }
    }
}

extension EventID {
    /// The id in one harmless line: another system's id is any text. Reports write it so and never as it is.
    var shown: String { description.escapedLine }
}

extension RunStart {
    func escaped() -> RunStart {
        var record = self
        record.program = program.escapedLine
        record.broker = broker.escapedLine
        record.mistakes = mistakes?.map { $0.escaped() }
        record.settings = settings.escapedLines
        record.unplayed = unplayed?.escapedLine
        record.skipped = skipped?.map { Skipped(scenario: $0.scenario.escapedLine, reason: $0.reason.escapedLine) }
        return record
    }
}

extension WorldStart {
    func escaped() -> WorldStart {
        var record = self
        record.scenario = scenario.escapedLine
        record.name = name.escapedLine
        record.file = file.escapedLine
        record.params = params.escapedLines
        record.tags = tags?.map(\.escapedLine)
        record.people = people.map { Person(name: $0.name.escapedLine, key: $0.key.escapedLine) }
        record.agencies = agencies.map(\.escapedLine)
        record.repro = repro.escapedLine
        return record
    }
}

extension Publish {
    func escaped() -> Publish {
        var record = self
        record.type = type.escapedLine
        record.source = source.escapedLine
        record.subject = subject.escapedLine
        record.change = change?.escapedLine
        // A payload stays JSON that means the same.
        record.data = data.map(EscapedText.json)
        return record
    }
}

extension Delivery {
    func escaped() -> Delivery {
        var record = self
        record.agency = agency.escapedLine
        record.river = river.escapedLine
        record.reason = reason?.escapedLine
        record.file = file.escapedLine
        return record
    }
}

extension Rejection {
    func escaped() -> Rejection {
        var record = self
        record.agency = agency.escapedLine
        record.topic = topic.escapedLine
        record.reason = reason.escapedLine
        return record
    }
}

extension TimerFired {
    func escaped() -> TimerFired {
        var record = self
        record.agency = agency.escapedLine
        record.subject = subject.escapedLine
        record.timer = timer.escapedLine
        record.failure = failure?.escapedLine
        return record
    }
}

extension FaultNote {
    func escaped() -> FaultNote {
        var record = self
        record.kind = kind.escapedLine
        record.target = target?.escapedLine
        record.text = text.escapedLine
        return record
    }
}

extension StatusChange {
    func escaped() -> StatusChange {
        var record = self
        record.holder = holder.escapedLine
        record.tile = tile.escapedLine
        record.agency = agency.escapedLine
        record.about = about?.escapedLine
        record.from = from?.escapedLine
        record.to = to.escapedLine
        record.text = text.escapedLine
        return record
    }
}

extension ExpectationResult {
    func escaped() -> ExpectationResult {
        var record = self
        record.step = step.escapedLine
        record.message = message.escapedLine
        record.file = file.escapedLine
        record.code = code?.escapedLine
        record.nearest = nearest?.map(\.escapedLine)
        record.compared = compared?.map {
            ComparedValue($0.name, expected: $0.expected, actual: $0.actual, differs: $0.differs)
        }
        record.type = type?.escapedLine
        record.source = source?.escapedLine
        record.subject = subject?.escapedLine
        record.fields = fields?.map(\.escapedLine)
        record.tile = tile?.escapedLine
        record.about = about?.escapedLine
        record.repro = repro?.escapedLine
        return record
    }
}

extension [String: String] {
    fileprivate var escapedLines: [String: String] {
        Dictionary(map { ($0.key.escapedLine, $0.value.escapedLine) }, uniquingKeysWith: { first, _ in first })
    }
}
