/// Rows of text set in columns, for a terminal or a file.
///
/// ```swift
/// var table = TextTable([.init("topic"), .init("messages", .right)])
/// table.append(["folk.fodsel", "12"])
/// output.write(table.text())
/// ```
public struct TextTable: Sendable {
    /// How one column is set.
    public struct Column: Sendable {
        /// The heading; the table has no heading line if all are empty.
        public var heading: String
        /// The side that the column's cells are set against.
        public var alignment: TextAlignment
        /// The columns it may be narrowed to when the table is too wide; nil if its cells must stay whole.
        public var minimumWidth: Int?

        /// Describes a column.
        public init(_ heading: String, _ alignment: TextAlignment = .left, minimumWidth: Int? = nil) {
            self.heading = heading
            self.alignment = alignment
            self.minimumWidth = minimumWidth
        }
    }

    /// The columns, from the left.
    public let columns: [Column]
    /// The rows, each with one cell a column.
    public private(set) var rows: [[String]] = []

    /// Makes a table without rows.
    public init(_ columns: [Column]) {
        self.columns = columns
    }

    /// Adds a row; cells that are missing are empty, cells without a column are left out.
    public mutating func append(_ cells: [String]) {
        rows.append(columns.indices.map { $0 < cells.count ? cells[$0] : "" })
    }

    /// The table as text, each line ended by a line break.
    ///
    /// - Parameters:
    ///   - width: The columns a line may take; wider tables are narrowed where their columns allow it.
    ///   - paint: Colours the heading; cells may carry their own colours.
    public func text(width: Int? = nil, paint: Paint = Paint(isEnabled: false)) -> String {
        let widths = columnWidths(in: width)
        var result = ""
        if columns.contains(where: { !$0.heading.isEmpty }) {
            result += line(columns.map(\.heading), widths) { paint($0, .bold) }
        }
        for row in rows { result += line(row, widths) { $0 } }
        return result
    }

    private static let gap = 2

    private func columnWidths(in available: Int?) -> [Int] {
        var widths = columns.indices.map { index in
            rows.reduce(columns[index].heading.displayWidth) { max($0, $1[index].displayWidth) }
        }
        guard let available else { return widths }
        // Taking from the widest first leaves short columns readable.
        var excess = widths.reduce(0, +) + Self.gap * max(0, widths.count - 1) - available
        while excess > 0 {
            let shrinkable = widths.indices.filter { widths[$0] > columns[$0].minimumWidth ?? .max }
            guard let widest = shrinkable.max(by: { widths[$0] < widths[$1] }) else { break }
            widths[widest] -= 1
            excess -= 1
        }
        return widths
    }

    private func line(_ cells: [String], _ widths: [Int], _ draw: (String) -> String) -> String {
        var line = ""
        var owed = 0
        for (index, cell) in cells.enumerated() {
            // Spaces are owed until something follows them, so that no line ends in blanks.
            let shown = cell.truncated(to: widths[index])
            let filling = widths[index] - shown.displayWidth
            if columns[index].alignment == .right { owed += filling }
            if !shown.isEmpty {
                line += String(repeating: " ", count: owed) + draw(shown)
                owed = 0
            }
            if columns[index].alignment == .left { owed += filling }
            owed += Self.gap
        }
        return line + "\n"
    }
}
