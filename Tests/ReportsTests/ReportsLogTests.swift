import JSON
import Terminal
import Testing

@testable import Reports

/// Writes records one by one, as a run does.
struct JSONLine {
    private var writer = JSONWriter()

    mutating func write(_ record: RunRecord, into bytes: inout [UInt8]) throws {
        try record.write(into: &bytes, using: &writer)
    }
}

@Suite struct ReportsLogTests {
    @Test(arguments: SampleLog.records.indices)
    func `a record reads back as it was written`(index: Int) throws {
        let record = SampleLog.records[index]
        let bytes = try SampleLog.bytes([record])
        #expect(bytes.count { $0 == UInt8(ascii: "\n") } == 1)
        let read = try JSONTape.reading(Array(bytes.dropLast())) { try RunRecord($0) }
        #expect(read == record)
    }

    @Test func `the event stands first and the payload last, once`() throws {
        let line = String(decoding: try SampleLog.bytes([SampleLog.records[2]]), as: UTF8.self)
        #expect(line.hasPrefix(#"{"event":"publish","case":0,"id":""#))
        #expect(line.hasSuffix(#","data":{"child":"pccccccccccccccc","weight":3400}}"# + "\n"))
    }

    @Test func `a whole log gives its cases`() throws {
        let log = try SampleLog.log()
        #expect(log.defect == nil)
        #expect(!log.passed)
        #expect(log.messageCount == 3)
        let only = try #require(log.worlds.first)
        #expect((only.deliveries.count, only.timers.count, only.faults.count, only.failures.count) == (3, 1, 1, 1))
    }

    @Test func `a cut last line is passed over and told`() throws {
        let bytes = try SampleLog.bytes().dropLast(40)
        let log = try RunLog(name: "cut.jsonl", bytes: Array(bytes))
        let lines = SampleLog.records.count
        #expect(log.defect?.hasPrefix("cut.jsonl:\(lines): the last line is cut off") == true)
        #expect(log.end == nil)
    }

    @Test func `a log without its end says so`() throws {
        let log = try RunLog(name: "a.jsonl", bytes: SampleLog.bytes(Array(SampleLog.records.dropLast())))
        #expect(log.defect == "a.jsonl: the run did not end: there is no `run.end`")
    }

    @Test(arguments: [
        (2, "`case.end` tells of 3 messages, and 2 are there"), (9, "`case.end` tells of 3 messages, and 2 are there"),
        (10, "`case.end` tells of 1 tile, and 0 are there"), (11, "`case.end` tells of 1 dead letter, and 0 are there"),
        (12, "`case.end` tells of 2 expectations, and 1 is there"),
        (13, "`case.end` tells of 2 expectations, and 1 is there"),
        (14, "the case did not end: there is no `case.end`"),
        (3, "`run.end` tells of 16 lines, and 15 are there"), (7, "`run.end` tells of 16 lines, and 15 are there"),
        (8, "`run.end` tells of 16 lines, and 15 are there"),
    ])
    func `a log from which a line is gone says what is missing, and has not passed`(place: Int, defect: String) throws {
        var records = SampleLog.records
        guard case .runEnd(var end)? = records.last else { return }
        (end.lines, end.passed) = (records.count, true)
        records[records.count - 1] = .runEnd(end)
        #expect(try RunLog(name: "x", bytes: SampleLog.bytes(records)).defect == nil)
        records.remove(at: place)
        let log = try RunLog(name: "x", bytes: SampleLog.bytes(records))
        #expect(log.defect?.hasSuffix(defect) == true, "\(log.defect ?? "whole")")
        #expect(!log.passed && !log.isComplete)
        for text in [
            JUnitReport(log).text, HTMLReport(log).text, MermaidText(log).text, log.summary(Paint(isEnabled: false)),
            GitHubAnnotations(log, root: "/").text,
        ] { #expect(text.contains(defect), "\(text)") }
    }

    @Test(arguments: [
        ([SampleLog.runStart], 1, "`run.end` tells of 1 case, and 0 are there"),
        (Array(SampleLog.records.dropLast()), 2, "`run.end` tells of 2 cases, and 1 is there"),
    ])
    func `a log that lacks cases says how many`(first: [RunRecord], cases: Int, defect: String) throws {
        guard case .runEnd(var end)? = SampleLog.records.last else { return }
        end.cases = cases
        let log = try RunLog(name: "x", bytes: SampleLog.bytes(first + [.runEnd(end)]))
        #expect(log.defect == "x: \(defect)")
        #expect(JUnitReport(log).text.contains("<error type=\"incomplete\" message=\"x: \(defect)\"/>"))
    }

    @Test(arguments: [
        (3, "nonsense", "the only words are true, false and null"),
        (3, #"{"event":"dance"}"#, "`dance` is no event of a run log"),
        (3, #"{"case":0}"#, "it has no `event`"),
        (3, #"{"event":"timer","case":5}"#, "agency"),
        (2, #"{"event":"case.end","case":0}"#, "passed"),
        (1, #"{"event":"publish"}"#, "the key \"id\" is missing"),
        (
            1, #"{"event":"run.start","schema":9,"program":"x","seed":1,"broker":"b","resolution":1,"settings":{}}"#,
            "version 9"
        ),
    ])
    func `a bad line is an error with file and line`(number: Int, line: String, reason: String) throws {
        var lines = String(decoding: try SampleLog.bytes(), as: UTF8.self).split(separator: "\n").map(String.init)
        lines[number - 1] = line
        let error = try #require(throws: RunLogError.self) {
            try RunLog(name: "bad.jsonl", bytes: Array((lines.joined(separator: "\n") + "\n").utf8))
        }
        #expect(error.description.hasPrefix("bad.jsonl:\(number): "))
        #expect(error.description.contains(reason), "\(error)")
    }

    @Test func `a case that did not begin is an error`() throws {
        let error = try #require(throws: RunLogError.self) {
            try RunLog(name: "x", bytes: SampleLog.bytes([SampleLog.runStart, SampleLog.records[2]]))
        }
        #expect(error.description == "x:2: there is no case 0 above this line")
    }

    @Test func `an empty file is no log`() {
        #expect(throws: RunLogError.self) { try RunLog(name: "x", bytes: []) }
    }
}
