import JSON
import Testing

@testable import LifeEvents

/// A record in binary mode becomes the one JSON object that everything else reads.
@Suite struct BinaryModeTests {
    private static func structured(
        _ attributes: [(String, String)], contentType: String? = "application/json", value: String = #"{"a" :1}"#
    ) throws -> String {
        var headers = attributes.map { (name: "ce_\($0.0)", value: Optional(Array($0.1.utf8))) }
        if let contentType {
            headers.append((name: "content-type", value: Array(contentType.utf8)))
        }
        var tape = JSONTape()
        let bytes = try Array(value.utf8).withUnsafeBytes { value in
            try BinaryMode.structured(RecordModes(headers), value: value, tape: &tape)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func `attributes come in one order, the data byte for byte`() throws {
        let text = try Self.structured([
            ("traceparent", "00-1"), ("type", "region.birth-notice.v1"), ("id", "b1"), ("specversion", "1.0"),
            ("source", "urn:clinic"),
        ])
        #expect(
            text == #"{"specversion":"1.0","id":"b1","type":"region.birth-notice.v1","source":"urn:clinic","#
                + #""traceparent":"00-1","data":{"a" :1}}"#)
    }

    @Test func `what an attribute says is escaped`() throws {
        let text = try Self.structured([("specversion", "1.0"), ("id", "a\"},{\u{1}")], value: "")
        #expect(text == #"{"specversion":"1.0","id":"a\"},{\u0001"}"#)
    }

    @Test(
        arguments: [
            ([("specversion", "1.0"), ("id", "1"), ("id", "2")], "application/json", "{}"),
            ([("specversion", "1.0"), ("data", "{}")], "application/json", "{}"),
            ([("specversion", "1.0"), ("Id", "1")], "application/json", "{}"),
            ([("specversion", "1.0"), ("id", "1")], "application/avro", "{}"),
            ([("specversion", "1.0"), ("id", "1")], "application/json", "{\"a\":"),
        ] as [([(String, String)], String, String)])
    func `what is no event is refused`(attributes: [(String, String)], contentType: String, value: String) {
        #expect(throws: EnvelopeError.self) {
            try Self.structured(attributes, contentType: contentType, value: value)
        }
    }
}
