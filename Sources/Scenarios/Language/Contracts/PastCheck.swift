import LifeEvents

/// Finds dates of what has happened that lie in the future: of an opening fact after the start, of what an agency says
/// after the step.
///
/// What people file may say anything: to refuse it is the agency's matter.
struct PastCheck {
    /// The keys of payloads that say when something was done or came about, in every type that has them.
    static let keys: Set = [
        "addressSince", "agreedOn", "answeredAt", "arrivedAt", "birthDate", "bornAt", "certifiedOn", "deathDate",
        "decidedOn", "diedOn", "filedOn", "formedOn", "foundDate", "heldOn", "madeOn", "noticedOn", "permittedOn",
        "registeredFrom", "spouseSince",
    ]

    private let scenario: Scenario

    init(_ scenario: Scenario) { self.scenario = scenario }

    /// Adds what is wrong.
    func check(_ diagnostics: inout DiagnosticList) {
        let start = scenario.start.value
        for fact in scenario.facts {
            if let occurred = fact.occurred, let instant = occurred.resolve(on: scenario.timeline), instant > start {
                diagnostics.add(
                    .backInTime, "what held before the start has occurred after it", at: occurred.span,
                    hint: "correct the date, or let a step say it")
            }
            check(fact.data, notAfter: start, .start, &diagnostics)
        }
        for step in scenario.steps {
            guard case .publish(let publication) = step.action, publication.filing == nil,
                publication.source.owner != .citizen, publication.change?.kind != .annulled,
                let instant = scenario.timeline.instant(ofStep: step.id.value)
            else { continue }
            diagnostics.uses = step.uses
            check(publication.data, notAfter: instant, .step, &diagnostics)
        }
        diagnostics.uses = []
    }

    /// What a date may not lie after.
    private enum Limit: String {
        case start = "the start"
        /// The time of a step is often its day alone: what an agency says of a day may have come about at any hour of it.
        case step = "the step"
    }

    private func check(
        _ data: DataNode, notAfter limit: Instant, _ what: Limit, _ diagnostics: inout DiagnosticList
    ) {
        switch data.content {
        case .map(let entries):
            for entry in entries {
                check(entry.value, notAfter: limit, what, &diagnostics)
                guard Self.keys.contains(entry.key.value), let date = OrderedValue(entry.value, on: scenario.timeline),
                    date.isAfter(limit, byDay: what == .step)
                else { continue }
                diagnostics.add(
                    .backInTime, "`\(entry.key.value)` is in the future: it lies after \(what.rawValue)",
                    at: entry.value.span)
            }
        case .list(let items): for item in items { check(item, notAfter: limit, what, &diagnostics) }
        case .text, .int, .bool, .person, .time, .capture, .match: break
        }
    }
}

extension OrderedValue {
    /// Whether a date lies after the day of an instant, or an instant after it.
    /// - Parameter byDay: whether an instant may lie later on the same day.
    fileprivate func isAfter(_ limit: Instant, byDay: Bool) -> Bool {
        switch self {
        case .day(let day): day > Stockholm.day(of: limit)
        case .instant(let instant):
            instant > limit && !(byDay && Stockholm.day(of: instant) == Stockholm.day(of: limit))
        case .number, .month: false
        }
    }
}
