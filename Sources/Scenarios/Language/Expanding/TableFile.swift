import YAML

/// A table of values as people export it: commas, double quotes around what needs them, UTF-8.
public enum TableFile {
    /// What is wrong with a table, and where: `needs.csv:3:7: a quote is not closed on its line`.
    public struct Fault: Error, Sendable, CustomStringConvertible {
        /// One line.
        public let description: String
    }

    /// The rows with their lines, the header first; at most 10,000 and a header, and 1,000 columns.
    /// - Parameter path: for messages.
    /// - Throws: ``Fault``.
    public static func rows(of bytes: [UInt8], path: String) throws(Fault) -> [(line: Int, cells: [String])] {
        do throws(CSVTable.Problem) {
            let table = try CSVTable(utf8: bytes)
            return ([table.header] + table.rows).map { row in
                (line: row.first?.range.start.line ?? 1, cells: row.map(\.text))
            }
        } catch {
            let place = error.range.start
            throw Fault(description: "\(path):\(place.line):\(place.column): \(error.message)")
        }
    }
}
