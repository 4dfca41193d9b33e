import JSON
import LifeEvents

/// Compares a payload with what a scenario expects: every key that is written must be there with that value.
enum DataMatching {
    /// The path and the difference of the first value that differs; nil: all that is written is there.
    static func firstDifference(
        _ wanted: DataNode, _ found: JSONValue?, path: String, timeline: Timeline, key: (String) -> PersonKey?
    ) -> String? {
        let place = path.isEmpty ? "data" : path
        guard let found else { return "`\(place)` is absent" }
        func differs(_ text: String) -> String {
            "`\(place)` is \(String(decoding: found.rawBytes, as: UTF8.self)), not \(text)"
        }
        switch wanted.content {
        case .text(let text): return found.string == text ? nil : differs("\"\(text)\"")
        case .int(let number): return found.int == number ? nil : differs("\(number)")
        case .bool(let value): return found.bool == value ? nil : differs("\(value)")
        case .person(let name):
            guard let wantedKey = key(name) else { return differs("$\(name)") }
            return found.string == wantedKey.description ? nil : differs("$\(name)")
        case .time(let time):
            guard let instant = time.resolve(on: timeline) else { return differs("a time") }
            let text = time.isDay ? Stockholm.day(of: instant).description : instant.description
            return found.string == text ? nil : differs(text)
        case .list(let items):
            guard found.kind == .array, found.count == items.count else { return differs("\(items.count) items") }
            for (index, item) in items.enumerated() {
                if let difference = firstDifference(
                    item, found[index], path: "\(path)[\(index)]", timeline: timeline, key: key)
                {
                    return difference
                }
            }
            return nil
        case .map(let entries):
            guard found.kind == .object else { return differs("a map") }
            for entry in entries {
                let name = entry.key.value
                if let difference = firstDifference(
                    entry.value, found[name], path: path.isEmpty ? name : "\(path).\(name)", timeline: timeline,
                    key: key)
                {
                    return difference
                }
            }
            return nil
        case .match:
            return nil
        }
    }
}
