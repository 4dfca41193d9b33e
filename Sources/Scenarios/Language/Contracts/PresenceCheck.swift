import LifeEvents
import LinearRegex

/// Finds expectations of what can never come: a `none` of it would hold whatever happens.
///
/// A message can come of an agency that this run plays and that the contracts let say its type, of a step, and of what
/// held before. What an external agency says, and what people file, only steps say.
struct PresenceCheck {
    private let scenario: Scenario
    private let speakers: Speakers
    /// The agencies that act by themselves.
    private let acting: [AgencyID]
    /// The agencies that other programs play.
    private let external: [AgencyID]
    /// What the file itself says: types, who says them, and about whom.
    private let said: [Saying]

    private struct Saying {
        let type: String
        let source: AgencyID
        let subject: String
        let change: ChangeType?
        let data: DataNode
        /// When it is said; nil: before the start, or it is not known.
        let instant: Instant?
    }

    init(_ scenario: Scenario, _ speakers: Speakers) {
        self.scenario = scenario
        self.speakers = speakers
        acting = scenario.agencies.filter { $0.part == .simulated }.map(\.id.value)
        external = scenario.agencies.filter { $0.part == .external }.map(\.id.value)
        let steps = scenario.steps.compactMap { step -> Saying? in
            guard case .publish(let said) = step.action else { return nil }
            // A step that waits for a message, or for a tile, comes when that comes.
            let isKnown = !scenario.waits && step.reaction == nil
            return Saying(
                type: said.type.value, source: said.source, subject: said.subject.value, change: said.change?.kind,
                data: said.data, instant: isKnown ? scenario.timeline.instant(ofStep: step.id.value) : nil)
        }
        let facts = scenario.facts.map { fact in
            Saying(
                type: fact.type.value, source: fact.source, subject: fact.subject.value, change: nil, data: fact.data,
                instant: nil)
        }
        said = facts + steps
    }

    /// Adds what is wrong.
    func check(_ diagnostics: inout DiagnosticList) {
        for step in scenario.steps {
            guard case .expect(let expectation) = step.action else { continue }
            diagnostics.uses = step.uses
            check(expectation, &diagnostics)
        }
        diagnostics.uses = []
        for count in scenario.finalCounts {
            check(count.pattern, isUnwanted: count.count.least == 0, &diagnostics)
        }
        for row in scenario.finalTiles + scenario.finalPages.flatMap(\.rows) + scenario.tilesAsOf.flatMap(\.tiles) {
            checkTile(row.tile, row.agency, isUnwanted: row.code == nil, &diagnostics)
        }
        guard case .some(let letters) = scenario.allowedDeadLetters else { return }
        for letter in letters { check(letter.original, &diagnostics) }
    }

    private func check(_ expectation: Expectation, _ diagnostics: inout DiagnosticList) {
        switch expectation.kind {
        case .message(let pattern):
            check(pattern, &diagnostics)
            checkCause(pattern, of: expectation, &diagnostics)
        case .none(let pattern):
            check(pattern, isUnwanted: true, in: expectation, &diagnostics)
            checkCause(pattern, of: expectation, &diagnostics)
        case .count(let pattern, let count):
            check(pattern, isUnwanted: count.least == 0, in: expectation, &diagnostics)
            checkCause(pattern, of: expectation, &diagnostics)
        case .deadLetter(let letter): check(letter.original, &diagnostics)
        case .anyOrder(let patterns): for pattern in patterns { check(pattern, &diagnostics) }
        case .status(let pattern):
            checkTile(pattern.tile, pattern.agency, isUnwanted: pattern.code == nil, &diagnostics)
        case .order(let references): for pattern in references.compactMap(\.pattern) { check(pattern, &diagnostics) }
        case .latency(let latency):
            for pattern in [latency.to] + [latency.from].compactMap(\.pattern) { check(pattern, &diagnostics) }
        case .refusal(let refusal): check(refusal, expectation, &diagnostics)
        }
    }

    // MARK: - Messages

    /// - Parameter isUnwanted: whether the message must not come. One that must is missed where it cannot, and an
    ///   external agency's comes in a run in which another program plays it.
    private func check(
        _ pattern: MessagePattern, isUnwanted: Bool = false, in expectation: Expectation? = nil,
        _ diagnostics: inout DiagnosticList
    ) {
        let type = pattern.type.value
        let isWritten = isSaid(type, by: pattern.source?.value, about: pattern.subject?.value)
        if isWritten, isUnwanted { checkSteps(pattern, expectation, &diagnostics) }
        if let source = pattern.source, !isWritten { checkPart(source, type, isUnwanted, &diagnostics) }
        if type == StatusTile.type.name, let tile = pattern.tile {
            checkTile(tile, pattern.source, isUnwanted: isUnwanted, &diagnostics)
        }
        guard !isWritten, let owners = speakers.writers(of: type), !owners.contains(.livsbuss) else { return }
        if let source = pattern.source {
            guard (acting + external).contains(source.value), !owners.contains(source.value.owner) else { return }
            diagnostics.add(
                .neverComes, "`\(source.value)` never says \(type)", at: source.span, hint: hint(owners, "says it"))
            return
        }
        guard !acts(owners, isUnwanted) else { return }
        let whom = pattern.subject.map { isSaid(type) ? " for \($0.value)" : "" } ?? ""
        diagnostics.add(
            .neverComes, "nobody who takes part says \(type)\(whom)", at: pattern.type.span,
            hint: hint(owners, "says it"))
    }

