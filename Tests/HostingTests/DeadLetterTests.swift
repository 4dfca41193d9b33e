import AgencyKit
import Foundation
import JSON
import LifeEvents
import Testing

@testable import Hosting

/// What a dead letter keeps of the record that it is about.
@Suite struct DeadLetterTests {
    static let envelope = EventEnvelope(
        id: .v7(milliseconds: 60_000, ordinal: 4_095, hash62: 1), source: .livsbuss, subject: HostRun.person("Ek"),
        time: Instant(milliseconds: 60_000))

    private static func data(_ message: [UInt8], _ body: (JSONValue) throws -> Void) throws {
        try JSONTape.reading(String(decoding: message, as: UTF8.self)) { root in try body(try #require(root["data"])) }
    }

    /// The examples of RFC 4648, section 10, and bytes with the two signs that are neither letter nor digit.
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ])
    func `base64 is that of the standard`(text: String, encoded: String) {
        #expect(Base64.text(of: Array(text.utf8)) == encoded)
        #expect(Base64.text(of: [0xFB, 0xFF, 0xFE]) == "+//+")
    }

    @Test(arguments: [
        ([] as [UInt8], "original", ""), (Array("Åsa".utf8), "original", "Åsa"), ([0xC3], "original_base64", "ww=="),
        ([0xED, 0xA0, 0x80], "original_base64", "7aCA"), ([0, 255], "original_base64", "AP8="),
    ])
    func `bytes stand as text, and as base64 where they are none`(bytes: [UInt8], name: String, text: String) throws {
        let letter = DeadLetter(.notAnEvent, "no event", topic: "kommun.word.v1", original: bytes)
        try Self.data(letter.message(Self.envelope, owner: .kommun, limit: 1 << 20)) { data in
            #expect(data[name]?.string == text)
            #expect(data["reason"]?.string == "not-an-event")
            #expect(data["original"] == nil || data["original_base64"] == nil)
        }
    }

    @Test func `a header that does not fit leaves room for those after it, and is named`() throws {
        var letter = DeadLetter(.wrongKey, "another key", topic: "kommun.word.v1", original: nil)
        let large = [UInt8](repeating: 120, count: 40_000)
        letter.keep([.init(name: "a", value: [49]), .init(name: "big", value: large), .init(name: "z", value: [50])])
        #expect(letter.headers.map(\.name) == ["a", "z"])
        #expect(letter.detail == "another key; not kept, for they do not fit: the headers ‘big’ of 40000 bytes")
        var many = DeadLetter(.wrongKey, "another key", topic: "kommun.word.v1", original: nil)
        many.keep((0..<5).map { .init(name: String(repeating: "é", count: 100) + "\($0)", value: large) })
        #expect(many.headers.isEmpty)
        #expect(many.detail.hasSuffix("‘\(String(repeating: "é", count: 32))’ of 40000 bytes and 2 more"))
        #expect(many.detail.utf8.count < 400)
        // 32 KiB in all: the last byte fits, one more does not.
        var full = DeadLetter(.wrongKey, "another key", topic: "kommun.word.v1", original: nil)
        let half = [UInt8](repeating: 120, count: DeadLetter.mostHeaderBytes / 2 - 1)
        full.keep([.init(name: "a", value: half), .init(name: "b", value: half), .init(name: "c", value: nil)])
        #expect(full.headers.map(\.name) == ["a", "b"])
    }

    @Test func `headers keep their order, their doubles and their missing values`() throws {
        var letter = DeadLetter(.wrongKey, "another key", topic: "kommun.word.v1", original: nil)
        letter.place = (3, 17)
        letter.key = [0xFF]
        letter.headers = [
            .init(name: "a", value: Array("1".utf8)), .init(name: "a", value: nil), .init(name: "b", value: [0x80]),
        ]
        try Self.data(letter.message(Self.envelope, owner: .kommun, limit: 1 << 20)) { data in
            #expect(data["partition"]?.int == 3)
            #expect(data["offset"]?.int == 17)
            #expect(data["key_base64"]?.string == "/w==")
            let headers = try #require(data["headers"])
            let lines = (0..<headers.count).map { place in
                let header = headers[place]
                return "\(header?["name"]?.string ?? "?") "
                    + (header?["value"]?.string ?? header?["value_base64"]?.string ?? "-")
            }
            #expect(lines == ["a 1", "a -", "b gA=="])
        }
    }

