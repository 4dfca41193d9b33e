import AgencyKit
public import Hosting
public import LifeEvents
import Scenarios
public import Terminal

/// Why agencies acted on a message, or did not.
public struct Explanation {
    private let log: RunLog
    private let rules: [RiverDescription]

    /// Explanations of a log.
    /// - Parameter rules: all rules of the agencies that the program can play.
    public init(_ log: RunLog, rules: [RiverDescription]) {
        self.log = log
        self.rules = rules
    }

    /// Refuses an agency that there is not: neither in the log nor among those that the program can play.
    /// - Parameter owners: whose agencies the program can play.
    /// - Throws: `QuestionError` with what may be meant.
    public func check(_ agency: AgencyID, owners: [String]) throws(QuestionError) {
        let worlds = log.worlds + [log.outside]
        let named = worlds.flatMap {
            ($0.start?.agencies ?? []) + $0.deliveries.map(\.agency) + $0.messages.map(\.source)
        }
        let played = Set(named).filter { AgencyID($0).map { $0.owner != .citizen } ?? false }.sorted()
        guard !played.contains(agency.description), !owners.contains(agency.owner.description) else { return }
        let near = SpellingGuess.nearest(to: agency.description, among: played + owners)
        // Of an owner with several agencies one of the run is meant.
        let guess = near.map { near in played.first { AgencyID($0)?.owner.description == near } ?? near }
        let hint = guess.map { "; did you mean `\($0)`?" } ?? "; those of the run: \(played.joined(separator: ", "))"
        throw QuestionError(description: "there is no agency `\(agency)`\(hint)")
    }

    /// What became of the messages that a word means, at one agency or at all.
    /// - Throws: `QuestionError` if the word means nothing in the log.
    public func text(
        _ query: MessageQuery, agency: AgencyID?, _ paint: Paint, limit: Int = 20
    ) throws(QuestionError) -> String {
        var text = ""
        var count = 0
        for one in log.worlds + [log.outside] {
            for number in query.messages(in: one) {
                count += 1
                guard count <= limit else { continue }
                if !text.isEmpty { text += "\n" }
                text += explain(one.messages[number], one, agency, paint)
            }
        }
        guard count > 0 else { throw QuestionError(description: query.nothing(in: log)) }
        if count > limit { text += "\n… and \(count - limit) more; name one by its id\n" }
        return text
    }

    private func explain(_ message: Publish, _ one: WorldLog, _ agency: AgencyID?, _ paint: Paint) -> String {
        var text =
            paint(message.label, .bold) + "  \(message.time.toTheMinute)  " + paint(message.id.shown, .dim) + "\n"
        text += "  in \(one.title)"
        if let cause = message.cause, let found = one.messages.first(where: { $0.id == cause }) {
            text += ", caused by \(found.label) at \(found.time.toTheMinute)"
        }
        text += "\n"
        for rejection in one.rejections where rejection.message == message.id {
            text += "  " + paint("dead letter", .red) + " of \(rejection.agency): \(rejection.reason)\n"
        }
        let agencies = agency.map { [$0.description] } ?? heardBy(message, one)
        if agencies.isEmpty { text += "  no agency of the run hears it\n" }
        for name in agencies { text += explain(message, one, at: name, paint) }
        return text
    }

    private func heardBy(_ message: Publish, _ one: WorldLog) -> [String] {
        let own = one.start?.agencies ?? []
        let read = one.deliveries.filter { $0.message == message.id }.map(\.agency)
        let owners = hearing(message).map(\.owner)
        return Set(read + own.filter { name in AgencyID(name).map { owners.contains($0.owner) } ?? false }).sorted()
    }

    private func hearing(_ message: Publish) -> [RiverDescription] {
        let isAnnulment = message.change == ChangeType.annulled.rawValue
        return rules.filter { $0.type.name == message.type && $0.hearsAnnulment == isAnnulment }
    }

    private func explain(_ message: Publish, _ one: WorldLog, at agency: String, _ paint: Paint) -> String {
        var text = "  " + paint(agency, .cyan) + "\n"
        func say(_ line: String) { text += "    \(line)\n" }
        for fault in one.faults where fault.hits(message, at: agency) {
            say(paint("fault", .yellow) + " at \(fault.time.toTheMinute): \(fault.text)")
        }
        let deliveries = one.deliveries.filter { $0.message == message.id && $0.agency == agency }
        for delivery in deliveries {
            switch delivery.outcome {
            case .handled where delivery.river.isEmpty:
                say(paint("acted", .green) + "  (by which rule is in no store, only in a run log)")
            case .handled: say(paint("acted", .green) + "  ‘\(delivery.river)’  " + paint(delivery.place, .dim))
            case .notMine, .notWhole, .denied:
                say(
                    paint("did not act", .yellow) + "  ‘\(delivery.river)’: \(delivery.sentence)  "
                        + paint(delivery.place, .dim))
            }
        }
        if deliveries.isEmpty { say(reasonOfSilence(message, one, agency)) }
        for made in one.messages where made.cause == message.id && made.source == agency {
            say("→ \(made.label)\(made.code.map { " \($0)" } ?? "")  +\(SpanText.text(made.time - message.time))")
        }
        for timer in one.timers where timer.setter == message.id && timer.agency == agency {
            let failure = timer.failure.map { ", which failed: \($0)" } ?? ""
            say("→ timer \(timer.timer)  +\(SpanText.text(timer.time - message.time))\(failure)")
        }
        return text
    }

    /// Why an agency was not even offered a message.
    private func reasonOfSilence(_ message: Publish, _ one: WorldLog, _ agency: String) -> String {
        let agencies = one.start?.agencies ?? []
        if !agencies.isEmpty, !agencies.contains(agency) {
            return "takes no part in \(one.title); its agencies: \(agencies.joined(separator: ", "))"
        }
        if one.rejections.contains(where: { $0.message == message.id && $0.agency == agency }) {
            return "could not handle it: see the dead letter above"
        }
        let owner = AgencyID(agency)?.owner
        let own = hearing(message).filter { $0.owner == owner }
        guard !own.isEmpty else {
            let other = rules.contains { $0.owner == owner && $0.type.name == message.type }
            return "has no rule that hears \(message.change.map { "\($0) " } ?? "")\(message.type)"
                + (other ? ", though one that hears it otherwise" : "")
        }
        let list = own.map { "‘\($0.name)’ (\($0.file):\($0.line))" }.joined(separator: ", ")
        return "was not offered it: by its data it concerns another agency of the same owner; rules: \(list)"
    }
}

extension FaultNote {
    /// Whether the fault was applied to a message at an agency: it names the message, or the agency while it lasted.
    func hits(_ message: Publish, at agency: String) -> Bool {
        if let hit = self.message { return hit == message.id && (target == nil || target == agency) }
        guard target == agency, time <= message.time else { return false }
        return until.map { message.time < $0 } ?? true
    }
}
