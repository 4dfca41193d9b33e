import JSONSchema
import LifeEvents
import LinearRegex

/// A condition that its type's schema makes idle.
struct ConditionFault {
    /// Which mistake it is.
    let code: DiagnosticCode
    /// A sentence without the type.
    let message: String
    /// Where it stands.
    let span: SourceSpan
    /// What the schema says of the value that stood for the condition, and the data with it.
    var refusal: (failure: SchemaFailure, data: DataNode)?
}

/// Conditions are held against the schema by values that stand for them.
extension DataCheck {
    /// More values than so many of one expectation are not tried: each is written with all that stands around it.
    static let mostTrials = 1_000
    /// More items than so many no schema tells from these.
    private static let mostItems = 1_000

    /// What is wrong with the conditions of expected data.
    mutating func faults(ofConditionsIn data: DataNode, _ type: String, isAnnulled: Bool) -> [ConditionFault] {
        var left = Self.mostTrials
        var faults: [ConditionFault] = []
        for condition in data.conditions { add(condition, type, isAnnulled, &left, &faults) }
        return faults
    }

    private mutating func add(
        _ condition: PlacedCondition, _ type: String, _ isAnnulled: Bool, _ left: inout Int,
        _ faults: inout [ConditionFault]
    ) {
        if let words = contradiction(condition.matchers) ?? emptiness(condition.matchers) {
            faults.append(ConditionFault(code: .badMatcher, message: words, span: condition.span))
        }
        var trials: [ConditionTrial] = []
        for matcher in condition.matchers { trials += self.trials(matcher, at: condition.span) }
        for trial in trials {
            var first: [ConditionFault]?
            for value in trial.values {
                guard left > 0, let data = condition.data(value) else { break }
                left -= 1
                let found = failures(data, type, .whole, isAnnulled: isAnnulled)
                    .filter { trial.claim.isRefuted(by: $0, at: condition, value) }
                    .map { Self.fault(trial.claim, $0, condition, value, data) }
                if first == nil || found.isEmpty { first = found }
                if found.isEmpty { break }
            }
            faults += first ?? []
            guard let value = trial.values.first.flatMap(\.self) else { continue }
            for inner in condition.conditions(in: value) { add(inner, type, isAnnulled, &left, &faults) }
        }
    }

    private static func fault(
        _ claim: ConditionTrial.Claim, _ failure: SchemaFailure, _ condition: PlacedCondition, _ value: DataNode?,
        _ data: DataNode
    ) -> ConditionFault {
        func here(_ words: String) -> ConditionFault {
            ConditionFault(
                code: .badData, message: "`\(failure.place)`: \(words)", span: value?.span ?? condition.span,
                refusal: (failure, data))
        }
        switch claim {
        case .absence:
            return ConditionFault(
                code: .badData, message: "'\(condition.key ?? "")' is in every message", span: condition.span)
        case .text where failure.pattern != nil && failure.allowed.isEmpty:
            return here("the regular expression matches nothing that may stand here: \(failure.message)")
        case .rest, .unlike: return here("no other value may stand here")
        case .text where failure.keyword != "type":
            let words = failure.allowed.prefix(12).joined(separator: ", ")
            return here("the regular expression matches none of \(words)\(failure.allowed.count > 12 ? ", …" : "")")
        case .text: return here("a regular expression is for text: \(failure.message)")
        case .least where failure.keyword.lowercased().hasSuffix("maximum"):
            return here("no value is so great: \(failure.message)")
        case .most where failure.keyword.lowercased().hasSuffix("minimum"):
            return here("no value is so small: \(failure.message)")
        case .least, .most, .kind, .length: return here(failure.message)
        case .value, .items:
            let isNamed = failure.keyword == "additionalProperties"
            return ConditionFault(
                code: .badData, message: "\(isNamed ? "" : "`\(failure.place)`: ")\(failure.message)",
                span: data.place(of: failure), refusal: (failure, data))
        }
    }

    // MARK: - Values for conditions

    private func trials(_ matcher: ValueMatcher, at span: SourceSpan) -> [ConditionTrial] {
        switch matcher {
        case .exists, .any: return []
        case .absent: return [ConditionTrial(values: [nil], claim: .absence)]
        case .greater(let bound): return [limit(bound, movedBy: 1, .least)]
        case .atLeast(let bound): return [limit(bound, movedBy: 0, .least)]
        case .less(let bound): return [limit(bound, movedBy: -1, .most)]
        case .atMost(let bound): return [limit(bound, movedBy: 0, .most)]
        case .between(let low, let high): return [limit(low, movedBy: 0, .least), limit(high, movedBy: 0, .most)]
        case .approximately(let value, .number(let most)):
            return [limit(value, movedBy: -most, .least), limit(value, movedBy: most, .most)]
        case .approximately(let value, .time): return [limit(value, movedBy: 0, .kind)]
        case .regex(let regex):
            return [
                ConditionTrial(
                    values: [DataNode(content: .text(""), span: regex.span)], claim: .text(regex.value))
            ]
        case .oneOf(let values): return values.map { ConditionTrial(values: [$0], claim: .value) }
        case .noneOf(let values):
            let rest = DataNode(content: .text(""), span: span)
            var all = values.map { ConditionTrial(values: [$0], claim: .value) }
            all.append(ConditionTrial(values: [rest], claim: .rest(besides: values)))
            for value in values { all += negated(value) }
            return all
        case .contains(let item), .each(let item):
            return [ConditionTrial(values: [DataNode(content: .list([item]), span: span)], claim: .items)]
        case .length(let count):
            guard case .int(let number) = count.content else {
                return [ConditionTrial(values: [DataNode(content: .list([]), span: count.span)], claim: .items)]
            }
            let item = DataNode(content: .match([.exists]), span: count.span)
            let items = Array(repeating: item, count: Int(min(number, Int64(Self.mostItems))))
            return [ConditionTrial(values: [DataNode(content: .list(items), span: count.span)], claim: .length)]
        }
    }