    /// The largest texts that an outsider can put into a letter.
    static let texts: [(String, DeadLetter)] = {
        func letter(_ change: (inout DeadLetter) -> Void) -> DeadLetter {
            var letter = DeadLetter(.wrongTopic, "it does not belong here", topic: "kommun.word.v1", original: [1])
            change(&letter)
            return letter
        }
        return [
            ("the original", letter { $0.original = Array(repeating: 7, count: 900_000) }),
            (
                "headers",
                letter {
                    $0.headers = [.init(name: "h", value: Array(repeating: 1, count: DeadLetter.mostHeaderBytes))]
                }
            ),
            ("the key", letter { $0.key = Array(repeating: 1, count: DeadLetter.mostHeaderBytes) }),
            ("the sentence", letter { $0.detail = String(repeating: "långt ", count: 100_000) }),
            ("one character", letter { $0.detail = "e" + String(repeating: "\u{301}", count: 400_000) }),
            ("controls", letter { $0.detail = String(repeating: "\u{1}", count: 400_000) }),
            (
                "all of it",
                letter {
                    $0.original = Array(repeating: 7, count: 900_000)
                    $0.key = Array(repeating: 1, count: DeadLetter.mostHeaderBytes)
                    $0.headers = [.init(name: String(repeating: "h", count: 30_000), value: nil)]
                    $0.detail = "x" + String(repeating: "å\u{301}", count: 300_000)
                    $0.id = String(repeating: "\u{2}", count: 599)
                }
            ),
        ]
    }()

    @Test(arguments: texts.indices, [DeadLetter.mostBareBytes, 100_000, 1 << 20])
    func `a letter fits its topic whatever an outsider wrote, and says what it leaves out`(
        index: Int, limit: Int
    ) throws {
        let (name, letter) = Self.texts[index]
        let message = letter.message(Self.envelope, owner: .kommun, limit: limit)
        #expect(message.count <= limit, "\(name)")
        #expect(String(validating: message, as: UTF8.self) != nil)
        try Self.data(message) { data in
            let detail = try #require(data["detail"]?.string)
            #expect(detail.utf8.starts(with: letter.detail.utf8.prefix(490)))
            #expect(data["topic"]?.string == "kommun.word.v1")
        }
    }

    @Test func `what is dropped is dropped in the order of what a reader misses least`() throws {
        var letter = DeadLetter(
            .wrongKey, "another key", topic: "kommun.word.v1", original: Array(repeating: 65, count: 3_000))
        letter.key = Array(repeating: 66, count: 2_000)
        letter.headers = [.init(name: "h", value: Array(repeating: 67, count: 1_000))]
        func left(_ limit: Int) throws -> [String] {
            var names: [String] = []
            try Self.data(letter.message(Self.envelope, owner: .kommun, limit: limit)) { data in
                names = ["original", "headers", "key"].filter { data[$0] != nil }
            }
            return names
        }
        #expect(try left(10_000) == ["original", "headers", "key"])
        #expect(try left(4_500) == ["headers", "key"])
        #expect(try left(2_900) == ["key"])
        #expect(try left(1_000) == [])
    }
}

/// What is said when an adapter's code ends the process.
@Suite struct TrapNoteTests {
    @Test func `a trap in an adapter's code names the message`() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            TrapNote.install()
            TrapNote.enter(.v7(milliseconds: 0x0123_4567_89AB, ordinal: 0xCDE, hash62: 0x0FED_CBA9_8765_4321))
            abort()
        }
        let said = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(
            said.contains(
                "livsbuss: an adapter trapped on the message 01234567-89ab-7cde-8fed-cba987654321; run again with --skip"
            ))
    }

    @Test func `a trap when a timer fell due names the message that set it`() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            TrapNote.install()
            TrapNote.enter(.v7(milliseconds: 1, ordinal: 2, hash62: 3), isTimer: true)
            abort()
        }
        let said = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(
            said.contains(
                "an adapter trapped when a timer fell due that was set by the message 00000000-0001-7002-8000-000000000003"
            ))
    }

    @Test func `each thread has its own note: a trap names the message of the thread that trapped`() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            TrapNote.install()
            let entered = DispatchSemaphore(value: 0)
            Thread.detachNewThread {
                TrapNote.enter(.v7(milliseconds: 1, ordinal: 1, hash62: 1))
                entered.signal()
                Thread.sleep(forTimeInterval: 600)
            }
            entered.wait()
            Thread.detachNewThread {
                TrapNote.enter(.v7(milliseconds: 2, ordinal: 2, hash62: 2))
                abort()
            }
            // Until the other thread ends the process.
            pause()
        }
        let said = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(said.contains("the message 00000000-0002-7002-8000-000000000002"), "\(said)")
        #expect(!said.contains("00000000-0001"))
    }

    @Test func `a trap outside an adapter names no message although another thread is in one`() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            TrapNote.install()
            let entered = DispatchSemaphore(value: 0)
            Thread.detachNewThread {
                TrapNote.enter(.v7(milliseconds: 1, ordinal: 1, hash62: 1))
                entered.signal()
                Thread.sleep(forTimeInterval: 600)
            }
            entered.wait()
            abort()
        }
        let said = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(!said.contains("an adapter trapped"), "\(said)")
    }

    @Test func `a trap anywhere else names no message`() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            TrapNote.install()
            TrapNote.enter(.v7(milliseconds: 1, ordinal: 2, hash62: 3))
            TrapNote.leave()
            abort()
        }
        let said = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(!said.contains("an adapter trapped"))
    }
}
