/// Types, values, bounds and forms.
extension SchemaComparison {
    private static let allTypes = ["null", "boolean", "object", "array", "number", "string"]

    /// The types that a schema allows; a whole number is a number too.
    private static func types(_ schema: LocatedSchema?) -> [String] {
        guard let node = schema?.node else { return allTypes + ["integer"] }
        let named = node.string.map { [$0] } ?? (node.elements ?? []).compactMap(\.string)
        return named.contains("number") ? named + ["integer"] : named
    }

    mutating func compareTypes(_ step: SchemaStep) {
        let (before, after) = (Self.types(step.old["type"]), Self.types(step.new["type"]))
        let gone = before.filter { !after.contains($0) }
        let added = after.filter { !before.contains($0) }
        let place = step.place(of: "type")
        switch (gone.isEmpty, added.isEmpty) {
        case (true, true): break
        case (false, true): tell(.breaksWriters, place, "\(step.name) may no longer be \(Self.list(gone))")
        case (true, false): tell(.breaksReaders, place, "\(step.name) may be \(Self.list(added)) now")
        case (false, false):
            tell(.breaksBoth, place, "\(step.name) was \(Self.list(before)) and is \(Self.list(after)) now")
        }
    }

    private static func list(_ types: [String]) -> String {
        types.contains("number")
            ? types.filter { $0 != "integer" }.joined(separator: " or ")
            : types.joined(separator: " or ")
    }

    // MARK: - Values

    private struct Value {
        let text: String
        let place: SchemaPlace
    }

    private func values(_ keywords: [String: LocatedSchema]) -> [Value]? {
        let nodes = keywords["enum"]?.node.elements ?? keywords["const"].map { [$0.node] }
        return nodes?.map { Value(text: $0.string.map { "'\($0)'" } ?? $0.text, place: $0.place) }
    }

    mutating func compareValues(_ step: SchemaStep) {
        let (before, after) = (values(step.old), values(step.new))
        switch (before, after) {
        case (nil, nil): break
        case (nil, let after?):
            tell(
                .breaksWriters, step.place(of: "enum"),
                "\(step.name) may only be \(after.map(\.text).joined(separator: ", ")) now")
        case (_?, nil): tell(.breaksReaders, step.place, "\(step.name) may have any value now")
        case (let before?, let after?):
            for value in before where !after.contains(where: { $0.text == value.text }) {
                tell(.breaksWriters, value.place, "\(step.name) may no longer be \(value.text)")
            }
            for value in after where !before.contains(where: { $0.text == value.text }) {
                tell(.breaksReaders, value.place, "\(step.name) may be \(value.text) now")
            }
        }
    }

    // MARK: - Bounds

    private static let lower = ["minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties", "minContains"]
    private static let upper = ["maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties", "maxContains"]

    mutating func compareBounds(_ step: SchemaStep) {
        for keyword in Self.lower { compareBound(keyword, step, isLower: true) }
        for keyword in Self.upper { compareBound(keyword, step, isLower: false) }
    }

    private mutating func compareBound(_ keyword: String, _ step: SchemaStep, isLower: Bool) {
        let (before, after) = (step.old[keyword]?.node.text, step.new[keyword]?.node.text)
        guard before != after else { return }
        let place = step.place(of: keyword)
        switch (before.flatMap { Double($0) }, after.flatMap { Double($0) }) {
        case (let one?, let other?) where one == other: break
        case (let one?, let other?):
            let isNarrower = isLower ? other > one : other < one
            tell(
                isNarrower ? .breaksWriters : .breaksReaders, place,
                "\(keyword) of \(step.name) was \(before ?? "") and is \(after ?? "") now")
        case (nil, _?): tell(.breaksWriters, place, "\(step.name) has \(keyword) \(after ?? "") now")
        case (_?, nil):
            tell(.breaksReaders, place, "\(step.name) has no \(keyword) any more, which was \(before ?? "")")
        case (nil, nil): break
        }
    }

    // MARK: - Forms

    mutating func compareForms(_ step: SchemaStep) {
        for keyword in ["pattern", "format", "multipleOf"] {
            let (before, after) = (step.old[keyword]?.node, step.new[keyword]?.node)
            guard before?.text != after?.text else { continue }
            let place = step.place(of: keyword)
            let (was, now) = (before?.string ?? before?.text, after?.string ?? after?.text)
            switch (was, now) {
            case (let was?, let now?):
                tell(.breaksBoth, place, "\(keyword) of \(step.name) was '\(was)' and is '\(now)' now")
            case (nil, let now?): tell(.breaksWriters, place, "\(step.name) has \(keyword) '\(now)' now")
            case (let was?, nil):
                tell(.breaksReaders, place, "\(step.name) has no \(keyword) any more, which was '\(was)'")
            case (nil, nil): break
            }
        }
        let (before, after) = (step.old["uniqueItems"]?.node.bool == true, step.new["uniqueItems"]?.node.bool == true)
        if before != after {
            tell(
                after ? .breaksWriters : .breaksReaders, step.place(of: "uniqueItems"),
                "\(step.name) \(after ? "may no longer have" : "may have") one element twice")
        }
    }
}
