import LifeEvents

extension DeregistrationReason {
    /// Why something ends for who is not registered in Sweden any more, after "för att": of who is missing nobody knows that
    /// it is abroad (folkbokföringslagen 20 and 21 §§).
    var sentence: String { self == .emigrated ? "du flyttat utomlands" : "du inte längre är folkbokförd i Sverige" }

    /// The same of a child.
    var childSentence: String {
        self == .emigrated ? "barnet flyttat utomlands" : "barnet inte längre är folkbokfört i Sverige"
    }
}
