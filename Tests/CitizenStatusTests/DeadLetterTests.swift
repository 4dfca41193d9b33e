import CitizenStatus
import LifeEvents
import Testing

/// What the store says of messages that could not be handled.
@Suite struct DeadLetterTests {
    private func letter(_ data: String) throws -> DeadLetterRow {
        let store = try StatusStore.inMemory()
        try store.append(hour: 1) {
            $0.add(id(1), type: "livsbuss.dead-letter.v1", data: data, topic: 2, dead: true)
        }
        return try #require(store.deadLetters().first)
    }

    @Test func `a dead letter's reason, place, headers and original are told`() throws {
        let row = try letter(
            #"{"reason":"not-json","detail":"the value is not JSON","topic":"skatteverket.birth.v1","partition":3,"#
                + #""offset":5000000000,"id":"by-hand","key":"somebody","headers":[{"name":"a","value":"é"},"#
                + #"{"name":"b","value_base64":"AP8="},{"name":"c"},{"value":"d"}],"original_base64":"AAH/"}"#)
        #expect(row.reason == "not-json" && row.detail == "the value is not JSON")
        #expect(row.originalTopic == "skatteverket.birth.v1" && row.partition == 3 && row.offset == 5_000_000_000)
        #expect(row.originalID == "by-hand" && row.originalKey == "somebody")
        #expect(row.headers.map(\.name) == ["a", "b"])
        #expect(row.headers.map(\.value) == [Array("é".utf8), [0, 255]])
        #expect(row.originalBytes == [0, 1, 255])
        #expect(row.message.id == id(1))
    }

    @Test(
        arguments: [
            (#"{"reason":"it broke","topic":"t","original":"{\"a\":1}"}"#, "{\"a\":1}"),
            (#"{"reason":"it broke","original":""}"#, ""), (#"{"reason":"it broke"}"#, nil),
            (#"{"reason":"it broke","original_base64":"?"}"#, nil), (#"{"reason":"it broke","original":7}"#, nil),
        ] as [(String, String?)])
    func `of a dead letter that says less the rest is nil`(data: String, original: String?) throws {
        let row = try letter(data)
        #expect(row.reason == "it broke")
        #expect(row.detail == nil && row.originalID == nil && row.partition == nil && row.offset == nil)
        #expect(row.headers.isEmpty && row.originalBytes == original.map { Array($0.utf8) })
    }
}
