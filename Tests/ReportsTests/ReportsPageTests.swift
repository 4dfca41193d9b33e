import Scenarios
import Testing

@testable import Reports

@Suite struct ReportsPageTests {
    @Test func `a page of ten thousand messages stays below ten megabytes, its drawing folded`() throws {
        var records: [RunRecord] = Array(SampleLog.records.prefix(2))
        let text = String(repeating: "x", count: 200)
        for number in 0..<10_000 {
            let minute = Int64(number / 3)
            records.append(
                SampleLog.publish(
                    number % 4_000, "skatteverket.birth.v1", at: minute, from: "skatteverket", about: "child",
                    data: #"{"mother":"pbbbbbbbbbbbbbbb","text":"\#(text)"}"#))
            records.append(
                SampleLog.deliver(SampleLog.id(number % 4_000, at: minute), "region-17", "invite to visits", .handled))
            records.append(
                SampleLog.deliver(
                    SampleLog.id(number % 4_000, at: minute), "forsakringskassan", "pay child benefit", .notMine,
                    "is mine"))
        }
        let log = try RunLog(name: "x", bytes: SampleLog.bytes(records + SampleLog.records.suffix(3)))
        let page = HTMLReport(log).text
        #expect(page.utf8.count < 10_000_000)
        #expect(page.contains("id=\"m-0-9999\""))
        #expect(page.contains("more rows …"))
    }

    @Test func `a run of many cases is bounded: what failed is told whole, what passed is listed`() throws {
        var records: [RunRecord] = [SampleLog.runStart]
        let text = String(repeating: "x", count: 3_000)
        for number in 0..<40 {
            guard case .worldStart(var start) = SampleLog.worldStart else { continue }
            (start.number, start.name) = (number, "row-\(number)")
            records.append(.worldStart(start))
            for message in 0..<100 {
                guard
                    case .publish(var publish) = SampleLog.publish(
                        message, "skatteverket.birth.v1", at: Int64(message), from: "skatteverket", about: "child",
                        data: "{\"text\":\"\(text)\"}")
                else { continue }
                publish.case = number
                records.append(.publish(publish))
            }
        }
        for number in 0..<40 {
            guard case .worldEnd(var end) = SampleLog.worldEnd else { continue }
            (end.case, end.passed) = (number, number < 39)
            end.messages = records.count {
                if case .publish(let message) = $0 { message.case == number } else { false }
            }
            let failed = number < 39 ? 0 : 1
            (end.tiles, end.deadLetters, end.expectations, end.failed) = (0, 0, failed, failed)
            records.append(.worldEnd(end))
        }
        guard case .expectFail(var failure) = SampleLog.records[13] else { throw RunLogError.Reason("no failure") }
        failure.case = 39
        let log = try RunLog(name: "x", bytes: SampleLog.bytes(records + [.expectFail(failure)]))
        let page = HTMLReport(log).text
        #expect(page.utf8.count < 10_000_000)
        #expect(page.contains("id=\"case-39\" open"))
        #expect(page.contains("journeys that passed are listed only"))
        #expect(page.contains("birth [row-38]"))
    }

    @Test func `what was expected stands beside what the nearest has, and what differs is marked`() throws {
        var records = SampleLog.records
        guard case .expectFail(var failure) = records[13] else { throw RunLogError.Reason("no failure") }
        #expect(!HTMLReport(try RunLog(name: "x", bytes: SampleLog.bytes(records))).text.contains("class=\"beside\""))
        failure.compared = [
            ComparedValue("for", expected: "child", actual: "child", differs: false),
            ComparedValue("amount", expected: "more than 3", actual: "<2>", differs: true),
        ]
        records[13] = .expectFail(failure)
        let page = HTMLReport(try RunLog(name: "x", bytes: SampleLog.bytes(records))).text
        #expect(page.contains("<tr><th scope=\"row\">for</th><td>child</td><td>child</td></tr>"))
        #expect(
            page.contains(
                "<tr class=\"off\"><th scope=\"row\">amount</th><td>more than 3</td><td>✘ &lt;2&gt;</td></tr>"))
    }

    @Test func `names stand for keys, and text from outside cannot become markup`() throws {
        var records = SampleLog.records
        records.insert(
            SampleLog.publish(
                6, "x.<script>.v1", at: 4, from: "outside", about: "<b>",
                data: #"{"a":"</pre><script>alert(1)</script>"}"#),
            at: 10)
        let page = HTMLReport(try RunLog(name: "x", bytes: SampleLog.bytes(records))).text
        #expect(page.contains("{&quot;child&quot;:&quot;$child&quot;"))
        #expect(!page.contains("<script>alert"))
        #expect(!page.contains("x.<script>"))
    }

    @Test func `a sequence shows gaps, timers, faults, dead letters and what did not come`() throws {
        let log = try SampleLog.log()
        let rows = SequenceRows(log.worlds[0])
        #expect(rows.lanes == ["citizen", "region-17", "skatteverket", "forsakringskassan"])
        let kinds = rows.rows.map { row in
            switch row.content {
            case .gap: "gap"
            case .folded: "folded"
            case .message: "message"
            case .timer: "timer"
            case .fault: "fault"
            case .rejection: "rejection"
            case .failure: "failure"
            }
        }
        #expect(
            kinds == [
                "message", "message", "rejection", "gap", "failure", "gap", "timer", "fault", "message",
            ])
        let mermaid = MermaidText(log).text
        #expect(mermaid.contains("Note over L0,L3: … 6 d 22 h …"))
        #expect(mermaid.contains("fault: forsakringskassan hears nothing"))
    }
}
