import LifeEvents

extension Expectation {
    /// The expectation with one thing of it made false, each with what it is.
    func falsehoods(on timeline: Timeline) -> [(what: String, expectation: Expectation)] {
        var all = kind.falsehoods.map { what, kind in
            (what, Expectation(kind: kind, after: after, deadline: deadline, span: span, isLate: isLate))
        }
        // After the end of the run nothing comes.
        switch (kind, deadline) {
        case (_, .end): break
        case (.status(let pattern), _) where pattern.code == nil: break
        case (.message, _), (.status, _), (.anyOrder, _):
            guard timeline.deadline(of: self) != timeline.end else { break }
            all.append(
                ("the window", Expectation(kind: kind, after: after, deadline: deadline, span: span, isLate: true)))
        default: break
        }
        return all
    }
}

extension Expectation.Kind {
    fileprivate var falsehoods: [(what: String, kind: Expectation.Kind)] {
        switch self {
        case .message(let pattern): return pattern.falsehoods.map { ($0, .message($1)) }
        case .none(let pattern): return [("that none comes", .message(pattern))]
        case .count(let pattern, let count):
            let counts = count.falsehoods.map { ($0, Expectation.Kind.count(pattern, $1)) }
            // Of a message that need not come at all every other one need not come either.
            guard count.least > 0 else { return counts }
            return counts + pattern.falsehoods.map { ($0, .count($1, count)) }
        case .status(let pattern): return pattern.falsehoods.map { ($0, .status($1)) }
        case .order(let references): return [("the order", .order(references.reversed()))]
        case .anyOrder(let patterns):
            return patterns.indices.flatMap { place in
                patterns[place].falsehoods.map { what, pattern in
                    var changed = patterns
                    changed[place] = pattern
                    return ("\(what) of message \(place + 1)", .anyOrder(changed))
                }
            }
        case .latency(let pattern):
            let limit = Located(TimeSpan(0, .hours), pattern.atMost.span)
            return [("the time", .latency(LatencyPattern(from: pattern.from, to: pattern.to, atMost: limit)))]
        case .deadLetter(let pattern):
            var all: [(String, Expectation.Kind)] = pattern.original.falsehoods.map { what, original in
                (
                    what,
                    .deadLetter(DeadLetterPattern(original: original, agency: pattern.agency, reason: pattern.reason))
                )
            }
            if let reason = pattern.reason {
                all += reason.falsehoods("reason").map { what, reason in
                    (
                        what,
                        .deadLetter(
                            DeadLetterPattern(original: pattern.original, agency: pattern.agency, reason: reason))
                    )
                }
            }
            return all
        case .refusal(let pattern):
            let other = RefusalPattern(
                filing: pattern.filing, agency: .other(than: pattern.agency), reason: pattern.reason)
            let reasons = pattern.reason?.falsehoods("reason") ?? []
            return [("the agency", .refusal(other))]
                + reasons.map { what, reason in
                    (
                        what,
                        .refusal(RefusalPattern(filing: pattern.filing, agency: pattern.agency, reason: reason))
                    )
                }
        }
    }
}

extension AgencyID {
    /// An agency that is not this one.
    fileprivate static func other(than agency: AgencyID) -> AgencyID {
        agency == .skatteverket ? .forsakringskassan : .skatteverket
    }
}

extension MessagePattern {
    /// Somebody whom no scenario can declare.
    private static let nobody = " "

    fileprivate var falsehoods: [(what: String, pattern: MessagePattern)] {
        func with(
            subject: Located<String>? = nil, source: Located<AgencyID>? = nil, causedBy: Located<String>? = nil,
            change: Located<Change>? = nil, data: DataNode? = nil
        ) -> MessagePattern {
            MessagePattern(
                type: type, subject: subject ?? self.subject, source: source ?? self.source,
                causedBy: causedBy ?? self.causedBy, change: change ?? self.change, data: data ?? self.data,
                isExact: isExact)
        }
        var all: [(String, MessagePattern)] = []
        if let data { all += data.falsehoods("").map { ($0, with(data: $1)) } }
        if let subject { all.append(("the person", with(subject: Located(Self.nobody, subject.span)))) }
        if let source { all.append(("the agency", with(source: Located(.other(than: source.value), source.span)))) }
        if let causedBy { all.append(("the cause", with(causedBy: Located(Self.nobody, causedBy.span)))) }
        if let change {
            let other: Change = change.value == .created ? .ceased : .created
            all.append(("the change", with(change: Located(other, change.span))))
        }
        return all
    }
}

extension MessageCount {
    /// Counts that this one is not: one more than exactly so many, fewer than the least, more than the most.
    var falsehoods: [(what: String, count: MessageCount)] {
        if most == least { return [("the count", MessageCount(least: least + 1, most: least + 1, at: span))] }
        var all: [(String, MessageCount)] = []
        if least > 0 { all.append(("the least", MessageCount(least: 0, most: least - 1, at: span))) }
        if let most { all.append(("the most", MessageCount(least: most + 1, most: nil, at: span))) }
        return all
    }
}

extension DataNode {
    /// Conditions on a code that this one is not.
    var otherCodes: [DataNode] {
        switch content {
        case .text(let text): [DataNode(content: .text(TileCode.other(than: text)), span: span)]
        case .match(let matchers):
            // All must hold, so it is enough that one does not.
            matchers.prefix(1).compactMap { matcher in
                switch matcher {
                case .oneOf(let nodes): DataNode(content: .match([.noneOf(nodes)]), span: span)
                case .noneOf(let nodes): DataNode(content: .match([.oneOf(nodes)]), span: span)
                default: nil
                }
            }
        default: []
        }
    }
}

extension TilePattern {
    fileprivate var falsehoods: [(what: String, pattern: TilePattern)] {
        func with(
            holder: Located<String>? = nil, about: Located<String>? = nil, code: DataNode? = nil,
            data: DataNode? = nil
        ) -> TilePattern {
            TilePattern(
                holder: holder ?? self.holder, tile: tile, agency: agency, about: about ?? self.about,
                code: code ?? self.code, data: data ?? self.data)
        }
        // That it is absent is false where it comes.
        guard let code else {
            return [("that it is absent", with(code: DataNode(content: .match([.any]), span: holder.span)))]
        }
        var all: [(String, TilePattern)] = code.otherCodes.map { ("the code", with(code: $0)) }
        all.append(("the person", with(holder: Located(" ", holder.span))))
        if let about { all.append(("whom it is about", with(about: Located(" ", about.span)))) }
        if let data { all += data.falsehoods("").map { ($0, with(data: $1)) } }
        return all
    }
}
