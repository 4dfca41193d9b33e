/// A text cut into what is drawn and the control sequences (`ESC [ … letter`) that only change how it is drawn.
struct TextPieces<Text: StringProtocol>: Sequence, IteratorProtocol {
    enum Piece {
        case glyph(Character)
        case escape(Text.SubSequence)
    }

    private let text: Text
    private var index: Text.Index

    init(of text: Text) {
        self.text = text
        index = text.startIndex
    }

    mutating func next() -> Piece? {
        guard index < text.endIndex else { return nil }
        let start = index
        text.formIndex(after: &index)
        guard text[start] == "\u{1B}", index < text.endIndex, text[index] == "[" else { return .glyph(text[start]) }
        text.formIndex(after: &index)
        while index < text.endIndex {
            let character = text[index]
            text.formIndex(after: &index)
            if let scalar = character.unicodeScalars.first, (0x40...0x7E).contains(scalar.value) { break }
        }
        return .escape(text[start..<index])
    }
}
