import JSON
import LifeEvents
import Testing

/// What a record on a topic is, whoever wrote it.
@Suite struct ReceivedRecordTests {
    typealias Headers = [(String, String?)]

    static let required: [(name: String, json: String)] = [
        ("specversion", #""1.0""#), ("id", #""a""#), ("type", #""region.medical-certificate.v1""#),
        ("source", #""/agency/region-17""#), ("subject", #""person-1""#),
    ]

    /// The structured event with some members other than usual (nil: left out), the rest after them.
    static func event(_ changes: KeyValuePairs<String, String?> = [:], data: String? = #"{"n":1}"#) -> String {
        var members = required.filter { member in !changes.contains { $0.key == member.name } }
            .map { "\"\($0.name)\":\($0.json)" }
        for (name, json) in changes { if let json { members.append("\"\(name)\":\(json)") } }
        if let data { members.append("\"data\":\(data)") }
        return "{\(members.joined(separator: ","))}"
    }

    static let binary: Headers = [
        ("content-type", "application/json"), ("ce_specversion", "1.0"), ("ce_id", "a"),
        ("ce_type", "region.medical-certificate.v1"), ("ce_source", "/agency/region-17"), ("ce_subject", "person-1"),
    ]

    /// The event in structured form, or the sentence of the dead letter.
    static func read(_ value: String?, key: String? = nil, headers: Headers = []) -> Result<String, EnvelopeError> {
        var tape = JSONTape()
        let headers = headers.map { (name: $0.0, value: $0.1.map { Array($0.utf8) }) }
        func buffer(_ text: String?, _ body: (UnsafeRawBufferPointer?) -> Result<String, EnvelopeError>)
            -> Result<String, EnvelopeError>
        {
            guard let text else { return body(nil) }
            return Array(text.utf8).withUnsafeBytes { body($0) }
        }
        return buffer(value) { value in
            buffer(key) { key in
                do throws(EnvelopeError) {
                    switch try ReceivedRecord.read(key: key, headers: headers, value: value, tape: &tape) {
                    case .asItCame: return .success(String(decoding: value!, as: UTF8.self))
                    case .rewritten(let bytes): return .success(String(decoding: bytes, as: UTF8.self))
                    }
                } catch {
                    return .failure(error)
                }
            }
        }
    }

    static func sentence(_ result: Result<String, EnvelopeError>) -> String {
        switch result {
        case .success(let text): "read: \(text)"
        case .failure(let error): "\(error)"
        }
    }

    @Test(arguments: [
        "time", "correlationid", "causationid", "occurredat", "changetype", "previousid", "datacontenttype",
        "dataschema",
        "traceparent",
    ])
    func `an optional attribute that is null is absent`(name: String) throws {
        let text = Self.event([name: "null"])
        #expect(try Self.read(text).get() == text)
        try JSONTape.reading(text) { root in
            let event = try ReadEvent(root)
            #expect(!event.hasTime)
            #expect(event.envelope.correlationID == nil && event.envelope.change == nil)
            #expect(event.envelope.validFrom == event.envelope.time)
        }
    }

    @Test(arguments: required.map(\.name), [nil, "null"])
    func `a required attribute that is null is missing`(name: String, json: String?) {
        #expect(Self.sentence(Self.read(Self.event([name: json]))) == "the attribute `\(name)` is missing")
    }

    @Test(arguments: ["causationid", "previousid"])
    func `the pair of source and id of an outsider is a cause, however long`(name: String) throws {
        let pair = String(repeating: "s", count: 399) + " " + String(repeating: "i", count: 200)
        _ = try Self.read(Self.event([name: "\"\(pair)\""])).get()
    }

    @Test func `data that is null is no data`() throws {
        let hasData = try JSONTape.reading(Self.event(data: "null")) { try ReadEvent($0).data != nil }
        #expect(!hasData)
    }

    @Test(arguments: [
        ("id", #""""#, "an id of 1 to 200 bytes"), ("id", "7", "an id of 1 to 200 bytes"),
        ("id", "\"\(String(repeating: "x", count: 201))\"", "an id of 1 to 200 bytes"),
        ("subject", "\"\(String(repeating: "x", count: 201))\"", "a key of 1 to 200 bytes"),
        ("type", #""Region.medical-certificate.v1""#, "small letters"),
        ("type", #""region.läkarintyg.v1""#, "small letters"),
        ("type", #""region medical""#, "small letters"), ("type", #""""#, "a string"),
        ("type", "\"a\(String(repeating: "b", count: 249))\"", "at most 249"),
        ("source", #""region 17""#, "URI reference"), ("source", #""/agency/%zz""#, "URI reference"),
        ("source", #""/agency/%4""#, "URI reference"), ("source", #""/åland""#, "URI reference"),
        ("source", #""<x>""#, "URI reference"),
        ("source", "\"\(String(repeating: "x", count: 1_001))\"", "URI reference"),
        ("source", "17", "a string"), ("specversion", #""0.3""#, "1.0"), ("time", #""yesterday""#, "RFC 3339"),
        ("traceparent", #"{"a":1}"#, "a string, a number"), ("datacontenttype", "5", "a media type"),
        ("data_base64", #""e30""#, "base64"),
    ])
    func `an attribute of another form is refused by its name`(name: String, json: String, wanted: String) {
        let data = name == "data_base64" ? nil : "{}"
        let sentence = Self.sentence(Self.read(Self.event([name: json], data: data)))
        #expect(sentence.hasPrefix("the attribute `\(name)` is not "), "\(sentence)")
        #expect(sentence.contains(wanted), "\(sentence)")
    }

    @Test(arguments: [
        "urn:uuid:6e8bc430-9c3a-11d9-9669-0800200c9a66", "https://example.org/a?b=c#d", "mailto:a@example.org",
        "../x", "/%C3%A5land", "kcat",
    ])
    func `any URI reference is a source`(source: String) throws {
        _ = try Self.read(Self.event(["source": "\"\(source)\""])).get()
    }

    @Test(arguments: ["correlationId", "trace_parent", "", "å", String(repeating: "x", count: 41)])
    func `an attribute has a name of small letters and digits, in either mode`(name: String) {
        let wanted = "`\(name)` is no name of an attribute"
        #expect(Self.sentence(Self.read(Self.event([name: #""x""#]))).hasPrefix(wanted))
        let headers = Self.binary + [("ce_\(name)", "x")]
        #expect(Self.sentence(Self.read("{}", headers: headers)).hasPrefix(wanted))
    }

    @Test(arguments: [
        (#"{"n":1}"#, "eyJuIjoxfQ=="), ("[1, 2]", "WzEsIDJd"), (#""å""#, "IsOlIg=="), ("12", "MTI="),
    ])
    func `data in base64 is the data that its bytes are`(data: String, base64: String) throws {
        let text = Self.event(["time": "null", "data_base64": "\"\(base64)\""], data: nil)
        #expect(try Self.read(text).get() == Self.event(["time": "null"], data: data))
    }

    @Test(
        arguments: [
            (#""eyJuIjoxfR==""#, nil, "base64"), (#""eyJ1\n""#, nil, "base64"),
            (#""bm8gSlNPTg==""#, nil, "is not JSON"),
            ("5", nil, "base64"), (#""e30=""#, "{}", "stands twice"),
        ] as [(String, String?, String)])
    func `base64 that is none, or no JSON, or beside data, is refused`(json: String, data: String?, wanted: String) {
        let sentence = Self.sentence(Self.read(Self.event(["data_base64": json], data: data)))
        #expect(sentence.contains(wanted), "\(sentence)")
    }

    @Test(arguments: [
        ("application/json", true), ("application/json; charset=utf-8", true), ("application/vnd.se+json", true),
        ("Application/JSON", true), ("text/plain", false), ("application/xml", false), ("application/jsonx", false),
    ])
    func `the data is JSON, or the event is refused with its type`(type: String, isRead: Bool) {
        let structured = Self.read(Self.event(["datacontenttype": "\"\(type)\""]))
        var headers = Self.binary
        headers[0] = ("content-type", type)
        for result in [structured, Self.read("{}", headers: headers)] {
            let said = Self.sentence(result)
            #expect(
                isRead ? said.hasPrefix("read: ") : said == "the data is \(type), but the schemas here describe JSON")
        }
    }

    @Test func `binary mode is the same event`() throws {
        let data = #"{"n": 1}"#
        #expect(try Self.read(data, key: "person-1", headers: Self.binary).get() == Self.event(data: data))
        // A tool that knows no content type, and one that writes a header for what is absent.
        let headers = Self.binary.dropFirst() + [("ce_time", nil)]
        #expect(try Self.read(data, headers: Array(headers)).get() == Self.event(data: data))
        #expect(try Self.read(nil, headers: Self.binary).get() == Self.event(data: nil))
    }

    @Test(
        arguments: [
            ([("content-type", "application/cloudevents+json; charset=UTF-8"), ("ce_id", "other")], true),
            ([("content-type", "application/json"), ("ce_id", "other")], true), ([("trace", "x")], true),
            ([("ce_specversion", "1.0")], false), ([("content-type", "text/plain"), ("ce_specversion", "1.0")], false),
            ([("content-type", "application/cloudevents+avro")], false),
            ([("content-type", "application/cloudevents-batch+json")], true),
        ] as [(Headers, Bool)])
    func `headers decide the mode, not what the value looks like`(headers: Headers, isStructured: Bool) {
        let result = Self.sentence(Self.read(Self.event(), headers: headers))
        #expect(result.hasPrefix("read: ") == isStructured, "\(result)")
        // What is announced as an event and is none is not tried in another mode.
        #expect(!Self.sentence(Self.read("no JSON", headers: headers)).hasPrefix("read: "))
    }

    @Test func `a header that stands twice or is no text is refused`() {
        let twice = Self.binary + [("ce_id", "b")]
        #expect(Self.sentence(Self.read("{}", headers: twice)) == "the attribute `id` stands twice")
        var tape = JSONTape()
        let error = #expect(throws: EnvelopeError.self) {
            _ = try ReceivedRecord.read(key: nil, headers: [(name: "ce_id", value: [0xff])], value: nil, tape: &tape)
        }
        #expect(error.map { "\($0)" } == "the attribute `id` is not text in UTF-8")
    }

    @Test(arguments: [nil, "person-1", "person-2", "", String(repeating: "x", count: 300)])
    func `the key is the subject or absent, in either mode`(key: String?) {
        let base64 = Self.event(["data_base64": #""e30=""#], data: nil)
        let all = [
            Self.read(Self.event(), key: key), Self.read("{}", key: key, headers: Self.binary),
            Self.read(base64, key: key),
        ]
        for result in all.map(Self.sentence) {
            #expect(
                key == nil || key == "person-1"
                    ? result.hasPrefix("read: ") : result == "the record's key is not its subject")
        }
    }

    @Test(arguments: [(nil, "no value"), ("", "no value"), ("[]", "not an object"), ("hello", "is not JSON")])
    func `what is no event says what it is`(value: String?, wanted: String) {
        #expect(Self.sentence(Self.read(value)).contains(wanted))
    }
}
