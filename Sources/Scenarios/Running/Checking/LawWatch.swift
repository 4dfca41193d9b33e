import CitizenStatus
import JSON
import LifeEvents
import Simulation

/// Watches over one world what the law asks of every run, whatever its scenario expects: nothing is decided for or paid to
/// the dead, nor are they told of others, no act for another has an effect without a mandate, no tile tells somebody of a stranger.
///
/// It looks at what agencies make of what they hear. What a scenario says itself is its own affair, and so are outsiders.
struct LawWatch {
    /// A death that registers hold true.
    private struct Death {
        var dead: Subject
        var day: Day
        /// The newest event of its chain.
        var event: EventID
    }

    /// An act for somebody else, filed without a right that registers know, and who has refused it.
    private struct Act {
        var filing: EventID
        var filer: Subject
        var refusedBy: [AgencyID] = []
    }

    /// Two people of whom an authority, or somebody with a mandate, has said that they belong together.
    private struct Pair: Hashable {
        var low: Subject
        var high: Subject

        init(_ one: Subject, _ other: Subject) { (low, high) = one < other ? (one, other) : (other, one) }
    }

    private var deaths: [Death] = []
    private var acts: [Act] = []
    private var mandates = MandateBook()
    private var pairs: Set<Pair> = []
    /// How many people outsiders have said to belong together.
    private var heard = 0

    /// So many people are remembered as belonging together at most: a world is a household and its relatives. Past it the
    /// tiles of further people are not judged.
    private static let mostPairs = 1_000
    /// So many of what is remembered may come from outsiders, so that they cannot fill it: past it no more people belong
    /// together, have a mandate or are dead by what outsiders say. What ends or annuls a fact is followed always.
    private static let mostHeard = 200

    /// Takes what an outsider says. It is not judged, and it loosens nothing: whoever files from outside is not known, so
    /// that a filing, or another word of a citizen, pairs nobody and gives no mandate. What a register outside says is
    /// followed, for agencies act on it: the gate lets it in only for a register that the run does not play itself.
    mutating func hear(_ message: ObservedMessage) {
        guard let data = message.data, data.kind == .object, let source = message.envelope.source,
            source.owner != .citizen, !message.type.has(part: ".filing.")
        else { return }
        follow(message, data, most: Self.mostHeard)
        let known = pairs.count
        note(data, about: message.envelope.subject, atMost: Self.mostHeard - heard)
        heard += pairs.count - known
    }

    /// Takes a message of the journal; what is wrong with it, if anything.
    mutating func see(_ message: ObservedMessage, _ context: WorldContext) -> (Invariant, String)? {
        guard let data = message.data, data.kind == .object else { return nil }
        if message.type == StatusTile.type.name {
            return strangerTile(message, data, context) ?? tileForTheDead(message, data, context)
        }
        follow(message, data)
        let filer = data["filedBy"]?.person
        guard message.type.has(part: ".filing.") else {
            // A mandate that people give for themselves is known to those whom it names.
            if message.envelope.source?.owner != .citizen || message.isOwnMandate(of: filer) {
                note(data, about: message.envelope.subject)
            }
            return forTheDead(message, data, context)
        }
        // An employer files for the firm: that is no act of the person's own, not even where that person is its signatory.
        guard !isEmployers(message, data) else { return nil }
        guard let filer, filer != message.envelope.subject else {
            note(data, about: message.envelope.subject)
            return nil
        }
        if mayAct(filer, for: message.envelope.subject, at: message.envelope.time) {
            note(data, about: message.envelope.subject)
        } else if !isParty(filer, data) {
            acts.append(Act(filing: message.envelope.id, filer: filer))
        }
        return nil
    }

    /// An agency finds that a filing is not whole. It may still tell the one whom it is about that somebody tried.
    mutating func refused(_ id: EventID, by agency: AgencyID) {
        guard let place = acts.firstIndex(where: { $0.filing == id }) else { return }
        acts[place].refusedBy.append(agency)
    }

    /// What is wrong with an agency's handling of a message; nil if nothing.
    func handled(_ id: EventID, by agency: AgencyID, _ rule: String, _ context: WorldContext) -> String? {
        guard !acts.isEmpty, let act = acts.first(where: { $0.filing == id }), !act.refusedBy.contains(agency),
            let entry = context.journal[id]
        else {
            return nil
        }
        return
            "\(agency) ‘\(rule)’ acted on \(context.describe(entry)), filed by \(context.name(act.filer)), of whom "
            + "no register says a right to act for \(context.name(entry.subject))"
    }

    // MARK: - Following

    /// - Parameter most: how many mandates may then be known.
    private mutating func follow(
        _ message: ObservedMessage, _ data: JSONValue, most: Int = MandateBook.mostMandates
    ) {
        let envelope = message.envelope
        // Data that is not of its type is dead-lettered by the gate, and never comes here.
        try? mandates.take(envelope, type: message.type, data, atMost: most)
        guard message.type == LifeEvents.Death.type.name else { return }
        let known = deaths.firstIndex { $0.dead == envelope.subject && $0.event == envelope.previousID }
        switch envelope.change {
        case .annulled: if let known { deaths.remove(at: known) }
        case .ceased: break
        case .corrected, nil:
            guard let day = data["deathDate"]?.day else { return }
            if let known { deaths.remove(at: known) }
            guard deaths.count < most else { return }
            deaths.append(Death(dead: envelope.subject, day: day, event: envelope.id))
        }
    }

