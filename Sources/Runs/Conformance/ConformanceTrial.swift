import AgencyKit
public import Contracts
public import Hosting
import JSON
public import LifeEvents

/// Tries a program that plays an agency with what the contracts say: the example of each type that it hears, and what may
/// become of it.
public struct ConformanceTrial {
    private let player: ProgramPlayer
    private let agency: AgencyID
    private let catalogue: Catalogue
    private let schemas: [EventType: TypeSchema]
    private let types: [EventType]
    private let access: AccessRights
    private let party: Party
    /// What the clauses have found so far.
    public private(set) var report = ConformanceReport()
    /// All questions that were put, with their answers.
    public private(set) var exchanges: [ProgramTrial.Exchange] = []

    /// When trials begin, unless an example asks for an answer by some day.
    private static let start = Stockholm.instant(Day(number: 20_514), hour: 9)
    /// What is waited for after a fact, days: longer than any time that is promised without a date.
    private static let patience = 60
    /// So many questions are put anew to programs that have just begun.
    private static let mostRestarts = 40
    private static let strangePurpose = Purpose(known: "another-purpose")

    /// A trial of a program.
    /// - Throws: `ContractError` for contracts that cannot be read.
    public init(_ player: ProgramPlayer, agency: AgencyID, catalogue: Catalogue) throws {
        self.player = player
        self.agency = agency
        self.catalogue = catalogue
        let all = try catalogue.typeSchemas()
        schemas = Dictionary(all.map { ($0.type, $0) }) { first, _ in first }
        types = all.map(\.type).sorted()
        access = try catalogue.rights()
        party = player.branch.map { Party(player.owner, $0) } ?? Party(whole: player.owner)
    }

    /// Plays all cases.
    /// - Throws: ``ProgramFailure`` where the program hangs or ends again and again.
    public mutating func run() throws {
        let hears = types.filter { access.reading(of: $0, by: party).isGranted }
        do {
            _ = try ProgramInterview(player, agency: agency, hears: hears)
            report.note(.begins)
        } catch {
            report.note(.begins, "\(error)")
            return
        }
        for type in hears {
            guard let schema = schemas[type] else { continue }
            for example in schema.examples { try play(schema, example) }
        }
        try askAgain(hears)
        try askUnknown(hears)
        for clause in [ConformanceClause.answers, .rights, .schema, .disclosure, .causes] { report.note(clause) }
    }

    // MARK: - Cases

    private mutating func play(_ schema: TypeSchema, _ example: String) throws {
        let isNeed = schema.type.name.split(separator: ".").contains("need")
        try playFact(schema, example, isNeed: isNeed)
        if isNeed { try playStrangeNeed(schema, example) }
        if schema.chain == .fact { try playAnnulment(schema, example) }
    }

    private mutating func playFact(_ schema: TypeSchema, _ example: String, isNeed: Bool) throws {
        let by = try JSONTape.reading(example) { $0["by"]?.string.flatMap { Day($0) } }
        let talk = try Talk(self, example, start: by.map { Stockholm.instant($0.adding(days: -10), hour: 9) })
        let step = try talk.offer(schema.type, example)
        try talk.trial.advance(to: talk.trial.now + .days(Int64(Self.patience)))
        take(talk, [step])
        guard isNeed, talk.isAddressed, step.outcome != nil else { return }
        let answers = talk.trial.said.filter { $0.type.name.split(separator: ".").contains("answer") }
        guard let answer = answers.first else {
            return report.note(.times, "\(schema.type) is not answered within \(Self.patience) days")
        }
        let day = Stockholm.day(of: answer.due)
        report.note(
            .times, by.flatMap { day > $0 ? "\(schema.type) asks for an answer by \($0), and it comes on \(day)" : nil }
        )
    }

