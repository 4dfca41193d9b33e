import CitizenStatus
import JSON
import Terminal

/// What was delivered in a run and never used.
struct UsageReport {
    /// The rights of branches that were told events and acted on none, by type and reader.
    private let rows: [UsageRow]
    private let told: Int
    private let used: Int

    /// A report over the stores of a run's jobs.
    init(_ stores: [[UsageRow]]) {
        var sums: [LedgerRight: UsageRow] = [:]
        for row in stores.joined() {
            let before = sums[row.right]
            sums[row.right] = UsageRow(
                right: row.right, told: row.told + (before?.told ?? 0), used: row.used + (before?.used ?? 0),
                denied: row.denied + (before?.denied ?? 0))
        }
        // order-free: sorted by what each names.
        let all = sums.values.sorted { ($0.right.type, $0.right.branch) < ($1.right.type, $1.right.branch) }
        told = all.reduce(0) { $0 + $1.told }
        used = all.reduce(0) { $0 + $1.used }
        rows = all.filter { $0.told > 0 && $0.used == 0 }
    }

    var lines: [String] {
        let width = rows.map { $0.right.type.count }.max() ?? 0
        return ["\(told) deliveries, of which rules acted on \(used)"]
            + (rows.isEmpty ? ["every branch acted on something of each type that it was told"] : [])
            + rows.map { row in
                "  \(row.right.type.padded(to: width))  \(row.right.owner)/\(row.right.branch) was told "
                    + "\(row.told) and acted on none"
            }
    }

    func write(into writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("deliveries")
        writer.int(Int64(told))
        writer.key("used")
        writer.int(Int64(used))
        writer.key("neverUsed")
        writer.beginArray()
        for row in rows {
            writer.beginObject()
            writer.string("type", row.right.type)
            writer.string("owner", row.right.owner)
            writer.string("branch", row.right.branch)
            writer.key("told")
            writer.int(Int64(row.told))
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
    }
}