    /// Everybody whom data names belongs to the one whom it is about.
    private mutating func note(_ data: JSONValue, about subject: Subject, atMost most: Int = .max) {
        guard pairs.count < Self.mostPairs else { return }
        var count = 0
        eachPerson(in: data) { person in
            guard person != subject, count < most else { return }
            if pairs.insert(Pair(person, subject)).inserted { count += 1 }
        }
    }

    private func eachPerson(in value: JSONValue, _ body: (Subject) -> Void) {
        switch value.kind {
        case .string: if let person = value.person { body(person) }
        case .object: for member in value.members { eachPerson(in: member.value, body) }
        case .array: for element in value.elements { eachPerson(in: element, body) }
        case .number, .bool, .null: return
        }
    }

    // MARK: - Judging

    private func mayAct(_ filer: Subject, for subject: Subject, at instant: Instant) -> Bool {
        // That somebody belongs to a firm, or once did, lets nobody act for it: only a mandate does.
        mandates.mandates(for: subject).contains { $0.holder == filer && $0.mayAct && $0.holds(at: instant) }
            || !mandates.isFirm(subject) && pairs.contains(Pair(filer, subject))
    }

    /// Whether an employer files for itself of an employee: who may do so for the firm is asked of the firm's case, by whom
    /// it is filed to.
    private func isEmployers(_ message: ObservedMessage, _ data: JSONValue) -> Bool {
        message.envelope.source?.owner == .arbetsgivare && data["employer"]?.person != nil
    }

    /// Whether a filing names its filer in another field: then the act is the filer's own.
    private func isParty(_ filer: Subject, _ data: JSONValue) -> Bool {
        data.members.contains { $0.keyString != "filedBy" && $0.value.person == filer }
    }

    private func strangerTile(
        _ message: ObservedMessage, _ data: JSONValue, _ context: WorldContext
    ) -> (Invariant, String)? {
        let holder = message.envelope.subject
        guard let about = data["about"]?.person, about != holder, message.envelope.causationID != nil,
            pairs.count < Self.mostPairs, !pairs.contains(Pair(holder, about)),
            !mandates.mandates(for: about).contains(where: { $0.holder == holder })
        else { return nil }
        return (
            .rightfulTiles,
            "\(context.describe(message.envelope, message.type)) tells of \(context.name(about)), to whom no register "
                + "says a relation or a mandate"
        )
    }

    /// The page of the dead is read by who acts for the estate, of its own affairs and of what it inherits. Of the living nobody
    /// reads there, unless a line that stands is ended or taken back.
    private func tileForTheDead(
        _ message: ObservedMessage, _ data: JSONValue, _ context: WorldContext
    ) -> (Invariant, String)? {
        let holder = message.envelope.subject
        guard !deaths.isEmpty, message.envelope.causationID != nil, let source = message.envelope.source,
            let about = data["about"]?.person, about != holder, !deaths.contains(where: { $0.dead == about }),
            let death = deaths.first(where: { $0.dead == holder }), isTold(death, source, context),
            let code = data["code"]?.string, ![TileCode.stopped, .corrected].map(\.rawValue).contains(code)
        else { return nil }
        return (
            .nothingForTheDead,
            "\(context.describe(message.envelope, message.type)) tells \(context.name(holder)), who died on \(death.day), of "
                + "\(context.name(about)), and \(source) had been told"
        )
    }

    private func forTheDead(
        _ message: ObservedMessage, _ data: JSONValue, _ context: WorldContext
    ) -> (Invariant, String)? {
        guard !deaths.isEmpty, message.envelope.causationID != nil, message.envelope.change == nil,
            let source = message.envelope.source
        else { return nil }
        let what: (word: String, for: [Subject])
        if message.type.hasSuffix(".payment.v1"), data["kind"]?.string == "paid" {
            what = ("is paid to", data["payee"]?.person.map { [$0] } ?? [])
        } else if let outcome = data["outcome"]?.string ?? data["state"]?.string,
            outcome == "granted" || outcome == "partial"
        {
            let payees = data["payees"]?.elements.compactMap { $0["person"]?.person } ?? []
            what = ("is decided for", payees.isEmpty ? [message.envelope.subject] : payees)
        } else {
            return nil
        }
        let dead = what.for.compactMap { person in deaths.first { $0.dead == person } }
        guard let death = dead.first, dead.count == what.for.count, begins(data, after: death.day),
            isTold(death, source, context)
        else { return nil }
        return (
            .nothingForTheDead,
            "\(context.describe(message.envelope, message.type)) \(what.word) \(context.name(death.dead)), who died on "
                + "\(death.day), as \(source) had been told"
        )
    }

    /// Whether what is decided or paid begins after the day, or in a later month.
    private func begins(_ data: JSONValue, after death: Day) -> Bool {
        if let from = data["from"]?.day { return from > death }
        guard let month = data["month"]?.month else { return false }
        return month > Month(of: death)
    }

    private func isTold(_ death: Death, _ agency: AgencyID, _ context: WorldContext) -> Bool {
        guard let entry = context.journal[death.event], let place = context.agencies.firstIndex(of: agency) else {
            return false
        }
        return entry.fate.offered & 1 << UInt64(place) != 0
    }
}

extension JSONValue {
    fileprivate var day: Day? { stringBytes.flatMap { Day(utf8: $0) } }
    fileprivate var month: Month? { stringBytes.flatMap { Month(utf8: $0) } }
}
