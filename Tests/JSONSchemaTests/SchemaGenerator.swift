/// Makes schemas at random.
struct SchemaGenerator {
    static let definitions = ["first", "second", "third"]

    var values: InstanceGenerator
    /// The first definition that a schema here may refer to, so that none leads back to itself at the same value.
    private var firstFree = 0
    private var mayReferToRoot = false

    init(seed: UInt64) {
        values = InstanceGenerator(random: SplitMix(state: seed))
    }

    mutating func root() -> Tree {
        (firstFree, mayReferToRoot) = (0, false)
        var members = schema(3).members ?? []
        var definitions: [(name: String, value: Tree)] = []
        for (number, name) in Self.definitions.enumerated() {
            (firstFree, mayReferToRoot) = (number + 1, false)
            definitions.append((name, schema(2)))
        }
        members.append(("$defs", .object(definitions)))
        return .object(members)
    }

    private mutating func isOne(in count: Int) -> Bool { values.random.isOne(in: count) }

    private mutating func count(_ most: Int) -> Tree {
        let number = Int.random(in: 0...most, using: &values.random)
        return .number(hundredths: number * 100, written: values.random.pick(["\(number)", "\(number).0"]))
    }

    /// A schema of other values than the one it stands in: members, elements or names.
    private mutating func inner(_ depth: Int) -> Tree {
        let kept = (firstFree, mayReferToRoot)
        (firstFree, mayReferToRoot) = (0, true)
        defer { (firstFree, mayReferToRoot) = kept }
        return schema(depth - 1)
    }

    private mutating func schema(_ depth: Int) -> Tree {
        if isOne(in: 12) { return .bool(!isOne(in: 3)) }
        var members: [(name: String, value: Tree)] = []
        for _ in 0...Int.random(in: 0...2, using: &values.random) {
            let group = Int.random(in: 0..<(depth > 0 ? 9 : 4), using: &values.random)
            let added =
                switch group {
                case 0: kinds()
                case 1: constants()
                case 2: bounds()
                case 3: reference()
                case 4, 5: objectKeywords(depth)
                case 6: arrayKeywords(depth)
                default: inPlaceKeywords(depth)
                }
            for member in added where Tree.object(members)[member.name] == nil { members.append(member) }
        }
        return .object(members.shuffled(using: &values.random))
    }

    private typealias Members = [(name: String, value: Tree)]

    private mutating func kinds() -> Members {
        let types = ["null", "boolean", "number", "integer", "string", "array", "object"].map { Tree.string($0) }
        return [("type", isOne(in: 2) ? values.random.pick(types) : .array(values.random.some(types, 1...4)))]
    }

    private mutating func constants() -> Members {
        if isOne(in: 2) { return [("const", values.any(2))] }
        // More than 6 texts are looked up in a table.
        if isOne(in: 2) {
            return [("enum", .array(values.random.some(InstanceGenerator.texts, 1...12).map { .string($0) }))]
        }
        return [("enum", .array((0..<4).map { _ in values.any(2) }))]
    }

    private mutating func bounds() -> Members {
        var members: Members = []
        for keyword in ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"] where isOne(in: 4) {
            members.append((keyword, values.number()))
        }
        if isOne(in: 3) { members.append(("multipleOf", values.number(values.random.pick([1, 25, 30, 100, 300])))) }
        if isOne(in: 3) { members.append(("minLength", count(3))) }
        if isOne(in: 3) { members.append(("maxLength", count(4))) }
        if isOne(in: 3) {
            members.append(("pattern", .string(values.random.pick(ReferenceValidator.patterns.keys.sorted()))))
        }
        return members
    }

    private mutating func reference() -> Members {
        var targets = Self.definitions[firstFree...].map { "#/$defs/\($0)" }
        if mayReferToRoot { targets.append("#") }
        return targets.isEmpty ? [] : [("$ref", .string(values.random.pick(targets)))]
    }

    private mutating func objectKeywords(_ depth: Int) -> Members {
        let names = InstanceGenerator.names
        var members: Members = []
        if !isOne(in: 3) {
            members.append(("properties", .object(values.random.some(names, 0...4).map { ($0, inner(depth)) })))
        }
        if isOne(in: 2) { members.append(("required", .array(values.random.some(names, 0...2).map { .string($0) }))) }
        if isOne(in: 4) {
            let patterns = values.random.some(ReferenceValidator.patterns.keys.sorted(), 1...2)
            members.append(("patternProperties", .object(patterns.map { ($0, inner(depth)) })))
        }
        if isOne(in: 3) { members.append(("additionalProperties", inner(depth))) }
        if isOne(in: 6) { members.append(("propertyNames", inner(depth))) }
        if isOne(in: 6) { members.append(("minProperties", count(3))) }
        if isOne(in: 6) { members.append(("maxProperties", count(4))) }
        if isOne(in: 6) {
            let needed = Tree.array(values.random.some(names, 0...2).map { .string($0) })
            members.append(("dependentRequired", .object([(values.random.pick(names), needed)])))
        }
        return members
    }

    private mutating func arrayKeywords(_ depth: Int) -> Members {
        var members: Members = []
        if isOne(in: 2) {
            let length = Int.random(in: 0...2, using: &values.random)
            members.append(("prefixItems", .array((0..<length).map { _ in inner(depth) })))
        }
        if isOne(in: 2) { members.append(("items", inner(depth))) }
        if isOne(in: 2) { members.append(("contains", inner(depth))) }
        for keyword in ["minContains", "maxContains", "minItems"] where isOne(in: 4) {
            members.append((keyword, count(2)))
        }
        if isOne(in: 4) { members.append(("maxItems", count(4))) }
        if isOne(in: 2) { members.append(("uniqueItems", .bool(!isOne(in: 4)))) }
        return members
    }

    private mutating func inPlaceKeywords(_ depth: Int) -> Members {
        switch Int.random(in: 0..<6, using: &values.random) {
        case 0: return [("not", schema(depth - 1))]
        case 1:
            var members: Members = [("if", schema(depth - 1))]
            if !isOne(in: 3) { members.append(("then", schema(depth - 1))) }
            if !isOne(in: 3) { members.append(("else", schema(depth - 1))) }
            return members
        case 2:
            return [("dependentSchemas", .object([(values.random.pick(InstanceGenerator.names), schema(depth - 1))]))]
        default:
            let schemas = (0...Int.random(in: 0...2, using: &values.random)).map { _ in schema(depth - 1) }
            return [(values.random.pick(["allOf", "anyOf", "oneOf"]), .array(schemas))]
        }
    }
}
