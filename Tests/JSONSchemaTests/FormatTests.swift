import JSON
import Testing

@testable import JSONSchema

@Suite struct FormatTests {
    @Test(arguments: [
        ("date", "2026-01-31", true), ("date", "2026-02-28", true), ("date", "2026-02-29", false),
        ("date", "2024-02-29", true), ("date", "2000-02-29", true), ("date", "1900-02-29", false),
        ("date", "2100-02-29", false), ("date", "2400-02-29", true), ("date", "0000-02-29", true),
        ("date", "9999-12-31", true), ("date", "2026-04-31", false), ("date", "2026-12-32", false),
        ("date", "2026-00-10", false), ("date", "2026-13-10", false), ("date", "2026-01-00", false),
        ("date", "2026-1-10", false), ("date", "2026-01-1", false), ("date", "20260110", false),
        ("date", "2026-01-10T", false), ("date", " 2026-01-10", false), ("date", "-026-01-10", false),
        ("date", "2026-01-1٣", false), ("date", "2026/01/10", false), ("date", "", false),
        ("date-time", "2026-06-30T12:00:00Z", true), ("date-time", "2026-06-30t12:00:00z", true),
        ("date-time", "2026-06-30T12:00:00.5Z", true), ("date-time", "2026-06-30T12:00:00.123456789+02:00", true),
        ("date-time", "2026-06-30T12:00:00-00:00", true), ("date-time", "2026-06-30T12:00:00", false),
        ("date-time", "2026-06-30T12:00Z", false), ("date-time", "2026-06-30 12:00:00Z", false),
        ("date-time", "2026-06-31T12:00:00Z", false), ("date-time", "2026-06-30T24:00:00Z", false),
        ("date-time", "2026-06-30T12:60:00Z", false), ("date-time", "2026-06-30T12:00:61Z", false),
        ("date-time", "2016-12-31T23:59:60Z", true), ("date-time", "2017-01-01T00:59:60+01:00", true),
        ("date-time", "2016-12-31T15:59:60.9-08:00", true), ("date-time", "2016-12-31T22:59:60Z", false),
        ("date-time", "2016-12-31T23:59:60+01:00", false), ("date-time", "2026-06-30T12:00:00.Z", false),
        ("date-time", "2026-06-30T12:00:00.5", false), ("date-time", "2026-06-30T12:00:00+2:00", false),
        ("date-time", "2026-06-30T12:00:00+24:00", false), ("date-time", "2026-06-30T12:00:00+02:60", false),
        ("date-time", "2026-06-30T12:00:00+0200", false), ("date-time", "2026-06-30T12:00:00Zx", false),
        ("uuid", "2eb8aa08-aa98-11ea-b4aa-73b441d16380", true), ("uuid", "2EB8AA08-AA98-11EA-B4AA-73B441D16380", true),
        ("uuid", "00000000-0000-0000-0000-000000000000", true), ("uuid", "2eb8aa08aa9811eab4aa73b441d16380", false),
        ("uuid", "2eb8aa08-aa98-11ea-b4aa-73b441d1638", false), ("uuid", "2eb8aa08-aa98-11ea-b4aa-73b441d1638g", false),
        ("uuid", "2eb8aa08-aa98-11ea-b4aa73b441d16380-", false), ("uuid", "", false),
        ("uri", "https://example.org/a?b=c#d", true), ("uri", "urn:uuid:1", true), ("uri", "a:", true),
        ("uri", "http://[::1]:80/", true), ("uri", "http://a/%C3%A5", true), ("uri", "tag:a+b-c.d", true),
        ("uri", "/relative", false), ("uri", "example.org", false), ("uri", ":x", false), ("uri", "1a:x", false),
        ("uri", "http://a/å", false), ("uri", "http://a/%C", false), ("uri", "http://a/%zz", false),
        ("uri", "http://a b", false), ("uri", "http://a/[b]", false), ("uri", "http://[::1", false),
        ("uri", "http://[a/b]", false), ("uri", "http://[a?b]", false), ("uri", "http://[a#b]", false),
        ("uri", "http://a#b#c", false), ("uri", "http://a/<b>", false), ("uri", "a/b:c", false), ("uri", "", false),
    ])
    func `a format accepts what its standard says`(format: String, text: String, isValid: Bool) throws {
        let schema = try Sample.schema(#"{"format":"\#(format)"}"#)
        let sentences = try Sample.sentences(schema, "\"\(text)\"")
        #expect(sentences.isEmpty == isValid, "\(sentences)")
    }

    @Test(arguments: ["7", "null", "[]", "{}", "true"])
    func `a format speaks of texts only`(instance: String) throws {
        let schema = try Sample.schema(#"{"format":"date"}"#)
        #expect(try Sample.sentences(schema, instance).isEmpty)
    }

    private static let county = SchemaFormat(name: "county", written: "two digits, as 01") { text in
        text.count == 2 && text.allSatisfy { $0 &- 0x30 < 10 }
    }

    @Test func `a format of one's own is asked, and its way of writing is told`() throws {
        let schema = try Sample.schema(#"{"format":"county"}"#, formats: SchemaFormat.standard + [Self.county])
        #expect(try Sample.sentences(schema, #""01""#).isEmpty)
        #expect(try Sample.sentences(schema, #""Å""#) == ["'Å' is no county; write two digits, as 01"])
        #expect(try Sample.sentences(schema, #""\u0030\u0031""#).isEmpty)
    }

    @Test func `a format that is not known is refused, unless formats are not asserted`() throws {
        let document = SchemaDocument(uri: "a.json", bytes: Array(#"{"format":"contry"}"#.utf8))
        let errors = #expect(throws: SchemaErrors.self) {
            try SchemaLibrary([document], formats: [Self.county, SchemaFormat.standard[0]])
        }
        #expect(errors?.description == "a.json:1:11: the format 'contry' is not known; did you mean county?")
        let schema = try #require(try SchemaLibrary([document], assertsFormats: false)["a.json"])
        #expect(try Sample.sentences(schema, #""anything""#).isEmpty)
    }
}
