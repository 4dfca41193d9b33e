import JSON

extension RunRecord {
    /// The word under `event`, the first member of each line.
    enum Event: String {
        case runStart = "run.start"
        case worldStart = "case.start"
        case publish
        case deliver
        case reject
        case timer
        case fault
        case statusChange = "status.change"
        case expectPass = "expect.pass"
        case expectFail = "expect.fail"
        case worldEnd = "case.end"
        case runEnd = "run.end"
    }

    /// Appends the record as one line of JSON with its line end; members stand in a fixed order.
    func write(into bytes: inout [UInt8], using writer: inout JSONWriter) throws {
        switch self {
        case .runStart(let record): try Self.write(.runStart, record, into: &bytes, using: &writer)
        case .worldStart(let record): try Self.write(.worldStart, record, into: &bytes, using: &writer)
        case .publish(let record):
            try Self.write(.publish, record, payload: record.data, into: &bytes, using: &writer)
        case .deliver(let record): try Self.write(.deliver, record, into: &bytes, using: &writer)
        case .reject(let record): try Self.write(.reject, record, into: &bytes, using: &writer)
        case .timer(let record): try Self.write(.timer, record, into: &bytes, using: &writer)
        case .fault(let record): try Self.write(.fault, record, into: &bytes, using: &writer)
        case .statusChange(let record): try Self.write(.statusChange, record, into: &bytes, using: &writer)
        case .expectPass(let record): try Self.write(.expectPass, record, into: &bytes, using: &writer)
        case .expectFail(let record): try Self.write(.expectFail, record, into: &bytes, using: &writer)
        case .worldEnd(let record): try Self.write(.worldEnd, record, into: &bytes, using: &writer)
        case .runEnd(let record): try Self.write(.runEnd, record, into: &bytes, using: &writer)
        }
    }

    private static func write(
        _ event: Event, _ record: some Encodable, payload: String? = nil, into bytes: inout [UInt8],
        using writer: inout JSONWriter
    ) throws {
        writer.removeAll()
        try writer.encode(record)
        // The event goes first and the payload last, so that a person reads the line from left to right.
        bytes += "{\"event\":\"\(event.rawValue)\",".utf8
        writer.withUnsafeBytes { bytes.append(contentsOf: $0.dropFirst().dropLast()) }
        if let payload {
            bytes += ",\"data\":".utf8
            bytes += payload.utf8
        }
        bytes += "}\n".utf8
    }

    /// Reads a line that was parsed.
    /// - Throws: `JSONDecodingError`, `RunLogError.Reason`.
    init(_ line: JSONValue) throws {
        guard let word = line["event"]?.string else { throw RunLogError.Reason("it has no `event`") }
        guard let event = Event(rawValue: word) else { throw RunLogError.Reason("`\(word)` is no event of a run log") }
        switch event {
        case .runStart: self = .runStart(try line.decode(RunStart.self))
        case .worldStart: self = .worldStart(try line.decode(WorldStart.self))
        case .publish:
            var record = try line.decode(Publish.self)
            record.data = line["data"].map { String(decoding: $0.rawBytes, as: UTF8.self) }
            self = .publish(record)
        case .deliver: self = .deliver(try line.decode(Delivery.self))
        case .reject: self = .reject(try line.decode(Rejection.self))
        case .timer: self = .timer(try line.decode(TimerFired.self))
        case .fault: self = .fault(try line.decode(FaultNote.self))
        case .statusChange: self = .statusChange(try line.decode(StatusChange.self))
        case .expectPass: self = .expectPass(try line.decode(ExpectationResult.self))
        case .expectFail: self = .expectFail(try line.decode(ExpectationResult.self))
        case .worldEnd: self = .worldEnd(try line.decode(WorldEnd.self))
        case .runEnd: self = .runEnd(try line.decode(RunEnd.self))
        }
    }
}
