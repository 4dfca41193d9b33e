import JSON
public import Terminal

extension Coverage {
    /// A table of the dimensions, and what is uncovered with the step that would cover it.
    /// - Parameter limit: how many uncovered items of a dimension are told.
    public func text(_ paint: Paint, limit: Int) -> String {
        let results = results
        var table = TextTable([.init("covered"), .init("", .right), .init("", .right), .init("")])
        for result in results where result.dimension != .fault {
            guard !result.isUnknown else {
                table.append([result.dimension.rawValue, "", "unknown", "a store does not know it, a run's log does"])
                continue
            }
            table.append([
                result.dimension.rawValue, "\(result.covered)/\(result.declared)", "\(result.percent ?? 100) %",
                Self.bar(result.percent ?? 100),
            ])
        }
        var text = table.text(paint: paint)
        for result in results where !result.isUnknown {
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
        return text + unlooked(paint, limit: limit)
    }

    /// What expectations looked at scenario by scenario, the least first.
    private func unlooked(_ paint: Paint, limit: Int) -> String {
        let least = assertions.scenarios.enumerated().sorted { left, right in
            let (one, other) = (left.element.counts.whole, right.element.counts.whole)
            let (first, second) = (one.looked * other.all, other.looked * one.all)
            return first == second ? left.offset < right.offset : first < second
        }
        guard !least.isEmpty else { return "" }
        var table = TextTable([
            .init("looked at, the least first"), .init("messages", .right), .init("fields", .right),
            .init("tiles", .right),
        ])
        func share(_ share: AssertionCoverage.Share) -> String { "\(share.looked)/\(share.all)" }
        for (_, scenario) in least.prefix(limit) {
            let counts = scenario.counts
            table.append([scenario.name, share(counts.messages), share(counts.fields), share(counts.tiles)])
        }
        var text = "\n" + table.text(paint: paint)
        if least.count > limit { text += "  … and \(least.count - limit) more; --all tells them\n" }
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
        writer.key("scenarios")
        writer.beginArray()
        for scenario in assertions.scenarios {
            writer.beginObject()
            writer.key("name")
            writer.string(scenario.name)
            Self.write("messages", scenario.counts.messages, into: &writer)
            Self.write("fields", scenario.counts.fields, into: &writer)
            Self.write("tiles", scenario.counts.tiles, into: &writer)
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
        writer.endLine()
        return writer.text
    }

    private static func write(_ name: String, _ share: AssertionCoverage.Share, into writer: inout JSONWriter) {
        writer.key(name)
        writer.beginObject()
        writer.key("looked")
        writer.int(Int64(share.looked))
        writer.key("all")
        writer.int(Int64(share.all))
        writer.endObject()
    }

    private static func write(_ result: Result, into writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("name")
        writer.string(result.dimension.rawValue)
        if result.isUnknown {
            writer.key("unknown")
            writer.bool(true)
        }
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
