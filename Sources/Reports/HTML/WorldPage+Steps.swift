import LifeEvents

extension WorldPage {
    /// The expectations in the file's order: what was met, and what was not with what came instead.
    var steps: String {
        let results = (one.met.map { ($0, false) } + one.failures.map { ($0, true) }).enumerated().sorted {
            left, right in
            let (one, other) = (left.element.0, right.element.0)
            return (one.file, one.line, one.column, left.offset) < (other.file, other.line, other.column, right.offset)
        }.map(\.element)
        guard !results.isEmpty else {
            return "<p class=\"mut\">Nothing was asserted but what holds in every run.</p>\n"
        }
        let places = Dictionary(
            one.messages.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        var html = "<ol class=\"steps\">\n"
        for (result, isFailed) in results {
            html += "<li class=\"\(isFailed ? "no" : "ok")\"><code>\(result.line)</code>"
            html += "<div><b>\(isFailed ? "✘" : "✔")</b> \(result.message.xml)"
            if let first = result.looked?.first, let place = places[first] {
                html += " <a href=\"#m-\(number)-\(place)\">\(one.messages[place].time.dayAndClock)</a>"
            }
            if isFailed, let nearest = result.nearest?.first, result.step != "golden" {
                html += "<p class=\"at\">\(result.nearestWord.xml): \(nearest.xml)</p>"
            }
            html += "</div></li>\n"
        }
        return html + "</ol>\n"
    }
}
