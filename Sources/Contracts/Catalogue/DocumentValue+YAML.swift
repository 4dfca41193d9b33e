internal import JSON

extension DocumentValue {
    /// The document as YAML 1.2 in block style, with a line break at its end.
    ///
    /// A text stands without quotes only where no version of YAML takes it for anything else.
    var yaml: String {
        var text = ""
        switch self {
        case .object(let members) where !members.isEmpty: Self.write(members, 0, &text)
        case .array(let elements) where !elements.isEmpty: Self.write(elements, 0, &text)
        default: text += scalar + "\n"
        }
        return text
    }

    /// - Parameter indent: spaces before each line; those of the first line stand there already.
    private static func write(_ members: [Member], _ indent: Int, isContinued: Bool = false, _ text: inout String) {
        for (number, member) in members.enumerated() {
            if number > 0 || !isContinued { text += spaces(indent) }
            text += quoted(member.key) + ":"
            switch member.value {
            case .object(let members) where !members.isEmpty:
                text += "\n"
                write(members, indent + 2, &text)
            case .array(let elements) where !elements.isEmpty:
                text += "\n"
                write(elements, indent + 2, &text)
            default: text += " " + member.value.scalar + "\n"
            }
        }
    }

    private static func write(
        _ elements: [DocumentValue], _ indent: Int, isContinued: Bool = false, _ text: inout String
    ) {
        for (number, element) in elements.enumerated() {
            if number > 0 || !isContinued { text += spaces(indent) }
            text += "- "
            switch element {
            case .object(let members) where !members.isEmpty:
                write(members, indent + 2, isContinued: true, &text)
            case .array(let elements) where !elements.isEmpty:
                write(elements, indent + 2, isContinued: true, &text)
            default: text += element.scalar + "\n"
            }
        }
    }

    private static func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }

    private var scalar: String {
        switch self {
        case .object: "{}"
        case .array: "[]"
        case .string(let text): Self.quoted(text)
        case .int(let number): String(number)
        case .number(let text): text
        case .bool(let value): value ? "true" : "false"
        case .null: "null"
        }
    }

    /// A JSON string is a string of YAML too.
    private static func quoted(_ text: String) -> String {
        if isPlain(text) { return text }
        var writer = JSONWriter()
        writer.string(text)
        return writer.text
    }

    /// Letters, digits and what is harmless between them, and no word of YAML's own.
    private static func isPlain(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last, first.properties.isAlphabetic,
            last != " ", !words.contains(text.lowercased())
        else { return false }
        return text.unicodeScalars.allSatisfy { $0.properties.isAlphabetic || harmless.contains($0) }
    }

    private static let harmless: [Unicode.Scalar] = [
        "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", " ", ".", "-", "_", "/", "(", ")", "$", "+",
    ]
    private static let words: [String] = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
}
