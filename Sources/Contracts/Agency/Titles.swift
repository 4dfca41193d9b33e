/// What something is called, in both languages.
public struct Titles: Hashable, Sendable {
    /// In Swedish.
    public let swedish: String
    /// In English.
    public let english: String

    /// Titles; neither is empty.
    public init(swedish: String, english: String) {
        self.swedish = swedish
        self.english = english
    }
}
