import LifeEvents
import Planes

/// What a comparison says in a minute: a sentence made by rule, and four numbers.
extension ComparisonReport {
    /// The metrics that a minute has room for.
    static let fourMetrics: [Metric] = [.contactsPublic, .again, .daysMean, .proxy]

    /// The journeys, a few lines each.
    public var brief: String {
        var text = ""
        for journey in journeys {
            text +=
                "\(journey.journey) · \(journey.lives) lives, the same in \(journey.planes.joined(separator: ", "))\n"
            for metric in Self.fourMetrics where journey.metrics.contains(metric) {
                let cells = zip(journey.planes, journey.estimates).map { name, own in
                    "\(name) \(own[metric.key].map { NumberText.short($0.mean) } ?? "–")"
                }
                text += "  \(metric.title.trimmedOfSpaces): \(cells.joined(separator: ", "))\n"
            }
            text += "  \(sentence(journey))\n"
        }
        return text + "costs of building, running and law are not counted; what is assumed: --assumptions\n"
    }

    /// What the last plane changes beside the first, by rule: what stands of contacts, of the line that is done soonest
    /// beside before, and of money.
    func sentence(_ journey: JourneyComparison) -> String {
        guard let first = journey.planes.first, let last = journey.planes.last, journey.planes.count > 1 else {
            return "one plane has nothing to be compared with"
        }
        if journey.equalPlanes.contains(last) { return "\(last) changes nothing here" }
        var spared: [String] = []
        if let text = change(.contactsPublic, "contacts", journey) { spared.append(text) }
        if let text = change(.again, "facts that are given again", journey) { spared.append(text) }
        let waits = journey.metrics.filter {
            $0.key.hasPrefix("days-") && $0 != .daysMean && $0 != .floor && $0 != .days
        }
        .compactMap { metric in difference(metric, journey).map { (metric, $0) } }
        .filter { $0.1 <= -1 }.min { ($0.1, $0.0.key) < ($1.1, $1.0.key) }
        if let (metric, days) = waits, let before = journey.estimates.first?[metric.key]?.mean {
            spared.append(
                "\(NumberText.short(-days)) of \(NumberText.short(before)) days until "
                    + "\(TileName(rawValue: metric.title.trimmedOfSpaces)?.title ?? metric.title.trimmedOfSpaces)")
        }
        let money = (difference(.over, journey) ?? 0) + (difference(.under, journey) ?? 0)
        let paid =
            money <= -100
            ? "payments are wrong by \(NumberText.short(-money)) SEK less a life"
            : money >= 100
                ? "payments are wrong by \(NumberText.short(money)) SEK more a life" : "nobody is paid otherwise"
        guard !spared.isEmpty else { return "\(last) spares nothing that counts beside \(first); \(paid)" }
        return "\(last) spares \(Self.listed(spared)) beside \(first); \(paid)"
    }

    private func difference(_ metric: Metric, _ journey: JourneyComparison) -> Double? {
        journey.differences[metric.key]?.estimate.mean
    }

    private func change(_ metric: Metric, _ noun: String, _ journey: JourneyComparison) -> String? {
        guard let less = difference(metric, journey), less <= -metric.worth,
            let before = journey.estimates.first?[metric.key]?.mean
        else { return nil }
        return "\(NumberText.short(-less)) of \(NumberText.short(before)) \(noun)"
    }

    private static func listed(_ parts: [String]) -> String {
        guard let last = parts.last, parts.count > 1 else { return parts.first ?? "" }
        return parts.dropLast().joined(separator: ", ") + " and " + last
    }

    // MARK: - Picture

    private static let (pictureLeft, pictureTop, columnWidth, rowHeight) = (150.0, 64.0, 200.0, 86.0)

    /// A picture for a page of text: journeys down, the four numbers across, a bar for each plane.
    public var picture: String {
        let width = Self.pictureLeft + Self.columnWidth * Double(Self.fourMetrics.count) + 10
        let height = Self.pictureTop + Self.rowHeight * Double(journeys.count) + 34
        func number(_ value: Double) -> String { NumberText.fixed(value, 1) }
        var svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(number(width)) \(number(height))\" "
        svg += "role=\"img\" font-family=\"system-ui, sans-serif\" font-size=\"13\">\n"
        svg += "<!-- Made by livsbuss: compare with a picture. -->\n"
        let heading = journeys.map(\.journey).joined(separator: ", ")
        svg +=
            "<title>\(Self.escaped(heading)) in \(Self.escaped(planes.map(\.name).joined(separator: " and ")))</title>\n"
        svg += "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n"
        for (place, plane) in planes.enumerated() {
            let x = Self.pictureLeft + 110 * Double(place)
            svg += "<rect x=\"\(number(x))\" y=\"12\" width=\"14\" height=\"12\" fill=\"\(Self.barColour(place))\"/>"
            svg += "<text x=\"\(number(x + 20))\" y=\"23\">\(Self.escaped(plane.name))</text>\n"
        }
        for (place, metric) in Self.fourMetrics.enumerated() {
            let x = Self.pictureLeft + Self.columnWidth * Double(place)
            let title = metric == .daysMean ? "days until a line is done" : metric.title.trimmedOfSpaces
            svg += "<text x=\"\(number(x))\" y=\"52\" font-weight=\"600\">\(Self.escaped(title))</text>\n"
        }
        for (row, journey) in journeys.enumerated() {
            let top = Self.pictureTop + Self.rowHeight * Double(row)
            svg +=
                "<text x=\"8\" y=\"\(number(top + 26))\" font-weight=\"600\">\(Self.escaped(journey.journey))</text>\n"
            for (place, metric) in Self.fourMetrics.enumerated() {
                svg += bars(metric, journey, x: Self.pictureLeft + Self.columnWidth * Double(place), top: top)
            }
        }
        svg += "<text x=\"8\" y=\"\(number(height - 12))\" fill=\"#555\" font-size=\"12\">"
        svg +=
            "\(journeys.first?.lives ?? 0) lives, the same in each. The proxy is fitted to one number: order and direction "
        svg += "only. Costs are not counted.</text>\n</svg>\n"
        return svg
    }

    private func bars(_ metric: Metric, _ journey: JourneyComparison, x: Double, top: Double) -> String {
        func number(_ value: Double) -> String { NumberText.fixed(value, 1) }
        let means = journey.estimates.map { $0[metric.key]?.mean }
        let most = max(means.compactMap(\.self).max() ?? 0, metric == .proxy ? 10 : 0)
        let height = min(20, (Self.rowHeight - 26) / Double(max(1, means.count)))
        var svg = ""
        for (place, mean) in means.enumerated() {
            let y = top + 6 + (height + 4) * Double(place)
            let value = mean ?? 0
            let width = most > 0 ? value / most * (Self.columnWidth - 60) : 0
            svg +=
                "<rect x=\"\(number(x))\" y=\"\(number(y))\" width=\"\(number(max(1, width)))\" height=\"\(number(height))\" "
            svg += "fill=\"\(Self.barColour(place))\"/>"
            svg += "<text x=\"\(number(x + width + 6))\" y=\"\(number(y + height / 2 + 4.5))\">"
            svg += "\(mean.map { NumberText.short($0) } ?? "–")</text>\n"
        }
        return svg
    }

    private static func barColour(_ place: Int) -> String { ["#d55e00", "#009e73", "#0072b2", "#cc79a7"][place % 4] }
}
