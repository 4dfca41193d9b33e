/// Makes values at random, half of them so that they may fit a schema.
struct InstanceGenerator {
    /// The same `é` once as one scalar and once as two, which JSON keeps apart; names that a JSON Pointer escapes.
    static let names = ["a", "b", "ab", "é", "e\u{301}", "", "a/b", "~", "😀"]
    static let texts = ["", "a", "b", "ab", "abc", "cab", "é", "e\u{301}", "😀", "é😀b", "a\"b", "aaaaaaaa"]
    private static let hundredths = [
        0, 1, 25, 50, 75, 100, 150, 200, 300, 400, 1_000, 1_200, 900_719_925_474_099_300, 900_719_925_474_099_200,
    ]

    var random: SplitMix

    mutating func number() -> Tree {
        let size = random.pick(Self.hundredths)
        return number(random.isOne(in: 3) ? -size : size)
    }

    /// One number in one of its ways of being written.
    mutating func number(_ hundredths: Int) -> Tree {
        let sign = hundredths < 0 || hundredths == 0 && random.isOne(in: 3) ? "-" : ""
        let size = hundredths.magnitude
        let cents = size % 100
        var ways = ["\(sign)\(size)e-2", "\(sign)\(size == 0 ? "" : "\(size)")0E-03"]
        ways.append("\(sign)\(size / 100).\(cents < 10 ? "0" : "")\(cents)")
        ways.append("\(sign)\(size / 100).\(cents < 10 ? "0" : "")\(cents)e+0")
        if cents == 0 { ways += Array(repeating: "\(sign)\(size / 100)", count: 4) }
        return .number(hundredths: hundredths, written: random.pick(ways))
    }

    mutating func any(_ depth: Int) -> Tree {
        switch Int.random(in: 0..<(depth > 0 ? 8 : 5), using: &random) {
        case 0: return random.isOne(in: 2) ? .null : .bool(random.isOne(in: 2))
        case 1, 2: return number()
        case 3, 4: return .string(random.pick(Self.texts))
        case 5, 6: return object(depth)
        default: return array(depth)
        }
    }

    private mutating func array(_ depth: Int) -> Tree {
        // Beyond 16 elements equal ones are found by another way.
        guard !random.isOne(in: 10) else {
            let first = Int.random(in: 0...3, using: &random)
            var elements = (0..<20).map { number($0 * 100) }
            if random.isOne(in: 2) { elements[19] = number(first * 100) }
            return .array(elements)
        }
        return .array((0..<Int.random(in: 0...4, using: &random)).map { _ in any(depth - 1) })
    }

    private mutating func object(_ depth: Int) -> Tree {
        var members = random.some(Self.names, 0...4).map { ($0, any(depth - 1)) }
        if random.isOne(in: 12) { members += (0..<18).map { ("n\($0)", Tree.whole($0)) }.shuffled(using: &random) }
        return .object(members)
    }

    /// A value made along a schema: it has its constants, types and members, if not all that it asks for.
    mutating func fitting(_ schema: Tree, root: Tree, _ depth: Int) -> Tree {
        guard depth > 0, !random.isOne(in: 8), schema.members != nil else { return any(max(0, depth)) }
        if let value = schema["const"] { return value }
        if let values = schema["enum"]?.elements, !values.isEmpty { return random.pick(values) }
        if let name = schema["$ref"]?.text?.split(separator: "/").dropFirst(2).first {
            return fitting(root["$defs"]?[String(name)] ?? .null, root: root, depth - 1)
        }
        for keyword in ["allOf", "anyOf", "oneOf"] {
            if let schemas = schema[keyword]?.elements, random.isOne(in: 2) {
                return fitting(random.pick(schemas), root: root, depth)
            }
        }
        let types = schema["type"].map { $0.elements ?? [$0] } ?? []
        switch types.isEmpty ? nil : random.pick(types).text {
        case "null": return .null
        case "boolean": return .bool(random.isOne(in: 2))
        case "integer": return number(100 * Int.random(in: -3...12, using: &random))
        case "number": return number()
        case "string": return .string(random.pick(Self.texts))
        case "array": return fittingArray(schema, root: root, depth)
        case "object": return fittingObject(schema, root: root, depth)
        case nil where schema["items"] != nil || schema["contains"] != nil:
            return fittingArray(schema, root: root, depth)
        case nil where schema["properties"] != nil || schema["required"] != nil:
            return fittingObject(schema, root: root, depth)
        default: return any(depth)
        }
    }

    private mutating func fittingArray(_ schema: Tree, root: Tree, _ depth: Int) -> Tree {
        var elements = (schema["prefixItems"]?.elements ?? []).map { fitting($0, root: root, depth - 1) }
        let rest = [schema["items"], schema["contains"]].compactMap { $0 }
        for _ in 0..<Int.random(in: 0...3, using: &random) where !rest.isEmpty {
            elements.append(fitting(random.pick(rest), root: root, depth - 1))
        }
        return elements.isEmpty ? array(depth) : .array(elements)
    }

    private mutating func fittingObject(_ schema: Tree, root: Tree, _ depth: Int) -> Tree {
        var members: [(name: String, value: Tree)] = []
        let required = (schema["required"]?.elements ?? []).compactMap(\.text)
        for name in required + (schema["properties"]?.members ?? []).map(\.name)
        where Tree.object(members)[name] == nil && (required.contains(name) || random.isOne(in: 2)) {
            let inner = schema["properties"]?[name] ?? schema["additionalProperties"] ?? .bool(true)
            members.append((name, fitting(inner, root: root, depth - 1)))
        }
        return .object(members.shuffled(using: &random))
    }
}