    private mutating func playStrangeNeed(_ schema: TypeSchema, _ example: String) throws {
        let talk = try Talk(self, example, start: nil)
        let step = try talk.offer(schema.type, example, purpose: Self.strangePurpose)
        try talk.trial.advance(to: talk.trial.now + .days(Int64(Self.patience)))
        take(talk, [step])
        guard talk.isAddressed, step.outcome != nil else { return }
        let answers = talk.trial.said.filter { $0.type.name.split(separator: ".").contains("answer") }
        if case .notWhole = step.outcome, answers.isEmpty { return report.note(.refusals) }
        guard let answer = answers.first else {
            return report.note(.refusals, "\(schema.type) for another purpose is neither answered nor refused")
        }
        try JSONTape.reading(answer.value) { event in
            guard let data = event["data"], data["status"]?.string == "refused" else {
                return report.note(.refusals, "\(schema.type) for another purpose is answered and not refused")
            }
            let more = data.members.map(\.keyString).filter {
                !["caseRef", "asker", "status", "refusal"].contains($0)
            }
            report.note(
                .refusals,
                more.isEmpty ? nil : "the refusal of \(schema.type) also tells \(more.joined(separator: ", "))")
        }
    }

    private mutating func playAnnulment(_ schema: TypeSchema, _ example: String) throws {
        let talk = try Talk(self, example, start: nil)
        let fact = try talk.offer(schema.type, example)
        guard let id = talk.last else { return }
        try talk.trial.advance(to: talk.trial.now + .days(Int64(Self.patience)))
        let before = talk.trial.said
        let corrected = try talk.offer(schema.type, example, change: .corrected, previous: id)
        let annulled = try talk.offer(
            schema.type, #"{"reasonCode":"wrongPerson"}"#, change: .annulled,
            previous: corrected.outcome == .handled ? talk.last : id)
        try talk.trial.advance(to: talk.trial.now + .days(Int64(Self.patience)))
        take(talk, [fact, corrected, annulled])
        guard fact.outcome == .handled else { return }
        if case .notMine = annulled.outcome {
            return report.note(.annulments, "\(schema.type) is handled, and its annulment is ignored")
        }
        let later = talk.trial.said.dropFirst(before.count)
        for said in before where schemas[said.type]?.chain == .fact {
            let (id, change) = try JSONTape.reading(said.value) { ($0["id"]?.string, $0["changetype"]?.string) }
            guard let id, change == nil else { continue }
            let isTakenBack = try later.contains { later in
                try JSONTape.reading(later.value) { $0["previousid"]?.string == id && $0["changetype"] != nil }
            }
            guard isTakenBack else {
                return report.note(
                    .annulments, "\(said.type) followed from \(schema.type), which is annulled, and is not taken back")
            }
        }
        report.note(.annulments)
    }

    // MARK: - What is said

    private mutating func take(_ talk: Talk, _ steps: [ProgramTrial.Step]) {
        exchanges += talk.trial.exchanges
        for failure in steps.compactMap(\.failure) { note(failure) }
        var ids: Set<String> = []
        // What it has said it hears, and may act on.
        let known = try? talk.trial.said.map { try JSONTape.reading($0.value) { $0["id"]?.string ?? "" } }
        let causes = talk.offered.union(known ?? [])
        for said in talk.trial.said {
            if said.type.topic.hasSuffix(".dead-letter.v1") {
                if let reason = try? JSONTape.reading(said.value, { $0["data"]?["detail"]?.string }) { note(reason) }
                continue
            }
            try? JSONTape.reading(said.value) { judge(said, $0, talk, causes, &ids) }
        }
    }

    /// A dead letter is of the clause that it breaks.
    private mutating func note(_ reason: String) {
        let clause: ConformanceClause =
            if reason.contains("names the cause") {
                .causes
            } else if reason.contains("no manifest has the topic")
                || reason.contains("lets ")
            { .rights } else { .answers }
        report.note(clause, reason)
    }

