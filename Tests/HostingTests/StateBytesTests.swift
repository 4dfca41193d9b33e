import LifeEvents
import Testing

@testable import Hosting

/// Engine state as bytes.
@Suite struct StateBytesTests {
    @Test(arguments: ["pctsppgdpfmqkjgp", "unknown", "x", "éå \u{1F600}", String(repeating: "k", count: 200)])
    func `a key comes back, and one that was made elsewhere has its text with it`(text: String) throws {
        let subject = try #require(Subject(text: text))
        var writer = StateWriter()
        writer.subject(subject)
        writer.number(7)
        // In another process nobody has remembered the text.
        #expect(String(decoding: writer.bytes, as: UTF8.self).contains(text) == subject.isForeign)
        writer.bytes.withUnsafeBytes { bytes in
            var reader = StateReader(bytes)
            let (key, number) = (reader.subject(), reader.number())
            #expect(key == subject && number == 7)
            #expect(reader.isAtEnd)
        }
    }

    @Test(arguments: [Int64.max, Int64.min, -1, 9, 1 << 40])
    func `a length that the bytes do not have is no text and no key`(length: Int64) {
        var writer = StateWriter()
        writer.number(length)
        writer.number(0)
        writer.bytes.withUnsafeBytes { bytes in
            var reader = StateReader(bytes)
            let hasText = reader.text() != nil
            #expect(!hasText)
        }
        writer = StateWriter()
        writer.number(Int64(bitPattern: 15 << 60))
        writer.number(length)
        writer.bytes.withUnsafeBytes { bytes in
            var reader = StateReader(bytes)
            let key = reader.subject()
            #expect(key == nil)
        }
    }
}