    /// What must be possible for a value not to fulfil a condition.
    private func negated(_ value: DataNode) -> [ConditionTrial] {
        guard case .match(let matchers) = value.content, matchers.count == 1, let matcher = matchers.first else {
            return []
        }
        switch matcher {
        case .greater(let bound): return [limit(bound, movedBy: 0, .most)]
        case .atLeast(let bound): return [limit(bound, movedBy: -1, .most)]
        case .less(let bound): return [limit(bound, movedBy: 0, .least)]
        case .atMost(let bound): return [limit(bound, movedBy: 1, .least)]
        case .oneOf(let values):
            let rest = DataNode(content: .text(""), span: value.span)
            return [ConditionTrial(values: [rest], claim: .rest(besides: values))]
        case .regex(let regex):
            let rest = DataNode(content: .text(""), span: value.span)
            return [ConditionTrial(values: [rest], claim: .unlike(regex.value))]
        case .between, .approximately, .noneOf, .contains, .each, .length, .exists, .absent, .any: return []
        }
    }

    /// Texts of every length that a message has, each printable character of ASCII and of Latin scripts among them, and some of others: a regular
    /// expression that matches them all tells no text from another.
    private static let samples =
        (Array(32..<127) + Array(0xA0..<0x250)).compactMap { UnicodeScalar($0).map { String($0) } }
        + ["\u{301}", "Ж", "漢", "🙂"]
        + [2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233].map {
            String(repeating: "a1 Ö-", count: 48).prefix($0).description
        }

    /// Why no value at all fulfils some conditions, whatever the type says; nil if one may.
    private func emptiness(_ matchers: [ValueMatcher]) -> String? {
        for matcher in matchers {
            switch matcher {
            case .noneOf(let values):
                let flags = values.compactMap { if case .bool(let flag) = $0.content { flag } else { nil } }
                if flags.contains(true), flags.contains(false) { return "nothing is neither true nor false" }
                for case .match(let inner) in values.map(\.content) {
                    guard inner.count == 1, case .regex(let regex)? = inner.first else { continue }
                    if Self.samples.allSatisfy(regex.value.matchesWhole) { return "every text is like this" }
                }
            case .length(let count):
                guard case .match(let inner) = count.content else { continue }
                let none = DataNode(content: .int(0), span: count.span)
                if contradiction(inner + [.atLeast(none)]) != nil { return "no list is so short" }
            default: continue
            }
        }
        return nil
    }

    /// The value nearest to a bound that fulfils it. A day and an instant can be compared, so either form is enough.
    private func limit(_ bound: DataNode, movedBy change: Int64, _ claim: ConditionTrial.Claim) -> ConditionTrial {
        if case .int(let number) = bound.content {
            let (moved, isTooFar) = number.addingReportingOverflow(change)
            let value = DataNode(content: .int(isTooFar ? number : moved), span: bound.span)
            return ConditionTrial(values: [value], claim: claim)
        }
        let other: String? =
            switch OrderedValue(bound, on: scenario.timeline) {
            case .day(let day): Stockholm.instant(day).description
            case .instant(let instant): Stockholm.day(of: instant).description
            case .number, .month, nil: nil
            }
        let others = other.map { [DataNode(content: .text($0), span: bound.span)] } ?? []
        return ConditionTrial(values: [bound] + others, claim: claim)
    }

    /// Why nothing can be above the lower bounds and below the upper ones; nil if something can.
    private func contradiction(_ matchers: [ValueMatcher]) -> String? {
        let timeline = scenario.timeline
        var lows: [(value: OrderedValue, isIncluded: Bool)] = []
        var highs: [(value: OrderedValue, isIncluded: Bool)] = []
        func ordered(_ node: DataNode, _ isIncluded: Bool) -> [(value: OrderedValue, isIncluded: Bool)] {
            OrderedValue(node, on: timeline).map { [($0, isIncluded)] } ?? []
        }
        for matcher in matchers {
            switch matcher {
            case .greater(let bound): lows += ordered(bound, false)
            case .atLeast(let bound): lows += ordered(bound, true)
            case .less(let bound): highs += ordered(bound, false)
            case .atMost(let bound): highs += ordered(bound, true)
            case .between(let low, let high):
                lows += ordered(low, true)
                highs += ordered(high, true)
            case .approximately, .regex, .oneOf, .noneOf, .contains, .each, .length, .exists, .absent, .any: break
            }
        }
        for low in lows {
            for high in highs {
                guard let order = low.value.order(to: high.value) else {
                    return "nothing is compared with bounds of two kinds"
                }
                if order > 0 || order == 0 && !(low.isIncluded && high.isIncluded) {
                    return "nothing is within these bounds"
                }
            }
        }
        return nil
    }
}