    private mutating func judge(
        _ said: ProgramTrial.Said, _ event: JSONValue, _ talk: Talk, _ causes: Set<String>, _ ids: inout Set<String>
    ) {
        let isAnnulled = event["changetype"]?.string == ChangeType.annulled.rawValue
        if !(access.writers(of: said.type.topic)?.contains(player.owner) ?? false) {
            report.note(.rights, "no row of \(said.type.topic) lets \(player.owner) write it, and it said \(said.type)")
        } else if schemas[said.type] == nil {
            report.note(.rights, "no contract has the type \(said.type)")
        }
        let id = event["id"]?.string ?? ""
        if !ids.insert(id).inserted { report.note(.causes, "two events have the id \(id)") }
        if let cause = event["causationid"]?.string, !causes.contains(cause) {
            report.note(.causes, "\(said.type) names the cause \(cause), which was not offered")
        }
        guard let data = event["data"], let schema = schemas[said.type] else { return }
        let unknown =
            isAnnulled
            ? []
            : data.members.map(\.keyString).filter { key in
                !schema.fields.contains { $0.name == key }
            }
        if !unknown.isEmpty {
            report.note(.disclosure, "\(said.type) has no room for \(unknown.joined(separator: ", ")), and it tells it")
        } else if let failure = catalogue.schemas.failures(of: data, type: said.type.name, isAnnulled: isAnnulled).first
        {
            report.note(.schema, "\(said.type): \(failure)")
        }
        if let subject = event["subject"]?.string, !talk.people.contains(subject) {
            report.note(.disclosure, "\(said.type) is about \(subject), of whom it was not told")
        }
    }

    // MARK: - Direct questions

    private mutating func askAgain(_ hears: [EventType]) throws {
        var questions: [[UInt8]] = []
        var answers: [[UInt8]] = []
        for exchange in exchanges where !questions.contains(exchange.question) {
            questions.append(exchange.question)
            answers.append(exchange.answer)
        }
        guard !questions.isEmpty else { return }
        let interview = try ProgramInterview(player, agency: agency, hears: hears)
        let together = try interview.askAll(questions)
        report.note(
            .order,
            together.count < questions.count
                ? "of \(questions.count) questions put at once only \(together.count) were answered in their order"
                : nil)
        for (first, again) in zip(answers, together) {
            report.note(
                .chance, first == again ? nil : "asked again, it answers otherwise: \(Self.difference(first, again))")
        }
        for place in questions.indices.prefix(Self.mostRestarts) {
            let fresh = try ProgramInterview(player, agency: agency, hears: hears)
            guard let again = try? fresh.ask(questions[place]) else { continue }
            let isSame = again == answers[place] || report.verdict(.chance) != .held(together.count)
            report.note(
                .restart, isSame ? nil : "begun anew, it answers otherwise: \(Self.difference(answers[place], again))")
        }
    }

    /// Where two answers part, with a little before it.
    private static func difference(_ first: [UInt8], _ second: [UInt8]) -> String {
        let same = zip(first, second).prefix { $0 == $1 }.count
        func part(_ bytes: [UInt8]) -> String {
            String(decoding: bytes[max(0, same - 30)..<min(bytes.count, same + 30)], as: UTF8.self)
        }
        return "…\(part(first))… and …\(part(second))…"
    }