    /// Whether the file itself says a type: by somebody, about somebody, where they are named.
    private func isSaid(_ type: String, by source: AgencyID? = nil, about subject: String? = nil) -> Bool {
        said.contains { one in
            one.type == type && (source == nil || one.source == source) && (subject == nil || one.subject == subject)
        }
    }

    /// What nobody says but steps, none of which says it so, never comes.
    private func checkSteps(
        _ pattern: MessagePattern, _ expectation: Expectation?, _ diagnostics: inout DiagnosticList
    ) {
        let type = pattern.type.value
        guard let owners = speakers.writers(of: type), !owners.contains(.livsbuss) else { return }
        let others = pattern.source.map { acting.contains($0.value) } ?? acts(owners, true)
        guard !others, scenario.faults.isEmpty else { return }
        let sayings = said.filter {
            $0.type == type && (pattern.source == nil || $0.source == pattern.source?.value)
                && (pattern.subject == nil || $0.subject == pattern.subject?.value)
        }
        func add(_ message: String, _ span: SourceSpan) {
            diagnostics.add(.neverComes, message, at: span, hint: "only steps say it, and none of them says it so")
        }
        let changed = sayings.filter { pattern.change == nil || $0.change == pattern.change?.value.type }
        if changed.isEmpty, let change = pattern.change {
            return add("no step says \(type) as \(change.value.rawValue)", change.span)
        }
        let alike = changed.filter { saying in pattern.data.map { !$0.excludes(saying.data) } ?? true }
        if alike.isEmpty, let data = pattern.data { return add("no step says \(type) with this data", data.span) }
        guard let expectation, !scenario.waits, let end = scenario.timeline.deadline(of: expectation) else { return }
        let window = scenario.timeline.opening(of: expectation)...max(end, scenario.timeline.opening(of: expectation))
        guard alike.allSatisfy({ $0.instant.map { !window.contains($0) } ?? false }) else { return }
        add("no step says \(type) within this window", pattern.type.span)
    }

    /// Whether an agency of some owners says anything of its own.
    private func acts(_ owners: [Owner], _ isUnwanted: Bool) -> Bool {
        (isUnwanted ? acting : acting + external).contains { owners.contains($0.owner) }
    }

    /// Whether an agency that is named says anything in this scenario.
    private func checkPart(
        _ agency: Located<AgencyID>, _ type: String, _ isUnwanted: Bool, _ diagnostics: inout DiagnosticList
    ) {
        guard agency.value != .livsbuss, !acting.contains(agency.value) else { return }
        switch scenario.agencies.first(where: { $0.id.value == agency.value })?.part {
        case .silent:
            diagnostics.add(
                .neverComes, "`\(agency.value)` is silent, and no step says \(type) for it", at: agency.span)
        case .external where isUnwanted:
            diagnostics.add(
                .neverComes, "`\(agency.value)` is external, and no step says \(type) for it", at: agency.span)
        case .external: break
        case .simulated: break
        case nil where agency.value.owner == .citizen || agency.value == .arbetsgivare:
            diagnostics.add(.neverComes, "no step of `\(agency.value)` says \(type)", at: agency.span)
        case nil:
            let others = scenario.agencies.map(\.id.value.description)
            diagnostics.add(
                .neverComes, "`\(agency.value)` takes no part in this scenario, and no step says \(type) for it",
                at: agency.span,
                hint: diagnostics.guess(agency.value.description, among: others) ?? "add it to given: agencies")
        }
    }

    /// What a step leads to comes after it.
    private func checkCause(
        _ pattern: MessagePattern, of expectation: Expectation, _ diagnostics: inout DiagnosticList
    ) {
        guard !scenario.waits, let cause = pattern.causedBy, let end = scenario.timeline.deadline(of: expectation),
            let instant = scenario.timeline.instant(ofStep: cause.value), instant > end
        else { return }
        diagnostics.add(
            .neverComes, "the window ends before the step `\(cause.value)`, so nothing in it comes of that step",
            at: cause.span)
    }

