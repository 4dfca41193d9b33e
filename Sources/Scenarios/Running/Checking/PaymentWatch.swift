import JSON
import LifeEvents
import Simulation

/// Watches over one world that payments add up to what the decisions say: what is paid is decided, for the time it is paid
/// for; no time is paid twice on one decision; no more is claimed back than was decided; and no more of a benefit in arrears
/// goes to an agency than it has answered that it paid.
///
/// It looks at what agencies make of what they hear; opening facts are not judged, and they count.
struct PaymentWatch {
    /// A decision that grants something, with the time for which it does.
    private struct Decision {
        var source: AgencyID
        var subject: Subject
        /// What is granted: a benefit, a kind of pension, a service; nil: the decision does not say which.
        var what: String?
        var payees: [Subject]
        var from: Day
        var to: Day
        /// The last day before the decision was ended.
        var formerTo: Day
        /// The newest event of its chain, and the first.
        var event: EventID
        var chain: EventID
        /// When it occurred: a correction that occurred at the same time was wrong from the start.
        var occurred: Instant
        var isEnded = false
    }

    /// Something that was paid.
    private struct Payment {
        var source: AgencyID
        var subject: Subject
        var what: String
        var payee: String
        var from: Day
        var to: Day
        /// How many decisions of the case there were.
        var turn: Int
        /// The instant of it: what is paid at once is one payment in parts.
        var time: Instant
    }

    /// What somebody's case comes to.
    private struct Case {
        var source: AgencyID
        var subject: Subject
        /// Decisions, amounts, claims: what may change what is paid.
        var turns = 0
        /// SEK that are claimed back by decision, by what.
        var claimed: [(what: String, event: EventID, amount: Int64)] = []
        /// SEK that have been claimed back, by what.
        var reclaimed: [(what: String, amount: Int64)] = []
        /// SEK that an agency has answered that it has paid.
        var answered: [(asker: AgencyID, by: AgencyID, amount: Int64)] = []
    }

    private var decisions: [Decision] = []
    private var payments: [Payment] = []
    private var cases: [Case] = []

    /// So much is remembered of one world; past it nothing more is judged.
    private static let most = 4_000
    /// The owners whose decisions on benefits are on the bus, by their contracts' names.
    private static let deciding: Set<Owner> = {
        let names = EventTypes.all.filter { $0.hasSuffix("-decision.v1") && !$0.contains(".internal.") }
        return Set(names.compactMap { Owner(text: $0.prefix { $0 != "." }) })
    }()

    /// Takes a message of the journal; what is wrong with it, if anything.
    mutating func see(_ message: ObservedMessage, _ context: WorldContext) -> String? {
        guard let source = message.envelope.source, let data = message.data, data.kind == .object,
            payments.count + decisions.count < Self.most
        else { return nil }
        let type = message.type
        if type.hasSuffix(".payment.v1") { return judge(message, data, source, context) }
        if type.hasSuffix(".recovery.v1") {
            take(claim: message, data, source)
        } else if type == AssociationGrant.type.name {
            take(clubGrant: message, data, source)
        } else if type.has(part: ".internal.") {
            // Shares and amounts of its own that change what it pays.
            turn(source, message.envelope.subject)
        } else if type.hasSuffix("-decision.v1") || type.hasSuffix(".case-status.v1") {
            take(decision: message, data, source)
        } else if type.has(part: ".answer."), let amount = data["amount"]?.int,
            let asker = data["asker"]?.string.flatMap({ AgencyID($0) })
        {
            let place = casePlace(asker, message.envelope.subject)
            cases[place].answered.append((asker, source, amount))
        }
        return nil
    }

    // MARK: - Decisions

