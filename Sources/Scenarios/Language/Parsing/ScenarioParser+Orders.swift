import LifeEvents

/// Orders whose messages have times that the file fixes: they hold or not before anything is run.
extension ScenarioParser {
    /// Says so where an order of steps cannot hold, or nothing decides it.
    mutating func checkOrders(_ steps: [Step], _ faults: [ScenarioFault]) {
        // What delays messages is applied in the run only.
        let isDelayed = faults.contains { fault in
            switch fault.kind {
            case .slow, .late, .outage: true
            case .duplicate, .reordered, .corrupt, .broker: false
            }
        }
        guard !isDelayed else { return }
        for step in steps {
            guard case .expect(let expectation) = step.action, case .order(let references) = expectation.kind else {
                continue
            }
            diagnostics.uses = step.uses
            for (left, right) in zip(references, references.dropFirst()) { check(left, right, steps) }
        }
        diagnostics.uses = []
    }

    private mutating func check(_ left: MessageReference, _ right: MessageReference, _ steps: [Step]) {
        guard let first = fixed(left, steps), let second = fixed(right, steps), first.step.value != second.step.value
        else { return }
        if first.instant == second.instant, first.source != second.source {
            diagnostics.add(
                .backInTime,
                "`\(first.step.value)` and `\(second.step.value)` are at one instant and of two publishers, whose order "
                    + "nothing decides", at: second.step.span, hint: "give one a later time")
        } else if first.instant > second.instant || first.instant == second.instant && first.place > second.place {
            diagnostics.add(
                .backInTime, "`\(second.step.value)` comes before `\(first.step.value)`, always", at: second.step.span)
        }
    }

    /// A step of which the file says when it is done.
    private struct FixedStep {
        /// Where the order names it.
        let step: Located<String>
        let instant: Instant
        let source: AgencyID
        let place: Int
    }

    private func fixed(_ reference: MessageReference, _ steps: [Step]) -> FixedStep? {
        guard case .step(let id) = reference, !waits.decides(id.value),
            let place = steps.firstIndex(where: { $0.id.value == id.value }), steps[place].reaction == nil,
            case .publish(let publication) = steps[place].action, let instant = timeline.instant(ofStep: id.value)
        else { return nil }
        return FixedStep(step: id, instant: instant, source: publication.source, place: place)
    }
}
