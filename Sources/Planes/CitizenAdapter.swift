public import AgencyKit
import Contracts
public import LifeEvents

/// People, as a plane plays them: they carry what no channel brings, forget it, err, and ask what became of their cases.
///
/// All is drawn when an errand or a tile comes, from streams that are the same in every plane; the case keeps what is to
/// be done, and one timer does it.
public struct CitizenAdapter: Agency {
    /// What one person, or those around her, have to do.
    public struct Case: AgencyCase {
        var acts: [Act] = []
        /// The steps that were planned.
        var intended: [String] = []
        /// What is to be filed, by step.
        var filings: [Filing] = []
        /// Nothing to do.
        public init() {}
    }

    /// One filing to come.
    struct Filing: Codable, Sendable {
        var at: Int64
        var step: String
        var cause: Cause
    }

    /// One contact to come.
    struct Act: Codable, Sendable {
        var at: Int64
        var carrier: ContactCarrier
        var to: AgencyID
        var branch: String?
        var way: ContactWay
        var why: ContactMotive
        var message: String?
        var outcome: ContactResult
        var cause: Cause
        /// The row of the page that is asked about.
        var tile: String?
    }

    /// The one timer.
    public enum Timer: String, CaseIterable, Sendable {
        /// The earliest of what is to be done.
        case act
    }

    /// People have no agency of their own.
    public static var owner: Owner { .citizen }
    private let plane: Plane
    let intentions: [Subject: [Intention]]

    /// The people of a plane.
    /// - Parameter intentions: what they mean to do when they see a tile.
    public init(_ plane: Plane, intending intentions: [Intention] = []) {
        self.plane = plane
        self.intentions = Dictionary(grouping: intentions, by: \.holder)
    }

    /// What they must carry, and what they see.
    public var rivers: [River<Self>] {
        [
            River("carry what no channel brings", hears: Errand.self) { [self] state, event, effects in
                plan(event, &state, effects)
                set(&state, &effects)
            },
            River("wait for what a tile promises", hears: StatusTile.self) { [self] state, event, effects in
                answer(event, &state, effects)
                watch(event, &state, effects)
                set(&state, &effects)
            },
        ]
    }

    func set(_ state: inout Case, _ effects: inout Effects<Timer>) {
        guard let next = (state.acts.map(\.at) + state.filings.map(\.at)).min() else {
            return effects.cancelTimer(.act)
        }
        effects.setTimer(.act, at: Instant(milliseconds: next))
    }

    // MARK: - Errands

    private func plan(
        _ event: Event<Errand>, _ state: inout Case, _ effects: Effects<Timer>
    ) {
        let errand = event.data
        guard errand.told != true else {
            return state.acts.removeAll {
                $0.message == errand.message && $0.to == errand.to && $0.branch == errand.branch
            }
        }
        guard let branch = Branch(text: errand.branch),
            let rule = plane.errand(errand.type, to: Party(errand.to.owner, branch), of: errand.to)
        else { return }
        let occasion = Occasion(
            correlation: event.envelope.correlationID, subject: event.subject, type: errand.type,
            change: errand.change.flatMap { ChangeType(rawValue: $0) }, occurredAt: event.envelope.occurredAt)
        let (seed, people) = (effects.seed, plane.people)
        func stream(_ parameter: String) -> RandomStream {
            RandomStream(
                seed: seed, agency: errand.to, subject: event.subject,
                purpose: "\(branch)/citizen/\(parameter)", occasion: occasion)
        }
        func draw(_ spread: Spread, _ parameter: String) -> Int {
            var stream = stream(parameter)
            return spread.draw(&stream)
        }
        func happens(_ chance: Double, _ parameter: String) -> Bool {
            var stream = stream(parameter)
            return stream.unit() < chance
        }
        var way = ContactWay(rawValue: rule.way.rawValue) ?? .form
        if way == .eService, !plane.has("eId", people.eID, event.subject, seed: seed) { way = .form }
        func add(_ day: Day, _ why: ContactMotive, _ outcome: ContactResult) {
            var act = Act(
                at: time(of: way, on: day, after: effects.next).milliseconds,
                carrier: ContactCarrier(rawValue: rule.carrier.rawValue) ?? .subject, to: errand.to,
                branch: errand.branch, way: way, why: why, message: errand.message, outcome: outcome,
                cause: effects.cause, tile: nil)
            state.acts.append(act)
            guard rule.carrier == .both, why != .calledUp else { return }
            // The other acts for herself; what both have told is told.
            act.at += 60_000
            state.acts.append(act)
        }
        let today = effects.today
        let found = !people.hasBehaviour || happens(rule.finds, "finds") && !happens(rule.forgets, "forgets")
        guard found else {
            return add(today.adding(days: draw(rule.discover, "discover")), .calledUp, .whole)
        }
        let day = today.adding(days: draw(rule.learns, "learns") + draw(rule.delay, "delay"))
        let incomplete = rule.incomplete < 0 ? people.incomplete : rule.incomplete
        let wrong = rule.wrong < 0 ? people.wrong : rule.wrong
        if people.hasBehaviour, happens(incomplete, "f1") {
            add(day, .tell, .incomplete)
            add(day.adding(days: max(1, draw(rule.answers, "answers"))), .answer, .whole)
        } else if people.hasBehaviour, happens(wrong, "f2") {
            add(day, .tell, .wrong)
            add(day.adding(days: max(1, draw(rule.discover, "discover"))), .correct, .whole)
        } else {
            add(day, .tell, .whole)
        }
    }