    private mutating func take(decision message: ObservedMessage, _ data: JSONValue, _ source: AgencyID) {
        let envelope = message.envelope
        turn(source, envelope.subject)
        let known = decisions.firstIndex { $0.event == envelope.previousID }
        switch envelope.change {
        case .annulled:
            guard let known else { return }
            guard decisions[known].isEnded else {
                let chain = decisions[known].chain
                decisions.removeAll { $0.chain == chain }
                return
            }
            decisions[known].to = decisions[known].formerTo
            decisions[known].isEnded = false
            decisions[known].event = envelope.id
        case .ceased:
            guard let known, let decision = decision(message, data, source) else { return }
            decisions[known].formerTo = decisions[known].to
            decisions[known].to = decision.isMonthly ? decision.first.lastDay : decision.decision.to
            decisions[known].isEnded = true
            decisions[known].event = envelope.id
        case .corrected, nil:
            guard var new = decision(message, data, source)?.decision else {
                if let known { decisions.remove(at: known) }
                return
            }
            guard let known else { return decisions.append(new) }
            new.chain = decisions[known].chain
            // Later than what it corrects: that held until then.
            if envelope.occurredAt != nil, new.occurred != decisions[known].occurred, new.from > decisions[known].from {
                var past = decisions[known]
                past.to = min(past.to, new.from.adding(days: -1))
                decisions.append(past)
            }
            decisions[known] = new
        }
    }

    /// - Returns: nil: nothing is granted. The first month of what is granted by months, which of an end is the last.
    private func decision(
        _ message: ObservedMessage, _ data: JSONValue, _ source: AgencyID
    ) -> (decision: Decision, isMonthly: Bool, first: Month)? {
        let from: Day
        let to: Day
        var what: String?
        var first = Month(of: .earliest)
        let month = data["month"]?.paidMonth
        if let service = data["service"]?.string {
            // Of aid there is no decision topic: that a month is decided is all that is said.
            guard let month, [CaseState.decided, .executing].map(\.rawValue).contains(data["state"]?.string ?? "")
            else {
                return nil
            }
            (from, to, what) = (month.firstDay, (data["lastMonth"]?.paidMonth ?? month).lastDay, service)
        } else {
            guard let outcome = data["outcome"]?.string, outcome != Outcome.rejected.rawValue else { return nil }
            if let month {
                first = month
                (from, to) = (month.firstDay, data["to"]?.paidMonth?.lastDay ?? .latest)
            } else if let day = data["from"]?.paidDay {
                (from, to) = (day, data["to"]?.paidDay ?? .latest)
            } else {
                return nil
            }
            what = data["benefit"]?.string ?? data["kind"]?.string.flatMap { Self.pension($0) }
        }
        let payees = data["payees"]?.elements.compactMap { $0["person"]?.person } ?? []
        let decision = Decision(
            source: source, subject: message.envelope.subject, what: what, payees: payees, from: from, to: to,
            formerTo: to, event: message.envelope.id, chain: message.envelope.id, occurred: message.envelope.validFrom)
        return (decision, month != nil && data["service"] == nil, first)
    }

    /// The kind of pension that is paid; nil: it is none. A guarantee is paid with the old-age pension.
    private static func pension(_ kind: String) -> String? {
        PensionKind(rawValue: kind).map { $0 == .guarantee ? PensionKind.oldAge.rawValue : $0.rawValue }
    }

    // MARK: - Claims back

    private mutating func take(claim message: ObservedMessage, _ data: JSONValue, _ source: AgencyID) {
        turn(source, message.envelope.subject)
        guard let what = data["benefit"]?.string else { return }
        let place = casePlace(source, message.envelope.subject)
        cases[place].claimed.removeAll { $0.event == message.envelope.previousID }
        guard message.envelope.change != .annulled, data["state"]?.string == RecoveryState.decided.rawValue else {
            return
        }
        cases[place].claimed.append((what, message.envelope.id, data["amount"]?.int ?? 0))
    }

    /// A municipality claims a club's grant back on the topic of the grant itself.
    private mutating func take(clubGrant message: ObservedMessage, _ data: JSONValue, _ source: AgencyID) {
        turn(source, message.envelope.subject)
        guard data["state"]?.string == GrantState.reclaimed.rawValue else { return }
        let place = casePlace(source, message.envelope.subject)
        cases[place].claimed.append(
            (MunicipalBenefit.clubGrant.rawValue, message.envelope.id, data["amount"]?.int ?? 0))
    }

    private mutating func casePlace(_ source: AgencyID, _ subject: Subject) -> Int {
        if let place = cases.firstIndex(where: { $0.source == source && $0.subject == subject }) { return place }
        cases.append(Case(source: source, subject: subject))
        return cases.count - 1
    }

