import Contracts
import Foundation
import Hosting
import JSON
import LifeEvents
import Testing

@testable import Simulation

/// What an agency may be told of a person with consent alone the bus carries to nobody while there is none.
@Suite struct GateConsentsTests {
    private static let topics: [(name: String, limit: Int)] = [
        ("citizen.consent.v1", 1 << 20), ("citizen.dead-letter.v1", 1 << 20),
        ("forsakringskassan.dead-letter.v1", 1 << 20), ("forsakringskassan.rehabilitation.v1", 1 << 20),
        ("kommun.answer.v1", 1 << 20), ("kommun.dead-letter.v1", 1 << 20),
        ("livsbuss.dead-letter.v1", 1 << 20),
    ]
    /// The shipped contracts.
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Topics").path
    private static let insured = Subject(seed: 1, scenario: "consents", case: "", name: "Ek")
    private static let other = Subject(seed: 1, scenario: "consents", case: "", name: "Alm")

    /// One thread owns it: a gate by the shipped contracts, and the events that a test says.
    private final class Bench {
        let gate: Gate
        private var said = 0

        init(validates: Bool = false) throws {
            let catalogue = try Catalogue(folder: GateConsentsTests.folder)
            let topics = GateConsentsTests.topics
            let access = try catalogue.rights()
            let settings = RunSettings()
            gate = Gate(
                log: ScriptedLog(topics: topics.count), topics: topics,
                schemas: validates ? catalogue.schemas : MessageSchemas(),
                sayings: SayingRights(), protections: TopicProtections(access, topics: topics.map(\.name)),
                places: PlaceNumbers(), askedConsents: TopicConsents(access, topics: topics.map(\.name)),
                settings: settings, effects: settings.effects(on: topics))
            gate.membership.add(
                World(
                    name: "w", correlations: [],
                    persons: [GateConsentsTests.insured, GateConsentsTests.other],
                    agencies: [.skatteverket, .forsakringskassan], until: .latest, script: []), number: 0)
        }

        /// Plays an instant of one event; its id.
        @discardableResult
        func say(
            _ type: String, from source: String, about subject: Subject = GateConsentsTests.insured, _ data: String,
            change: ChangeType? = nil, previous: EventID? = nil, day: Int = 0
        ) throws -> EventID {
            said += 1
            let instant =
                Instant(milliseconds: 1_772_445_600_000) + .minutes(Int64(said)) + .minutes(Int64(day) * 24 * 60)
            let id = EventID.v7(milliseconds: instant.milliseconds, ordinal: 0, hash62: UInt64(said) << 20)
            let chain = change.map {
                #","changetype":"\#($0.rawValue)","previousid":"\#(previous.map { "\($0)" } ?? "")""#
            }
            let value =
                #"{"specversion":"1.0","id":"\#(id)","type":"\#(type)","source":"/agency/\#(source)","#
                + #""subject":"\#(subject)","time":"\#(instant)"\#(chain ?? ""),"data":\#(data)}"#
            var bucket = OutboxBucket()
            let topic = try #require(GateConsentsTests.topics.firstIndex { $0.name == EventType(type).topic })
            Array(value.utf8).withUnsafeBytes { _ = bucket.append(id, Int32(topic), 0, subject, $0) }
            try gate.publish(bucket, at: instant)
            carried = 0
            while let slice = try gate.collect() { carried += slice.messages.count }
            _ = gate.finish()
            return id
        }

        /// How many messages of the last instant were carried.
        private(set) var carried = 0

        func consent(
            recipients: String = #"["region-17","arbetsgivare"]"#, filedBy: Subject = GateConsentsTests.insured,
            scope: String = "rehabilitation", until: String? = nil, more: String = "", change: ChangeType? = nil,
            previous: EventID? = nil
        ) throws -> EventID {
            let end = until.map { #","until":"\#($0)""# } ?? ""
            return try say(
                "citizen.consent.v1", from: "citizen",
                #"{"filedBy":"\#(filedBy)","holder":"forsakringskassan","recipients":\#(recipients),"#
                    + #""scope":"\#(scope)"\#(end)\#(more)}"#,
                change: change, previous: previous)
        }

        /// Whether a meeting may be told to those named.
        func tells(
            _ concerns: String = #"["region-17","arbetsgivare"]"#, state: String = "meeting",
            about subject: Subject = GateConsentsTests.insured, change: ChangeType? = nil, day: Int = 0
        ) throws -> Bool {
            try say(
                "forsakringskassan.rehabilitation.v1", from: "forsakringskassan", about: subject,
                #"{"state":"\#(state)","concerns":\#(concerns)}"#, change: change,
                previous: change.map { _ in EventID.custom(hash: (1, 1)) },
                day: day)
            return carried == 1
        }
    }

