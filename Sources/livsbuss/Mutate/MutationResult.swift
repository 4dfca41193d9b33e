import JSON
import Terminal

/// How many changes were noticed, and which were not.
struct MutationResult: Sendable {
    /// Of the changes to one owner's rules.
    struct Share: Sendable {
        let owner: String
        var count = 0
        var noticed = 0
    }

    /// What was changed: `expectations` or `rules`.
    let what: String
    /// How many changes were played.
    let count: Int
    /// Those that nothing noticed: where, and what.
    let survivors: [(place: String, what: String)]
    /// Owner by owner, those of whom the most was not noticed first; empty for expectations.
    var shares: [Share] = []

    /// The share that was noticed, rounded down, so that 100 means all; 0 where there was nothing to notice: nobody knows
    /// then whether it would be.
    var percent: Int { Self.percent(count - survivors.count, of: count) }

    private static func percent(_ noticed: Int, of count: Int) -> Int { count == 0 ? 0 : noticed * 100 / count }

    func text(_ paint: Paint) -> String {
        var text = ""
        for survivor in survivors {
            text += paint("unnoticed", .yellow) + "  \(survivor.place.escapedLine): \(survivor.what.escapedLine)\n"
        }
        if shares.count > 1 {
            var table = TextTable([
                .init("owner"), .init("changes", .right), .init("unnoticed", .right), .init("noticed", .right),
            ])
            for share in shares {
                table.append([
                    share.owner, "\(share.count)", "\(share.count - share.noticed)",
                    "\(Self.percent(share.noticed, of: share.count)) %",
                ])
            }
            text += (survivors.isEmpty ? "" : "\n") + table.text(paint: paint) + "\n"
        }
        guard count > 0 else { return text + "no \(what) could be made wrong, so nothing was measured\n" }
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
        if !shares.isEmpty {
            writer.key("owners")
            writer.beginArray()
            for share in shares {
                writer.beginObject()
                writer.key("owner")
                writer.string(share.owner)
                writer.key("count")
                writer.int(Int64(share.count))
                writer.key("noticed")
                writer.int(Int64(share.noticed))
                writer.endObject()
            }
            writer.endArray()
        }
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
