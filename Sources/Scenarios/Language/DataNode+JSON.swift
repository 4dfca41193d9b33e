public import JSON
public import LifeEvents

extension DataNode {
    /// Writes the value as JSON, in the file's order.
    ///
    /// A time becomes a day, or an RFC 3339 instant when it has a clock time or counts hours.
    ///
    /// - Parameters:
    ///   - timeline: gives the instants of the steps.
    ///   - key: gives the key of a declared person.
    public func write(into writer: inout JSONWriter, on timeline: Timeline, key: (String) -> Subject) {
        switch content {
        case .text(let text): writer.string(text)
        case .int(let number): writer.int(number)
        case .bool(let value): writer.bool(value)
        case .person(let name): writer.string(key(name).description)
        case .time(let time):
            // The parser has let through only times that resolve; the start stands in for one made by hand.
            let instant = time.resolve(on: timeline) ?? timeline.start
            writer.string(time.isDay ? Stockholm.day(of: instant).description : instant.description)
        case .list(let items):
            writer.beginArray()
            for item in items { item.write(into: &writer, on: timeline, key: key) }
            writer.endArray()
        case .map(let entries):
            writer.beginObject()
            for entry in entries {
                writer.key(entry.key.value)
                entry.value.write(into: &writer, on: timeline, key: key)
            }
            writer.endObject()
        case .match:
            // The parser makes these only in what is expected, which is not written.
            writer.null()
        }
    }
}
