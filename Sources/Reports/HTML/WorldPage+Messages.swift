import LifeEvents
import Scenarios

extension WorldPage {
    /// Every message with what became of it; the payload is folded away.
    var messages: String {
        let named = NamedData(one)
        let places = Dictionary(
            one.messages.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        var readers: [EventID: [Delivery]] = [:]
        for delivery in one.deliveries { readers[delivery.message, default: []].append(delivery) }
        var html = ""
        if one.messages.count > 12 {
            html += "<input type=\"search\" class=\"find\" placeholder=\"Filter: a type, an agency, a name\" "
            html += "aria-label=\"Filter the messages\">\n"
        }
        html += "<div class=\"list\">\n"
        var day = ""
        for (index, message) in one.messages.enumerated() {
            // A page too large to open helps nobody: what is over the bound is told, not shown.
            guard html.utf8.count < room else {
                html += "<p class=\"mut\">\(one.messages.count - index) more messages are in the run log only.</p>\n"
                break
            }
            if message.time.fullDay != day {
                day = message.time.fullDay
                html += "<h4>\(day)</h4>\n"
            }
            let cause = message.cause.flatMap { places[$0] }
            // order-free: the list of one message
            html += row(message, index, cause, readers[message.id] ?? [], named)
        }
        return html + "</div>\n"
    }

    private func row(
        _ message: Publish, _ index: Int, _ cause: Int?, _ readers: [Delivery], _ named: NamedData
    ) -> String {
        var html = "<details class=\"m\" id=\"m-\(number)-\(index)\"><summary><time>\(message.time.clock)</time>"
        if let code = message.code, let tile = message.tile {
            html += "<b class=\"pill c\(code.xml)\">\(code.xml)</b> <b>\(tile.xml)</b>"
        } else {
            html += "<b>\((message.change.map { "\($0) " } ?? "").xml)\(message.type.xml)</b>"
        }
        html += " <span>\(message.subject.xml)</span> <em>\(message.source.xml)</em>"
        if message.outside == true { html += " <i class=\"out\">outside</i>" }
        html += "</summary><p>\(message.id.shown.xml)"
        if let cause { html += " · caused by <a href=\"#m-\(number)-\(cause)\">\(one.messages[cause].type.xml)</a>" }
        if let occurred = message.occurred { html += " · occurred \(occurred.toTheMinute)" }
        html += "</p>"
        if !readers.isEmpty {
            html += "<ul>"
            for reader in readers {
                html += "<li class=\"\(reader.outcome.rawValue)\">\(reader.agency.xml) · \(reader.river.xml)"
                if reader.outcome != .handled { html += " – \(reader.sentence.xml)" }
                html += "</li>"
            }
            html += "</ul>"
        }
        if let data = message.data {
            let shown = named.text(data)
            let isLong = shown.utf8.count > 4_096
            html += "<pre>\(String(shown.prefix(isLong ? 4_096 : shown.count)).xml)\(isLong ? "…" : "")</pre>"
        }
        return html + "</details>\n"
    }

    // MARK: - Why not

    /// What rivers passed over, by rule and reason.
    var whyNot: String {
        struct Reason: Hashable {
            var agency: String
            var river: String
            var sentence: String
            var place: String
        }
        struct Passed {
            var count = 0
            var isWhole = true
            var first: EventID
        }
        var order: [Reason] = []
        var passed: [Reason: Passed] = [:]
        for delivery in one.deliveries where delivery.outcome != .handled {
            let reason = Reason(
                agency: delivery.agency, river: delivery.river, sentence: delivery.sentence, place: delivery.place)
            if passed[reason] == nil { order.append(reason) }
            passed[reason, default: Passed(isWhole: delivery.outcome == .notMine, first: delivery.message)].count += 1
        }
        var html = ""
        for rejection in one.rejections.prefix(200) {
            html += "<div class=\"fail\"><p><strong>\(rejection.reason.xml)</strong></p><p class=\"at\">dead letter of "
            html += "\(rejection.agency.xml), from \(rejection.topic.xml), \(rejection.time.dayAndClock)</p></div>\n"
        }
        for fault in one.faults.prefix(200) {
            html += "<p class=\"warn\">\(fault.time.dayAndClock) · \(fault.kind.xml): \(fault.text.xml)</p>\n"
        }
        guard !order.isEmpty else { return html + "<p class=\"mut\">No rule passed a message over.</p>\n" }
        let places = Dictionary(one.messages.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        html += "<div class=\"why\">\n"
        // What was not whole is a fault of the message, so it stands before what was merely somebody else's.
        let sorted = order.filter { passed[$0]?.isWhole == false } + order.filter { passed[$0]?.isWhole == true }
        for reason in sorted {
            guard let what = passed[reason] else { continue }
            html +=
                "<div class=\"w\(what.isWhole ? "" : " bad")\"><p><b>\(reason.agency.xml)</b> · \(reason.river.xml)</p>"
            html += "<p>\(reason.sentence.xml)</p><p class=\"at\">"
            if let first = places[what.first] {
                html +=
                    "\(what.count) ×, first <a href=\"#m-\(number)-\(first)\">\(one.messages[first].label.xml)</a> · "
            }
            html += "<code>\(reason.place.xml)</code></p></div>\n"
        }
        return html + "</div>\n"
    }
}
