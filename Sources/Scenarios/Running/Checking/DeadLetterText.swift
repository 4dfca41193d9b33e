public import JSON

/// What a dead letter's data says in words.
public enum DeadLetterText {
    /// Why: the sentence of `detail`; where there is none, the kind of `reason`.
    public static func reason(_ data: JSONValue?) -> String {
        data?["detail"]?.string ?? data?["reason"]?.string ?? ""
    }
}
