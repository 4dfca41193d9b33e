import LifeEvents
import Scenarios

/// A world in virtual time: a lane for each agency, a mark for all that it said at one instant.
///
/// Time runs from left to right on a scale that gives long silences little room; the axis names them.
struct TimelineSVG {
    static let laneHeight = 34
    static let top = 44

    let lanes: [String]
    private let one: WorldLog
    private let number: Int
    private var instants: [Instant] = []
    private var places: [Instant: Int] = [:]

    private struct Mark {
        var titles: [String] = []
        var code: String?
        var isTileOnly = true
        var message: Int
        var count = 0
    }

    init(_ one: WorldLog, lanes: [String], number: Int) {
        self.one = one
        self.lanes = lanes
        self.number = number
        var all = Set(one.messages.map(\.time))
        all.formUnion(one.timers.map(\.time))
        all.formUnion(one.failures.compactMap(\.deadline))
        all.formUnion(one.faults.map(\.time))
        // A fault that outlasts the run ends where the drawing does.
        let last = all.max() ?? .earliest
        all.formUnion(one.faults.compactMap(\.until).filter { $0 <= last })
        instants = all.sorted()
        place()
    }

    /// Gives each instant its distance from the left.
    private mutating func place() {
        var widths: [Double] = []
        for (earlier, later) in zip(instants, instants.dropFirst()) {
            let hours = Double((later - earlier).milliseconds) / 3_600_000
            widths.append(13 + min(15 * Self.log2(1 + hours), 130))
        }
        let total = widths.reduce(0, +)
        // Thousands of instants are drawn closer than a mark is wide: what matters then is where they crowd.
        let scale = min(1, 9_000 / max(total, 1))
        var at = 28.0
        for (index, instant) in instants.enumerated() {
            places[instant] = Int(at)
            if widths.indices.contains(index) { at += widths[index] * scale }
        }
    }

    private static func log2(_ value: Double) -> Double {
        // Enough for a drawing: the exponent, and a straight line between two powers.
        guard value >= 1 else { return 0 }
        return Double(value.exponent) + value.significand - 1
    }

    private func x(_ instant: Instant) -> Int { places[instant] ?? 28 }
    private func y(_ lane: Int) -> Int { Self.top + Self.laneHeight * lane + Self.laneHeight / 2 }
    var height: Int { Self.top + Self.laneHeight * lanes.count + 8 }

    var text: String {
        let width = (instants.last.map(x) ?? 0) + 60
        var svg = "<svg class=\"time\" width=\"\(width)\" height=\"\(height)\" viewBox=\"0 0 \(width) \(height)\" "
        svg += "role=\"img\" aria-label=\"Timeline\">"
        for lane in lanes.indices {
            svg += "<line class=\"lane\" x1=\"0\" x2=\"\(width)\" y1=\"\(y(lane))\" y2=\"\(y(lane))\"/>"
        }
        svg += axis()
        for fault in one.faults.prefix(200) {
            let at = x(fault.time)
            let end = fault.until.map { places[$0] ?? width } ?? at
            svg += "<rect class=\"faultl\" x=\"\(at - 3)\" y=\"\(Self.top - 4)\" width=\"\(end - at + 6)\" "
            svg += "height=\"\(height - Self.top + 4)\"><title>\(fault.text.xml)</title></rect>"
        }
        svg += timers() + marks()
        for failure in one.failures.prefix(50) { svg += mark(failure) }
        return svg + "</svg>"
    }

    private func axis() -> String {
        var svg = ""
        var free = Int.min
        var year: Int?
        for (index, instant) in instants.enumerated() {
            let at = x(instant)
            if index > 0, at - x(instants[index - 1]) >= 46, instant - instants[index - 1] >= .hours(20) {
                let middle = (at + x(instants[index - 1])) / 2
                svg += "<text class=\"gapx\" x=\"\(middle)\" y=\"\(Self.top - 6)\">"
                svg += "\(SpanText.short(instant - instants[index - 1]))</text>"
            }
            let isNewDay = index == 0 || instants[index - 1].dayAndMonth != instant.dayAndMonth
            guard isNewDay, at >= free else { continue }
            let now = Stockholm.day(of: instant).year
            let label = year == now ? instant.dayAndMonth : instant.fullDay
            year = now
            svg += "<text class=\"ax\" x=\"\(at)\" y=\"16\">\(label)</text>"
            svg += "<path class=\"tick\" d=\"M\(at) 22v8\"/>"
            free = at + label.count * 7 + 14
        }
        return svg
    }

