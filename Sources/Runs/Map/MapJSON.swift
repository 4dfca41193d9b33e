import Contracts
import JSON
import LifeEvents

extension MapPage {
    /// One object: life events, agencies, cells, arcs, topics by what they spare, needs.
    public var json: String {
        var writer = JSONWriter()
        writer.beginObject()
        writer.text("plane", map.plane)
        if let base = map.base { writer.text("base", base) }
        writer.array("events", map.columns.indices) { writer, place in
            let column = map.columns[place]
            writer.text("name", column.name)
            writer.text("title", column.titles.swedish)
            writer.number("journeys", column.journeys)
            writer.texts("scenarios", map.scenarios[place])
        }
        writer.array("agencies", map.rows) { writer, row in
            writer.text("name", row.party.description)
            writer.text("title", row.titles.swedish)
            writer.text("sector", row.sector.rawValue)
        }
        writer.array("cells", map.cells) { writer, cell in
            writer.text("id", map.anchor(row: cell.row, column: cell.column))
            writer.text("agency", map.rows[cell.row].party.description)
            writer.text("event", map.columns[cell.column].name)
            writer.text("worst", cell.worst?.name ?? "")
            writer.number("needs", needs(row: cell.row, column: cell.column).count)
            writer.array("flows", cell.flows) { writer, flow in
                writer.text("type", flow.type.name)
                writer.text("source", flow.source.description)
                writer.text("channel", flow.channel.name)
                writer.number("told", flow.heard)
                writer.number("missed", flow.missed)
                writer.key("declared")
                writer.bool(flow.isDeclared)
            }
            writer.texts("contractOnly", cell.silent.map(\.name))
        }
        writer.array("spared", map.spared) { writer, one in
            writer.text("topic", one.topic)
            writer.key("contactsPer1000")
            Array(NumberText.fixed(one.contacts, 1).utf8).withUnsafeBytes { writer.raw($0) }
            writer.number("adapters", one.adapters)
        }
        writer.array("needs", needs) { writer, need in
            let answer = answer(need)
            writer.text("title", need.title)
            writer.number("votes", need.votes)
            writer.text("cell", answer.cell)
            writer.text("answer", answer.answer.rawValue)
            writer.text("topic", answer.topic)
            writer.text("lane", need.lane.rawValue)
        }
        writer.number("journeysWithoutEvent", map.unplaced)
        writer.endObject()
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}

extension JSONWriter {
    fileprivate mutating func text(_ key: String, _ value: String) {
        self.key(key)
        string(value)
    }

    fileprivate mutating func number(_ key: String, _ value: Int) {
        self.key(key)
        int(Int64(value))
    }

    fileprivate mutating func texts(_ key: String, _ values: [String]) {
        self.key(key)
        beginArray()
        for value in values { string(value) }
        endArray()
    }

    /// An array of objects.
    fileprivate mutating func array<Elements: Sequence>(
        _ key: String, _ elements: Elements, _ write: (inout JSONWriter, Elements.Element) -> Void
    ) {
        self.key(key)
        beginArray()
        for element in elements {
            beginObject()
            write(&self, element)
            endObject()
        }
        endArray()
    }
}
