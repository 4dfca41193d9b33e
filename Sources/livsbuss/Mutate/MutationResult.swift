import JSON
import Terminal

/// How many changes were noticed, and which were not.
struct MutationResult: Sendable {
    /// What was changed: `expectations` or `rules`.
    let what: String
    /// How many changes were played.
    let count: Int
    /// Those that nothing noticed: where, and what.
    let survivors: [(place: String, what: String)]

    /// The share that was noticed, rounded down, so that 100 means all.
    var percent: Int { count == 0 ? 100 : (count - survivors.count) * 100 / count }

    func text(_ paint: Paint) -> String {
        var text = ""
        for survivor in survivors {
            text += paint("unnoticed", .yellow) + "  \(survivor.place.escapedLine): \(survivor.what.escapedLine)\n"
        }
        let noticed = count - survivors.count
        return text + "\(noticed) of \(count) wrong \(what) were noticed, \(percent) %\n"
    }

    var json: String {
        var writer = JSONWriter(pretty: true)
        writer.beginObject()
        writer.key("changed")
        writer.string(what)
        writer.key("count")
        writer.int(Int64(count))
        writer.key("noticed")
        writer.int(Int64(count - survivors.count))
        writer.key("percent")
        writer.int(Int64(percent))
        writer.key("unnoticed")
        writer.beginArray()
        for survivor in survivors {
            writer.beginObject()
            writer.key("place")
            writer.string(survivor.place)
            writer.key("what")
            writer.string(survivor.what)
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
        writer.endLine()
        return writer.text
    }
}
