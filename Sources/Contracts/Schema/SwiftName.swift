/// The rules for names in generated code.
enum SwiftName {
    /// Whether it can be the name of a property or a case: a small letter, then letters and digits.
    static func isMember(_ text: String) -> Bool {
        guard let first = text.utf8.first, UInt8(ascii: "a")...UInt8(ascii: "z") ~= first else { return false }
        return text.utf8.allSatisfy(isWord)
    }

    /// Whether it can be the name of a type: a capital letter, then letters and digits.
    static func isType(_ text: String) -> Bool {
        guard let first = text.utf8.first, UInt8(ascii: "A")...UInt8(ascii: "Z") ~= first else { return false }
        return text.utf8.allSatisfy(isWord)
    }

    /// The name of a type as a schema gives it; nil with a finding for another text.
    static func type(_ node: SchemaNode?, _ what: String, _ findings: inout SchemaFindings) -> String? {
        guard let node, let name = findings.text(node, "swift of \(what)") else { return nil }
        if isType(name) { return name }
        findings.add(node.place, "'\(name)' is no name of a Swift type: a capital letter, then letters and digits")
        return nil
    }

    /// A member's name as code: between backticks where Swift has the word for itself.
    static func escaped(_ name: String) -> String { reserved.contains(name) ? "`\(name)`" : name }

    /// The name after a dot, where Swift takes all words but two for names.
    static func member(_ name: String) -> String { ["self", "init"].contains(name) ? "`\(name)`" : name }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }

    private static let reserved = [
        "as", "associatedtype", "break", "case", "catch", "class", "continue", "default", "defer", "deinit", "do",
        "else",
        "enum", "extension", "fallthrough", "false", "fileprivate", "for", "func", "guard", "if", "import", "in",
        "init",
        "inout", "internal", "is", "let", "nil", "operator", "precedencegroup", "private", "protocol", "public",
        "repeat",
        "rethrows", "return", "self", "static", "struct", "subscript", "super", "switch", "throw", "throws", "true",
        "try",
        "typealias", "var", "where", "while",
    ]
}
