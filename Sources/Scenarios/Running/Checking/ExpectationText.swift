public import LifeEvents

/// Expectations in words, as a failure and a report name them.
extension MessagePattern {
    /// `kommun.case-status.v1 for daughter from kommun-1780 (corrected, caused_by notice)`.
    public var text: String {
        var text = type.value
        if let subject { text += " for \(subject.value)" }
        if let source { text += " from \(source.value)" }
        let more = [change?.value.rawValue, causedBy.map { "caused_by \($0.value)" }].compactMap(\.self)
        return more.isEmpty ? text : "\(text) (\(more.joined(separator: ", ")))"
    }
}

extension MessageReference {
    var text: String {
        switch self {
        case .step(let id): id.value
        case .message(let pattern): pattern.text
        }
    }
}

extension TilePattern {
    /// `the tile move-notice of mother to reach U2`.
    var text: String {
        let by = (about.map { " about \($0.value)" } ?? "") + (agency.map { " from \($0.value)" } ?? "")
        let end = code.map { "to reach \($0.codeInWords)" } ?? "to be absent"
        return "the tile \(tile.value) of \(holder.value)\(by) \(end)"
    }
}

extension FinalTile {
    /// `the tile move-notice of mother to be U9`.
    public var inWords: String {
        "the tile \(tile.value) of \(holder.value)\(detail) to be \(code?.codeInWords ?? "absent")"
            + (fields.isEmpty ? "" : " with its \(fields.joined(separator: " and "))")
    }

    /// What it must say beside its code: `text`, `deadline`, `nextDate`.
    public var fields: [String] {
        if case .map(let entries)? = data?.content { entries.map(\.key.value) } else { [] }
    }

    /// Whom it is about and who set it, in words.
    var detail: String { (about.map { " about \($0.value)" } ?? "") + (agency.map { " from \($0.value)" } ?? "") }
}

extension FinalPage {
    /// `the page of mother to have these 3 rows and no other`.
    public var inWords: String {
        "the page of \(holder.value) to have \(rows.count == 1 ? "this row" : "these \(rows.count) rows") and no other"
    }
}

extension Expectation.Kind {
    /// What is expected, without its window.
    public var text: String {
        switch self {
        case .message(let pattern): pattern.text
        case .none(let pattern): "no \(pattern.text)"
        case .status(let pattern): pattern.text
        case .count(let pattern, let count): "\(count.text) × \(pattern.text)"
        case .order(let references): references.map(\.text).joined(separator: " before ")
        case .anyOrder(let patterns): patterns.map(\.text).joined(separator: " and ") + " in any order"
        case .latency(let pattern):
            "\(pattern.to.text) at most \(pattern.atMost.value.text) after \(pattern.from.text)"
        case .deadLetter(let pattern):
            "a dead letter\(pattern.agency.map { " of \($0.value)" } ?? "") with \(pattern.original.text)"
        case .refusal(let pattern): "\(pattern.agency) to refuse \(pattern.filing.value)"
        }
    }
}

extension Deadline {
    /// The end of the window in words: `within 5wd`.
    public func text(_ instant: Instant) -> String {
        switch self {
        case .within(let span): "within \(span.value.text)"
        case .by: "by \(instant.asWritten)"
        case .until: "until \(instant.asWritten)"
        case .end: "until the end"
        }
    }
}
