/// The words of a command as it is written on one line: parted by spaces, quotes keep spaces. No shell reads it, so
/// nothing else has a meaning.
public enum CommandWords {
    /// The words; nil where a quote is not closed, or there is no word.
    public static func split(_ text: String) -> [String]? {
        var words: [String] = []
        var word: String?
        var quote: Character?
        for character in text {
            if let open = quote {
                if character == open { quote = nil } else { word = (word ?? "") + String(character) }
            } else if character == "\"" || character == "'" {
                quote = character
                word = word ?? ""
            } else if character == " " || character == "\t" || character == "\n" {
                if let whole = word { words.append(whole) }
                word = nil
            } else {
                word = (word ?? "") + String(character)
            }
        }
        if let whole = word { words.append(whole) }
        guard quote == nil, let first = words.first, !first.isEmpty else { return nil }
        return words
    }
}
