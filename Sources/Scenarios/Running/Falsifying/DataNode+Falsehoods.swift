extension DataNode {
    /// Values that this one is not, each with what was changed; none where nothing can be false, as of `any`.
    ///
    /// Of a map each entry is made false in its turn, of a list the first item or its length.
    func falsehoods(_ name: String) -> [(what: String, node: DataNode)] {
        func changed(_ content: Content) -> [(what: String, node: DataNode)] {
            [("`\(name)`", DataNode(content: content, span: span))]
        }
        switch content {
        case .text(let text): return changed(.text(text + "-"))
        case .int(let number): return changed(.int(number + 1))
        case .bool(let value): return changed(.bool(!value))
        case .capture: return []
        case .person: return changed(.text("nobody"))
        case .time(let time):
            let later = TimeExpression(
                origin: time.origin, spans: time.spans + [TimeSpan(1, .days)], clock: time.clock, span: time.span)
            return changed(.time(later))
        case .list(let items):
            guard let first = items.first else { return changed(.list([DataNode(content: .text("-"), span: span)])) }
            let false1 = first.falsehoods("\(name)[0]").map { what, node in
                (what, DataNode(content: .list([node] + items.dropFirst()), span: span))
            }
            return false1 + changed(.list(Array(items.dropLast())))
        case .map(let entries):
            return entries.indices.flatMap { place -> [(what: String, node: DataNode)] in
                let entry = entries[place]
                let path = name.isEmpty ? entry.key.value : "\(name).\(entry.key.value)"
                return entry.value.falsehoods(path).map { what, node in
                    var changed = entries
                    changed[place] = DataEntry(key: entry.key, value: node)
                    return (what, DataNode(content: .map(changed), span: span))
                }
            }
        case .match(let matchers):
            guard let first = matchers.first else { return [] }
            switch first {
            case .any: return []
            case .absent: return changed(.match([.exists]))
            default: return changed(.match([.absent]))
            }
        }
    }
}
