import JSON
import LifeEvents
import Testing

@testable import Scenarios

/// Which message a dead letter is about.
@Suite struct DeadLetterTextTests {
    private static let own = EventID.v7(milliseconds: 1_767_225_600_000, ordinal: 1, hash62: 1)

    @Test func `a letter of what agencies could not handle names the message as the run does`() throws {
        let pair = try #require(EventID.outside(source: "/outside/a", id: "1"))
        for id in [Self.own, pair] {
            let named = try JSONTape.reading(#"{"id":"\#(id)","original":"{}"}"#) { DeadLetterText.message($0) }
            #expect(named == id)
        }
    }

    @Test func `what was refused at the door is its writer's, even with the id of a message of the run`() throws {
        let original = #"{\"source\":\"/outside/b\",\"id\":\"\#(Self.own)\"}"#
        let letter = #"{"id":"\#(Self.own)","partition":0,"offset":3,"original":"\#(original)"}"#
        let named = try JSONTape.reading(letter) { DeadLetterText.message($0) }
        #expect(named == EventID.outside(source: "/outside/b", id: "\(Self.own)"))
        #expect(named != Self.own)
        for unread in [#""original":"no event""#, #""original_base64":"/wA=""#] {
            let named = try JSONTape.reading(#"{"id":"\#(Self.own)","partition":0,\#(unread)}"#) {
                DeadLetterText.message($0)
            }
            #expect(named == nil)
        }
    }
}
