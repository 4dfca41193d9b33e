import Terminal
import YAML

/// A table of values as people export it: commas, a header, double quotes around what needs them.
struct CSVTable {
    struct Problem: Error {
        let message: String
        let range: SourceRange
    }

    struct Cell {
        let text: String
        let isQuoted: Bool
        let range: SourceRange
    }

    static let maximumRows = 10_000
    /// Ten times as many as there may be parameters: a line of a million commas is no table.
    static let maximumColumns = 1_000

    let header: [Cell]
    let rows: [[Cell]]

    /// Reads UTF-8; a byte order mark and CR LF are taken, an empty last line too.
    init(utf8: [UInt8]) throws(Problem) {
        if let place = UTF8Check.firstOffence(in: utf8) {
            throw Problem(
                message: "the text is not UTF-8 here (byte \(place.offset + 1)); save the table as UTF-8",
                range: SourceRange(start: place, end: place))
        }
        var scanner = CellReader(bytes: utf8)
        var records: [[Cell]] = []
        while let record = try scanner.record() {
            if record.count == 1, record[0].text.isEmpty, !record[0].isQuoted { continue }
            if let header = records.first, header.count != record.count {
                let message = "the row has \(counted(record.count, "value")), the header \(header.count)"
                throw Problem(message: message, range: record[0].range)
            }
            records.append(record)
            if records.count > Self.maximumRows + 1 {
                throw Problem(message: "more than \(Self.maximumRows) rows", range: record[0].range)
            }
        }
        guard let header = records.first else {
            throw Problem(message: "the table is empty", range: SourceRange(start: .start, end: .start))
        }
        self.header = header
        rows = Array(records.dropFirst())
    }

    private struct CellReader {
        let bytes: [UInt8]
        var offset = 0
        var line = 1
        var lineStart = 0
        /// How many scalars of the line stand before an offset in it.
        private var counted = (offset: 0, scalars: 0)

        init(bytes: [UInt8]) {
            self.bytes = bytes
            if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
                offset = 3
                lineStart = 3
            }
        }

        var position: SourcePosition {
            mutating get {
                // Counted on from the last place: a line may have a million cells.
                let start = max(counted.offset, lineStart)
                let before = start == lineStart ? 0 : counted.scalars
                let end = max(start, min(offset, bytes.count))
                counted = (end, before + bytes[start..<end].count { $0 & 0xC0 != 0x80 })
                return SourcePosition(line: line, column: counted.scalars + 1, offset: offset)
            }
        }

        mutating func record() throws(Problem) -> [Cell]? {
            guard offset < bytes.count else { return nil }
            var cells: [Cell] = []
            while true {
                cells.append(try cell())
                guard cells.count <= CSVTable.maximumColumns else {
                    throw Problem(message: "more than \(CSVTable.maximumColumns) columns", range: cells[0].range)
                }
                guard offset < bytes.count else { return cells }
                let byte = bytes[offset]
                offset += 1
                if byte == UInt8(ascii: ",") { continue }
                line += 1
                lineStart = offset
                return cells
            }
        }

        private mutating func cell() throws(Problem) -> Cell {
            let start = position
            guard offset < bytes.count, bytes[offset] == UInt8(ascii: "\"") else {
                let from = offset
                while offset < bytes.count, bytes[offset] != UInt8(ascii: ","), bytes[offset] != 0x0A { offset += 1 }
                var end = offset
                if end > from, bytes[end - 1] == 0x0D { end -= 1 }
                let text = String(decoding: bytes[from..<end], as: UTF8.self)
                let words = text.split(separator: " ").joined(separator: " ")
                return Cell(text: words, isQuoted: false, range: SourceRange(start: start, end: position))
            }
            offset += 1
            var text: [UInt8] = []
            while offset < bytes.count {
                let byte = bytes[offset]
                offset += 1
                if byte == UInt8(ascii: "\"") {
                    guard offset < bytes.count, bytes[offset] == byte else {
                        if offset < bytes.count, bytes[offset] == 0x0D { offset += 1 }
                        guard offset == bytes.count || bytes[offset] == 0x0A || bytes[offset] == UInt8(ascii: ",")
                        else {
                            let here = SourceRange(start: position, end: position)
                            throw Problem(message: "a comma is wanted after the closing quote", range: here)
                        }
                        let text = String(decoding: text, as: UTF8.self)
                        return Cell(text: text, isQuoted: true, range: SourceRange(start: start, end: position))
                    }
                    offset += 1
                }
                if byte == 0x0A { break }
                text.append(byte)
            }
            throw Problem(message: "a quote is not closed on its line", range: SourceRange(start: start, end: start))
        }
    }
}