    private func timers() -> String {
        var svg = ""
        for timer in one.timers.prefix(2_000) {
            guard let lane = lanes.firstIndex(of: timer.agency) else { continue }
            let (at, line) = (x(timer.time), y(lane))
            svg += "<path class=\"tim\" d=\"M\(at) \(line - 13)l4 -6h-8z\">"
            svg += "<title>timer \(timer.timer.xml) (\(timer.subject.xml))</title></path>"
        }
        return svg
    }

    private func marks() -> String {
        var marks: [Int: [Instant: Mark]] = [:]
        let lane = Dictionary(lanes.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        for (index, message) in one.messages.enumerated() {
            guard let place = lane[message.source] else { continue }
            var mark = marks[place]?[message.time] ?? Mark(message: index)
            mark.count += 1
            if let code = message.code { mark.code = code } else { mark.isTileOnly = false }
            if mark.titles.count < 8 {
                let tile = message.tile.map { "\(message.code ?? "") \($0) (\(message.subject))" }
                mark.titles.append(tile ?? message.shortLabel)
            }
            marks[place, default: [:]][message.time] = mark
        }
        var svg = ""
        let isLinked = one.messages.count <= 2_000
        for place in lanes.indices {
            for (time, mark) in (marks[place] ?? [:]).sorted(by: { $0.key < $1.key }) {
                svg += draw(mark, x(time), y(place), time, isLinked)
            }
        }
        return svg
    }

    private func draw(_ mark: Mark, _ x: Int, _ y: Int, _ time: Instant, _ isLinked: Bool) -> String {
        let more = mark.count > mark.titles.count ? "\n… \(mark.count - mark.titles.count) more" : ""
        let title = "<title>\(time.toTheMinute)\n\(mark.titles.joined(separator: "\n").xml)\(more)</title>"
        var svg: String
        if mark.isTileOnly, mark.count == 1, let code = mark.code {
            svg =
                "<rect class=\"mk c\(code.xml)\" x=\"\(x - 5)\" y=\"\(y - 5)\" width=\"10\" height=\"10\" rx=\"2\">\(title)</rect>"
        } else {
            let isDense = instants.count > 600
            let radius = isDense ? 4 : (mark.count == 1 ? 5 : min(11, 6 + mark.count / 2))
            svg = "<circle class=\"mk\" cx=\"\(x)\" cy=\"\(y)\" r=\"\(radius)\">\(title)</circle>"
            if mark.count > 1, !isDense { svg += "<text class=\"mkn\" x=\"\(x)\" y=\"\(y + 3)\">\(mark.count)</text>" }
        }
        return isLinked ? "<a href=\"#m-\(number)-\(mark.message)\">\(svg)</a>" : svg
    }

    private func mark(_ failure: ExpectationResult) -> String {
        guard let deadline = failure.deadline else { return "" }
        let at = x(deadline)
        let owner = failure.type.flatMap { EventType($0).owner }
        let lane =
            failure.source.flatMap { lanes.firstIndex(of: $0) } ?? lanes.firstIndex { AgencyID($0)?.owner == owner }
        var svg =
            "<g><title>\(failure.message.xml)</title><path class=\"badl\" d=\"M\(at) \(Self.top - 4)V\(height)\"/>"
        if let lane {
            svg += "<circle class=\"badc\" cx=\"\(at)\" cy=\"\(y(lane))\" r=\"9\"/>"
            svg += "<path class=\"cross\" d=\"M\(at - 4) \(y(lane) - 4)l8 8m0 -8l-8 8\"/>"
        }
        return svg + "</g>"
    }
}
