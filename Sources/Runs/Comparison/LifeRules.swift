import Contracts
import JSON
import LifeEvents
import Planes

/// What of a life's messages comparisons take down beside what they always do.
struct LifeRules {
    let measures: Measures
    /// The tiles of the page of a death.
    let deathTiles: Set<String>
    /// The types that some form asks for.
    let asked: Set<String>
    /// By type: the deadlines that it begins or ends.
    let deadlines: [String: [(deadline: Int, isStart: Bool)]]

    init(_ measures: Measures, catalogue: Catalogue) {
        self.measures = measures
        deathTiles = Set(catalogue.agencies.flatMap(\.tiles).filter { $0.page == "death" }.map(\.name))
        asked = Set(measures.forms.forms.flatMap(\.facts).compactMap(\.self))
        var deadlines: [String: [(deadline: Int, isStart: Bool)]] = [:]
        for (place, deadline) in measures.deadlines.enumerated() {
            deadlines[deadline.start, default: []].append((place, true))
            for end in deadline.ends { deadlines[end, default: []].append((place, false)) }
        }
        self.deadlines = deadlines
    }
}

extension LifeRecord {
    /// Takes down what forms, deadlines and letters about the dead are counted by.
    mutating func note(_ type: String, _ envelope: EventEnvelope, _ data: JSONValue?, by rules: LifeRules) {
        if rules.asked.contains(type), envelope.change != .annulled {
            let saying = Saying(type: type, subject: envelope.subject)
            if firstSaid[saying] == nil { firstSaid[saying] = envelope.time }
        }
        for (deadline, isStart) in rules.deadlines[type] ?? [] where envelope.change == nil {
            let rule = rules.measures.deadlines[deadline]
            guard !isStart || rule.conditions.allSatisfy({ data?[$0.field]?.string == $0.value }) else { continue }
            marks.append(Mark(deadline: deadline, isStart: isStart, subject: envelope.subject, at: envelope.time))
        }
        if type == Death.type.name {
            switch envelope.change {
            case nil: deaths[envelope.id] = (envelope.subject, envelope.validFrom)
            case .annulled:
                if let previous = envelope.previousID { deaths[previous] = nil }
            default: break
            }
        }
    }

    /// A filing with whom it names and what its form asks.
    func filing(
        _ type: String, _ envelope: EventEnvelope, _ data: JSONValue?, to owner: Owner, by rules: LifeRules
    ) -> Filing {
        var people = [envelope.subject]
        if let data {
            for member in data.members {
                if let subject = member.value.string.flatMap({ Subject(text: $0) }) { people.append(subject) }
            }
        }
        let form = rules.measures.forms.place(type) { data?[$0]?.string }
        return Filing(
            message: envelope.id, owner: owner, by: data?["filedBy"]?.string ?? "\(envelope.subject)",
            at: envelope.time,
            people: people, form: form)
    }
}
