import AgencyKit
import Contracts
import Foundation
import JSON
import JSONSchema
import LifeEvents
import Testing

@testable import Hosting

/// What programs are asked and answer, held against docs/protocol.
@Suite struct ProgramProtocolTests {
    private static let folder =
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path + "/docs/protocol"

    private static func schema(_ name: String) throws -> CompiledSchema {
        let path = "\(folder)/\(name).schema.json"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let library = try SchemaLibrary([SchemaDocument(uri: path, file: path, bytes: Array(text.utf8))])
        return try #require(library[path])
    }

    private static func failures(of json: String, _ name: String) throws -> [String] {
        let schema = try schema(name)
        return try JSONTape.reading(json) { schema.failures(of: $0).map { "\($0)" } }
    }

    @Test(arguments: ["question", "answer"])
    func `the examples of a schema are as the schema says`(name: String) throws {
        let text = try String(contentsOfFile: "\(Self.folder)/\(name).schema.json", encoding: .utf8)
        let schema = try Self.schema(name)
        try JSONTape.reading(text) { root in
            let examples = try #require(root["examples"])
            #expect(examples.count >= 3)
            for example in examples.elements { #expect(schema.failures(of: example).isEmpty, "\(example.rawBytes)") }
        }
    }

    @Test func `questions are as their schema says`() throws {
        var state = ProgramCase()
        state.text = #"{"k":1}"#
        state.name(.custom(hash: (1, 2)), "decision")
        let timer = TimerRecord(name: "again", due: HostRun.minute(9), setter: .custom(hash: (3, 4)), correlation: nil)
        var question = ProgramQuestion()
        let player = ProgramPlayer(
            owner: .kommun, branch: Branch("forskola"), words: ["true"], folder: "/")
        func about(_ state: ProgramCase, _ timers: [TimerRecord]) -> ProgramQuestion.About {
            ProgramQuestion.About(
                agency: .skatteverket, subject: HostRun.person("Ek"), now: HostRun.minute(1), state: state,
                timers: timers)
        }
        let envelope = EventEnvelope(
            id: .custom(hash: (5, 6)), source: .citizen, subject: HostRun.person("Ek"), time: HostRun.minute(1),
            correlationID: .custom(hash: (1, 2)), change: .corrected, previousID: .custom(hash: (7, 8)))
        var texts = [
            ProgramQuestion.greeting(player, played: [AgencyID("kommun-1780")!], hears: [Word.type]),
            question.timer("again", about(state, [])),
        ]
        // Line breaks in what others wrote must not end the question.
        try JSONTape.reading("{\n \"text\": \"hej\"\n}") { data in
            texts.append(question.event(Word.type, IncomingEvent(envelope, data: data), about(ProgramCase(), [timer])))
            texts.append(question.event(Word.type, IncomingEvent(envelope), about(state, [timer])))
        }
        for text in texts {
            let line = "{\"n\":1," + String(decoding: text, as: UTF8.self)
            #expect(!line.contains("\n"))
            #expect(try Self.failures(of: line, "question") == [])
        }
    }

    @Test(arguments: [
        #"{"n":1,"outcome":"perhaps"}"#, #"{"outcome":"ignored"}"#, #"{"n":1,"outcome":"handled","result":1}"#,
        #"{"n":1,"outcome":"handled","effects":[{"publsh":"x"}]}"#,
        #"{"n":1,"outcome":"handled","effects":[{"timer":"x"}]}"#,
        #"{"n":1,"outcome":"handled","effects":[{"timer":"x","due":{"days":1,"workingDays":2}}]}"#,
        #"{"n":1,"outcome":"handled","effects":[{"tile":"x","code":"U12","text":"y"}]}"#,
        #"{"n":1,"outcome":"handled","effects":[{"cancel":"a b"}]}"#,
    ])
    func `what the host refuses the schema refuses too`(answer: String) throws {
        #expect(try !Self.failures(of: answer, "answer").isEmpty)
    }
}