    private mutating func askUnknown(_ hears: [EventType]) throws {
        let subject = Subject(seed: 1, scenario: "conformance", case: "", name: "unknown")
        let question = #"""
            "now":"2026-03-02T08:00:00.000Z","today":"2026-03-02","agency":"\#(agency)","subject":"\#(subject)","case":null,
            """#.filter { $0 != "\n" }
                + #"""
                "event":{"specversion":"1.0","id":"019cad48-2fa0-7000-8f2d-6d0d2f3f2c11","type":"livsbuss.not-known-yet.v9",
                """#.filter { $0 != "\n" }
                + #"""
                "source":"/agency/livsbuss","subject":"\#(subject)","time":"2026-03-02T08:00:00.000Z","data":{"new":[1,{"a":null}]}}}
                """#.filter { $0 != "\n" }
        let interview = try ProgramInterview(player, agency: agency, hears: hears)
        do {
            let answer = try interview.ask(Array(question.utf8))
            let outcome = try JSONTape.reading(answer) { $0["outcome"]?.string }
            report.note(
                .unknown, outcome == "ignored" ? nil : "it answers \(outcome ?? "nothing") to a type that is new to it")
        } catch let failure as ProgramFailure {
            throw failure
        } catch {
            report.note(.unknown, "\(error)")
        }
    }

    /// Notes what the shipped journeys have shown.
    public mutating func note(_ clause: ConformanceClause, _ finding: String?) { report.note(clause, finding) }
}

// MARK: - A talk

extension ConformanceTrial {
    /// Events about one person, offered to a program that has just begun.
    fileprivate final class Talk {
        let trial: ProgramTrial
        private(set) var last: EventID?
        /// The ids of what was offered, and of what the program heard itself say.
        private(set) var offered: Set<String> = []
        /// Everybody of whom it was told.
        private(set) var people: Set<String> = []
        /// Whether the event names the agency, or need not.
        let isAddressed: Bool
        private let subject: Subject
        private let outer: ConformanceTrial
        private var count: UInt64 = 0

        init(_ outer: ConformanceTrial, _ example: String, start: Instant?) throws {
            self.outer = outer
            let (filer, asked) = try JSONTape.reading(example) { data in
                (data["filedBy"]?.string.flatMap { Subject($0) }, data["asked"]?.elements.map { $0.string ?? "" })
            }
            isAddressed = asked?.contains("\(outer.agency)") ?? true
            subject = filer ?? Subject(seed: 1, scenario: "conformance", case: "", name: "person")
            people = ["\(subject)"]
            trial = try ProgramTrial(
                outer.player, agency: outer.agency, types: outer.types, access: outer.access,
                topics: outer.catalogue.runTopics, seed: 1, now: start ?? ConformanceTrial.start)
        }

        func offer(
            _ type: EventType, _ data: String, change: ChangeType? = nil, previous: EventID? = nil,
            purpose: Purpose? = nil
        ) throws -> ProgramTrial.Step {
            count += 1
            note(data)
            let step = try trial.offer { instant in
                let id = EventID.v7(milliseconds: instant.milliseconds, ordinal: 0, hash62: count)
                last = id
                offered.insert("\(id)")
                let envelope = EventEnvelope(
                    id: id, source: source(of: type), subject: subject, time: instant,
                    correlationID: .custom(hash: (7, 7)), change: change, previousID: previous,
                    purpose: purpose ?? ownPurpose(of: type))
                var writer = JSONWriter(capacity: 512)
                envelope.write(type: type, into: &writer) { writer in
                    Array(data.utf8).withUnsafeBytes { writer.raw($0) }
                }
                return (id, type, writer.bytes)
            }
            return step
        }

        /// A person named in the data is one of whom the program was told.
        private func note(_ data: String) {
            for word in data.split(whereSeparator: { !($0.isLetter || $0.isNumber) }) where Subject(word) != nil {
                people.insert(String(word))
            }
        }

        private func source(of type: EventType) -> AgencyID? {
            let writers = outer.access.writers(of: type.topic) ?? []
            if type.owner == outer.player.owner, writers.contains(outer.player.owner) { return outer.agency }
            let owner = writers.first ?? type.owner ?? .livsbuss
            return AgencyID(owner: owner) ?? AgencyID(owner: owner, number: owner.digits == 4 ? 1_780 : 1)
        }

        private func ownPurpose(of type: EventType) -> Purpose? {
            guard type.name.split(separator: ".").contains("need") else { return nil }
            return outer.catalogue.topic(named: type.topic)?.purposes.first.flatMap { Purpose($0) }
        }
    }
}
