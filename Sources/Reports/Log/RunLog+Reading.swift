import Files
import JSON

extension RunLog {
    /// The largest log, in bytes, that is read: it is held in memory as a whole.
    static let maximumBytes = 4 << 30

    /// Reads a run log from a file. About 3 µs a line.
    ///
    /// A last line that is cut off, as a run that was killed leaves it, is passed over and told in ``defect``, as is what
    /// the log's own counts miss.
    /// - Throws: `RunLogError` with the line of what is wrong.
    public init(path: String) throws(RunLogError) {
        try self.init(name: path, bytes: Self.contents(of: path))
    }

    /// Reads a log that is at hand.
    /// - Throws: as ``init(path:)``.
    init(name: String, bytes: [UInt8]) throws(RunLogError) {
        var log: RunLog?
        var truncation: String?
        var tape = JSONTape()
        var number = 0
        var from = 0
        while from < bytes.count {
            number += 1
            let to = bytes[from...].firstIndex(of: UInt8(ascii: "\n"))
            let line = bytes[from..<(to ?? bytes.count)]
            from = (to ?? bytes.count) + 1
            do {
                let record = try line.withUnsafeBytes { text in
                    try tape.parse(text)
                    return try RunRecord(tape.root)
                }
                if log == nil {
                    log = try Self.begin(record, name)
                } else {
                    try log?.add(record)
                }
            } catch {
                // Only a line without its end may be broken: the run was stopped while it wrote.
                if to == nil, number > 1, error is JSONError {
                    truncation = "\(name):\(number): the last line is cut off, so the run did not end; it is left out"
                    break
                }
                let reason = (error as? RunLogError)?.reason ?? "\(error)"
                throw RunLogError(file: name, line: number, reason: reason)
            }
        }
        guard var log else {
            throw RunLogError(file: name, reason: "the file is empty; a run log has one line at least")
        }
        log.defect = truncation ?? log.missing(lines: number)
        self = log
    }

    private static func begin(_ record: RunRecord, _ name: String) throws -> RunLog {
        guard case .runStart(let start) = record else {
            throw RunLogError.Reason("a run log begins with `run.start`")
        }
        guard start.schema == RunRecord.schemaVersion else {
            throw RunLogError.Reason(
                "the log has version \(start.schema) of its form; this program reads \(RunRecord.schemaVersion)")
        }
        return RunLog(name: name, start: start)
    }

    private static func contents(of path: String) throws(RunLogError) -> [UInt8] {
        do {
            return try InputFile.bytes(of: path, limit: maximumBytes)
        } catch {
            throw RunLogError(file: path, reason: "the file cannot be read: \(error)", isEnvironment: true)
        }
    }
}
