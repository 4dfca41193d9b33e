import JSON
public import Terminal

extension Coverage {
    /// A table of the dimensions, and what is uncovered with the step that would cover it.
    /// - Parameter limit: how many uncovered items of a dimension are told.
    public func text(_ paint: Paint, limit: Int) -> String {
        let results = results
        var table = TextTable([.init("covered"), .init("", .right), .init("", .right), .init("")])
        for result in results where result.dimension != .fault {
            table.append([
                result.dimension.rawValue, "\(result.covered)/\(result.declared)", "\(result.percent ?? 100) %",
                Self.bar(result.percent ?? 100),
            ])
        }
        var text = table.text(paint: paint)
        for result in results {
            let uncovered = result.rows.filter { $0.state == .uncovered }
            if !uncovered.isEmpty {
                text += "\n" + paint("uncovered \(result.dimension.rawValue)", .bold) + "\n"
                for row in uncovered.prefix(limit) { text += "  \(row.key)\n      \(paint(row.step ?? "", .dim))\n" }
                if uncovered.count > limit { text += "  … and \(uncovered.count - limit) more; --all tells them\n" }
            }
            let others = result.rows.filter { $0.state == .undeclared || $0.state == .onlyUnderFault }
            for row in others.prefix(limit) {
                let words = result.dimension == .fault ? "fault" : "\(result.dimension.rawValue) \(row.state.rawValue)"
                text += "\(paint(words, .yellow)): \(row.key), \(row.hits) ×\n"
            }
        }
        return text
    }

    private static func bar(_ percent: Int) -> String {
        let full = percent / 5
        return String(repeating: "█", count: full) + String(repeating: "░", count: 20 - full)
    }

    /// All of it as one JSON object.
    public func json() -> String {
        var writer = JSONWriter(pretty: true)
        writer.beginObject()
        writer.key("runs")
        writer.beginArray()
        for log in logs { writer.string(log) }
        writer.endArray()
        writer.key("cases")
        writer.int(Int64(worlds))
        writer.key("messages")
        writer.int(Int64(messages))
        writer.key("dimensions")
        writer.beginArray()
        for result in results { Self.write(result, into: &writer) }
        writer.endArray()
        writer.endObject()
        writer.endLine()
        return writer.text
    }

    private static func write(_ result: Result, into writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("name")
        writer.string(result.dimension.rawValue)
        writer.key("covered")
        writer.int(Int64(result.covered))
        writer.key("declared")
        writer.int(Int64(result.declared))
        if let percent = result.percent {
            writer.key("percent")
            writer.int(Int64(percent))
        }
        writer.key("items")
        writer.beginArray()
        for row in result.rows {
            writer.beginObject()
            writer.key("key")
            writer.string(row.key)
            writer.key("state")
            writer.string(row.state.rawValue)
            writer.key("hits")
            writer.int(Int64(row.hits))
            writer.key("cases")
            writer.int(Int64(row.worlds))
            if row.state == .uncovered, let step = row.step {
                writer.key("step")
                writer.string(step)
            }
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
    }
}
