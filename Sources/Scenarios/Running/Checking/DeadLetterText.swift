public import JSON
public import LifeEvents

/// What a dead letter's data says in words.
public enum DeadLetterText {
    /// Why: the sentence of `detail`; where there is none, the kind of `reason`.
    public static func reason(_ data: JSONValue?) -> String {
        data?["detail"]?.string ?? data?["reason"]?.string ?? ""
    }

    /// The message that the letter is about, by the id that the run knows it by: an outsider's by its source and its id
    /// together, for any number of outsiders may count from 1. Nil where the letter does not say.
    public static func message(_ data: JSONValue?) -> EventID? {
        guard let data else { return nil }
        // What agencies could not handle was admitted: it is named as the run names it.
        guard data["partition"] != nil else { return data["id"]?.string.flatMap { EventID(text: $0) } }
        let named = try? JSONTape.reading(data["original"]?.string ?? "") { root in
            root["source"]?.string.flatMap { source in
                root["id"]?.string.flatMap { EventID.outside(source: source, id: $0) }
            }
        }
        return named ?? nil
    }
}