    /// At a desk and on the phone people are in office hours, else in the evening.
    private func time(of way: ContactWay, on day: Day, after earliest: Instant) -> Instant {
        switch way {
        case .phone, .visit:
            let first = PeopleRule.officeHour.on(Office.open(day))
            return first >= earliest ? first : PeopleRule.officeHour.on(Office.after(1, day))
        case .eService, .form, .letter:
            let first = PeopleRule.evening.on(day)
            return first >= earliest ? first : PeopleRule.evening.on(day.adding(days: 1))
        }
    }

    // MARK: - Answering

    /// A step that answers a tile is done at its time, and not before the tile is seen: then at the same time of the day.
    private func answer(_ event: Event<StatusTile>, _ state: inout Case, _ effects: Effects<Timer>) {
        let tile = event.data
        for intention in intentions[event.subject] ?? []
        where intention.tile == tile.tile.rawValue && intention.code == tile.code.rawValue
            && intention.agency.map({ $0 == event.source }) ?? true && !state.intended.contains(intention.step)
        {
            guard
                let seen = plane.seen(
                    intention.tile, code: intention.code, from: event.source, by: event.subject,
                    in: event.envelope.correlationID, at: effects.now, seed: effects.seed)
            else { continue }
            let planned = Stockholm.local(intention.at)
            var due = max(intention.at, effects.next)
            if seen > intention.at {
                let clock = TimeOfDay(planned.hour, planned.minute)
                let day = Stockholm.day(of: seen)
                due = max(effects.next, clock.on(day) >= seen ? clock.on(day) : clock.on(day.adding(days: 1)))
            }
            state.intended.append(intention.step)
            state.filings.append(Filing(at: due.milliseconds, step: intention.step, cause: effects.cause))
        }
    }

    // MARK: - Asking

    /// A tile that still waits is asked about when patience is over or its date has passed, unless a later one is seen
    /// before.
    private func watch(_ event: Event<StatusTile>, _ state: inout Case, _ effects: Effects<Timer>) {
        let (people, tile) = (plane.people, event.data)
        guard people.hasBehaviour, let agency = event.source else { return }
        let chase =
            people.chaseJoined.flatMap { plane.joining.has(agency, on: effects.today) ? $0 : nil } ?? people.chase
        guard chase > 0 else { return }
        let row = "\(tile.tile.rawValue) \(agency) \(tile.about.map { "\($0)" } ?? "")"
        let journey = event.envelope.correlationID
        guard
            let seen = plane.seen(
                tile.tile.rawValue, code: tile.code.rawValue, from: agency, by: event.subject, in: journey,
                at: effects.now, seed: effects.seed)
        else { return }
        state.acts.removeAll { $0.tile == row && $0.at >= seen.milliseconds }
        guard [.received, .awaitingCitizen, .investigating, .awaitingAgency].contains(tile.code) else { return }
        func stream(_ parameter: String) -> RandomStream {
            RandomStream(
                seed: effects.seed, agency: agency, subject: event.subject, purpose: "citizen/chase/\(parameter)",
                occasion: Occasion(
                    correlation: journey, subject: event.subject, type: "\(row) \(tile.code.rawValue)", change: nil,
                    occurredAt: nil))
        }
        var (asks, waits) = (stream("chase"), stream("patience"))
        guard asks.unit() < chase else { return }
        let patience = people.patience.draw(&waits)
        var day = Stockholm.day(of: seen).adding(days: max(1, patience))
        if let promised = tile.expectedDate?.adding(days: 1), promised < day { day = promised }
        state.acts.append(
            Act(
                at: time(of: .phone, on: day, after: max(seen, effects.next)).milliseconds, carrier: .subject,
                to: agency, branch: nil, way: .phone, why: .chase, message: nil, outcome: .whole, cause: effects.cause,
                tile: row))
    }
}