    private func hint(_ owners: [Owner], _ does: String) -> String {
        let agencies = owners.filter { $0 != .citizen && $0 != .arbetsgivare }
        guard !agencies.isEmpty else { return "only a step can say it" }
        let names = agencies.prefix(3).map(\.description).joined(separator: ", ")
        return agencies.count == 1
            ? "\(names) \(does): add it to given: agencies, or let a step say it"
            : "add one of those that do to given: agencies: \(names)\(agencies.count > 3 ? ", …" : "")"
    }

    // MARK: - Tiles

    private func checkTile(
        _ tile: Located<String>, _ agency: Located<AgencyID>?, isUnwanted: Bool, _ diagnostics: inout DiagnosticList
    ) {
        guard let owners = speakers.setters(of: tile.value) else { return }
        if let agency {
            guard !isSaid(StatusTile.type.name, by: agency.value) else { return }
            checkPart(agency, StatusTile.type.name, isUnwanted, &diagnostics)
            guard !owners.contains(agency.value.owner) else { return }
            diagnostics.add(
                .neverComes, "`\(agency.value)` never sets the tile `\(tile.value)`", at: agency.span,
                hint: owners.count == 1 ? "only \(owners[0]) does" : hint(owners, "sets it"))
            return
        }
        guard !isSaid(StatusTile.type.name), !acts(owners, isUnwanted) else { return }
        diagnostics.add(
            .neverComes, "nobody who takes part sets the tile `\(tile.value)`", at: tile.span,
            hint: hint(owners, "sets it"))
    }

    // MARK: - Refusals

    private func check(_ refusal: RefusalPattern, _ expectation: Expectation, _ diagnostics: inout DiagnosticList) {
        guard let step = scenario.steps.first(where: { $0.id.value == refusal.filing.value }),
            case .publish(let filing) = step.action
        else { return }
        guard acting.contains(refusal.agency) else {
            diagnostics.add(
                .neverComes, "`\(refusal.agency)` is not simulated in this scenario, so it refuses nothing",
                at: refusal.agencySpan ?? refusal.filing.span, hint: "add it to given: agencies")
            return
        }
        guard let reason = refusal.reason,
            scenario.agencies.first(where: { $0.id.value == refusal.agency })?.program == nil,
            let known = speakers.objections(of: refusal.agency.owner, to: filing.type.value),
            !reason.mayBeSentence(of: known)
        else { return }
        diagnostics.add(
            .neverComes, "`\(refusal.agency)` refuses no \(filing.type.value) for this reason", at: reason.span,
            hint: reason.text.flatMap { diagnostics.guess($0, among: known) }
                ?? "its reasons are \(known.map { "“\($0)”" }.joined(separator: ", "))")
    }
}

extension MessagePattern {
    /// The tile that the data of a status tile names.
    fileprivate var tile: Located<String>? {
        guard case .map(let entries) = data?.content,
            let value = entries.first(where: { $0.key.value == "tile" })?.value, let name = value.text
        else { return nil }
        return Located(name, value.span)
    }
}

extension DataNode {
    /// Whether what is said cannot be what is wanted: a value that is written stands there as another, or not at all.
    fileprivate func excludes(_ said: DataNode) -> Bool {
        switch (content, said.content) {
        case (.map(let wanted), .map(let entries)):
            wanted.contains { entry in
                guard let found = entries.first(where: { $0.key.value == entry.key.value })?.value else {
                    return entry.value.isLiteral
                }
                return entry.value.excludes(found)
            }
        case (.text(let one), .text(let other)): one != other
        case (.int(let one), .int(let other)): one != other
        case (.bool(let one), .bool(let other)): one != other
        case (.person(let one), .person(let other)): one != other
        default: false
        }
    }

    private var isLiteral: Bool {
        switch content {
        case .text, .int, .bool, .person: true
        default: false
        }
    }
}

extension MessageReference {
    var pattern: MessagePattern? { if case .message(let pattern) = self { pattern } else { nil } }
}

extension DataNode {
    fileprivate var text: String? { if case .text(let text) = content { text } else { nil } }

    /// Whether some sentence is what is written, or can be by a condition.
    ///
    /// A word alone may be the reason that a decision gives, of which the types' schemas tell.
    fileprivate func mayBeSentence(of known: [String]) -> Bool {
        switch content {
        case .text(let text): !text.contains(" ") || known.contains(text)
        case .match(let matchers): matchers.allSatisfy { $0.mayBeSentence(of: known) }
        default: true
        }
    }
}

extension ValueMatcher {
    fileprivate func mayBeSentence(of known: [String]) -> Bool {
        switch self {
        case .regex(let regex): !regex.value.pattern.contains(" ") || known.contains { regex.value.matchesWhole($0) }
        case .oneOf(let values): values.contains { $0.mayBeSentence(of: known) }
        default: true
        }
    }
}
