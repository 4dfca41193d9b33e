import Hosting
import JSON
import LifeEvents
import Testing

@testable import Simulation

/// The letters that the gate itself makes.
@Suite struct GateLetterTests {
    private typealias Bench = GateBench

    @Test func `letters about one message at one instant have ids of their own, and all are published`() throws {
        let bench = Bench()
        let cause = try #require(bench.play(1, [("own", Bench.ek)]).first?.messages.first?.id)
        for reason in ["damaged", "told by hand", "told by hand"] {
            let letter = DeadLetter(.protected, reason, topic: TestNote.type.topic, original: nil)
            bench.gate.keep(
                letter, topic: Bench.note, cause: cause, world: 0, subject: Bench.ek, causation: nil)
        }
        let letters = bench.letters.map(\.id)
        #expect(Set(letters).count == 3)
        // Going on has them, too, so that a fourth is none of them.
        var restored = LetterBox()
        for (row, value) in bench.gate.letters.changes(played: Bench.minute(1)) {
            let value = try #require(value)
            #expect(value.withUnsafeBytes { restored.restore(row: row, $0, played: Bench.minute(1)) })
        }
        #expect(letters.allSatisfy { restored.has($0, bench.gate.nextInstant) })
        #expect(try bench.play(2).flatMap(\.messages).map(\.id).sorted() == letters.sorted())
    }

    @Test func `a letter keeps key, headers and bytes of what an outsider wrote, text or none`() throws {
        let bench = Bench()
        let bytes: [UInt8] = [0xFF, 0x00, 0x7B, 0x22]
        bench.log.store.append(
            bytes, topic: Bench.note, key: [0xC3, 0x28],
            headers: [
                DeadLetter.Header(name: "trace", value: Array("a".utf8)),
                DeadLetter.Header(name: "trace", value: [0xFE]), DeadLetter.Header(name: "none", value: nil),
            ])
        try bench.readOutsiders()
        let letter = try #require(bench.gate.letters.pending.first?.letter)
        try JSONTape.reading(letter.value) { root in
            let data = try #require(root["data"])
            #expect(data["reason"]?.string == "not-an-event")
            #expect(data["original_base64"]?.string == "/wB7Ig==")
            #expect(data["key_base64"]?.string == "wyg=")
            var headers: [String] = []
            for header in try #require(data["headers"]).elements {
                let value = header["value"]?.string ?? header["value_base64"]?.string ?? "nothing"
                headers.append("\(header["name"]?.string ?? "?"): \(value)")
            }
            #expect(headers == ["trace: a", "trace: /g==", "none: nothing"])
        }
    }
}
