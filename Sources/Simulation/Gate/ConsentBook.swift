import Contracts
import Hosting
import LifeEvents

/// Which consents hold (*samtycke*), world by world, as people have given and withdrawn them.
///
/// Grows with what people of worlds that are played consent to, and forgets those of worlds that have ended.
struct ConsentBook {
    /// One that holds.
    private struct Known {
        /// Its last event.
        var head: EventID
        var consent: Consent
    }

    /// So many hold of one person at once: more than there are agencies to name. Past it the oldest is forgotten, and what it
    /// let be told is refused.
    private static let mostOfOne = 512

    private var known: [Subject: [Known]] = [:]
    private var people = PeopleByWorld()

    /// Takes a consent, or what one has become. Of one that somebody else has given only that one or the person makes
    /// something else.
    mutating func take(
        _ consent: Consent, as id: EventID, insteadOf previous: EventID?, of subject: Subject, world: Int32
    ) {
        var own = known[subject] ?? []
        if let previous {
            guard let place = own.firstIndex(where: { $0.head == previous }),
                [subject, own[place].consent.filedBy].contains(consent.filedBy)
            else { return }
            own.remove(at: place)
        }
        if own.count >= Self.mostOfOne { own.removeFirst() }
        own.append(Known(head: id, consent: consent))
        people.add(subject, world: world)
        known[subject] = own
    }

    /// A consent is withdrawn, or never was.
    /// - Parameter filer: who says so; nil: the event names nobody.
    mutating func end(_ previous: EventID?, by filer: Subject?, of subject: Subject, world: Int32) {
        guard let previous, let own = known[subject] else { return }
        people.add(subject, world: world)
        known[subject] = own.filter { one in
            let mayEnd = filer.map { [subject, one.consent.filedBy].contains($0) } ?? true
            return one.head != previous || !mayEnd
        }
    }

    /// Whether a person lets a holder of facts tell an agency, on a day.
    func lets(_ holder: AgencyID, tell agency: AgencyID, _ scopes: [String], of subject: Subject, on day: Day) -> Bool {
        (known[subject] ?? []).contains { own in
            own.consent.holder == holder && own.consent.recipients.contains(agency)
                && scopes.contains(own.consent.scope.rawValue) && own.consent.until.map { day <= $0 } ?? true
        }
    }

    /// A world has ended.
    mutating func remove(_ world: Int32) {
        for person in people.remove(world) { known[person] = nil }
    }

    // MARK: - Checkpoints

    /// The worlds whose consents have changed since the last call; nil: it has none any more.
    mutating func changes() -> [(row: Int64, value: [UInt8]?)] {
        people.changes { [known] person, writer in Self.write(person, known[person] ?? [], into: &writer) }
    }

    private static func write(_ person: Subject, _ own: [Known], into writer: inout StateWriter) {
        writer.subject(person)
        writer.number(Int64(own.count))
        func text(_ text: String) { Array(text.utf8).withUnsafeBytes { writer.text($0) } }
        for one in own {
            writer.id(one.head)
            writer.subject(one.consent.filedBy)
            text("\(one.consent.holder)")
            writer.number(Int64(one.consent.recipients.count))
            for recipient in one.consent.recipients { text("\(recipient)") }
            text(one.consent.scope.rawValue)
            text(one.consent.until.map { "\($0)" } ?? "")
        }
    }

    /// Takes back the consents of a world; false if the bytes are none.
    mutating func restore(row: Int64, _ value: UnsafeRawBufferPointer) -> Bool {
        guard let world = Int32(exactly: row) else { return false }
        var reader = StateReader(value)
        while !reader.isAtEnd {
            guard let person = reader.subject(), let count = reader.number() else { return false }
            var own: [Known] = []
            for _ in 0..<count {
                guard let one = Self.read(&reader) else { return false }
                own.append(one)
            }
            known[person] = own
            people.restore(person, world: world)
        }
        return true
    }

    private static func read(_ reader: inout StateReader) -> Known? {
        func text() -> String? { reader.text().map { String(decoding: $0, as: UTF8.self) } }
        guard let head = reader.id(), let filer = reader.subject(), let holder = text().flatMap({ AgencyID($0) }),
            let count = reader.number()
        else { return nil }
        var recipients: [AgencyID] = []
        for _ in 0..<count {
            guard let recipient = text().flatMap({ AgencyID($0) }) else { return nil }
            recipients.append(recipient)
        }
        guard let scope = text().flatMap({ ConsentScope(rawValue: $0) }), let until = text() else { return nil }
        let day = Day(until)
        guard until.isEmpty || day != nil else { return nil }
        return Known(
            head: head,
            consent: Consent(filedBy: filer, holder: holder, recipients: recipients, scope: scope, until: day))
    }
}
