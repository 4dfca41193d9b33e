import Contracts
import Hosting
import JSON
import LifeEvents

/// Protected personal data: a rule of the gate, so that no agency can forget it (OSL 22 kap. 1 and 2 §§).
///
/// - What gives away where a protected person is leaves out of every event that others than its owner read, whoever the
///   event is about, if it names the person: fields that the schema marks, and agencies of places wherever they stand.
/// - An event that an agency of a municipality says to others cannot be told without the place: it goes to the owner's dead
///   letters, unless only who keeps the register reads it. So does one that is nothing without what was taken out. What a
///   region says is told: a county is no municipality, and its certificates are what the person lives by.
/// - Whoever is told what concerns them by a place is not told then; a letter in the owner's dead letters says so, and a
///   named function sees to it by hand.
/// - A move of somebody in protected population registration, or a question of financial aid, is not told at all: it goes to
///   the owner's dead letters, where a named function takes it up by hand.
/// - Events that only their owner reads, filings among them, travel whole; journal, logs and observers get them without.
/// - Dead letters about protected people have neither the original nor a sentence that could quote it.
extension Gate {
    private static let dataKey = JSONKey("data")
    private static let typeKey = JSONKey("type")
    private static let sourceKey = JSONKey("source")
    private static let changeKey = JSONKey("changetype")
    private static let subjectKey = JSONKey("subject")

    /// Learns who is protected from the messages of the instant, before any has left. One that breaks a contract is never
    /// said, and changes nothing: it is judged by what it says itself, for what is said of a protected person may lack what
    /// must stand in what is said of others.
    func learnProtection() {
        let lent = bucket
        for entry in lent.entries where protections.say(whoIsProtectedOn: entry.topic) {
            lent.withValue(of: entry) { value in
                guard (try? tape.parse(value)) != nil else { return }
                let before = protected.level(of: entry.subject)
                learnProtection(tape.root, on: entry.topic, of: entry.subject, world: entry.world)
                // Most say nothing of protection, and need not be judged twice.
                guard protected.level(of: entry.subject) != before, breach(value, on: entry.topic) != nil else {
                    return
                }
                protected.set(before?.rawValue, of: entry.subject, world: entry.world)
            }
        }
    }

    /// Learns who is protected from an event that may be said.
    func learnProtection(_ event: JSONValue, on topic: Int32, of subject: Subject, world: Int32) {
        guard let rule = protection(event[Self.typeKey], on: topic), let level = rule.level,
            let data = event[Self.dataKey], let said = data.member(level)
        else { return }
        protected.set(said.string, of: subject, world: world)
    }

    func protection(_ type: JSONValue?, on topic: Int32) -> TypeProtection? {
        guard let name = type?.stringBytes else { return nil }
        return protections.types(on: topic).first { $0.type.count == name.count && $0.type.elementsEqual(name) }
    }

    /// Takes out of the instant's messages what may not be told of protected people.
    func protect() {
        guard !protected.isEmpty else { return }
        var refused: [Bool] = []
        var rewritten: [(place: Int, value: [UInt8])] = []
        let lent = bucket
        for (place, entry) in lent.entries.enumerated() {
            lent.withValue(of: entry) { value in
                guard (try? tape.parse(value)) != nil, tape.root.kind == .object else { return }
                switch treatment(of: tape.root, on: entry.topic) {
                case .none: return
                case .told(let value, let unreached):
                    rewritten.append((place, value))
                    if !unreached.isEmpty {
                        tellByHand(
                            entry,
                            "told without where the person is, so not to \(unreached.map(\.description).joined(separator: ", ")); "
                                + "see to it by hand")
                    }
                case .withheld(let why):
                    if refused.isEmpty { refused = [Bool](repeating: false, count: lent.entries.count) }
                    refused[place] = true
                    tellByHand(entry, "\(why.rawValue); see to it by hand")
                }
            }
        }
        for (place, value) in rewritten { bucket.replace(place, with: value) }
        if !refused.isEmpty { remove(refused) }
    }

    private enum Treatment {
        case none
        case told([UInt8], unreached: [Party])
        case withheld(Withholding)
    }

    /// Why an event is told to nobody.
    private enum Withholding: String {
        case registration = "an event about somebody in protected population registration is told to nobody"
        case source =
            "an event about a person with protected personal data is told to nobody where the agency that says it gives away the municipality"
        case field = "without where a person with protected personal data is, the event says nothing"
    }

