import LifeEvents

extension RunLog {
    /// What a terminal and a JUnit report say of a failed case, lines without indent; nil for one that passed.
    public func failureText(ofCase number: Int) -> String? {
        guard cases.indices.contains(number), !cases[number].failures.isEmpty else { return nil }
        let failed = cases[number]
        var lines: [String] = []
        for failure in failed.failures.prefix(10) {
            lines.append(failure.message)
            lines.append("  --> \(failure.place) (\(failure.step))")
            if let deadline = failure.deadline {
                var state = "  virtual time \(deadline.toTheMinute)"
                if let name = failed.start?.name, !name.isEmpty { state += " · case \(name)" }
                lines.append(state + " · seed \(start.seed)")
            }
            for line in failure.nearest ?? [] { lines.append(failure.step == "golden" ? line : "  nearest: \(line)") }
            for refusal in failed.refusals(behind: failure) { lines.append("  why not: \(refusal)") }
        }
        if failed.failures.count > 10 { lines.append("… and \(failed.failures.count - 10) more") }
        if let repro = failed.start?.repro { lines.append("repro: \(repro)") }
        return lines.joined(separator: "\n")
    }

    /// How many expectations failed in the case.
    public func failureCount(ofCase number: Int) -> Int {
        cases.indices.contains(number) ? cases[number].failures.count : 0
    }
}

extension ExpectationResult {
    /// `file:line:column`.
    var place: String { "\(file):\(line):\(column)" }

    /// The owner of the type waited for, or the agency named: who should have acted.
    func shouldHaveActed(_ agency: String) -> Bool {
        if let source { return agency == source }
        guard let type, type != StatusTile.type.name else { return false }
        return AgencyID(agency)?.owner == EventType(type).owner
    }
}

extension CaseLog {
    /// The last messages that the agency which should have acted passed over, with its reason: what was not whole first.
    func refusals(behind failure: ExpectationResult, limit: Int = 3) -> [String] {
        guard !failure.message.contains("expected no ") else { return [] }
        let times = Dictionary(messages.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let refused = deliveries.filter { delivery in
            guard delivery.outcome != .handled, failure.shouldHaveActed(delivery.agency),
                let message = times[delivery.message]
            else { return false }
            // What an agency says itself it also hears; that is book-keeping and explains nothing.
            guard message.source != delivery.agency else { return false }
            return message.subject == failure.subject && failure.deadline.map { message.time <= $0 } ?? true
        }
        let ordered = refused.filter { $0.outcome == .notWhole } + refused.filter { $0.outcome == .notMine }.reversed()
        return ordered.prefix(limit).map { delivery in
            let message = times[delivery.message]
            let what = message.map { "\($0.type) at \(Stockholm.local($0.time))" } ?? "\(delivery.message)"
            return
                "\(delivery.agency) ‘\(delivery.river)’ passed over \(what): \(delivery.sentence) (\(delivery.place))"
        }
    }
}

extension Delivery {
    /// What became of the message, in words.
    var sentence: String {
        switch outcome {
        case .handled: "handled"
        case .notMine: "not its own: “\(reason ?? "")” does not hold"
        case .notWhole: "not whole: “\(reason ?? "")” does not hold"
        }
    }

    /// `file:line` of the rule.
    var place: String { "\(file):\(line)" }
}