    @Test func `who is named is told while a consent of the person holds, and nobody else`() throws {
        let bench = try Bench()
        #expect(try !bench.tells())
        #expect(bench.gate.takeRecord().deadLetters == 1)
        _ = try bench.consent()
        #expect(try bench.tells())
        // One who is not named in it, a person who has not given it, another scope: none.
        #expect(try !bench.tells(#"["region-17","arbetsformedlingen"]"#))
        #expect(try !bench.tells(about: Self.other))
        _ = try bench.consent(recipients: #"["arbetsformedlingen"]"#, scope: "careNeeds")
        #expect(try !bench.tells(#"["arbetsformedlingen"]"#))
        _ = try bench.consent(recipients: #"["arbetsformedlingen"]"#, scope: "jobSeekerHandover")
        #expect(try bench.tells(#"["arbetsformedlingen"]"#))
    }

    @Test func `a consent that breaks its contract is never said, and lets nothing be told`() throws {
        for (more, isSaid) in [("", true), (#","diagnosis":"F32""#, false)] {
            let bench = try Bench(validates: true)
            let given = try bench.consent(more: more)
            #expect(bench.gate.takeRecord().deadLetters == (isSaid ? 0 : 1))
            #expect(try bench.tells() == isSaid)
            guard isSaid else { continue }
            // Nor does one end a consent that holds.
            _ = try bench.consent(more: #","diagnosis":"F32""#, change: .ceased, previous: given)
            #expect(try bench.tells())
            _ = try bench.consent(change: .ceased, previous: given)
            #expect(try !bench.tells())
        }
    }

    @Test func `a consent that is withdrawn, annulled, narrowed or out of date lets nothing more be told`() throws {
        for change in [ChangeType.ceased, .annulled] {
            let bench = try Bench()
            let given = try bench.consent()
            try bench.say("citizen.consent.v1", from: "citizen", "{}", change: change, previous: given)
            #expect(try !bench.tells(), "\(change)")
            // That it has ended is told to those who had been told.
            #expect(try bench.tells(state: "ended"))
            #expect(try bench.tells(change: .annulled))
        }
        let bench = try Bench()
        let given = try bench.consent()
        _ = try bench.consent(recipients: #"["region-17"]"#, change: .corrected, previous: given)
        #expect(try !bench.tells())
        #expect(try bench.tells(#"["region-17"]"#))
        _ = try bench.consent(recipients: #"["arbetsgivare"]"#, until: "2026-03-03")
        #expect(try bench.tells(#"["arbetsgivare"]"#, day: 0))
        #expect(try !bench.tells(#"["arbetsgivare"]"#, day: 2))
    }

    @Test func `somebody else neither narrows nor withdraws it`() throws {
        let bench = try Bench()
        let given = try bench.consent()
        _ = try bench.consent(recipients: "[]", filedBy: Self.other, change: .corrected, previous: given)
        try bench.say(
            "citizen.consent.v1", from: "citizen", #"{"filedBy":"\#(Self.other)"}"#, change: .ceased, previous: given)
        #expect(try bench.tells())
        try bench.say(
            "citizen.consent.v1", from: "citizen", #"{"filedBy":"\#(Self.insured)"}"#, change: .ceased, previous: given)
        #expect(try !bench.tells())
    }

    @Test func `an answer that refuses hands over nothing, and one that answers needs the consent`() throws {
        let bench = try Bench()
        func answers(_ status: String) throws -> Bool {
            try bench.say(
                "kommun.answer.care-assessment.v1", from: "kommun-0180",
                #"{"caseRef":"a","asker":"kommun-1780","status":"\#(status)"}"#)
            return bench.carried == 1
        }
        #expect(try answers("refused"))
        #expect(try !answers("answered"))
        try bench.say(
            "citizen.consent.v1", from: "citizen",
            #"{"filedBy":"\#(Self.insured)","holder":"kommun-0180","recipients":["kommun-1780"],"scope":"careTransfer"}"#
        )
        #expect(try answers("answered"))
    }

    @Test func `consents are kept at a checkpoint, and forgotten with their world`() throws {
        let bench = try Bench()
        let given = try bench.consent(until: "2026-12-31")
        _ = try bench.consent(recipients: #"["kommun-1780"]"#, filedBy: Self.other, scope: "careFee")
        var restored = ConsentBook()
        for (row, value) in bench.gate.consents.changes() {
            let value = try #require(value)
            #expect(value.withUnsafeBytes { restored.restore(row: row, $0) })
            let cut = value.dropLast()
            var broken = ConsentBook()
            #expect(!Array(cut).withUnsafeBytes { broken.restore(row: row, $0) })
        }
        let holder = AgencyID.forsakringskassan
        let region = try #require(AgencyID("region-17"))
        func lets(_ day: String) throws -> Bool {
            restored.lets(
                holder, tell: region, ["rehabilitation"], of: Self.insured, on: try #require(Day(day)))
        }
        #expect(try lets("2026-12-31"))
        #expect(try !lets("2027-01-01"))
        restored.end(given, by: Self.insured, of: Self.insured, world: 0)
        #expect(try !lets("2026-12-31"))
        #expect(bench.gate.consents.changes().isEmpty)
        bench.gate.consents.remove(0)
        #expect(bench.gate.consents.changes().map(\.value) == [nil])
        #expect(try !bench.tells())
    }
}