    private mutating func turn(_ source: AgencyID, _ subject: Subject) {
        let place = casePlace(source, subject)
        cases[place].turns += 1
    }

    // MARK: - Payments

    private mutating func judge(
        _ message: ObservedMessage, _ data: JSONValue, _ source: AgencyID, _ context: WorldContext
    ) -> String? {
        let envelope = message.envelope
        guard envelope.change == nil, let what = data["benefit"]?.string, let amount = data["amount"]?.int,
            let payee = data["payee"]?.string
        else { return nil }
        let place = casePlace(source, envelope.subject)
        let words = "\(context.describe(envelope, message.type))"
        if data["kind"]?.string == PaymentKind.reclaimed.rawValue {
            cases[place].turns += 1
            return reclaim(what, amount, place, isOpening: envelope.causationID == nil).map { "\(words) \($0)" }
        }
        guard let (from, to) = Self.period(data) else { return nil }
        let new = Payment(
            source: source, subject: envelope.subject, what: what, payee: payee, from: from, to: to,
            turn: cases[place].turns, time: envelope.time)
        defer { payments.append(new) }
        // What the scenario says itself, and what held before, is its own affair; and so is what needs no decision here.
        let isService = MunicipalService(rawValue: what) != nil
        guard envelope.causationID != nil, isService || Self.deciding.contains(source.owner) else { return nil }
        // A person's own key is no agency, whatever its letters spell.
        if data["payee"]?.person?.isForeign != false, let agency = AgencyID(payee) {
            let known = cases[place].answered.filter { $0.asker == source && $0.by == agency }.map(\.amount).max() ?? 0
            guard amount <= known else {
                // A landlord is paid by the wish of a household, and has paid nothing.
                guard !isService else { return twice(new).map { "\(words) \($0)" } }
                return "\(words) pays \(amount) SEK to \(agency), which has answered \(known)"
            }
        }
        let isDecided = decisions.contains { decision in
            decision.source == source && (decision.what ?? what) == what && decision.from <= to && decision.to >= from
                && (decision.subject == envelope.subject || decision.payees.contains(envelope.subject))
        }
        guard isDecided else { return "\(words) is paid, and no decision that grants it for that time is in force" }
        return twice(new).map { "\(words) \($0)" }
    }

    /// What is wrong where the same time is paid again, to the same payee, and nothing was decided in between.
    private func twice(_ new: Payment) -> String? {
        let former = payments.last {
            $0.source == new.source && $0.subject == new.subject && $0.what == new.what && $0.payee == new.payee
                && $0.from == new.from && $0.to == new.to
        }
        guard let former, former.turn == new.turn, former.time != new.time else { return nil }
        return "is paid a second time, and nothing was decided in between"
    }

    private mutating func reclaim(_ what: String, _ amount: Int64, _ place: Int, isOpening: Bool) -> String? {
        if let known = cases[place].reclaimed.firstIndex(where: { $0.what == what }) {
            cases[place].reclaimed[known].amount += amount
        } else {
            cases[place].reclaimed.append((what, amount))
        }
        guard !isOpening else { return nil }
        let claimed = cases[place].claimed.filter { $0.what == what }.reduce(0) { $0 + $1.amount }
        let reclaimed = cases[place].reclaimed.first { $0.what == what }?.amount ?? 0
        guard reclaimed > claimed else { return nil }
        return "claims \(reclaimed) SEK back in all, and \(claimed) are decided"
    }

    private static func period(_ data: JSONValue) -> (Day, Day)? {
        if let month = data["month"]?.paidMonth { return (month.firstDay, month.lastDay) }
        if let from = data["from"]?.paidDay, let to = data["to"]?.paidDay { return (from, to) }
        guard let from = data["from"]?.paidMonth, let to = data["to"]?.paidMonth else { return nil }
        return (from.firstDay, to.lastDay)
    }
}

extension JSONValue {
    fileprivate var paidDay: Day? { stringBytes.flatMap { Day(utf8: $0) } }
    fileprivate var paidMonth: Month? { stringBytes.flatMap { Month(utf8: $0) } }
}
