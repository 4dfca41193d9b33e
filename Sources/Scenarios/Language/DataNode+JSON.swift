public import JSON
public import LifeEvents

extension DataNode {
    /// A value of a message that has come.
    /// - Parameter name: the name of a person, by the key.
    public init(_ value: JSONValue, at span: SourceSpan, name: (Subject) -> String?) {
        self.span = span
        content =
            switch value.kind {
            case .object:
                .map(
                    value.members.map { member in
                        DataEntry(
                            key: Located(member.keyString, span),
                            value: DataNode(member.value, at: span, name: name))
                    })
            case .array: .list((0..<value.count).compactMap { value[$0] }.map { DataNode($0, at: span, name: name) })
            default: Self.scalar(value, name)
            }
    }

    private static func scalar(_ value: JSONValue, _ name: (Subject) -> String?) -> Content {
        if let text = value.string { return Subject(text: text).flatMap(name).map { .person($0) } ?? .text(text) }
        if let number = value.int { return .int(number) }
        if let flag = value.bool { return .bool(flag) }
        // What is null is not there.
        return value.isNull ? .match([.absent]) : .text(String(decoding: value.rawBytes, as: UTF8.self))
    }

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
        case .capture, .match:
            // A value of a message is put in before anything is written. The parser makes these only in what is expected, which is not written.
            writer.null()
        }
    }
}
