import JSON

/// The paths at which two JSON texts differ; the order of members means nothing.
enum JSONDifference {
    /// Lines such as `data.share: 100 → 50`, five at most.
    static func lines(_ old: String, _ new: String) -> [String] {
        guard old != new else { return [] }
        let found: [String]? = try? JSONTape.reading(old) { left in
            try JSONTape.reading(new) { right in
                var lines: [String] = []
                compare(left, right, "data", &lines)
                return lines
            }
        }
        guard let found else { return ["data: \(old) → \(new)"] }
        return found.count > 5 ? Array(found.prefix(5)) + ["… and \(found.count - 5) more"] : found
    }

    private static func compare(_ old: JSONValue?, _ new: JSONValue?, _ path: String, _ lines: inout [String]) {
        guard let old, let new else {
            return lines.append("\(path): \(text(old)) → \(text(new))")
        }
        switch (old.kind, new.kind) {
        case (.object, .object):
            var keys: [String] = []
            for member in old.members { keys.append(member.keyString) }
            for member in new.members where !keys.contains(member.keyString) { keys.append(member.keyString) }
            for key in keys { compare(old[key], new[key], "\(path).\(key)", &lines) }
        case (.array, .array):
            for index in 0..<max(old.count, new.count) { compare(old[index], new[index], "\(path)[\(index)]", &lines) }
        default:
            if text(old) != text(new) { lines.append("\(path): \(text(old)) → \(text(new))") }
        }
    }

    private static func text(_ value: JSONValue?) -> String {
        value.map { String(decoding: $0.rawBytes, as: UTF8.self) } ?? "absent"
    }
}