    private func treatment(of event: JSONValue, on topic: Int32) -> Treatment {
        if isDeadLetterTopic[Int(topic)] {
            return isLetterAboutProtected(event) ? .told(Concealment.letter(event), unreached: []) : .none
        }
        guard let rule = protection(event[Self.typeKey], on: topic), rule.isReadByOthers else { return .none }
        if rule.isWithheld, level(of: event) == .protected { return .withheld(.registration) }
        guard isAboutProtected(event) else { return .none }
        if protections.isReadByStrangers(rule),
            let speaker = places.source(event[Self.sourceKey]), places.saysMunicipality(speaker)
        {
            return .withheld(.source)
        }
        guard let told = Concealment.event(event, by: rule, places) else { return .none }
        if !told.agencies.isEmpty, !isStillOfItsType(told.value, on: topic) { return .withheld(.field) }
        return .told(told.value, unreached: rule.unreached(without: told.agencies))
    }

    /// Whether an event that an agency was taken out of is still what its type asks for.
    private func isStillOfItsType(_ value: [UInt8], on topic: Int32) -> Bool {
        var tape = JSONTape()
        return value.withUnsafeBytes { value in
            guard (try? tape.parse(value)) != nil, let type = tape.root[Self.typeKey] else { return false }
            return schemas[Int(topic)].complaint(
                about: tape.root[Self.dataKey], type: type,
                isAnnulled: tape.root[Self.changeKey]?.string == ChangeType.annulled.rawValue) == nil
        }
    }

    private func level(of event: JSONValue) -> ProtectionBook.Level? {
        event[Self.subjectKey]?.stringBytes.flatMap { Subject(utf8: $0) }.flatMap { protected.level(of: $0) }
    }

    func isAboutProtected(_ event: JSONValue) -> Bool {
        level(of: event) != nil || event[Self.dataKey].map { protected.names($0) } ?? false
    }

    /// Of bytes that are no text nobody can say whom they are about.
    private func isLetterAboutProtected(_ event: JSONValue) -> Bool {
        // The gate's own letters on protection quote nothing.
        guard let data = event[Self.dataKey], data["reason"]?.string != DeadLetter.Reason.protected.rawValue else {
            return false
        }
        return isAboutProtected(event) || data["original_base64"] != nil
            || data["original"]?.string.map { protected.isNamed(in: $0) } ?? false
    }

    /// A letter that a named function of the owner works from.
    private func tellByHand(_ entry: OutboxEntry, _ sentence: String) {
        var letter = DeadLetter(.protected, sentence, topic: topics[Int(entry.topic)].name, original: nil)
        letter.id = "\(entry.id)"
        keep(letter, topic: entry.topic, cause: entry.id, world: entry.world, subject: entry.subject, causation: nil)
    }

    /// What an event lacks that may be absent for protected people only; nil if nothing. An annulment has no fact's data.
    func lack(of event: JSONValue, _ data: JSONValue?, type: JSONValue, isAnnulled: Bool, on topic: Int32) -> String? {
        guard !isAnnulled, let data, let rule = protection(type, on: topic),
            let name = rule.needed.first(where: { data.member($0) == nil }), !isAboutProtected(event)
        else { return nil }
        return "data: '\(String(decoding: name, as: UTF8.self))' is missing"
    }

    // MARK: - Outsiders

    /// Why an outsider's event may not travel for what it gives away of a protected person; nil if it may.
    func exposure(_ event: JSONValue, on topic: Int32) -> String? {
        guard !protected.isEmpty else { return nil }
        return switch treatment(of: event, on: topic) {
        case .none: nil
        case .told: "the data gives away where a person with protected personal data is"
        case .withheld(let why): why.rawValue
        }
    }

    /// Whether what is said of an outsider's record could quote protected data.
    func mayQuoteProtected(_ held: HeldRecord) -> Bool {
        guard !protected.isEmpty else { return false }
        guard let text = String(validating: held.value, as: UTF8.self) else { return true }
        let key = held.key.map { String(decoding: $0, as: UTF8.self) } ?? ""
        return protected.isNamed(in: text) || protected.isNamed(in: key)
    }
}
