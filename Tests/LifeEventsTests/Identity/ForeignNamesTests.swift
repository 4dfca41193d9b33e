import Foundation
import Testing

@testable import LifeEvents

@Suite struct ForeignNamesTests {
    @Test func `a second text with the same hash is refused`() {
        var table = ForeignTable(limit: 10)
        let id = EventID.custom(hash: (1, 2))
        let persons = ["first", "first", "second"].map { table.remember($0, person: 7) }
        let events = ["first", "first", "second"].map { table.remember($0, event: id) }
        #expect(persons == [true, true, false])
        #expect(events == [true, true, false])
        #expect(table.persons == [7: "first"])
    }

    @Test func `beyond the limit a new text is refused, and those remembered are still known`() {
        var table = ForeignTable(limit: 3)
        let (first, second) = (EventID.custom(hash: (1, 2)), EventID.custom(hash: (3, 4)))
        var answers = [table.remember("a", person: 1), table.remember("b", event: first), !table.isFull]
        answers += [table.remember("c", person: 2), table.isFull]
        answers += [!table.remember("d", person: 3), !table.remember("e", event: second)]
        answers += [table.remember("a", person: 1), table.remember("b", event: first)]
        #expect(answers == Array(repeating: true, count: 9))
        #expect(table.persons.count + table.events.count == 3)
        let sentence = EnvelopeError.tooManyNames(attribute: "subject").description
        #expect(sentence.contains("`subject`") && sentence.contains("\(ForeignNames.limit)"))
    }

    @Test func `two spellings of an accented letter are two texts`() {
        let (composed, decomposed) = ("caf\u{E9}", "cafe\u{301}")
        #expect(composed == decomposed)
        var table = ForeignTable(limit: 10)
        let remembered = [composed, decomposed].map { table.remember($0, person: 7) }
        #expect(remembered == [true, false])
        #expect(Subject(text: composed) != Subject(text: decomposed))
    }

    @Test func `what is remembered is listed in order and can be restored`() throws {
        let key = try #require(Subject(text: "an outsider's person"))
        let id = try #require(EventID(text: "an outsider's event"))
        let all = ForeignNames.all()
        #expect(all == all.sorted())
        #expect(all.contains(ForeignNames.Name(use: .person, text: "an outsider's person")))
        #expect(all.contains(ForeignNames.Name(use: .event, text: "an outsider's event")))
        let stored = try JSONDecoder().decode([ForeignNames.Name].self, from: JSONEncoder().encode(all))
        #expect(ForeignNames.restore(stored).isEmpty)
        #expect(Subject(rawValue: key.rawValue) == key)
        #expect(EventID(high: id.high, low: id.low) == id)
        #expect(ForeignNames.restore([ForeignNames.Name(use: .person, text: "")]).count == 1)
    }

    @Test func `many tasks remember the same texts at once`() async {
        let keys = await withTaskGroup(of: [Subject].self) { group in
            for _ in 0..<8 {
                group.addTask { (0..<200).compactMap { Subject(text: "shared \($0)") } }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(keys).count == 1)
        #expect(keys.first?.map(\.description) == (0..<200).map { "shared \($0)" })
    }
}
