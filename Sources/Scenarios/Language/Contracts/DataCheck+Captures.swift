import JSONSchema
import LifeEvents

/// A value that is quoted, where it is used.
private struct Quotation {
    /// The value of a message.
    let value: CapturedValue
    /// Where it is used.
    let span: SourceSpan
    /// The place in the data that it takes, or is compared with.
    let place: PlacedNode
    /// Whether it is a bound: a day and an instant can be compared.
    let isBound: Bool
}

/// A value of a message is one that may stand where it is quoted.
///
/// What a type says at a place is found by trial: texts of each form that the schemas know, and what they list.
extension DataCheck {
    /// Adds what quotes a value of one kind where only another can stand.
    mutating func checkQuotations(
        _ data: DataNode, _ type: String, isAnnulled: Bool, _ diagnostics: inout DiagnosticList
    ) {
        for quotation in data.openNodes.flatMap(\.quotations) {
            let name = quotation.value.name
            guard let source = scenario.awaited.first(where: { $0.name?.value == name }) else { continue }
            check(quotation, of: source, in: type, isAnnulled: isAnnulled, &diagnostics)
        }
    }

    private mutating func check(
        _ quotation: Quotation, of source: AwaitedMessage, in type: String, isAnnulled: Bool,
        _ diagnostics: inout DiagnosticList
    ) {
        let pointer = quotation.value.probePointer
        func said(_ sample: Sample) -> DataNode? { quotation.value.probe(sample.node(at: quotation.span)) }
        func used(_ sample: Sample) -> DataNode? { quotation.place.data(sample.node(at: quotation.span)) }
        var samples = Sample.kinds
        samples += listed(said(.text("")), source.type, pointer, isAnnulled: false)
        samples += listed(used(.text("")), type, quotation.place.pointer, isAnnulled: isAnnulled)
        let sayable = samples.filter { takes(said($0), source.type, pointer, isAnnulled: false) }
        let usable = samples.filter { takes(used($0), type, quotation.place.pointer, isAnnulled: isAnnulled) }
        // A form that no sample has is not judged.
        guard !sayable.isEmpty, !usable.isEmpty, !sayable.contains(where: { usable.contains($0) }) else { return }
        let times: [Sample] = [.day, .instant]
        if quotation.isBound, sayable.contains(where: times.contains), usable.contains(where: times.contains) { return }
        diagnostics.add(
            .badData,
            "\(type): `\(quotation.place.name)` is never `$\(quotation.value.text)`: that is \(sayable.inWords), "
                + "and here stands \(usable.inWords)", at: quotation.span,
            notes: source.name.map { [Diagnostic.Note("the message is named here", at: $0.span)] } ?? [])
    }

    /// The values that a type lists at a place.
    private mutating func listed(
        _ data: DataNode?, _ type: String, _ pointer: String, isAnnulled: Bool
    ) -> [Sample] {
        guard let data else { return [] }
        return failures(data, type, .whole, isAnnulled: isAnnulled)
            .filter { $0.instancePath == pointer && ["enum", "const"].contains($0.keyword) }
            .flatMap(\.allowed).map { .text($0) }
    }

    private mutating func takes(_ data: DataNode?, _ type: String, _ pointer: String, isAnnulled: Bool) -> Bool {
        guard let data else { return false }
        return !failures(data, type, .whole, isAnnulled: isAnnulled).contains { failure in
            failure.keyword != "required"
                && (failure.instancePath == pointer || failure.instancePath.hasPrefix("\(pointer)/"))
        }
    }
}

/// A value that stands for all of its kind.
private enum Sample: Equatable {
    case text(String)
    case number
    case flag
    case list
    case map

    static let day = Sample.text("2026-03-02")
    static let instant = Sample.text(Instant(milliseconds: 1_772_434_800_000).description)

    /// One of each kind that schemas tell apart, anything that they list apart.
    static let kinds: [Sample] = [
        .text("?"), day, instant, .text("2026-03"), .text("1780"), .text("kommun-1780"),
        .text(Subject(seed: 0, scenario: "", case: "", name: "").description), .number, .flag, .list, .map,
    ]

    func node(at span: SourceSpan) -> DataNode {
        switch self {
        case .text(let text): DataNode(content: .text(text), span: span)
        case .number: DataNode(content: .int(1), span: span)
        case .flag: DataNode(content: .bool(true), span: span)
        case .list: DataNode(content: .list([]), span: span)
        case .map: DataNode(content: .map([]), span: span)
        }
    }

    var inWords: String {
        switch self {
        case .day: "a day"
        case .instant: "an instant"
        case .text("?"): "text"
        case .text("2026-03"): "a month"
        case .text("1780"): "a municipality"
        case .text("kommun-1780"): "an agency"
        case Self.kinds[6]: "somebody's key"
        case .text(let text): text
        case .number: "a number"
        case .flag: "true or false"
        case .list: "a list"
        case .map: "a map of values"
        }
    }
}

extension [Sample] {
    /// What may stand in a place: the form that says most, or some of the words that are listed.
    fileprivate var inWords: String {
        if contains(.text("?")) { return Sample.text("?").inWords }
        let known = filter { Sample.kinds.contains($0) }
        if let first = known.first { return first.inWords }
        let words = map(\.inWords)
        return words.prefix(4).joined(separator: ", ") + (words.count > 4 ? ", …" : "")
    }
}

extension PlacedNode {
    /// As a person reads it: the key, or that of the list.
    fileprivate var name: String {
        key ?? pointer.split(separator: "/").last { $0.contains { !$0.isNumber } }.map(String.init) ?? pointer
    }

    /// The values of messages in what is written here, each with the place that it takes or is compared with.
    fileprivate var quotations: [Quotation] {
        switch node.content {
        case .capture(let value): [Quotation(value: value, span: node.span, place: self, isBound: false)]
        case .match(let matchers): matchers.flatMap { quotations($0) }
        case .text, .int, .bool, .person, .time, .list, .map: []
        }
    }

    private func quotations(_ matcher: ValueMatcher) -> [Quotation] {
        switch matcher {
        case .greater(let bound), .less(let bound), .atLeast(let bound), .atMost(let bound),
            .approximately(let bound, _):
            quotations(in: bound, isBound: true)
        case .between(let low, let high): quotations(in: low, isBound: true) + quotations(in: high, isBound: true)
        case .oneOf(let values), .noneOf(let values): values.flatMap { quotations(in: $0, isBound: false) }
        case .contains(let item), .each(let item):
            quotations(in: DataNode(content: .list([item]), span: item.span), isBound: false)
        case .length, .regex, .exists, .absent, .any: []
        }
    }

    /// The quotations in a value that takes this one's place.
    private func quotations(in value: DataNode, isBound: Bool) -> [Quotation] {
        value.openNodes.flatMap { inner in
            PlacedNode(
                pointer: pointer + inner.pointer, key: inner.pointer.isEmpty ? key : inner.key, node: inner.node,
                data: { data(inner.data($0)) }
            ).quotations.map {
                Quotation(value: $0.value, span: $0.span, place: $0.place, isBound: isBound || $0.isBound)
            }
        }
    }
}
